//! What was typed into a form, kept for a quarter of an hour to be given back to the same person and role; never submitted (rulings 35, 36).

use crate::store::{KeptFormRow, StoreError};
use crate::{Registry, Unavailable};
use cpis::Clinician;
use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};

const KEPT: SignedDuration = SignedDuration::from_mins(15);

/// Whose form it is.
#[derive(Clone, Copy, Debug)]
pub enum KeptForm<'a> {
    /// Of a live session: given back once under its id.
    Session {
        /// The session's identifier.
        id: &'a str,
        /// Who typed.
        clinician: &'a Clinician,
    },
    /// Of a session that was lost: given back to the same person and role after they log in.
    Lost {
        /// Whose it was.
        uid: &'a str,
        /// The role they acted in.
        role: &'a str,
    },
}

impl Registry {
    /// Keeps what was typed; returns the one-time id.
    pub async fn keep_form(&self, whose: KeptForm<'_>, typed: &impl Serialize, now: Timestamp) -> Result<String, Unavailable> {
        let (session, uid, role) = match whose {
            KeptForm::Session { id, clinician } => (Some(id.to_owned()), clinician.uid.as_str(), clinician.role.id.as_str()),
            KeptForm::Lost { uid, role } => (None, uid, role),
        };
        let row = KeptFormRow {
            id: uuid::Uuid::new_v4().to_string(),
            session,
            uid: uid.to_owned(),
            role: role.to_owned(),
            typed: serde_json::to_string(typed).map_err(|_| StoreError::Corrupt("form"))?,
            at: now,
        };
        self.store.keep_form(&row).await?;
        Ok(row.id)
    }

    /// Gives a live session's form back, once.
    pub async fn take_form<T: DeserializeOwned>(&self, id: &str, session: &str, now: Timestamp) -> Result<Option<T>, Unavailable> {
        let row = self.store.take_form(id).await?;
        Ok(row
            .filter(|row| row.session.as_deref() == Some(session) && now.duration_since(row.at) < KEPT)
            .and_then(|row| read(&row)))
    }

    /// Gives the form of a lost session back to the same person and role, once.
    pub async fn take_lost_form<T: DeserializeOwned>(
        &self,
        clinician: &Clinician,
        now: Timestamp,
    ) -> Result<Option<T>, Unavailable> {
        let row = self.store.take_form_of(&clinician.uid, &clinician.role.id).await?;
        Ok(row.filter(|row| now.duration_since(row.at) < KEPT).and_then(|row| read(&row)))
    }
}

fn read<T: DeserializeOwned>(row: &KeptFormRow) -> Option<T> {
    serde_json::from_str(&row.typed).ok()
}
