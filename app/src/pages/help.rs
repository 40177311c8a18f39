//! Help: without an NHS number, without a log-in, and what the four answers are.

use crate::frame::{Frame, Page, Stay};
use crate::paths::{self, Back};
use crate::wording;
use leptos::prelude::*;

/// The page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HelpPage;

impl Page for HelpPage {
    fn title(&self) -> &'static str {
        "Help"
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Footer("help"))
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        view! {
            <div class="max-w-prose">
                <h1>"Help"</h1>
                <h2 id="no-number">"If you do not have the NHS number"</h2>
                <p>"CP-IS can only be checked with an NHS number. You can find it:"</p>
                <ul class="pl-5">
                    <li>"on the person's record in your own system, or a referral or discharge letter"</li>
                    <li>"in the National Care Records Service, by name, date of birth and postcode"</li>
                    <li>"by asking the parent or carer: it is in the NHS App, on prescriptions and in the red book"</li>
                </ul>
                <p>"For an unborn baby, use the mother's NHS number."</p>
                <p>
                    "If there is no number and you are worried, do not wait. Follow your safeguarding procedure and "
                    <a href=paths::contacts()>"phone children's social care"</a>" where the person lives."
                </p>
                <h2>"What the four answers mean"</h2>
                <dl class="app-summary">
                    <div><dt>"A status is named"</dt><dd>"A local authority has sent a child protection plan or a looked after status that is current now."</dd></div>
                    <div><dt>"Was …, until …"</dt><dd>{wording::ENDED_MEANS}</dd></div>
                    <div><dt>"No information found"</dt><dd>{wording::NONE_RULES_NOTHING_OUT}</dd></div>
                    <div><dt>"Could not be checked"</dt><dd>{wording::UNKNOWN_IS_NO_ANSWER}" "{wording::UNKNOWN_PHONE}</dd></div>
                </dl>
                <h2>"Who is told that you looked"</h2>
                <p>{wording::BEFORE_YOU_START_TOLD}" The bar at the top of each page says which of the two applies to you now."</p>
                <h2>"If you cannot log in"</h2>
                <p>"Your role needs activity B0170 (silent care settings) or B0107 (notifying care settings). Ask the Registration Authority of your organisation. For a smartcard that does not work, ask your IT service desk."</p>
                <h2>"If somebody may see your screen"</h2>
                <p>"Press Escape, or use \u{201c}Hide person and answer\u{201d} above the answer. You are logged out after 15 minutes without doing anything."</p>
            </div>
        }
        .into_any()
    }
}
