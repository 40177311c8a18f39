//! What the server writes for each island, before any script.

use leptos::{prelude::*, reactive::owner::Owner};

use super::{CopyText, HideWithEscape, NumberCheck, SessionTimer};

fn rendered<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(None);
    owner.with(|| view().into_view().to_html())
}

#[test]
fn every_island_is_marked_by_its_name_so_that_it_can_be_woken() {
    let pages = [
        ("NumberCheck", rendered(|| view! { <NumberCheck /> })),
        ("SessionTimer", rendered(|| view! { <SessionTimer ends_in_seconds=900 max_seconds=43200 /> })),
        ("CopyText", rendered(|| view! { <CopyText text="a".to_owned() label="Copy".to_owned() /> })),
        ("HideWithEscape", rendered(|| view! { <HideWithEscape /> })),
    ];
    for (name, html) in pages {
        assert!(html.starts_with(&format!("<leptos-island data-component=\"{name}_")), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
}

#[test]
fn the_copy_button_is_hidden_until_it_can_copy() {
    let html = rendered(|| view! { <CopyText text="22 November 2026 \"9:14am\"".to_owned() label="Copy time".to_owned() /> });
    assert!(html.contains(" hidden"), "{html}");
    assert!(html.contains("Copy time"), "{html}");
    assert!(html.contains("22 November 2026"), "the text travels in the island's properties: {html}");
}

#[test]
fn the_number_check_is_an_empty_polite_region() {
    let html = rendered(|| view! { <NumberCheck /> });
    assert!(html.contains("aria-live=\"polite\""), "{html}");
    assert!(!html.contains("digit"), "{html}");
}
