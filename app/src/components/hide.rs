//! Hiding the person and the answer at once, without script: a checkbox, and a rule of the stylesheet (ruling 27).

use crate::islands::HideWithEscape;
use crate::wording;
use leptos::prelude::*;

/// `secret` disappears while the box is ticked. The box, its label and `secret` must stay siblings: the stylesheet relies on it.
pub fn hideable(secret: impl IntoView + 'static) -> AnyView {
    view! {
        <div>
            <input type="checkbox" id="hide" class="app-hide" autocomplete="off" />
            <label for="hide">
                <span class="app-hide-on">{wording::HIDE}</span>
                <span class="app-hide-off">{wording::SHOW}</span>
            </label>
            <HideWithEscape />
            <p class="app-hide-note">{wording::HIDDEN}</p>
            <div class="app-secret">{secret.into_any()}</div>
        </div>
    }
    .into_any()
}
