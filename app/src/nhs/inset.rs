//! Inset text, and its warm sister for what must not be overlooked.

use leptos::prelude::*;

/// Text set apart by a blue bar.
pub fn inset(content: impl IntoView + 'static) -> AnyView {
    view! { <div class="app-inset border-blue">{content.into_any()}</div> }.into_any()
}

/// Text set apart by a warm bar: something happens that the reader should know of first.
pub fn warm_inset(content: impl IntoView + 'static) -> AnyView {
    view! { <div class="app-inset border-warm">{content.into_any()}</div> }.into_any()
}

/// Text set apart by a grey bar: good to know.
pub fn grey_inset(content: impl IntoView + 'static) -> AnyView {
    view! { <div class="app-inset border-grey-1">{content.into_any()}</div> }.into_any()
}
