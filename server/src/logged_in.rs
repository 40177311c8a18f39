//! Who is asking: the session behind the cookie. A handler that needs a person takes a value only a live session can make.

use crate::answering::{RequestId, see_other, unavailable};
use crate::state::{Shared, State};
use app::{Frame, SessionClock, Who, paths};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use cookie::{Cookie, SameSite};
use cpis::{CareSetting, Clinician};
use jiff::Timestamp;
use registry::{EndedWhy, Reader, RoleUse, Session, SessionState, SessionToken};

/// The session cookie: host-only, https (or this machine) only, out of scripts' reach.
pub const SESSION_COOKIE: &str = "__Host-session";

/// Somebody with a live session.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// The session.
    pub session: Session,
    /// Its secret, to choose a role or setting, or to log out.
    pub token: SessionToken,
    /// What the chosen role opens; `None` when no role is chosen.
    pub role: Option<RoleUse>,
    /// The moment of the request.
    pub now: Timestamp,
    /// The request.
    pub request: RequestId,
}

/// Whoever sent a request.
#[derive(Clone, Debug)]
pub enum Visitor {
    /// Somebody with a live session.
    LoggedIn(Box<LoggedIn>),
    /// Somebody whose session is over.
    Over {
        /// Why.
        why: EndedWhy,
        /// Whose it was.
        uid: String,
        /// The role they acted in.
        role: Option<String>,
    },
    /// Anybody.
    Nobody,
}

/// Somebody who has chosen a role and a care setting, and may work.
#[derive(Clone, Debug)]
pub struct AtWork {
    /// The log-in.
    pub who: LoggedIn,
    /// The person in the role.
    pub clinician: Clinician,
    /// The setting.
    pub setting: &'static CareSetting,
}

impl AtWork {
    /// Who reads, for the registry.
    pub fn reader(&self) -> Reader {
        Reader { session: self.who.session.id.clone(), clinician: self.clinician.clone(), setting: self.setting }
    }
}

impl LoggedIn {
    /// What stands around a page for this person.
    pub fn frame(&self, state: &State) -> Frame {
        let settings = self.role.as_ref().and_then(|role| role.settings.as_ref().ok()).map_or(0, Vec::len);
        let who = self.session.clinician().map(|clinician| Who {
            name: clinician.name,
            role: clinician.role.job.name,
            organisation: clinician.role.organisation,
            setting: self.session.setting,
            may_change_role: self.session.identity.roles.len() > 1,
            may_change_setting: settings > 1,
        });
        let left = self.session.ends_at_latest.duration_since(self.now).as_secs();
        let session = SessionClock {
            idle_seconds: u32::try_from(registry::IDLE.as_secs()).unwrap_or(900),
            seconds_left_at_most: u32::try_from(left).unwrap_or(0),
        };
        Frame { who, session: Some(session), ..state.frame() }
    }

    /// The role and setting to work in, or the page where they are chosen.
    pub fn at_work(self) -> Result<AtWork, Box<(Self, &'static str)>> {
        let usable = self.role.as_ref().is_some_and(|role| role.settings.is_ok());
        match (self.session.clinician(), self.session.setting) {
            (Some(clinician), Some(setting)) if usable => Ok(AtWork { who: self, clinician, setting }),
            (Some(_), None) if usable => Err(Box::new((self, "/care-setting"))),
            _ => Err(Box::new((self, "/role"))),
        }
    }
}

impl FromRequestParts<Shared> for Visitor {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Response> {
        let Ok(id) = RequestId::from_request_parts(parts, state).await;
        visitor(state, &parts.headers, id.clone()).await.map_err(|error| unavailable(state, &error, &id))
    }
}

/// Looks the cookie's session up.
pub async fn visitor(state: &State, headers: &HeaderMap, request: RequestId) -> Result<Visitor, registry::Unavailable> {
    let Some(token) = cookie(headers, SESSION_COOKIE).map(SessionToken) else { return Ok(Visitor::Nobody) };
    let now = state.clock.now();
    Ok(match state.registry.session(&token, now).await? {
        SessionState::Live(session) => {
            let role = match &session.role {
                Some(role) => Some(state.registry.role(role).await?),
                None => None,
            };
            Visitor::LoggedIn(Box::new(LoggedIn { session: *session, token, role, now, request }))
        }
        SessionState::Ended { why, uid, role } => Visitor::Over { why, uid, role },
        SessionState::Unknown => Visitor::Nobody,
    })
}

impl FromRequestParts<Shared> for LoggedIn {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Response> {
        match Visitor::from_request_parts(parts, state).await? {
            Visitor::LoggedIn(who) => {
                state.registry.touch(&who.session, who.now).await;
                Ok(*who)
            }
            Visitor::Over { .. } | Visitor::Nobody => Err(see_other(&paths::start())),
        }
    }
}

impl FromRequestParts<Shared> for AtWork {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Response> {
        LoggedIn::from_request_parts(parts, state).await?.at_work().map_err(|elsewhere| see_other(elsewhere.1))
    }
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| Cookie::split_parse(text.to_owned()).filter_map(Result::ok))
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// A `Set-Cookie` value: host-only, secure, out of scripts' reach, sent when coming from another site by a link (Lax: the provider's way back).
pub fn set_cookie(name: &'static str, value: &str, max_age_seconds: Option<i64>) -> String {
    let mut cookie = Cookie::build((name, value.to_owned())).path("/").secure(true).http_only(true).same_site(SameSite::Lax);
    if let Some(seconds) = max_age_seconds {
        cookie = cookie.max_age(cookie::time::Duration::seconds(seconds));
    }
    cookie.build().to_string()
}
