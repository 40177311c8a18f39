//! The start page: what this is, what is needed, and the way in.

use crate::frame::{Frame, Page};
use crate::nhs::button::log_in_link;
use crate::nhs::inset::inset;
use crate::{paths, wording};
use leptos::prelude::*;

/// Why somebody arrived here who was logged in before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartNotice {
    /// They logged out.
    LoggedOut,
    /// Their session ran out.
    TimedOut,
    /// They logged in somewhere else, which ended this session (ruling 35).
    LoggedInElsewhere,
    /// The log-in service ended it.
    EndedByProvider,
}

/// What anybody sees first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StartPage {
    /// Said above the heading.
    pub notice: Option<StartNotice>,
}

fn notice_words(notice: StartNotice) -> &'static str {
    match notice {
        StartNotice::LoggedOut => "You are logged out. Remove your smartcard and close the browser if others use this computer.",
        StartNotice::TimedOut => "You were logged out: nothing was done for 15 minutes, or 12 hours had passed. Log in to go on.",
        StartNotice::LoggedInElsewhere => {
            "You were logged out here because you logged in somewhere else. If that was not you, tell your Registration Authority."
        }
        StartNotice::EndedByProvider => "Care Identity has logged you out. Log in to go on.",
    }
}

impl Page for StartPage {
    fn title(&self) -> &'static str {
        "Start"
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let notice = self.notice.map(|notice| inset(view! { <p class="m-0"><strong>{notice_words(notice)}</strong></p> }));
        view! {
            {notice}
            <h1>{wording::SERVICE}</h1>
            <p class="text-24 max-w-prose">{wording::START}</p>
            <p class="mt-8 mb-8">{log_in_link("Log in with Care Identity", paths::log_in())}</p>
            <h2>"Before you start"</h2>
            <p class="max-w-prose">{wording::BEFORE_YOU_START}</p>
            <p class="max-w-prose">{wording::BEFORE_YOU_START_TOLD}</p>
            <p><a href=paths::help()>"Help, and what to do if you cannot log in"</a></p>
        }
        .into_any()
    }
}
