//! The answer panel: four answers in four different shapes, each saying in its heading what it is (rulings 18 to 20).

use super::answer_heading::heading;
use super::status_card::StatusCard;
use crate::pages::AnswerPage;
use crate::wording;
use cpis::{AnswerKind, Decision, PartialDate, Person, PlanKind, Status, UnknownReason, calendar};
use jiff::civil::Date;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The panel around any answer. `title` and `under` stand in its coloured head, `body` below.
pub fn panel(kind: AnswerKind, title: String, under: String, body: AnyView) -> AnyView {
    let class = match kind {
        AnswerKind::Current => "app-answer app-answer-current",
        AnswerKind::Ended => "app-answer app-answer-ended",
        AnswerKind::None => "app-answer app-answer-none",
        AnswerKind::Unknown => "app-answer app-answer-unknown",
    };
    view! {
        <section class=class data-answer=kind.word() aria-labelledby="answer">
            <div class="app-answer-head">
                <h1 id="answer">{title}</h1>
                <p class="m-0 mt-2">{under}</p>
            </div>
            <div class="app-answer-body">{body}</div>
        </section>
    }
    .into_any()
}

/// The panel of an answer page.
pub fn answer_panel(page: &AnswerPage) -> AnyView {
    let title = heading(page.answer, page.decision.as_ref(), page.person.as_ref(), page.today);
    let checked = calendar::long_moment(page.at);
    let number = page.person.as_ref().map_or(page.asked, |person| person.nhs_number).spaced();
    let (under, body) = match (page.answer, &page.decision) {
        (AnswerKind::Current | AnswerKind::Ended, Some(decision)) => (format!("Checked {checked}"), statuses(page, decision)),
        (AnswerKind::None, _) => (format!("Checked {checked} · {number}"), none(page)),
        _ => (format!("Tried {checked}. {}", wording::UNKNOWN_IS_NO_ANSWER), unknown(page)),
    };
    panel(page.answer, title, under, body)
}

fn statuses(page: &AnswerPage, decision: &Decision) -> AnyView {
    let all: Vec<&Status> = decision.statuses().collect();
    let authorities: BTreeSet<_> = all.iter().map(|status| &status.authority).collect();
    let each = (authorities.len() > 1)
        .then(|| view! { <p class="mt-4 mb-0"><strong>{format!("{} {}", authorities.len(), wording::PHONE_EACH)}</strong></p> });
    let card = |status: &Status| {
        StatusCard {
            status,
            authority: page.authorities.iter().find(|authority| authority.code == status.authority),
            office_open: page.office_open,
            place_is_secret: page.place_is_secret(),
            headed: all.len() > 1,
        }
        .view()
    };
    let cards: Vec<_> = all.iter().map(|status| card(status)).collect();
    let ended_means = (!decision.ended.is_empty()).then(|| {
        let unborn = decision.ended.iter().all(|status| status.kind == PlanKind::UnbornChildProtection);
        view! {
            <p class="mt-4 mb-0"><strong>{wording::ENDED_MEANS}</strong>{format!(" {}", wording::ended_shown_for(unborn))}</p>
        }
    });
    view! { {each}{cards}{ended_means} }.into_any()
}

fn none(page: &AnswerPage) -> AnyView {
    let restricted = page.person.as_ref().is_some_and(|person| person.restricted);
    let baby = page.person.as_ref().is_some_and(|person| is_baby(person, page.today));
    let own = if restricted { view! { <p><strong>{wording::NONE_RESTRICTED}</strong></p> }.into_any() } else { ().into_any() };
    let reasons: Vec<_> = wording::NONE_REASONS.iter().map(|reason| view! { <li>{*reason}</li> }).collect();
    view! {
        <p class="mt-3"><strong>{wording::NONE_RULES_NOTHING_OUT}</strong></p>
        {own}
        {baby.then(|| view! { <p><strong>{wording::NONE_BABY}</strong></p> })}
        <p class="mb-2">"CP-IS may hold nothing because:"</p>
        <ul class="app-reasons">{reasons}</ul>
    }
    .into_any()
}

fn unknown(page: &AnswerPage) -> AnyView {
    let reason = wording::unknown_reason(page.unknown.unwrap_or(UnknownReason::Unreadable));
    view! {
        <p>{reason}</p>
        <p>
            <strong>{wording::UNKNOWN_PHONE}</strong>
            " "
            <a href=crate::paths::contacts()>"Find the phone number"</a>
        </p>
    }
    .into_any()
}

/// Under a year old, or perhaps so when only the year or month of birth is held (ruling 20).
fn is_baby(person: &Person, today: Date) -> bool {
    match person.born {
        Some(PartialDate::Month(year, _) | PartialDate::Year(year)) => year >= today.year() - 1,
        Some(PartialDate::Day(_)) => person.age_on(today).is_some_and(|age| age < 1),
        None => false,
    }
}
