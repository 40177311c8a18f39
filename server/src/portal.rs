//! From what the registry answered to what a page shows. Nothing is decided here.

use crate::logged_in::AtWork;
use crate::state::State;
use app::{AnswerPage, ConfirmPage, History};
use cpis::calendar::london_date;
use cpis::{Gap, LocalAuthority, Told, coverage};
use jiff::Timestamp;
use registry::{Answer, Identified};

/// The authorities a check does not cover today: the same notice for everyone (ruling 22).
pub fn gaps(state: &State, now: Timestamp) -> Option<Vec<Gap>> {
    let contacts = state.registry.contacts()?;
    Some(coverage::gaps(&contacts.authorities, london_date(now), &state.days))
}

/// The page of an answer. How far authorities have been told is read now; if it cannot be, the page says that we do not know.
pub async fn answer_page(state: &State, work: &AtWork, answer: &Answer) -> AnswerPage {
    let told = told(state, answer).await;
    let worst = told.iter().map(|(_, told)| *told).max().unwrap_or(Told::Nobody);
    AnswerPage {
        id: answer.id.clone(),
        answer: answer.kind,
        person: answer.person.clone(),
        asked: answer.asked,
        number_changed: answer.number_changed,
        decision: answer.decision.clone(),
        unknown: answer.unknown,
        authorities: answer.authorities.clone(),
        history: history(&answer.history),
        told: told.into_iter().map(|(authority, told)| (authority.name, told)).collect(),
        worst,
        setting: work.setting,
        at: answer.at,
        today: london_date(answer.at),
        reference: answer.receipt.reference(),
        receipt_proof: answer.receipt.leaf.clone(),
        gaps: gaps(state, work.who.now),
        administrative: work.clinician.role.is_administrative(),
        office_open: state.days.office_open(work.who.now),
        wrong_person_reported: answer.wrong_person,
        demonstration: state.demonstration,
    }
}

/// How far each authority has been told.
async fn told(state: &State, answer: &Answer) -> Vec<(LocalAuthority, Told)> {
    match state.registry.told(answer).await {
        Ok(told) => told,
        Err(error) => {
            tracing::error!(cause = error.cause(), "delivery states could not be read");
            authorities_told(answer).into_iter().map(|authority| (authority, Told::NotKnown)).collect()
        }
    }
}

/// Those who are told of an answer, with their phones: after a wrong person they have to be called.
pub fn authorities_told(answer: &Answer) -> Vec<LocalAuthority> {
    answer.authorities.iter().filter(|authority| answer.recipients.contains(&authority.code)).cloned().collect()
}

fn history(history: &registry::History) -> History {
    match history {
        registry::History::Rows(rows) => History::Rows(rows.clone()),
        registry::History::NotForThisRole => History::NotForThisRole,
        registry::History::Restricted { with_reason } => History::Restricted { with_reason: *with_reason },
        registry::History::Unavailable => History::Unavailable,
        registry::History::NotShown => History::NotShown,
    }
}

/// The page before a notifying look-up is opened.
pub fn confirm_page(work: &AtWork, identified: &Identified) -> ConfirmPage {
    ConfirmPage {
        id: identified.id.clone(),
        person: identified.person.clone(),
        asked: identified.asked,
        number_changed: identified.number_changed,
        setting: work.setting,
        today: london_date(work.who.now),
    }
}
