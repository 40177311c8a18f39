//! What wakes in the browser: four small helpers, each of which a page can do without.
//!
//! Every island is rendered by the server as a `<leptos-island>` that is complete, quiet markup. When the browser bundle is
//! there, `frontend/wake.js` wakes them after the page is readable; without it nothing is missing but the convenience.

#[cfg(feature = "hydrate")]
mod browser;
pub mod copy_text;
mod countdown;
pub mod hide_with_escape;
pub mod number_check;
pub mod session_timer;
#[cfg(feature = "hydrate")]
mod session_watch;

pub use copy_text::CopyText;
pub use hide_with_escape::HideWithEscape;
pub use number_check::NumberCheck;
pub use session_timer::SessionTimer;

#[cfg(all(test, feature = "ssr"))]
mod tests;
