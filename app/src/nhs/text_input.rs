//! A text input with its label, hint and error message, wired together for screen readers.

use leptos::prelude::*;

/// A one-line input for digits that are not a quantity, such as an NHS number.
pub struct DigitsInput {
    /// Its `id` and `name`.
    pub name: &'static str,
    /// The label.
    pub label: &'static str,
    /// Under the label.
    pub hint: &'static str,
    /// What was typed.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<&'static str>,
    /// Stands under the input: an island.
    pub below: AnyView,
}

impl DigitsInput {
    /// As a form group.
    pub fn view(self) -> AnyView {
        let (hint_id, error_id) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described_by = if self.error.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
        let group = if self.error.is_some() { "app-group app-group-error" } else { "app-group" };
        let invalid = self.error.map(|_| "true");
        view! {
            <div class=group>
                <label class="block text-26 font-bold" for=self.name>{self.label}</label>
                <p class="text-grey-1 mt-1 mb-2" id=hint_id>{self.hint}</p>
                {self.error.map(|error| message(error_id, error))}
                <input class="app-input app-input-number" type="text" id=self.name name=self.name value=self.value inputmode="numeric"
                    autocomplete="off" spellcheck="false" maxlength="40" aria-describedby=described_by aria-invalid=invalid
                    autofocus=self.error.is_none() />
                {self.below}
            </div>
        }
        .into_any()
    }
}

/// An error message beside the field it belongs to.
pub fn message(id: String, error: &'static str) -> AnyView {
    view! {
        <p class="text-red font-bold mb-2" id=id>
            <span class="sr-only">"Error: "</span>
            {error}
        </p>
    }
    .into_any()
}
