//! The session timer's life in the browser: ticking, the banner, "Stay logged in", and word between tabs.

use std::{cell::RefCell, rc::Rc, time::Duration};

use leptos::{
    leptos_dom::helpers::{set_interval, set_timeout},
    prelude::*,
    task::spawn_local,
};
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, Event, FocusEvent, HtmlElement, HtmlFormElement, HtmlInputElement, MessageEvent};

use super::{
    browser,
    countdown::{Countdown, Moment},
};

/// Where tabs of one browser tell each other that the session was used.
const CHANNEL: &str = "session";
/// A live region that appears together with its words is often not read: the words follow the banner by this much.
const WORDS_FOLLOW: Duration = Duration::from_millis(300);

/// The session is over. What was typed into the find form is posted once more: the server keeps it for the same person and role,
/// submits nothing, and answers with the start page. Everything else just leaves the screen.
fn end() {
    let typed = browser::element::<HtmlInputElement>("nhs_number").is_some_and(|input| !input.value().is_empty());
    match browser::element::<HtmlFormElement>("find").filter(|_| typed) {
        Some(form) => {
            form.set_action("/session");
            let _ = form.submit();
        }
        None => browser::leave_for("/timed-out"),
    }
}

#[derive(Clone)]
struct Watch {
    countdown: Rc<RefCell<Countdown>>,
    banner: HtmlElement,
    /// What had the focus before the banner's button took it.
    focused: Rc<RefCell<Option<HtmlElement>>>,
    others: Option<BroadcastChannel>,
    left: WriteSignal<String>,
    said: WriteSignal<String>,
}

/// Starts watching; does nothing on a page without `#session-banner`.
pub(super) fn start(idle_seconds: u32, max_seconds: u32, left: WriteSignal<String>, said: WriteSignal<String>) {
    let Some(banner) = browser::element::<HtmlElement>("session-banner") else { return };
    // The stylesheet reveals the banner by a fixed delay; from here on the count does.
    let _ = banner.style().set_property("animation", "none");
    let _ = banner.style().set_property("visibility", "visible");
    let countdown = Countdown::starting(browser::page_asked_for(), idle_seconds, max_seconds);
    let watch = Watch {
        countdown: Rc::new(RefCell::new(countdown)),
        banner,
        focused: Rc::default(),
        others: BroadcastChannel::new(CHANNEL).ok(),
        left,
        said,
    };
    watch.tick();
    watch.tell_other_tabs();
    watch.listen();
}

impl Watch {
    fn listen(&self) {
        let ticking = self.clone();
        set_interval(move || ticking.tick(), Duration::from_secs(1));
        if let Some(document) = browser::document() {
            // Timers sleep in hidden tabs: look at once when the tab is seen again.
            let seen = self.clone();
            browser::listen(&document, "visibilitychange", move |_| seen.tick());
        }
        if let Some(others) = &self.others {
            let hearing = self.clone();
            browser::listen(others, "message", move |event| hearing.hear(&event));
        }
        let clicked = self.clone();
        browser::listen(&self.banner, "click", move |event| clicked.stay(&event));
        let focus = self.clone();
        browser::listen(&self.banner, "focusin", move |event| focus.remember_focus(event));
    }

    fn tick(&self) {
        let moment = self.countdown.borrow_mut().at(browser::now());
        match moment {
            Moment::Quiet => self.banner.set_hidden(true),
            Moment::Warn { left, aloud } => {
                self.banner.set_hidden(false);
                if aloud {
                    self.say(format!("You will be logged out in {left}"));
                }
                self.left.set(format!("Time left: {left}"));
            }
            Moment::Ended => end(),
        }
    }

    fn say(&self, words: String) {
        let said = self.said;
        set_timeout(move || said.set(words), WORDS_FOLLOW);
    }

    /// The banner's button: ask for more time without sending the page away.
    fn stay(&self, event: &Event) {
        let on_button =
            event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).and_then(|at| at.closest("button").ok());
        if on_button.flatten().is_none() {
            return;
        }
        event.prevent_default();
        let watch = self.clone();
        spawn_local(async move {
            match browser::post("/session", "back=here").await {
                Some(204) => watch.stayed(),
                Some(401 | 403) => end(),
                _ => watch.say("That did not work. Press Stay logged in again.".to_owned()),
            }
        });
    }

    fn stayed(&self) {
        let longer = self.countdown.borrow_mut().used(browser::now());
        self.tick();
        self.tell_other_tabs();
        self.say(
            if longer { "You are still logged in" } else { "You cannot stay logged in longer. Log in again to carry on." }
                .to_owned(),
        );
        if longer {
            browser::call_off_refresh();
        }
        if longer && let Some(element) = self.focused.borrow_mut().take() {
            let _ = element.focus();
        }
    }

    fn remember_focus(&self, event: Event) {
        let came_from = event.dyn_into::<FocusEvent>().ok().and_then(|event| event.related_target());
        let Some(element) = came_from.and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
        if !self.banner.contains(Some(&element)) {
            self.focused.borrow_mut().replace(element);
        }
    }

    fn tell_other_tabs(&self) {
        if let Some(others) = &self.others {
            let _ = others.post_message(&self.countdown.borrow().ends().to_string().into());
        }
    }

    fn hear(&self, event: &Event) {
        let words = event.dyn_ref::<MessageEvent>().and_then(|message| message.data().as_string());
        if let Some(Ok(ends)) = words.map(|words| words.parse()) {
            self.countdown.borrow_mut().heard(ends);
            self.tick();
        }
    }
}
