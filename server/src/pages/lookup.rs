//! One look-up by its opaque id: confirm it, see its answer again, say that it was the wrong person.

use super::{choices, find};
use crate::answering::{Posted, RequestId, message_to, page, see_other, unavailable};
use crate::logged_in::AtWork;
use crate::portal::{answer_page, authorities_told, confirm_page};
use crate::state::{Shared, State};
use app::{Message, WrongPersonPage, paths};
use axum::extract::{Path, State as Extract};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use cpis::CareSetting;
use cpis::access_history::Reason;
use registry::{LookedUp, Shown};

/// An answer leaves the screen when the session would have ended (ruling 35); the page it goes to counts as no activity.
const REFRESH: &str = "900; url=/timed-out";

/// `GET /lookups/{id}`.
pub async fn show(Extract(state): Extract<Shared>, work: AtWork, Path(lookup): Path<String>, id: RequestId) -> Response {
    match state.registry.shown(&lookup, &work.reader(), work.who.now).await {
        Ok(Some(Shown::Answer(answer))) => {
            let shown = answer_page(&state, &work, &answer).await;
            let mut response = page(&state, Some(&work.who), StatusCode::OK, &shown);
            response.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static(REFRESH));
            response
        }
        Ok(Some(Shown::Identified(identified))) => see_other(&paths::confirm(&identified.id)),
        Ok(None) => gone(&state, &work),
        Err(error) => {
            tracing::error!(request = id.0, cause = error.cause(), "an answer could not be shown");
            message_to(&state, Some(&work.who), StatusCode::SERVICE_UNAVAILABLE, Message::AnswerUnavailable, Some(&id))
        }
    }
}

/// `GET /lookups/{id}/confirm`: before a notifying look-up is opened. Shows the person, and nothing that CP-IS holds.
pub async fn ask(Extract(state): Extract<Shared>, work: AtWork, Path(lookup): Path<String>, id: RequestId) -> Response {
    match state.registry.shown(&lookup, &work.reader(), work.who.now).await {
        Ok(Some(Shown::Identified(identified))) => page(&state, Some(&work.who), StatusCode::OK, &confirm_page(&work, &identified)),
        Ok(Some(Shown::Answer(answer))) => see_other(&paths::lookup(&answer.id)),
        Ok(None) => gone(&state, &work),
        Err(error) => unavailable(&state, &error, &id),
    }
}

/// The confirm form as posted: the setting it was made under.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Opened {
    setting: String,
}

/// `POST /lookups/{id}/confirm`: opens it, and notifies. Again gives the same answer and notifies nobody again.
pub async fn confirm(
    Extract(state): Extract<Shared>,
    work: AtWork,
    Path(lookup): Path<String>,
    id: RequestId,
    Posted(opened): Posted<Opened>,
) -> Response {
    if CareSetting::find(&opened.setting).is_some_and(|made_under| made_under != work.setting) {
        let changed = Message::SettingChanged { now: work.setting };
        return message_to(&state, Some(&work.who), StatusCode::CONFLICT, changed, None);
    }
    match state.registry.confirm(&lookup, &work.reader(), work.who.now).await {
        Ok(Some(LookedUp::Answered(answer))) => see_other(&paths::lookup(&answer.id)),
        Ok(Some(LookedUp::Confirm(lookup) | LookedUp::Repeated(lookup))) => see_other(&paths::lookup(&lookup)),
        Ok(Some(LookedUp::Refused(refusal))) => choices::refused(&state, &work.who, refusal),
        Ok(Some(LookedUp::BornMismatch)) => see_other(&paths::find()),
        Ok(None) => gone(&state, &work),
        Err(error) => {
            let found = find::Found { setting: work.setting.id.to_owned(), ..find::Found::default() };
            find::could_not_check(&state, Some(&work), &found, Some(&lookup), &error, &id)
        }
    }
}

/// `POST /lookups/{id}/wrong-person` (ruling 17).
pub async fn wrong_person(Extract(state): Extract<Shared>, work: AtWork, Path(lookup): Path<String>, id: RequestId) -> Response {
    match state.registry.wrong_person(&lookup, &work.reader(), work.who.now).await {
        Ok(Some(answer)) => {
            let said = WrongPersonPage { notified: authorities_told(&answer), office_open: state.days.office_open(work.who.now) };
            page(&state, Some(&work.who), StatusCode::OK, &said)
        }
        Ok(None) => gone(&state, &work),
        Err(error) => unavailable(&state, &error, &id),
    }
}

/// A reason as posted.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    reason: String,
}

/// `POST /lookups/{id}/history`: a restricted person's access history, to a holder of B1611 who gives a reason (ruling 15).
/// Without a reason the answer is shown as it was.
pub async fn history(
    Extract(state): Extract<Shared>,
    work: AtWork,
    Path(lookup): Path<String>,
    id: RequestId,
    Posted(asked): Posted<Asked>,
) -> Response {
    let Some(reason) = Reason::find(&asked.reason) else { return see_other(&paths::lookup(&lookup)) };
    match state.registry.read_restricted_history(&lookup, &work.reader(), reason, work.who.now).await {
        Ok(Some(answer)) => see_other(&paths::lookup(&answer.id)),
        Ok(None) => gone(&state, &work),
        Err(error) => unavailable(&state, &error, &id),
    }
}

/// Older than 15 minutes, or not this session's, role's or setting's: the same words for all, so that they tell nothing.
fn gone(state: &State, work: &AtWork) -> Response {
    message_to(state, Some(&work.who), StatusCode::NOT_FOUND, Message::AnswerGone, None)
}
