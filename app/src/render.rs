//! From a view to a whole HTML document: the one place that knows how Leptos renders without a router.

use leptos::prelude::*;
use leptos::reactive::owner::Owner;

/// Renders a document. Everything reactive the view makes belongs to an owner that is dropped here, so nothing outlives the page.
pub(crate) fn document(view: impl FnOnce() -> AnyView) -> String {
    // No shared context: pages hold no resources, and islands carry all they need in their own properties.
    let owner = Owner::new_root(None);
    let html = owner.with(|| view().to_html());
    owner.cleanup();
    owner.unset();
    format!("<!doctype html>{html}")
}
