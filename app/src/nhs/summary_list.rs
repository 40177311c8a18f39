//! A summary list: what a thing is, and what it is here.

use leptos::prelude::*;

/// One row.
pub fn row(term: impl IntoView + 'static, text: impl IntoView + 'static) -> AnyView {
    view! {
        <div>
            <dt>{term.into_any()}</dt>
            <dd>{text.into_any()}</dd>
        </div>
    }
    .into_any()
}

/// The list around the rows.
pub fn summary_list(rows: Vec<AnyView>) -> AnyView {
    view! { <dl class="app-summary">{rows}</dl> }.into_any()
}
