//! What changed lately.

use crate::frame::{Frame, Page, Stay};
use crate::paths::Back;
use leptos::prelude::*;

/// The page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WhatsNewPage;

impl Page for WhatsNewPage {
    fn title(&self) -> &'static str {
        "What's new"
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Footer("whats-new"))
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        view! {
            <div class="max-w-prose">
                <h1>"What's new"</h1>
                <h2>"November 2026"</h2>
                <ul class="pl-5">
                    <li>"Look somebody up by NHS number in seven scheduled care settings, without social care being told."</li>
                    <li class="mt-2">"In unscheduled care, see whose number it is and what looking does before you open the record."</li>
                    <li class="mt-2">"See on the answer whether the local authority's system has received the notification."</li>
                    <li class="mt-2">"Copy a receipt for the patient record."</li>
                    <li class="mt-2">"Hide the person and the answer with Escape."</li>
                </ul>
            </div>
        }
        .into_any()
    }
}
