//! Choosing a role and a care setting, and the page of those whose role opens nothing.

use crate::answering::{Posted, RequestId, page, see_other, unavailable};
use crate::logged_in::{LoggedIn, SESSION_COOKIE, set_cookie};
use crate::state::{Shared, State};
use app::{CareSettingPage, NoAccess, NoAccessPage, RoleChoice, RolePage, paths};
use axum::extract::State as Extract;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use cpis::{CareSetting, Read, Refusal};
use registry::{Choice, RoleUse, Unavailable};
use serde::Deserialize;

/// A choice as posted.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    role: String,
    setting: String,
}

/// `GET /role`.
pub async fn role(Extract(state): Extract<Shared>, who: LoggedIn, id: RequestId) -> Response {
    role_page(&state, &who, false).await.unwrap_or_else(|error| unavailable(&state, &error, &id))
}

async fn role_page(state: &State, who: &LoggedIn, error: bool) -> Result<Response, Unavailable> {
    let roles = state.registry.roles(&who.session.identity).await?;
    if !roles.iter().any(|role| role.settings.is_ok()) {
        return Ok(no_access(state, who, &roles));
    }
    let status = if error { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let roles = roles.into_iter().map(choice).collect();
    Ok(page(state, Some(who), status, &RolePage { roles, error }))
}

fn choice(held: RoleUse) -> RoleChoice {
    let effect = held.settings.map(|settings| {
        let mut reads: Vec<Read> = Vec::new();
        for setting in settings {
            if !reads.contains(&setting.read) {
                reads.push(setting.read);
            }
        }
        reads
    });
    RoleChoice { id: held.role.id, job: held.role.job.name, organisation: held.role.organisation.name, effect }
}

fn no_access(state: &State, who: &LoggedIn, roles: &[RoleUse]) -> Response {
    let chosen = who.session.role.as_ref().and_then(|role| roles.iter().find(|held| held.role.id == role.id));
    let reason = match chosen.or(roles.first()) {
        None => NoAccess::NoRoles,
        Some(held) if held.role.is_oversight() => NoAccess::ForAnotherDesk,
        Some(held) => NoAccess::Refused(held.settings.as_ref().err().copied().unwrap_or(Refusal::NoActivityCode)),
    };
    let held = roles.iter().map(|held| (held.role.job.name.clone(), held.role.organisation.name.clone())).collect();
    page(state, Some(who), StatusCode::FORBIDDEN, &NoAccessPage { reason, held })
}

/// What the registry refused, in the same words as the page of those without access.
pub(super) fn refused(state: &State, who: &LoggedIn, refusal: Refusal) -> Response {
    let held = who.session.role.iter().map(|role| (role.job.name.clone(), role.organisation.name.clone())).collect();
    page(state, Some(who), StatusCode::FORBIDDEN, &NoAccessPage { reason: NoAccess::Refused(refusal), held })
}

/// `POST /role`: a new session token, and nothing carried over.
pub async fn choose_role(
    Extract(state): Extract<Shared>,
    who: LoggedIn,
    id: RequestId,
    Posted(chosen): Posted<Chosen>,
) -> Response {
    match state.registry.choose_role(&who.token, &chosen.role, &id.0, who.now).await {
        Ok(Choice::Made(token)) => {
            let cookie = [(header::SET_COOKIE, set_cookie(SESSION_COOKIE, &token.0, None))];
            (cookie, see_other(&paths::start())).into_response()
        }
        Ok(Choice::NotOffered) => role_page(&state, &who, true).await.unwrap_or_else(|error| unavailable(&state, &error, &id)),
        Err(error) => unavailable(&state, &error, &id),
    }
}

/// `GET /care-setting`.
pub async fn setting(Extract(state): Extract<Shared>, who: LoggedIn) -> Response {
    setting_page(&state, &who, false)
}

fn setting_page(state: &State, who: &LoggedIn, error: bool) -> Response {
    let settings: Option<Vec<&'static CareSetting>> = who.role.as_ref().and_then(|role| role.settings.clone().ok());
    let Some(settings) = settings else { return see_other(&paths::role()) };
    let status = if error { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(state, Some(who), status, &CareSettingPage { settings, current: who.session.setting, error })
}

/// `POST /care-setting`.
pub async fn choose_setting(
    Extract(state): Extract<Shared>,
    who: LoggedIn,
    id: RequestId,
    Posted(chosen): Posted<Chosen>,
) -> Response {
    match state.registry.choose_setting(&who.token, &chosen.setting, &id.0, who.now).await {
        Ok(Choice::Made(_)) => see_other(&paths::start()),
        Ok(Choice::NotOffered) => setting_page(&state, &who, true),
        Err(error) => unavailable(&state, &error, &id),
    }
}
