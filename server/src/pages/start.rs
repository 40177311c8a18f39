//! The start page; the find form itself once somebody is logged in and has chosen where they work.

use super::find;
use crate::answering::{page, see_other};
use crate::logged_in::{SESSION_COOKIE, Visitor, set_cookie};
use crate::state::{Shared, State};
use app::{StartNotice, StartPage, paths};
use axum::extract::{Query, State as Extract};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use registry::EndedWhy;

/// `GET /`.
pub async fn start(Extract(state): Extract<Shared>, visitor: Visitor, query: Query<find::Kept>, headers: HeaderMap) -> Response {
    match visitor {
        Visitor::LoggedIn(who) => {
            state.registry.touch(&who.session, who.now).await;
            match who.at_work() {
                Ok(work) => find::form(&state, &work, query.0.form.as_deref()).await,
                Err(elsewhere) => see_other(elsewhere.1),
            }
        }
        Visitor::Over { why, .. } => over(&state, why),
        Visitor::Nobody => {
            let just_left = headers.get(header::COOKIE).is_none() && query.0.logged_out.is_some();
            page(&state, None, StatusCode::OK, &StartPage { notice: just_left.then_some(StartNotice::LoggedOut) })
        }
    }
}

/// The start page for somebody whose session is over, saying why; the dead cookie goes.
pub fn over(state: &State, why: EndedWhy) -> Response {
    let notice = match why {
        EndedWhy::TimedOut => StartNotice::TimedOut,
        EndedWhy::LoggedInElsewhere => StartNotice::LoggedInElsewhere,
        EndedWhy::Provider => StartNotice::EndedByProvider,
        EndedWhy::LoggedOut => StartNotice::LoggedOut,
    };
    let forget = [(header::SET_COOKIE, set_cookie(SESSION_COOKIE, "", Some(0)))];
    (forget, page(state, None, StatusCode::OK, &StartPage { notice: Some(notice) })).into_response()
}

/// After a session is over: the start page, which says why.
pub fn go() -> Response {
    see_other(&paths::start())
}
