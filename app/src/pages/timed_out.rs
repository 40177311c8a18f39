//! After a session ran out.

use crate::frame::{Frame, Page};
use crate::nhs::button::log_in_link;
use crate::paths;
use leptos::prelude::*;

/// The page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimedOutPage;

impl Page for TimedOutPage {
    fn title(&self) -> &'static str {
        "You were logged out"
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        view! {
            <h1>"You were logged out"</h1>
            <p class="max-w-prose">"Nothing was done for 15 minutes, so you were logged out to keep what was on the screen private."</p>
            <p class="max-w-prose">"If you had typed something and sent it, it is kept for 15 minutes and given back when you log in. Nothing was looked up."</p>
            <p class="mt-8">{log_in_link("Log in with Care Identity", paths::log_in())}</p>
        }
        .into_any()
    }
}
