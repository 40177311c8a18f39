//! Log-in sessions: one per person, 15 minutes idle, 12 hours at most, rotated at log-in and role change, ended from any node.

mod choosing;
mod ending;

pub use choosing::{Choice, RoleUse};
pub use ending::LoggedOut;

use crate::audit::{Act, AuditEntry, Door};
use crate::store::{AttemptRow, SessionRow, StoreError};
use crate::{Registry, Unavailable};
use cpis::{CareSetting, Clinician, Identity, RoleProfile};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A session ends after this long without a request.
pub const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// A session never lives longer than this.
pub const AT_MOST: SignedDuration = SignedDuration::from_hours(12);
/// The time of the last request is written at most this often (ruling 5).
const WRITTEN_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// A logout token can overtake the log-in that it ends by no more than this.
const OVERTAKEN: SignedDuration = SignedDuration::from_secs(10);
/// How long a request waits for that to be written.
const TOUCH: std::time::Duration = std::time::Duration::from_millis(500);
/// A log-in must come back from the provider within this time.
const LOG_IN: SignedDuration = SignedDuration::from_mins(10);

/// The secret in the session cookie: 64 hexadecimal digits. Only its digest is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub String);

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

impl SessionToken {
    fn new() -> Self {
        Self(crate::audit::hex(&rand::random::<[u8; 32]>()))
    }
}

pub(crate) fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// What the provider must send back, kept while somebody logs in.
#[derive(Clone)]
pub struct LogInAttempt {
    /// Compared with the answer's `state`.
    pub state: String,
    /// Compared with the ID token's `nonce`.
    pub nonce: String,
    /// The PKCE verifier.
    pub verifier: String,
}

/// A live session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its identifier; the token changes, this does not.
    pub id: String,
    /// Who logged in.
    pub identity: Identity,
    /// The role chosen.
    pub role: Option<RoleProfile>,
    /// The care setting chosen.
    pub setting: Option<&'static CareSetting>,
    /// When it ends at the latest.
    pub ends_at_latest: Timestamp,
}

impl Session {
    /// The person in the role chosen.
    pub fn clinician(&self) -> Option<Clinician> {
        let role = self.role.clone()?;
        Some(Clinician { uid: self.identity.uid.clone(), name: self.identity.name.clone(), role })
    }
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedWhy {
    /// 15 minutes without a request, or 12 hours in all.
    TimedOut,
    /// The person logged in somewhere else.
    LoggedInElsewhere,
    /// The log-in service ended it.
    Provider,
    /// The person logged out.
    LoggedOut,
}

/// What a session cookie stands for.
#[derive(Clone, Debug)]
pub enum SessionState {
    /// A live session.
    Live(Box<Session>),
    /// One that is over; `uid` and `role` let what was typed be kept for the same person and role (ruling 35).
    Ended {
        /// Why.
        why: EndedWhy,
        /// Whose it was.
        uid: String,
        /// The role they acted in.
        role: Option<String>,
    },
    /// Nothing.
    Unknown,
}

/// What this node remembers beside the store: precise last requests, and sessions logged out while the store could not be written.
#[derive(Default)]
pub(crate) struct Remembered {
    seen: Mutex<HashMap<String, Timestamp>>,
    logged_out: Mutex<HashMap<String, ending::Unwritten>>,
    /// Log-ins that the provider ended while nothing could be written: `sid` to `jti` and time.
    ended_log_ins: Mutex<HashMap<String, (String, Timestamp)>>,
    /// Tokens logged out while the store could not even be read, with the request and its time.
    forgotten: Mutex<HashMap<[u8; 32], (String, Timestamp)>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Registry {
    /// Keeps what the provider must send back under the secret of the log-in cookie, for ten minutes.
    pub async fn begin_log_in(&self, cookie: &str, attempt: &LogInAttempt, now: Timestamp) -> Result<(), Unavailable> {
        let LogInAttempt { state, nonce, verifier } = attempt.clone();
        Ok(self.store.put_attempt(&AttemptRow { cookie: digest(cookie), state, nonce, verifier, at: now }).await?)
    }

    /// Takes it back, once.
    pub async fn take_log_in(&self, cookie: &str, now: Timestamp) -> Result<Option<LogInAttempt>, Unavailable> {
        let row = self.store.take_attempt(&digest(cookie)).await?.filter(|row| now.duration_since(row.at) < LOG_IN);
        Ok(row.map(|AttemptRow { state, nonce, verifier, .. }| LogInAttempt { state, nonce, verifier }))
    }

    /// Begins a session, ending every other of this person. The role is chosen when the log-in service says which, or only one is
    /// usable; the setting when only one is. Audited.
    pub async fn log_in(
        &self,
        identity: &Identity,
        sid: Option<&str>,
        request: &str,
        now: Timestamp,
    ) -> Result<SessionToken, Unavailable> {
        let identity = &self.with_names_known_here(identity.clone()).await?;
        let role = self.first_role(identity).await?;
        let mut tx = self.store.begin().await?;
        for other in tx.live_sessions_of(&identity.uid).await? {
            let why = self.why_over(&other, now).unwrap_or(EndedWhy::LoggedInElsewhere);
            self.end_within(&mut *tx, &other, why, request, now).await?;
        }
        let token = SessionToken::new();
        let mut row = SessionRow {
            id: uuid::Uuid::new_v4().to_string(),
            token: digest(&token.0),
            uid: identity.uid.clone(),
            sid: sid.map(str::to_owned),
            identity: serde_json::to_string(identity).map_err(|_| StoreError::Corrupt("identity"))?,
            role: None,
            setting: None,
            began: now,
            seen: now,
            ended: None,
            why: None,
        };
        self.append(&mut *tx, &session_entry(&row, Act::LogIn, "logged-in", request, now)).await?;
        if let Some(role) = role {
            row.role = Some(role.role.id.clone());
            self.append(&mut *tx, &session_entry(&row, Act::ChooseRole, &role.word(), request, now)).await?;
            if let Some(only) = role.only_setting() {
                row.setting = Some(only.id.to_owned());
                self.append(&mut *tx, &session_entry(&row, Act::ChooseSetting, only.id, request, now)).await?;
            }
        }
        tx.add_session(&row).await?;
        // The provider's word may have come before this one: the session is over before it began.
        if let Some(sid) = sid
            && tx.log_in_was_ended(sid, now - OVERTAKEN).await?
        {
            self.end_within(&mut *tx, &row, EndedWhy::Provider, request, now).await?;
        }
        tx.commit().await?;
        Ok(token)
    }

    /// Audits a refused log-in; returns the reference a person can quote.
    pub async fn refuse_log_in(
        &self,
        reason: &str,
        person: Option<&str>,
        request: &str,
        now: Timestamp,
    ) -> Result<String, Unavailable> {
        let entry = AuditEntry {
            at: now,
            act: Act::LogInRefused,
            answer: reason.to_owned(),
            person: person.unwrap_or_default().to_owned(),
            role: String::new(),
            organisation: String::new(),
            setting: String::new(),
            door: Door::Portal,
            request: request.to_owned(),
            children: Vec::new(),
        };
        let mut tx = self.store.begin().await?;
        let receipt = self.append(&mut *tx, &entry).await?;
        tx.commit().await?;
        Ok(receipt.reference())
    }

    /// What this token stands for now. Does not count as a request: see [`Registry::touch`].
    pub async fn session(&self, token: &SessionToken, now: Timestamp) -> Result<SessionState, Unavailable> {
        if held(&self.sessions.forgotten).contains_key(&digest(&token.0)) {
            return Ok(SessionState::Unknown);
        }
        let Some(row) = self.store.session(&digest(&token.0)).await? else { return Ok(SessionState::Unknown) };
        if let Some(why) = self.why_over(&row, now) {
            return Ok(SessionState::Ended { why, uid: row.uid, role: row.role });
        }
        let identity: Identity = serde_json::from_str(&row.identity).map_err(|_| StoreError::Corrupt("identity"))?;
        let role = row.role.as_ref().and_then(|id| identity.roles.iter().find(|role| role.id == *id)).cloned();
        Ok(SessionState::Live(Box::new(Session {
            ends_at_latest: row.began.checked_add(AT_MOST).unwrap_or(row.began),
            setting: row.setting.as_deref().and_then(CareSetting::find),
            id: row.id,
            identity,
            role,
        })))
    }

    fn why_over(&self, row: &SessionRow, now: Timestamp) -> Option<EndedWhy> {
        if held(&self.sessions.logged_out).contains_key(&row.id) {
            return Some(EndedWhy::LoggedOut);
        }
        if row.sid.as_ref().is_some_and(|sid| held(&self.sessions.ended_log_ins).contains_key(sid)) {
            return Some(EndedWhy::Provider);
        }
        if row.ended.is_some() {
            return Some(ending::why(row.why.as_deref()));
        }
        let seen = held(&self.sessions.seen).get(&row.id).copied().unwrap_or(row.seen).max(row.seen);
        let over = now.duration_since(seen) >= IDLE || now.duration_since(row.began) >= AT_MOST || now < row.began - WRITTEN_EVERY;
        over.then_some(EndedWhy::TimedOut)
    }

    /// Counts a request as activity. Remembered at once; written at most once a minute, and a failure to write is no reason to refuse
    /// the request.
    pub async fn touch(&self, session: &Session, now: Timestamp) {
        let before = held(&self.sessions.seen).insert(session.id.clone(), now);
        let written =
            before.is_some_and(|at| now.as_second() / WRITTEN_EVERY.as_secs() == at.as_second() / WRITTEN_EVERY.as_secs());
        if written {
            return;
        }
        // It must not keep the request waiting while somebody else writes.
        match tokio::time::timeout(TOUCH, self.store.touch_session(&session.id, now)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the time of a session's last request could not be written"),
            Err(_) => tracing::warn!("the time of a session's last request was not written in time"),
        }
    }
}

/// An audit entry about a session.
fn session_entry(row: &SessionRow, act: Act, answer: &str, request: &str, now: Timestamp) -> AuditEntry {
    let identity: Option<Identity> = serde_json::from_str(&row.identity).ok();
    let role = row.role.clone().unwrap_or_default();
    let organisation = identity
        .and_then(|identity| identity.roles.into_iter().find(|held| held.id == role))
        .map(|held| held.organisation.code.0)
        .unwrap_or_default();
    AuditEntry {
        at: now,
        act,
        answer: answer.to_owned(),
        person: row.uid.clone(),
        role,
        organisation,
        setting: row.setting.clone().unwrap_or_default(),
        door: Door::Portal,
        request: request.to_owned(),
        children: Vec::new(),
    }
}
