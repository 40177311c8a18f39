//! The answer: who, what CP-IS holds, who was told, what to do, and what to keep.

use crate::components::answer_heading::heading;
use crate::components::answer_panel::answer_panel;
use crate::components::coverage_notice::coverage_notice;
use crate::components::hide::hideable;
use crate::components::history_table::history_table;
use crate::components::patient_banner::Banner;
use crate::components::receipt::Receipt;
use crate::components::told_line::told_line;
use crate::components::what_to_do::what_to_do;
use crate::frame::{Frame, Page, Stay};
use crate::nhs::button::{main_link, second_button};
use crate::nhs::details::details;
use crate::nhs::inset::grey_inset;
use crate::nhs::radios::{Radio, choice};
use crate::paths::{self, Back};
use crate::wording;
use cpis::access_history::REASONS;
use cpis::{
    AccessRecord, AnswerKind, CareSetting, Decision, Gap, LocalAuthority, NhsNumber, Person, Told, UnknownReason, calendar,
};
use jiff::Timestamp;
use jiff::civil::Date;
use leptos::prelude::*;

/// The access history, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum History {
    /// Newest first, before this access.
    Rows(Vec<AccessRecord>),
    /// Administrative roles see none (ruling 14).
    NotForThisRole,
    /// Withheld for a restricted person (ruling 15).
    Restricted {
        /// This reader may see it after giving a reason.
        with_reason: bool,
    },
    /// It could not be read.
    Unavailable,
    /// No status is shown, so no history is (ruling 24).
    NotShown,
}

/// Everything an answer page says.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is one plain fact that the page says or does not say")]
pub struct AnswerPage {
    /// Identifier of the look-up.
    pub id: String,
    /// Which of the four answers.
    pub answer: AnswerKind,
    /// Whose number it is; `None` when nobody could be read.
    pub person: Option<Person>,
    /// The number that was typed.
    pub asked: NhsNumber,
    /// It was replaced (ruling 21).
    pub number_changed: bool,
    /// The statuses shown.
    pub decision: Option<Decision>,
    /// Why it could not be checked.
    pub unknown: Option<UnknownReason>,
    /// The authorities of the statuses; one that is missing could not be read.
    pub authorities: Vec<LocalAuthority>,
    /// The access history before this access.
    pub history: History,
    /// Each authority told, by name, and how far that got.
    pub told: Vec<(String, Told)>,
    /// The state over all of them.
    pub worst: Told,
    /// The setting it was read in.
    pub setting: &'static CareSetting,
    /// When.
    pub at: Timestamp,
    /// London's today.
    pub today: Date,
    /// The short reference.
    pub reference: String,
    /// Entry and leaf hash in the audit log.
    pub receipt_proof: String,
    /// Authorities no check covers today; `None` when that could not be read.
    pub gaps: Option<Vec<Gap>>,
    /// The reader has an administrative role (ruling 14).
    pub administrative: bool,
    /// Office lines are open now.
    pub office_open: bool,
    /// The reader has reported that this is the wrong person.
    pub wrong_person_reported: bool,
    /// The people are not real.
    pub demonstration: bool,
}

impl AnswerPage {
    /// The authority stays out of the receipt and off paper: the person is restricted (ruling 15), or could not be read, so may be.
    pub(crate) fn place_is_secret(&self) -> bool {
        self.person.as_ref().is_none_or(|person| person.restricted)
    }

    fn receipt(&self) -> Receipt {
        let checked = if self.answer == AnswerKind::Unknown { "tried" } else { "checked" };
        let plain = format!("CP-IS {checked} {} · ref {}", calendar::long_moment(self.at), self.reference);
        let answer = heading(self.answer, self.decision.as_ref(), self.person.as_ref(), self.today);
        let names: Vec<_> = self.authorities.iter().map(|authority| authority.name.as_str()).collect();
        let with_answer = if self.place_is_secret() || names.is_empty() || self.decision.is_none() {
            format!("{plain}. {answer}.")
        } else {
            format!("{plain}. {answer}. {}.", names.join(", "))
        };
        Receipt { plain, with_answer: Some(with_answer), proof: self.receipt_proof.clone() }
    }

    fn person_missing(&self) -> AnyView {
        if self.person.is_some() || self.answer == AnswerKind::Unknown {
            return ().into_any();
        }
        grey_inset(view! { <p class="m-0">{wording::PERSON_UNREADABLE}</p> })
    }

    /// A holder of B1611 may read a restricted person's history for a reason (ruling 15).
    fn ask_for_history(&self) -> AnyView {
        if self.history != (History::Restricted { with_reason: true }) {
            return ().into_any();
        }
        view! {
            <aside class="w-full max-w-page mx-auto px-4 sm:px-8 pb-6 print:hidden" aria-label="Earlier look-ups">
                {details(wording::HISTORY_ASK, reasons(&self.id))}
            </aside>
        }
        .into_any()
    }

    fn wrong_person(&self) -> AnyView {
        let content = if self.wrong_person_reported {
            view! { <p class="m-0"><strong>"You reported that this was the wrong person."</strong></p> }.into_any()
        } else {
            view! {
                <form method="post" action=paths::wrong_person(&self.id)>{second_button(wording::WRONG_PERSON)}</form>
            }
            .into_any()
        };
        view! { <aside id="wrong-person" class="w-full max-w-page mx-auto px-4 sm:px-8 pb-12 print:hidden" aria-label="Wrong person">{content}</aside> }.into_any()
    }
}

impl Page for AnswerPage {
    fn title(&self) -> &'static str {
        if self.answer == AnswerKind::Unknown { "Could not check" } else { "Answer" }
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Lookup(self.id.clone()))
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let banner = Banner {
            person: self.person.as_ref(),
            asked: self.asked,
            number_changed: self.number_changed,
            checked: true,
            today: self.today,
        };
        let secret = view! {
            <p class="app-print-only"><strong>{wording::PRINT_WARNING}</strong></p>
            {banner.view()}
            {self.person_missing()}
            {answer_panel(self)}
            {told_line(&self.told, self.worst, self.place_is_secret(), &self.id)}
            {what_to_do(self)}
            {history_table(&self.history, self.place_is_secret())}
            {coverage_notice(self.gaps.as_deref(), self.office_open)}
            {self.receipt().view()}
        };
        view! {
            {hideable(secret)}
            <p class="mt-8 mb-0 print:hidden">{main_link("Check another child", paths::find())}</p>
        }
        .into_any()
    }

    // Outside <main>, so that it is never taken for the page's main button (ruling 39).
    fn after_main(&self) -> AnyView {
        view! {
            {self.ask_for_history()}
            {self.wrong_person()}
        }
        .into_any()
    }
}

fn reasons(id: &str) -> AnyView {
    let choices = REASONS.iter().map(|reason| Radio { value: reason.id.into(), label: reason.words.into(), hint: ().into_any() });
    view! {
        <form method="post" action=paths::history(id)>
            <fieldset class="app-group">
                <legend class="font-bold mb-4">{wording::HISTORY_WHY}</legend>
                {choices.enumerate().map(|(i, radio)| choice("reason", i, radio)).collect::<Vec<_>>()}
            </fieldset>
            {second_button(wording::HISTORY_SHOW)}
        </form>
    }
    .into_any()
}
