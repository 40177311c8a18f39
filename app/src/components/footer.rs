//! The footer: the pages every public service has.

use crate::paths;
use leptos::prelude::*;

/// The footer, the same on every page.
pub fn footer() -> AnyView {
    let link = |href: String, label: &'static str| view! { <li><a class="app-foot" href=href>{label}</a></li> };
    view! {
        <footer class="bg-grey-4 border-t-4 border-blue text-16 print:hidden">
            <div class="max-w-page mx-auto px-4 sm:px-8 pt-4 pb-10">
                <ul class="flex flex-wrap gap-x-6 list-none m-0 p-0">
                    {link(paths::contacts(), "Phone numbers")}
                    {link(paths::help(), "Help")}
                    {link(paths::accessibility(), "Accessibility statement")}
                    {link(paths::privacy(), "Privacy")}
                    {link(paths::cookies(), "Cookies")}
                    {link(paths::whats_new(), "What's new")}
                </ul>
            </div>
        </footer>
    }
    .into_any()
}
