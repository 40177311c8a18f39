//! After a session ran out.

use crate::frame::{Frame, Page};
use crate::nhs::button::{log_in_link, main_link};
use crate::paths;
use leptos::prelude::*;

/// The page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimedOutPage {
    /// Another tab kept the session alive: only the page was put away.
    pub still_logged_in: bool,
}

impl Page for TimedOutPage {
    fn title(&self) -> &'static str {
        if self.still_logged_in { "This page was put away" } else { "You were logged out" }
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        if self.still_logged_in {
            return view! {
                <h1>"This page was put away"</h1>
                <p class="max-w-prose">"It had been open for 15 minutes, so it was taken off the screen to keep it private. You are still logged in. Check again if you still need the answer."</p>
                <p class="mt-8">{main_link("Find a child", paths::find())}</p>
            }
            .into_any();
        }
        view! {
            <h1>"You were logged out"</h1>
            <p class="max-w-prose">"Nothing was done for 15 minutes, or 12 hours had passed since you logged in, so you were logged out to keep what was on the screen private."</p>
            <p class="max-w-prose">"If you had typed something and sent it, it is kept for 15 minutes and given back when you log in. Nothing was looked up."</p>
            <p class="mt-8">{log_in_link("Log in with Care Identity", paths::log_in())}</p>
        }
        .into_any()
    }
}
