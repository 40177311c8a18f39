//! The access history: who looked this person up in unscheduled care, newest first, and why it is missing when it is.

use crate::nhs::table::table;
use crate::pages::History;
use crate::wording;
use cpis::{AccessRecord, HISTORY_LENGTH, calendar};
use leptos::prelude::*;

/// The section, or nothing when no history belongs to this answer.
pub fn history_table(history: &History, place_is_secret: bool) -> AnyView {
    let content = match history {
        History::NotShown => return ().into_any(),
        History::Rows(records) if records.is_empty() => sentence(wording::HISTORY_EMPTY),
        History::Rows(records) => rows(records),
        History::NotForThisRole => sentence(wording::HISTORY_ROLE),
        History::Restricted { .. } => sentence(wording::HISTORY_RESTRICTED),
        History::Unavailable => sentence(wording::HISTORY_UNREADABLE),
    };
    let content = view! { <section aria-labelledby="history"><h2 id="history">{wording::HISTORY_HEADING}</h2>{content}</section> };
    // Where a restricted person was seen stays off paper (ruling 15).
    if place_is_secret { view! { <div class="print:hidden">{content}</div> }.into_any() } else { content.into_any() }
}

fn sentence(words: &'static str) -> AnyView {
    view! { <p>{words}</p> }.into_any()
}

fn rows(records: &[AccessRecord]) -> AnyView {
    let shown = records.len().min(HISTORY_LENGTH);
    let count = match shown {
        1 => "1 look-up before this one.".to_owned(),
        HISTORY_LENGTH => format!("The {HISTORY_LENGTH} most recent before this one, newest first."),
        n => format!("{n} look-ups before this one, newest first."),
    };
    let lines = records
        .iter()
        .take(HISTORY_LENGTH)
        .map(|r| [calendar::long_moment(r.at), r.organisation.clone(), format!("{}, {}", r.person, r.role)])
        .collect();
    view! {
        <p>
            <strong>{wording::HISTORY_PROVES}</strong>
            {format!(" {count} Look-ups in scheduled care do not appear here.")}
        </p>
        {table("Earlier look-ups in unscheduled care, newest first", ["When", "Where", "Who"], lines)}
    }
    .into_any()
}
