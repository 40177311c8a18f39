//! Staying logged in, logging out, and the page that replaces an answer when its time is over.

use super::find::{Found, keep_lost, stay};
use crate::answering::{Posted, RequestId, page, see_other};
use crate::logged_in::{SESSION_COOKIE, Visitor, cookie, set_cookie, visitor};
use crate::state::Shared;
use app::paths::Back;
use app::{TimedOutPage, paths};
use axum::extract::State as Extract;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use registry::EndedWhy;
use registry::SessionToken;
use serde::Deserialize;

/// "Stay logged in" as posted: with the find form's own fields, or with the page to come back to.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Stay {
    back: String,
    #[serde(flatten)]
    typed: Found,
}

/// `GET /session`: is it live? For a tab that is seen again; counts as no activity.
pub async fn live(visitor: Visitor) -> StatusCode {
    match visitor {
        Visitor::LoggedIn(_) => StatusCode::NO_CONTENT,
        Visitor::Over { .. } | Visitor::Nobody => StatusCode::UNAUTHORIZED,
    }
}

/// `POST /session`.
pub async fn extend(
    Extract(state): Extract<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Posted(asked): Posted<Stay>,
) -> Response {
    let from_script = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.starts_with("application/json"));
    let who = match visitor {
        Visitor::LoggedIn(who) => who,
        Visitor::Over { .. } | Visitor::Nobody if from_script => return StatusCode::UNAUTHORIZED.into_response(),
        Visitor::Over { why, uid, role } if asked.back.is_empty() && why != EndedWhy::LoggedOut => {
            return keep_lost(&state, &asked.typed, &uid, role.as_deref()).await;
        }
        Visitor::Over { .. } | Visitor::Nobody => return see_other(&paths::start()),
    };
    state.registry.touch(&who.session, who.now).await;
    if from_script {
        return StatusCode::NO_CONTENT.into_response();
    }
    if !asked.back.is_empty() {
        return see_other(&Back::from_key(&asked.back).map_or_else(paths::start, |back| back.path()));
    }
    match who.at_work() {
        Ok(work) => stay(&state, &work, asked.typed).await,
        Err(elsewhere) => see_other(elsewhere.1),
    }
}

/// `POST /log-out`: the cookie goes and this node forgets at once, whatever the registry can do; the browser empties its memory of the pages.
pub async fn log_out(Extract(state): Extract<Shared>, headers: HeaderMap, id: RequestId) -> Response {
    if let Some(token) = cookie(&headers, SESSION_COOKIE)
        && let Err(error) = state.registry.log_out(&SessionToken(token), &id.0, state.clock.now()).await
    {
        tracing::error!(request = id.0, cause = error.cause(), "a log-out could not be written yet");
    }
    let forget = [
        (header::SET_COOKIE.as_str(), set_cookie(SESSION_COOKIE, "", Some(0))),
        ("clear-site-data", "\"cache\", \"storage\"".to_owned()),
    ];
    (forget, see_other(&format!("{}?logged-out=1", paths::start()))).into_response()
}

/// `GET /timed-out`: counts as no activity, and stands without the registry.
pub async fn timed_out(Extract(state): Extract<Shared>, headers: HeaderMap, id: RequestId) -> Response {
    let still_logged_in = matches!(visitor(&state, &headers, id).await, Ok(Visitor::LoggedIn(_)));
    page(&state, None, StatusCode::OK, &TimedOutPage { still_logged_in })
}
