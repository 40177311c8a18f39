//! The registry failed: what could not be checked, the same request again, and whom to phone meanwhile.

use crate::components::answer_panel::panel;
use crate::components::{phones, told_line};
use crate::frame::{Frame, Page};
use crate::nhs::button::{main_button, second_link};
use crate::nhs::details::details;
use crate::pages::TypedFind;
use crate::{paths, wording};
use cpis::{AnswerKind, CareSetting, LocalAuthority, NhsNumber, Told, calendar};
use jiff::Timestamp;
use leptos::prelude::*;

/// Nothing could be read, or not written in the audit log first.
#[derive(Clone)]
pub struct CouldNotCheckPage {
    /// The number as it was typed.
    pub number: String,
    /// Request identifier, reused by "Try again" (ruling 23).
    pub request: String,
    /// The setting.
    pub setting: &'static CareSetting,
    /// When it was tried.
    pub at: Timestamp,
    /// For whoever is asked about it.
    pub reference: String,
    /// Every authority, from memory (ruling 26).
    pub contacts: Vec<LocalAuthority>,
    /// How old these are.
    pub contacts_as_of: Option<Timestamp>,
    /// Office lines are open now.
    pub office_open: bool,
    /// The look-up that was being opened, when it was one that notifies.
    pub lookup: Option<String>,
    /// The date of birth that was typed, where it is asked for.
    pub born: Option<TypedFind>,
}

impl CouldNotCheckPage {
    fn again(&self) -> AnyView {
        let action = self.lookup.as_deref().map_or_else(paths::find, paths::confirm);
        let hidden = |name: &'static str, value: String| view! { <input type="hidden" name=name value=value /> };
        let born = self.born.clone().map(|typed| {
            view! {
                {hidden("born-day", typed.born_day)}
                {hidden("born-month", typed.born_month)}
                {hidden("born-year", typed.born_year)}
            }
        });
        view! {
            <form method="post" action=action class="flex flex-wrap gap-4 items-center mt-6">
                {hidden("nhs_number", self.number.clone())}
                {hidden("request", self.request.clone())}
                {hidden("setting", self.setting.id.to_owned())}
                {born}
                {main_button("Try again")}
                {second_link("Find the phone number", paths::contacts())}
            </form>
        }
        .into_any()
    }

    fn told(&self) -> AnyView {
        // The same request may have been opened before; only a silent setting certainly told nobody.
        let (worst, words) = if self.setting.notifies() {
            (Told::NotKnown, wording::told_heading(Told::NotKnown, 1))
        } else {
            (Told::Nobody, "No local authority has been told.".to_owned())
        };
        let referral = self.setting.notifies().then(|| view! { <p class="m-0">{wording::TOLD_IS_NO_REFERRAL}</p> });
        let content = view! {
            <p class="m-0"><strong>{words}</strong></p>
            {referral}
            <p class="m-0">{format!("Reference {}", self.reference)}</p>
        };
        told_line::panel(worst, content.into_any())
    }

    fn phones(&self) -> AnyView {
        if self.contacts.is_empty() {
            return ().into_any();
        }
        let list: Vec<_> = self
            .contacts
            .iter()
            .map(|authority| view! { <li class="mt-3"><strong>{authority.name.clone()}</strong>{phones::inline(authority, self.office_open)}</li> })
            .collect();
        let age = self.contacts_as_of.map(|at| format!("As of {}.", calendar::long_moment(at)));
        details(
            "Phone numbers of local authorities",
            view! { {age.map(|age| view! { <p class="text-16 text-grey-1">{age}</p> })}<ul class="list-none p-0 m-0">{list}</ul> },
        )
    }
}

impl Page for CouldNotCheckPage {
    fn title(&self) -> &'static str {
        "Could not check"
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let under = format!("Tried {}. {}", calendar::long_moment(self.at), wording::UNKNOWN_IS_NO_ANSWER);
        // Grouped when it is a number; what was typed stays as it is in the form.
        let shown = NhsNumber::parse(&self.number).map_or_else(|_| self.number.clone(), NhsNumber::spaced);
        let number = (!shown.is_empty())
            .then(|| view! { <p class="mt-3">"NHS number "<strong class="whitespace-nowrap">{shown}</strong></p> });
        let body = view! {
            {number}
            {self.setting.sensitive.then(|| view! { <p><strong>{wording::DO_SENSITIVE}</strong></p> })}
            <p>{wording::UNKNOWN_TRY_AGAIN}</p>
            {self.again()}
        };
        view! {
            {panel(AnswerKind::Unknown, wording::UNKNOWN_HEADING.to_owned(), under, body.into_any())}
            {self.told()}
            {self.phones()}
        }
        .into_any()
    }
}
