//! One key hides the person and the answer, and shows them again.

use leptos::prelude::*;

/// Makes Escape toggle the checkbox `#hide`, by which the stylesheet alone hides the person and the answer.
#[island]
pub fn HideWithEscape() -> impl IntoView {
    let (said, set_said) = signal(String::new());
    #[cfg(feature = "hydrate")]
    listen_for_escape(set_said);
    #[cfg(not(feature = "hydrate"))]
    let _ = set_said;
    view! { <span class="sr-only" role="status" aria-live="polite">{move || said.get()}</span> }
}

#[cfg(feature = "hydrate")]
fn listen_for_escape(said: WriteSignal<String>) {
    use super::browser::{document, element, listen};
    use wasm_bindgen::JsCast;
    let Some(document) = document() else { return };
    listen(&document, "keydown", move |event| {
        let Some(key) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
        if key.key() != "Escape" || key.repeat() || key.is_composing() {
            return;
        }
        let Some(hide) = element::<web_sys::HtmlInputElement>("hide") else { return };
        hide.set_checked(!hide.checked());
        said.set(if hide.checked() { "Person and answer hidden" } else { "Person and answer shown" }.to_owned());
    });
}
