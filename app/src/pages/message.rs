//! Pages that say one thing and what to do next: not found, too old, refused, busy.

use crate::frame::{Frame, Page};
use crate::nhs::button::{log_in_link, main_link};
use crate::paths;
use cpis::CareSetting;
use leptos::prelude::*;

/// Why a log-in was refused, as far as its owner needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogInProblem {
    /// It took too long, or was started in another window.
    Expired,
    /// They stopped it.
    Cancelled,
    /// The identity or the authenticator was not strong enough.
    Assurance,
    /// Anything else about it was not right.
    Refused,
}

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// No such page.
    NotFound,
    /// The answer is older than 15 minutes (ruling 2).
    AnswerGone,
    /// The answer could not be read just now.
    AnswerUnavailable,
    /// A form of another setting was sent.
    SettingChanged {
        /// The setting now.
        now: &'static CareSetting,
    },
    /// The log-in was refused.
    LogInRefused(LogInProblem),
    /// The log-in service does not answer.
    LogInUnavailable,
    /// This service cannot work just now.
    Unavailable,
    /// The form could not be read.
    BadRequest,
    /// The form came from another site.
    ForeignForm,
    /// The address does not take this method.
    WrongMethod,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessagePage {
    /// What is said.
    pub message: Message,
    /// For whoever is asked about it.
    pub reference: Option<String>,
}

/// Title, and what to know and do.
fn words(message: Message) -> (&'static str, &'static str) {
    match message {
        Message::NotFound => (
            "Page not found",
            "If you typed the address, check it. If you followed a link in this service, go to the start and tell us.",
        ),
        Message::AnswerGone => (
            "This answer is no longer kept",
            "An answer can be seen again for 15 minutes only, in the session, role and care setting that it was opened in, because it may have changed since. Check again.",
        ),
        Message::AnswerUnavailable => (
            "The answer could not be shown just now",
            "The look is recorded, and in a notifying care setting the local authorities may have been told. Reload this page to try again. If you are worried about somebody now, phone children's social care where they live.",
        ),
        Message::SettingChanged { .. } => (
            "Your care setting has changed",
            "The form you sent was made under another care setting. Nothing was looked up and nobody was told. Check again if you still need to.",
        ),
        Message::LogInRefused(problem) => log_in_words(problem),
        Message::LogInUnavailable => (
            "Care Identity is not answering",
            "You cannot log in just now. Try again in a few minutes. If you are worried about somebody now, phone children's social care where they live.",
        ),
        Message::Unavailable => (
            "This service is not working just now",
            "Your last step may not have been done. Try again in a few minutes. If you are worried about somebody now, phone children's social care where they live.",
        ),
        Message::BadRequest => ("The form could not be read", "Nothing was looked up. Go back and send the form again."),
        Message::ForeignForm => (
            "The form was not sent from this service",
            "It came from another site, so nothing was done. If you did not expect this, tell your IT service desk.",
        ),
        Message::WrongMethod => ("This page cannot be used like that", "Go to the start and try again."),
    }
}

fn log_in_words(problem: LogInProblem) -> (&'static str, &'static str) {
    match problem {
        LogInProblem::Expired => (
            "The log-in could not be finished",
            "It took too long, was finished before, or was started in another window. You are not logged in. Log in again.",
        ),
        LogInProblem::Cancelled => ("You did not log in", "The log-in was stopped before it was finished. You are not logged in."),
        LogInProblem::Assurance => (
            "Your log-in is not strong enough",
            "This service needs a verified identity (level 3) and a smartcard or another strong authenticator. Ask the Registration Authority of your organisation.",
        ),
        LogInProblem::Refused => (
            "You could not be logged in",
            "Something about the log-in was not right, so it was refused and recorded. Try again. If it happens again, give the reference to your IT service desk.",
        ),
    }
}

impl MessagePage {
    fn next(&self, logged_in: bool) -> AnyView {
        match self.message {
            Message::LogInRefused(_) | Message::LogInUnavailable => log_in_link("Log in with Care Identity", paths::log_in()),
            Message::AnswerGone | Message::SettingChanged { .. } if logged_in => main_link("Check again", paths::find()),
            _ => main_link("Go to the start", paths::start()),
        }
    }
}

impl Page for MessagePage {
    fn title(&self) -> &'static str {
        words(self.message).0
    }

    fn main(&self, frame: &Frame) -> AnyView {
        let (heading, text) = words(self.message);
        let now = match self.message {
            Message::SettingChanged { now } => {
                Some(view! { <p class="max-w-prose">{format!("You now work in {}.", now.name)}</p> })
            }
            _ => None,
        };
        let phone = matches!(self.message, Message::LogInUnavailable | Message::Unavailable | Message::AnswerUnavailable)
            .then(|| view! { <p><a href=paths::contacts()>"Phone numbers of children's social care"</a></p> });
        let reference = self.reference.clone().map(|text| view! { <p>"Reference "<strong>{text}</strong></p> });
        view! {
            <h1>{heading}</h1>
            {now}
            <p class="max-w-prose">{text}</p>
            {phone}
            {reference}
            <p class="mt-8">{self.next(frame.who.is_some())}</p>
        }
        .into_any()
    }
}
