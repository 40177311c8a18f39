//! The find form: one number, one button.

use crate::frame::{Frame, Page, Stay};
use crate::islands::NumberCheck;
use crate::nhs::button::main_button;
use crate::nhs::date_input::DateInput;
use crate::nhs::error_summary::error_summary;
use crate::nhs::inset::{inset, warm_inset};
use crate::nhs::text_input::DigitsInput;
use crate::{paths, wording};
use cpis::{CareSetting, NhsNumberError};
use leptos::prelude::*;

/// What was typed, as it was typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TypedFind {
    /// Field `nhs_number`.
    pub nhs_number: String,
    /// Field `born-day`.
    pub born_day: String,
    /// Field `born-month`.
    pub born_month: String,
    /// Field `born-year`.
    pub born_year: String,
}

/// What was wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindError {
    /// The number.
    Number(NhsNumberError),
    /// No date of birth where the organisation asks for one (ruling 17).
    BornMissing,
    /// It is no date.
    BornNotADate,
    /// It is not the date held for the number.
    BornMismatch,
}

/// What happened before the form was shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindNotice {
    /// The session was lost in mid-form; what was typed was kept and nothing was looked up (ruling 35).
    KeptAfterLogIn,
    /// The form was made under another setting; nothing was looked up.
    SettingChanged {
        /// That setting.
        from: &'static CareSetting,
    },
}

/// The form.
#[derive(Clone)]
pub struct FindPage {
    /// Request identifier of the next access.
    pub request: String,
    /// The setting the form is made under.
    pub setting: &'static CareSetting,
    /// The organisation asks for the date of birth too.
    pub ask_born: bool,
    /// What was typed before.
    pub typed: TypedFind,
    /// What was wrong with it.
    pub errors: Vec<FindError>,
    /// What happened before.
    pub notice: Option<FindNotice>,
}

impl FindError {
    /// Words, and the field to go to.
    fn about(self) -> (&'static str, &'static str) {
        match self {
            Self::Number(error) => (wording::number_error(error), "nhs_number"),
            Self::BornMissing => (wording::BORN_MISSING, "born-day"),
            Self::BornNotADate => (wording::BORN_NOT_A_DATE, "born-day"),
            Self::BornMismatch => (wording::BORN_MISMATCH, "born-day"),
        }
    }
}

impl FindPage {
    fn error_of(&self, field: &str) -> Option<&'static str> {
        self.errors.iter().map(|error| error.about()).find(|(_, of)| *of == field).map(|(words, _)| words)
    }

    fn notice(&self) -> AnyView {
        match self.notice {
            None => ().into_any(),
            Some(FindNotice::KeptAfterLogIn) => inset(view! {
                <p class="m-0"><strong>"You were logged out before this was sent."</strong>" Nothing was looked up. What you typed is still here."</p>
            }),
            Some(FindNotice::SettingChanged { from }) => warm_inset(view! {
                <p class="m-0">
                    <strong>{format!("You now work in {}.", self.setting.name)}</strong>
                    {format!(" The form you sent was made under {}. Nothing was looked up. Check again if you still need to.", from.name)}
                </p>
            }),
        }
    }

    fn born(&self) -> AnyView {
        if !self.ask_born {
            return ().into_any();
        }
        let typed = self.typed.clone();
        DateInput {
            name: "born",
            legend: "Date of birth",
            hint: "For example, 6 8 2018",
            values: [typed.born_day, typed.born_month, typed.born_year],
            error: self.error_of("born-day"),
        }
        .view()
    }
}

impl Page for FindPage {
    fn title(&self) -> &'static str {
        if self.errors.is_empty() { "Find a child" } else { "Error: Find a child" }
    }

    fn stay(&self) -> Stay {
        Stay::WithForm("find")
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let number = DigitsInput {
            name: "nhs_number",
            label: "NHS number",
            hint: "10 digits, spaces are fine. For example, 999 123 4567",
            value: self.typed.nhs_number.clone(),
            error: self.error_of("nhs_number"),
            below: view! { <NumberCheck /> }.into_any(),
        };
        let next = self.setting.notifies().then(|| view! { <p class="text-grey-1 mt-4 mb-0">{wording::NEXT_YOU_CONFIRM}</p> });
        view! {
            {error_summary(self.errors.iter().map(|error| error.about()).collect())}
            {self.notice()}
            <h1>"Find a child"</h1>
            <form id="find" method="post" action=paths::find() autocomplete="off" novalidate>
                <input type="hidden" name="request" value=self.request.clone() />
                <input type="hidden" name="setting" value=self.setting.id />
                {number.view()}
                {self.born()}
                <p class="mt-6 mb-0">{main_button("Check")}</p>
                {next}
            </form>
            <p class="mt-8"><a href=paths::help_without_a_number()>"I don't have the NHS number"</a></p>
        }
        .into_any()
    }
}
