//! The accessibility statement.

use crate::frame::{Frame, Page, Stay};
use crate::paths::{self, Back};
use leptos::prelude::*;

/// The page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccessibilityPage;

impl Page for AccessibilityPage {
    fn title(&self) -> &'static str {
        "Accessibility statement"
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Footer("accessibility"))
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        view! {
            <div class="max-w-prose">
                <h1>"Accessibility statement"</h1>
                <p>"This service is built to meet the Web Content Accessibility Guidelines 2.2, level AA. As many people as possible should be able to use it. You can:"</p>
                <ul class="pl-5">
                    <li>"do everything with the keyboard alone"</li>
                    <li>"do everything without JavaScript"</li>
                    <li>"zoom in to 400% without losing content or having to scroll sideways"</li>
                    <li>"use a screen reader for every page"</li>
                    <li>"tell the four answers apart without seeing colour"</li>
                </ul>
                <h2>"How accessible it is"</h2>
                <p>"Every page is checked with automated tools and by keyboard, with and without JavaScript. It has not yet been tested by disabled staff, and not yet with every screen reader in use in the NHS. We know of no part that fails."</p>
                <h2>"Time limits"</h2>
                <p>"You are logged out after 15 minutes without doing anything, because the pages show sensitive information. Two minutes before, you are told and can stay logged in. Nothing you typed is lost."</p>
                <h2>"If something does not work for you"</h2>
                <p>"Tell the service desk of your organisation, and say which page it was and what you use to read it. If you need an answer about somebody now, "<a href=paths::contacts()>"phone children's social care"</a>"."</p>
                <h2>"Enforcement"</h2>
                <p>"The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with how a complaint is answered, contact the Equality Advisory and Support Service."</p>
            </div>
        }
        .into_any()
    }
}
