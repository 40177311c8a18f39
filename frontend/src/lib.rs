//! What wakes in the browser: the islands' entry point, called once by `wake.js` after the page is readable.
#![cfg(target_arch = "wasm32")]

// Linked for its islands: each exports the function that wakes it.
use app as _;

/// Prepares the islands' ground; the loader then wakes each `<leptos-island>` of the page by its own function.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
