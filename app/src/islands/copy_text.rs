//! A button that copies a prepared text.
#![expect(missing_docs, reason = "the island macro writes a struct of the properties without a word")]

use leptos::prelude::*;

/// Copies `text` to the clipboard and says "Copied"; hidden where there is no script, for the text stands on the page too.
#[island]
pub fn CopyText(
    /// What is copied, exactly.
    text: String,
    /// The button's words.
    label: String,
) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (said, set_said) = signal(String::new());
    // An effect runs in the browser only, and after the server's markup was taken over.
    Effect::new(move |_| set_awake.set(true));
    view! {
        <button type="button" class="app-button app-button-second app-button-small" hidden=move || !awake.get() on:click=move |_| copy(text.clone(), set_said)>
            {label}
        </button>
        <span class="ml-2" role="status" aria-live="polite">{move || said.get()}</span>
    }
}

#[cfg(feature = "hydrate")]
fn copy(text: String, said: WriteSignal<String>) {
    leptos::task::spawn_local(async move {
        let copied = super::browser::copy(&text).await;
        said.set(if copied { "Copied" } else { "Could not copy. Select the text and copy it by hand." }.to_owned());
    });
}

#[cfg(not(feature = "hydrate"))]
fn copy(_text: String, _said: WriteSignal<String>) {}
