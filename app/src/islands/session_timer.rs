//! The session's last two minutes, counted down in the banner the page already has.
#![expect(missing_docs, reason = "the island macro writes a struct of the properties without a word")]

use leptos::prelude::*;

/// Counts down the session inside `#session-banner`, and makes its button extend the session without leaving the page.
///
/// `ends_in_seconds`: how long the session lasts unused, from this page on. `max_seconds`: how long it can last at all.
/// The banner also appears without script, by the stylesheet; this only makes it exact, spoken, and kind to typed text.
#[island]
pub fn SessionTimer(
    /// Seconds from this page until the session ends for want of activity.
    ends_in_seconds: u32,
    /// Seconds from this page until the session ends in any case.
    max_seconds: u32,
) -> impl IntoView {
    let (left, set_left) = signal(String::new());
    let (said, set_said) = signal(String::new());
    #[cfg(feature = "hydrate")]
    super::session_watch::start(ends_in_seconds, max_seconds, set_left, set_said);
    #[cfg(not(feature = "hydrate"))]
    let _ = (ends_in_seconds, max_seconds, set_left, set_said);
    view! {
        <p class="m-0" aria-hidden="true">{move || left.get()}</p>
        <p class="sr-only" role="status" aria-live="assertive">{move || said.get()}</p>
    }
}
