//! What the service remembers. There is no way to read a child's plan without, in the same commit, writing who looked and queueing
//! word to whoever must be told: the store is private, and an [`Answer`] can only be made by the functions that do all three.

mod access;
mod answer;
mod audit;
mod contacts;
#[cfg(any(test, feature = "demo"))]
mod demonstration;
mod identify;
mod kept_form;
mod look_up;
mod outbox;
#[cfg(test)]
#[path = "../tests/proof/mod.rs"]
mod proof;
mod session;
mod shown;
mod store;
mod verify;

pub use access::{Access, LookedUp, Reader};
pub use answer::{Answer, AnswerFacts, History, Identified, IdentifiedFacts, Shown};
pub use audit::{Act, AuditKey, ChildReference, Door, Receipt};
pub use contacts::Contacts;
#[cfg(any(test, feature = "demo"))]
pub use demonstration::{Demonstration, DemonstrationError};
pub use kept_form::KeptForm;
pub use outbox::{Claimed, OutboxRow, Settlement};
pub use session::{AT_MOST, Choice, EndedWhy, IDLE, LogInAttempt, LoggedOut, RoleUse, Session, SessionState, SessionToken};
pub use verify::{AuditFault, AuditReport};

use audit::{AuditEntry, leaf_hash, link_hash};
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;
use store::{AuditRow, Store, StoreError, Transaction};
use tokio::sync::Notify;

/// The registry could not do what was asked. Nothing was shown, and nothing was half-written. The cause goes to the log only.
#[derive(Debug, thiserror::Error)]
#[error("the registry is unavailable")]
pub struct Unavailable {
    #[source]
    cause: StoreError,
}

impl Unavailable {
    /// The cause in words for the log: never a name, a number or a token.
    pub fn cause(&self) -> String {
        self.cause.to_string()
    }
}

impl From<StoreError> for Unavailable {
    fn from(cause: StoreError) -> Self {
        Self { cause }
    }
}

/// Why the registry could not be opened, in words for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CannotOpen(String);

/// Everything that is remembered.
pub struct Registry {
    store: Arc<dyn Store>,
    key: AuditKey,
    contacts: contacts::ContactsHeld,
    sessions: session::Remembered,
    /// Rung after every commit that queued a notification.
    bell: Notify,
}

impl Registry {
    /// Opens the registry named by `url` (`sqlite:PATH`) to read and write; creates it and brings its shape up to date.
    /// Refused while another process writes to the same file.
    pub async fn open(url: &str, key: AuditKey) -> Result<Self, CannotOpen> {
        let store = store::sqlite::SqliteStore::open(&sqlite_path(url)?).await.map_err(|e| CannotOpen(e.to_string()))?;
        Ok(Self::on(Arc::new(store), key))
    }

    /// Opens the registry only to read it, beside a server that may be writing.
    pub async fn open_to_read(url: &str, key: AuditKey) -> Result<Self, CannotOpen> {
        let store = store::sqlite::SqliteStore::open_to_read(&sqlite_path(url)?).await.map_err(|e| CannotOpen(e.to_string()))?;
        Ok(Self::on(Arc::new(store), key))
    }

    fn on(store: Arc<dyn Store>, key: AuditKey) -> Self {
        let (contacts, sessions) = Default::default();
        Self { store, key, contacts, sessions, bell: Notify::new() }
    }

    /// Appends one entry to the audit log within the transaction that it accounts for.
    async fn append(&self, tx: &mut dyn Transaction, entry: &AuditEntry) -> Result<Receipt, StoreError> {
        let head = tx.audit_head().await?;
        let canonical = entry.canonical();
        let leaf = leaf_hash(&canonical);
        let link = link_hash(&head.link, &leaf).to_vec();
        tx.append_audit(&AuditRow { position: head.size, entry: canonical, leaf: leaf.to_vec(), link }).await?;
        Ok(Receipt { position: head.size, leaf: audit::hex(&leaf) })
    }

    /// Can the registry answer and write? Touches neither people nor statuses nor the log.
    pub async fn ready(&self) -> Result<(), Unavailable> {
        Ok(self.store.ready().await?)
    }

    /// Forgets what is kept for a short time only: sealed answers, typed forms, log-in attempts, old sessions, request ids.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), Unavailable> {
        let written = self.write_log_outs(now).await;
        self.store.sweep(now).await?;
        written
    }
}

/// The file named by `sqlite:PATH`.
fn sqlite_path(url: &str) -> Result<PathBuf, CannotOpen> {
    match url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path)) {
        Some(path) if !path.is_empty() => Ok(PathBuf::from(path)),
        _ => Err(CannotOpen("DATABASE_URL must be sqlite:PATH".into())),
    }
}
