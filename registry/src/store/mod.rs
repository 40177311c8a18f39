//! The private persistence port: what any store must be able to do. Nothing outside this crate can name it.

#[cfg(any(test, feature = "demo"))]
use crate::demonstration::Demonstration;
use crate::outbox::{Claimed, OutboxRow};
use cpis::{AccessRecord, CareSetting, LocalAuthority, NhsNumber, Notification, Person, Plan, Told};
use jiff::Timestamp;

pub(crate) mod sqlite;

#[cfg(test)]
mod conformance;

/// Why the store could not do what was asked. The text is for the log, never for a page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The database refused, is away, is full, or is locked.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
    /// Another file lies where the registry's file was.
    #[error("the registry's file was replaced or removed")]
    Replaced,
    /// A stored row does not read as what it should be.
    #[error("a stored {0} does not read")]
    Corrupt(&'static str),
}

impl From<sqlx::Error> for StoreError {
    /// A column that does not decode is damage to one row, not a failure of the database.
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Corrupt("column"),
            error => Self::Database(error),
        }
    }
}

pub(crate) type Stored<T> = Result<T, StoreError>;

/// One entry of the index of people, and whether its number still stands.
#[derive(Clone)]
pub(crate) struct PersonRow {
    pub(crate) person: Person,
    pub(crate) replaced_by: Option<NhsNumber>,
    pub(crate) invalidated: bool,
}

/// A status with its authority, as it stands in the store.
pub(crate) struct PlanRow {
    pub(crate) plan: Plan,
    pub(crate) authority: LocalAuthority,
}

/// The end of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditHead {
    pub(crate) size: u64,
    pub(crate) link: Vec<u8>,
}

/// One stored audit entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditRow {
    pub(crate) position: u64,
    pub(crate) entry: Vec<u8>,
    pub(crate) leaf: Vec<u8>,
    pub(crate) link: Vec<u8>,
}

/// What a look-up showed, sealed for the session that looked.
#[derive(Clone)]
pub(crate) struct LookupRow {
    pub(crate) id: String,
    pub(crate) session: String,
    pub(crate) role: String,
    pub(crate) setting: String,
    pub(crate) request: String,
    pub(crate) sealed: String,
    pub(crate) at: Timestamp,
}

/// One session as stored.
#[derive(Clone)]
pub(crate) struct SessionRow {
    pub(crate) id: String,
    pub(crate) token: [u8; 32],
    pub(crate) uid: String,
    pub(crate) sid: Option<String>,
    pub(crate) identity: String,
    pub(crate) role: Option<String>,
    pub(crate) setting: Option<String>,
    pub(crate) began: Timestamp,
    pub(crate) seen: Timestamp,
    pub(crate) ended: Option<Timestamp>,
    pub(crate) why: Option<String>,
}

/// What the provider must send back, kept while somebody logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttemptRow {
    pub(crate) cookie: [u8; 32],
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    pub(crate) at: Timestamp,
}

/// What was typed into a form, to be given back.
#[derive(Clone)]
pub(crate) struct KeptFormRow {
    pub(crate) id: String,
    pub(crate) session: Option<String>,
    pub(crate) uid: String,
    pub(crate) role: String,
    pub(crate) typed: String,
    pub(crate) at: Timestamp,
}

/// An organisation as it is set up here.
#[derive(Clone, Debug)]
pub(crate) struct OrganisationRow {
    pub(crate) name: String,
    pub(crate) settings: Vec<&'static CareSetting>,
    pub(crate) ask_born: bool,
}

/// One write transaction: everything in it is durable when `commit` returns, or nothing is. Dropping it undoes it.
#[async_trait::async_trait]
pub(crate) trait Transaction: Send {
    async fn audit_head(&mut self) -> Stored<AuditHead>;
    async fn append_audit(&mut self, row: &AuditRow) -> Stored<()>;

    async fn person(&mut self, number: NhsNumber) -> Stored<Option<PersonRow>>;
    async fn numbers_replaced_by(&mut self, number: NhsNumber) -> Stored<Vec<NhsNumber>>;
    async fn plans(&mut self, number: NhsNumber) -> Stored<Vec<PlanRow>>;
    /// The newest accesses under any of the numbers; with `before`, only those of an earlier millisecond.
    async fn history(&mut self, numbers: &[NhsNumber], before: Option<Timestamp>, most: usize) -> Stored<Vec<AccessRecord>>;
    async fn add_history(&mut self, number: NhsNumber, access: &AccessRecord, lookup: &str) -> Stored<()>;

    async fn repeated(&mut self, key: &[u8; 32]) -> Stored<Option<String>>;
    async fn remember_request(&mut self, key: &[u8; 32], lookup: &str, at: Timestamp) -> Stored<()>;
    async fn lookup(&mut self, id: &str) -> Stored<Option<LookupRow>>;
    async fn put_lookup(&mut self, row: &LookupRow) -> Stored<()>;
    async fn add_notification(&mut self, lookup: &str, notification: &Notification) -> Stored<()>;

    async fn add_session(&mut self, row: &SessionRow) -> Stored<()>;
    async fn live_sessions_of(&mut self, uid: &str) -> Stored<Vec<SessionRow>>;
    async fn live_sessions_of_log_in(&mut self, sid: &str) -> Stored<Vec<SessionRow>>;
    async fn end_session(&mut self, id: &str, why: &str, at: Timestamp) -> Stored<()>;
    /// Writes a choice over the session as it was read. `false`: it has ended, or its token changed meanwhile; nothing is written.
    async fn choose(&mut self, was: &SessionRow, token: &[u8; 32], role: Option<&str>, setting: Option<&str>) -> Stored<bool>;
    async fn first_seen_logout_token(&mut self, jti: &str, sid: &str, at: Timestamp) -> Stored<bool>;
    /// Did the provider end this log-in since then?
    async fn log_in_was_ended(&mut self, sid: &str, since: Timestamp) -> Stored<bool>;

    async fn organisation(&mut self, ods: &str) -> Stored<Option<OrganisationRow>>;
    #[cfg(any(test, feature = "demo"))]
    async fn load_demonstration(&mut self, demonstration: &Demonstration) -> Stored<()>;
    async fn commit(self: Box<Self>) -> Stored<()>;
}

/// A store: transactions for what must be together, and single acts that may stand alone.
#[async_trait::async_trait]
pub(crate) trait Store: Send + Sync {
    async fn begin(&self) -> Stored<Box<dyn Transaction>>;

    async fn shown(&self, id: &str) -> Stored<Option<LookupRow>>;
    async fn told(&self, lookup: &str) -> Stored<Vec<(String, Told)>>;
    async fn authorities(&self) -> Stored<Vec<LocalAuthority>>;
    async fn organisation(&self, ods: &str) -> Stored<Option<OrganisationRow>>;

    async fn session(&self, token: &[u8; 32]) -> Stored<Option<SessionRow>>;
    async fn touch_session(&self, id: &str, seen: Timestamp) -> Stored<()>;
    async fn put_attempt(&self, row: &AttemptRow) -> Stored<()>;
    async fn take_attempt(&self, cookie: &[u8; 32]) -> Stored<Option<AttemptRow>>;
    async fn keep_form(&self, row: &KeptFormRow) -> Stored<()>;
    async fn take_form(&self, id: &str) -> Stored<Option<KeptFormRow>>;
    async fn take_form_of(&self, uid: &str, role: &str) -> Stored<Option<KeptFormRow>>;

    async fn claim(&self, now: Timestamp, until: Timestamp, claim: &str, most: usize) -> Stored<Vec<Claimed>>;
    async fn settle_delivered(&self, id: &str, claim: &str, at: Timestamp) -> Stored<bool>;
    async fn settle_later(&self, id: &str, claim: &str, next_at: Timestamp, error: &str) -> Stored<bool>;
    async fn settle_undeliverable(&self, id: &str, claim: &str, at: Timestamp, error: &str) -> Stored<bool>;
    async fn next_due(&self) -> Stored<Option<Timestamp>>;
    async fn outbox(&self, state: &str, most: usize) -> Stored<Vec<OutboxRow>>;
    async fn outbox_counts(&self) -> Stored<Vec<(String, u64)>>;

    async fn audit_head(&self) -> Stored<AuditHead>;
    async fn audit_rows(&self, from: u64, most: usize) -> Stored<Vec<AuditRow>>;
    async fn sweep(&self, now: Timestamp) -> Stored<()>;
    async fn ready(&self) -> Stored<()>;
}
