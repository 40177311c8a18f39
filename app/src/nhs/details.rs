//! Details: a line that opens.

use leptos::prelude::*;

/// `summary` opens `content`, without script.
pub fn details(summary: impl Into<String>, content: impl IntoView + 'static) -> AnyView {
    view! {
        <details class="app-details">
            <summary>{summary.into()}</summary>
            <div class="app-details-text">{content.into_any()}</div>
        </details>
    }
    .into_any()
}
