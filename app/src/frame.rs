//! The document around every page: head, header, context bar, banners, footer; and what a page must be to stand in it.

use crate::components::{context_bar, footer, header, session_banner};
use crate::paths::Back;
use crate::{render, wording};
use leptos::prelude::*;

/// Where the stylesheet and the loader script are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// Address of the stylesheet.
    pub css: String,
    /// Address of the loader script; `None` when no browser bundle was built.
    pub wake: Option<String>,
}

/// Everything around a page.
#[derive(Clone)]
pub struct Frame {
    /// Stylesheet and loader.
    pub assets: Assets,
    /// The people shown are not real: say so on every page.
    pub demonstration: bool,
    /// Who is logged in.
    pub who: Option<Who>,
    /// How long the session lasts; `None` when nobody is logged in.
    pub session: Option<SessionClock>,
}

/// Who is logged in, and how they work now.
#[derive(Clone)]
pub struct Who {
    /// Their name.
    pub name: String,
    /// The name of the role they act in.
    pub role: String,
    /// Where.
    pub organisation: cpis::Organisation,
    /// The care setting chosen, if one is.
    pub setting: Option<&'static cpis::CareSetting>,
    /// They have another role to change to.
    pub may_change_role: bool,
    /// They have another setting to change to.
    pub may_change_setting: bool,
}

/// How long a session lasts, in seconds from the moment the page is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionClock {
    /// Until it ends when nothing is done (900).
    pub idle_seconds: u32,
    /// Until it ends whatever is done.
    pub seconds_left_at_most: u32,
}

/// What "Stay logged in" does on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stay {
    /// Posts the page's own form (by its id) to `/session`, so that what was typed comes back.
    WithForm(&'static str),
    /// Posts a form of its own, and comes back here.
    Back(Back),
}

/// A page: a view model that knows its title and its content.
pub trait Page {
    /// The page's title without the service name: never a name or a number; begins with "Error: " when there are errors.
    fn title(&self) -> &str;

    /// What stands in `<main>`.
    fn main(&self, frame: &Frame) -> AnyView;

    /// What stands between `<main>` and the footer.
    fn after_main(&self) -> AnyView {
        ().into_any()
    }

    /// What "Stay logged in" does here.
    fn stay(&self) -> Stay {
        Stay::Back(Back::Start)
    }

    /// The whole HTML document.
    fn html(&self, frame: &Frame) -> String {
        render::document(|| {
            let title = format!("{} - {}", self.title(), wording::SERVICE);
            shell(frame, title, self.stay(), self.main(frame), self.after_main())
        })
    }
}

fn shell(frame: &Frame, title: String, stay: Stay, main: AnyView, after_main: AnyView) -> AnyView {
    let wake = frame.assets.wake.clone().map(|src| view! { <script type="module" src=src></script> });
    let demonstration = frame.demonstration.then(header::demonstration);
    let who = frame.who.as_ref();
    view! {
        <html lang="en-GB">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="format-detection" content="telephone=no" />
                <title>{title}</title>
                <link rel="stylesheet" href=frame.assets.css.clone() />
                {wake}
            </head>
            <body>
                <a class="app-skip" href="#main">"Skip to main content"</a>
                {demonstration}
                {header::header(who, frame.session.is_some())}
                {who.map(context_bar::context_bar)}
                <main id="main" class="w-full max-w-page mx-auto px-4 sm:px-8 pt-2 sm:pt-8 pb-10" tabindex="-1">{main}</main>
                {after_main}
                {frame.session.map(|clock| session_banner::session_banner(clock, stay))}
                {footer::footer()}
            </body>
        </html>
    }
    .into_any()
}
