//! Notifications committed and not yet delivered: claim, send, settle. A row is settled only by the claim that holds it.

use crate::{Registry, Unavailable};
use cpis::Notification;
use jiff::{SignedDuration, Timestamp};

/// How long a claim holds: longer than a delivery may take, so that no two workers send the same row at once.
const CLAIM: SignedDuration = SignedDuration::from_secs(60);

/// A notification claimed for delivery.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The outbox row.
    pub id: String,
    /// What to send; `None` when the stored words do not read, which no retry will mend.
    pub notification: Option<Notification>,
    /// How often it was tried, this time included.
    pub attempts: u32,
    /// When the access that caused it was committed.
    pub committed_at: Timestamp,
    pub(crate) claim: String,
}

/// What came of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// The receiver has it: it echoed the id.
    Delivered,
    /// Try again then.
    TryAgainAt(Timestamp, String),
    /// Refused for good, or a week has passed.
    Undeliverable(String),
}

/// One row of the outbox as an operator sees it: no person and no number.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Delivery identifier.
    pub id: String,
    /// The authority's code.
    pub authority: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When the access was committed.
    pub committed_at: Timestamp,
    /// When it is tried next.
    pub next_at: Timestamp,
    /// What went wrong last.
    pub last_error: Option<String>,
}

impl Registry {
    /// Claims what is due, at most so many.
    pub async fn claim(&self, now: Timestamp, most: usize) -> Result<Vec<Claimed>, Unavailable> {
        let until = now.checked_add(CLAIM).unwrap_or(now);
        Ok(self.store.claim(now, until, &uuid::Uuid::new_v4().to_string(), most).await?)
    }

    /// Settles a claimed row. `false`: the claim had lapsed and the row is somebody else's now.
    pub async fn settle(&self, claimed: &Claimed, settlement: &Settlement, now: Timestamp) -> Result<bool, Unavailable> {
        let (id, claim) = (&claimed.id, &claimed.claim);
        Ok(match settlement {
            Settlement::Delivered => self.store.settle_delivered(id, claim, now).await?,
            Settlement::TryAgainAt(at, error) => self.store.settle_later(id, claim, *at, error).await?,
            Settlement::Undeliverable(error) => self.store.settle_undeliverable(id, claim, now, error).await?,
        })
    }

    /// When the next row falls due; `None` when nothing waits.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, Unavailable> {
        Ok(self.store.next_due().await?)
    }

    /// Waits until a notification is committed on this node.
    pub async fn bell(&self) {
        self.bell.notified().await;
    }

    /// Rows in one state (`pending`, `delivered`, `undeliverable`), oldest first.
    pub async fn outbox(&self, state: &str, most: usize) -> Result<Vec<OutboxRow>, Unavailable> {
        Ok(self.store.outbox(state, most).await?)
    }

    /// How many rows are in each state.
    pub async fn outbox_counts(&self) -> Result<Vec<(String, u64)>, Unavailable> {
        Ok(self.store.outbox_counts().await?)
    }
}
