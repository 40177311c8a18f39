//! Buttons: the main one of a page, a quieter second, and links that look the same.

use leptos::prelude::*;

/// The main button of a form: there is one on a page, and it is the first submit in `<main>`.
pub fn main_button(label: impl Into<String>) -> AnyView {
    view! { <button type="submit" class="app-button">{label.into()}</button> }.into_any()
}

/// A second, quieter button of a form.
pub fn second_button(label: impl Into<String>) -> AnyView {
    view! { <button type="submit" class="app-button app-button-second">{label.into()}</button> }.into_any()
}

/// A link that begins the main task.
pub fn main_link(label: impl Into<String>, href: String) -> AnyView {
    view! { <a class="app-button" href=href>{label.into()}</a> }.into_any()
}

/// The link to log in, in the colour of the log-in service.
pub fn log_in_link(label: impl Into<String>, href: String) -> AnyView {
    view! { <a class="app-button app-button-log-in" href=href>{label.into()}</a> }.into_any()
}

/// A quieter link beside a main button.
pub fn second_link(label: impl Into<String>, href: String) -> AnyView {
    view! { <a class="app-button app-button-second" href=href>{label.into()}</a> }.into_any()
}
