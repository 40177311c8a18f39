//! "What to do now": what follows from an answer for this reader, in this setting; and what the answer does not mean.

use crate::pages::AnswerPage;
use crate::wording;
use cpis::{AnswerKind, PlanKind};
use leptos::prelude::*;

/// The sentences, the most important first; each is one paragraph.
pub fn sentences(page: &AnswerPage) -> Vec<&'static str> {
    let shown = page.decision.as_ref().is_some_and(cpis::Decision::shows_a_status);
    let secret = page.place_is_secret() && shown || page.person.as_ref().is_some_and(|person| person.restricted);
    let adult = page.person.as_ref().is_some_and(|person| person.is_adult(page.today));
    let has_plan = page
        .decision
        .as_ref()
        .is_some_and(|d| d.current.iter().any(|s| matches!(s.kind, PlanKind::ChildProtection | PlanKind::UnbornChildProtection)));
    let mut words = Vec::new();
    if page.setting.sensitive {
        words.push(wording::DO_SENSITIVE);
    }
    if page.administrative && shown {
        words.push(wording::DO_ADMINISTRATIVE);
    }
    if secret {
        words.push(if adult { wording::DO_RESTRICTED_ADULT } else { wording::DO_RESTRICTED });
    }
    match page.answer {
        // Assessing is not for the desk: its staff pass on what they see.
        AnswerKind::Current | AnswerKind::Ended if page.administrative => {}
        AnswerKind::Current => words.push(wording::DO_CURRENT),
        AnswerKind::Ended => words.push(wording::DO_ENDED),
        AnswerKind::None => words.push(wording::DO_NONE),
        AnswerKind::Unknown => return words,
    }
    if has_plan {
        words.push(wording::PLAN_MEANS);
    }
    words
}

/// The inset; nothing when the panel has said it all.
pub fn what_to_do(page: &AnswerPage) -> AnyView {
    let sentences = sentences(page);
    if sentences.is_empty() {
        return ().into_any();
    }
    let several = sentences.len() > 1;
    let first_matters = page.setting.sensitive || page.administrative || page.person.as_ref().is_some_and(|p| p.restricted);
    let lines: Vec<_> = sentences
        .into_iter()
        .enumerate()
        .map(|(i, words)| {
            let text =
                if i == 0 && first_matters && several { view! { <strong>{words}</strong> }.into_any() } else { words.into_any() };
            view! { <p class="mb-2">{text}</p> }
        })
        .collect();
    view! {
        <section class="app-inset border-blue" aria-labelledby="what-to-do">
            <h2 class="app-inset-title" id="what-to-do">"What to do now"</h2>
            {lines}
        </section>
    }
    .into_any()
}
