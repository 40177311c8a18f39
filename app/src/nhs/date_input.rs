//! A date as three boxes, the way the service manual asks for dates people know by heart.

use super::text_input::message;
use leptos::prelude::*;

/// A date of birth.
pub struct DateInput {
    /// Prefix of the three `id`s and `name`s.
    pub name: &'static str,
    /// The question.
    pub legend: &'static str,
    /// An example.
    pub hint: &'static str,
    /// Day, month and year as typed.
    pub values: [String; 3],
    /// What is wrong.
    pub error: Option<&'static str>,
}

impl DateInput {
    /// As a fieldset.
    pub fn view(self) -> AnyView {
        let (hint_id, error_id) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described_by = if self.error.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
        let group = if self.error.is_some() { "app-group app-group-error mt-6" } else { "app-group mt-6" };
        let [day, month, year] = self.values;
        let invalid = self.error.map(|_| "true");
        let part = |label: &'static str, value: String, narrow: bool| {
            let id = format!("{}-{}", self.name, label.to_lowercase());
            let class = if narrow { "app-input app-input-2" } else { "app-input app-input-4" };
            view! {
                <div>
                    <label class="block mb-1" for=id.clone()>{label}</label>
                    <input class=class type="text" id=id.clone() name=id value=value inputmode="numeric" autocomplete="off"
                        maxlength="10" aria-invalid=invalid />
                </div>
            }
        };
        view! {
            <fieldset class=group aria-describedby=described_by>
                <legend class="text-22 font-bold">{self.legend}</legend>
                <p class="text-grey-1 mt-1 mb-2" id=hint_id>{self.hint}</p>
                {self.error.map(|error| message(error_id, error))}
                <div class="flex flex-wrap gap-4">
                    {part("Day", day, true)}
                    {part("Month", month, true)}
                    {part("Year", year, false)}
                </div>
            </fieldset>
        }
        .into_any()
    }
}
