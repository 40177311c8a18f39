//! The warning before a session ends: revealed by the stylesheet after a delay, so that it needs no script, and out of reach until then.

use crate::frame::{SessionClock, Stay};
use crate::islands::SessionTimer;
use crate::paths;
use leptos::prelude::*;

/// The warning comes this long before the end, in seconds (ruling 35).
const WARNING_SECONDS: u32 = 120;

/// The banner of a page. `clock` counts from the moment the page is made.
pub fn session_banner(clock: SessionClock, stay: Stay) -> AnyView {
    let last = clock.seconds_left_at_most <= clock.idle_seconds;
    let ends_in = clock.idle_seconds.min(clock.seconds_left_at_most);
    // One small rule per minute in the stylesheet stands in for a style attribute, which the content policy forbids.
    let minutes = ends_in.saturating_sub(WARNING_SECONDS) / 60;
    let class = format!("app-session app-after-{}", minutes.min(13));
    let after = if last { "You need to log in again then: a session lasts 12 hours at most." } else { "" };
    let button = (!last).then(|| stay_button(stay));
    view! {
        <section id="session-banner" class=class aria-labelledby="session-title">
            <div class="max-w-page mx-auto px-4 sm:px-8 py-3 flex flex-wrap gap-x-6 gap-y-2 items-center justify-between">
                <p class="m-0"><strong id="session-title">"You will be logged out in 2 minutes"</strong>" "{after}</p>
                <SessionTimer ends_in_seconds=clock.idle_seconds max_seconds=clock.seconds_left_at_most />
                {button}
            </div>
        </section>
    }
    .into_any()
}

fn stay_button(stay: Stay) -> AnyView {
    match stay {
        Stay::WithForm(form) => view! {
            <button class="app-button app-button-small" type="submit" form=form formaction=paths::session() formnovalidate>
                "Stay logged in"
            </button>
        }
        .into_any(),
        Stay::Back(back) => view! {
            <form method="post" action=paths::session()>
                <input type="hidden" name="back" value=back.key() />
                <button class="app-button app-button-small" type="submit">"Stay logged in"</button>
            </form>
        }
        .into_any(),
    }
}
