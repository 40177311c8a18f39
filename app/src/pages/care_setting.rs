//! Choosing the care setting: it decides who is told.

use crate::frame::{Frame, Page, Stay};
use crate::nhs::button::main_button;
use crate::nhs::error_summary::error_summary;
use crate::nhs::radios::{Radio, Radios};
use crate::paths::{self, Back};
use crate::wording;
use cpis::CareSetting;
use leptos::prelude::*;

/// The question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareSettingPage {
    /// The settings this role may work in.
    pub settings: Vec<&'static CareSetting>,
    /// The one at present, when it is being changed. Nothing is chosen beforehand all the same.
    pub current: Option<&'static CareSetting>,
    /// None was chosen.
    pub error: bool,
}

impl Page for CareSettingPage {
    fn title(&self) -> &'static str {
        if self.error { "Error: Choose a care setting" } else { "Choose a care setting" }
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::CareSetting)
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        const MISSING: &str = "Choose where you are working now";
        let choices = self
            .settings
            .iter()
            .map(|setting| {
                let shape = if setting.notifies() { "app-effect app-effect-notifying" } else { "app-effect app-effect-silent" };
                let hint = view! { <span class=shape>{wording::effect(setting)}</span> }.into_any();
                Radio { value: setting.id.to_owned(), label: setting.name.to_owned(), hint }
            })
            .collect();
        let now = self.current.map(|setting| view! { <p class="m-0 mt-2">{format!("You are working in {}.", setting.name)}</p> });
        let radios = Radios {
            name: "setting",
            question: "Where are you working now?",
            hint: view! { <p class="m-0">"This decides who is told when you look up a child."</p>{now} }.into_any(),
            choices,
            error: self.error.then_some(MISSING),
        };
        view! {
            {error_summary(if self.error { vec![(MISSING, "setting")] } else { Vec::new() })}
            <form method="post" action=paths::care_setting()>
                {radios.view()}
                <p class="mt-6 mb-0">{main_button("Continue")}</p>
            </form>
        }
        .into_any()
    }
}
