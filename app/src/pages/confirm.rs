//! Before a notifying look-up is opened: whose number it is, and what opening does. It reads and reveals no status (ruling 3).

use crate::components::hide::hideable;
use crate::components::patient_banner::Banner;
use crate::frame::{Frame, Page, Stay};
use crate::nhs::button::{main_button, second_link};
use crate::nhs::inset::grey_inset;
use crate::paths::{self, Back};
use crate::wording;
use cpis::{CareSetting, NhsNumber, Person};
use jiff::civil::Date;
use leptos::prelude::*;

/// Whose number it is, and the question.
#[derive(Clone)]
pub struct ConfirmPage {
    /// Identifier of the look-up.
    pub id: String,
    /// Whose number it is; `None` when that could not be read.
    pub person: Option<Person>,
    /// The number that was typed.
    pub asked: NhsNumber,
    /// It was replaced (ruling 21).
    pub number_changed: bool,
    /// The setting it would be opened under.
    pub setting: &'static CareSetting,
    /// London's today.
    pub today: Date,
}

impl Page for ConfirmPage {
    fn title(&self) -> &'static str {
        "Before you open"
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Confirm(self.id.clone()))
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let banner = Banner {
            person: self.person.as_ref(),
            asked: self.asked,
            number_changed: self.number_changed,
            checked: false,
            today: self.today,
        };
        view! {
            {hideable(banner.view())}
            {self.person.is_none().then(|| grey_inset(view! { <p class="m-0">{wording::PERSON_UNREADABLE}</p> }))}
            <h1 class="mt-8">{wording::CONFIRM_HEADING}</h1>
            <div class="app-inset border-warm mt-0">
                <p class="m-0"><strong>{wording::CONFIRM_NOT_YET}</strong>{format!(" {}", wording::CONFIRM_EFFECT)}</p>
            </div>
            <p>{wording::CONFIRM_WHEN}</p>
            <form method="post" action=paths::confirm(&self.id) class="flex flex-wrap gap-4 items-center mt-6">
                <input type="hidden" name="setting" value=self.setting.id />
                {main_button(wording::open_as(self.setting))}
                {second_link(wording::NOT_THIS_PERSON, paths::find())}
            </form>
        }
        .into_any()
    }
}
