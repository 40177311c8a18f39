//! Radios: one choice of several, nothing chosen beforehand.

use super::text_input::message;
use leptos::prelude::*;

/// One choice.
pub struct Radio {
    /// Its value.
    pub value: String,
    /// Its label.
    pub label: String,
    /// Under its label.
    pub hint: AnyView,
}

/// A group of them whose question is the page's heading.
pub struct Radios {
    /// The name of the field; the first radio's `id` is this too, so that an error can lead to it.
    pub name: &'static str,
    /// The question, the page's one `<h1>`.
    pub question: &'static str,
    /// Under the question.
    pub hint: AnyView,
    /// The choices.
    pub choices: Vec<Radio>,
    /// What is wrong.
    pub error: Option<&'static str>,
}

impl Radios {
    /// As a fieldset.
    pub fn view(self) -> AnyView {
        let (hint_id, error_id) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described_by = if self.error.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
        let group = if self.error.is_some() { "app-group app-group-error" } else { "app-group" };
        let name = self.name;
        let choices: Vec<_> = self.choices.into_iter().enumerate().map(|(i, radio)| choice(name, i, radio)).collect();
        view! {
            <fieldset class=group aria-describedby=described_by>
                <legend class="p-0"><h1>{self.question}</h1></legend>
                <div class="mb-6" id=hint_id>{self.hint}</div>
                {self.error.map(|error| message(error_id, error))}
                {choices}
            </fieldset>
        }
        .into_any()
    }
}

/// One radio of a group; the first one's `id` is the group's name.
pub fn choice(name: &'static str, index: usize, radio: Radio) -> AnyView {
    let id = if index == 0 { name.to_owned() } else { format!("{name}-{}", index + 1) };
    let hint_id = format!("{id}-about");
    view! {
        <div class="app-radio">
            <input type="radio" id=id.clone() name=name value=radio.value aria-describedby=hint_id.clone() />
            <label for=id class="font-bold">{radio.label}</label>
            <div class="app-radio-hint" id=hint_id>{radio.hint}</div>
        </div>
    }
    .into_any()
}
