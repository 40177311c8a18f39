//! The privacy notice: what is kept about those who look, and those who are looked up.

use crate::frame::{Frame, Page, Stay};
use crate::paths::Back;
use leptos::prelude::*;

/// The page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrivacyPage;

impl Page for PrivacyPage {
    fn title(&self) -> &'static str {
        "Privacy"
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Footer("privacy"))
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        view! {
            <div class="max-w-prose">
                <h1>"Privacy"</h1>
                <h2>"If you use this service"</h2>
                <p>"Care Identity tells this service your name, your identifier, your roles and organisations. They are kept while you are logged in, and for 12 hours at most."</p>
                <p>"Every look is recorded before anything is shown: who looked, in which role, organisation and care setting, when, and at whose record. That log is only added to, and is checked for changes. It is read by privacy officers and by those who check it."</p>
                <p>"In unscheduled care, if CP-IS holds a status, each responsible local authority is sent your name, role, organisation and the time. The same is shown to others who look the person up later. In scheduled care none of this is sent."</p>
                <h2>"If you are looked up"</h2>
                <p>"Local authorities in England share three things with health services: that a child is on a child protection plan, that a child is looked after, or that an unborn baby is on a child protection plan. They are shown to staff whose role permits it, so that they can protect you. They are no longer shown some time after they have ended."</p>
                <p>"Ask the local authority that sent it to see or correct what it holds about you. Ask the health organisation to know who looked you up."</p>
                <h2>"What this service does not do"</h2>
                <ul class="pl-5">
                    <li>"It sets no cookies other than those needed to log in."</li>
                    <li>"It loads nothing from other sites and counts no visitors."</li>
                    <li>"It never puts a name or an NHS number in an address or in a technical log."</li>
                </ul>
                <h2>"Who is responsible"</h2>
                <p>"The organisation that runs this service for you decides how it is used, together with the local authorities that share information. Its data protection officer answers questions. You can complain to the Information Commissioner's Office."</p>
            </div>
        }
        .into_any()
    }
}
