//! The cookies in use: the real ones.

use crate::frame::{Frame, Page, Stay};
use crate::nhs::table::table;
use crate::paths::Back;
use leptos::prelude::*;

/// The page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CookiesPage;

impl Page for CookiesPage {
    fn title(&self) -> &'static str {
        "Cookies"
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Footer("cookies"))
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let rows = [
            [
                "__Host-session",
                "Keeps you logged in",
                "When you log out, after 15 minutes without doing anything, or after 12 hours",
            ],
            [
                "__Host-log-in",
                "Makes sure that the log-in you finish is the one you began",
                "When you are logged in, or after 10 minutes",
            ],
        ];
        view! {
            <h1>"Cookies"</h1>
            <p class="max-w-prose">"Cookies are small files that a site saves on your computer. This service uses two. Both are needed for it to work, so you are not asked to accept them. There are no others, and none from other sites."</p>
            {table("The cookies of this service", ["Name", "What it is for", "When it ends"], rows.map(|row| row.map(str::to_owned)).to_vec())}
        }
        .into_any()
    }
}
