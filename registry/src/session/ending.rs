//! Ending sessions: log out, a second log-in, the log-in service's back channel; and log out that works with a full disk.

use super::{EndedWhy, SessionToken, digest, held, session_entry};
use crate::audit::Act;
use crate::store::{SessionRow, StoreError, Transaction};
use crate::{Registry, Unavailable};
use jiff::Timestamp;

/// What a back-channel logout ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoggedOut {
    /// How many sessions it ended.
    pub sessions: usize,
    /// The same token was seen before; nothing was done again.
    pub replayed: bool,
}

/// A log-out that the store has not written yet.
#[derive(Clone)]
pub(super) struct Unwritten {
    row: SessionRow,
    request: String,
    at: Timestamp,
}

impl EndedWhy {
    const ALL: [(Self, &'static str); 4] = [
        (Self::TimedOut, "timed-out"),
        (Self::LoggedInElsewhere, "logged-in-elsewhere"),
        (Self::Provider, "provider"),
        (Self::LoggedOut, "logged-out"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(why, _)| *why == self).map_or("", |(_, word)| word)
    }
}

pub(super) fn why(word: Option<&str>) -> EndedWhy {
    EndedWhy::ALL.iter().find(|(_, known)| Some(*known) == word).map_or(EndedWhy::LoggedOut, |(why, _)| *why)
}

impl Registry {
    /// Ends the session behind this token. This node forgets it at once, whatever the store can do (ruling 37).
    pub async fn log_out(&self, token: &SessionToken, request: &str, now: Timestamp) -> Result<(), Unavailable> {
        let row = match self.store.session(&digest(&token.0)).await {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(()),
            Err(error) => {
                held(&self.sessions.forgotten).insert(digest(&token.0), (request.to_owned(), now));
                return Err(error.into());
            }
        };
        let unwritten = Unwritten { row: row.clone(), request: request.to_owned(), at: now };
        held(&self.sessions.logged_out).insert(row.id.clone(), unwritten);
        let mut tx = self.store.begin().await?;
        if row.ended.is_none() {
            self.end_within(&mut *tx, &row, EndedWhy::LoggedOut, request, now).await?;
        }
        tx.commit().await?;
        held(&self.sessions.logged_out).remove(&row.id);
        Ok(())
    }

    /// Ends every session begun by this log-in at the provider. The same `jti` again does nothing again. This node forgets them at
    /// once, even when it cannot be written yet.
    pub async fn back_channel_log_out(&self, sid: &str, jti: &str, now: Timestamp) -> Result<LoggedOut, Unavailable> {
        let done = self.end_log_in(sid, jti, now).await;
        if done.is_err() {
            held(&self.sessions.ended_log_ins).insert(sid.to_owned(), (jti.to_owned(), now));
        }
        done
    }

    async fn end_log_in(&self, sid: &str, jti: &str, now: Timestamp) -> Result<LoggedOut, Unavailable> {
        let mut tx = self.store.begin().await?;
        if !tx.first_seen_logout_token(jti, sid, now).await? {
            return Ok(LoggedOut { sessions: 0, replayed: true });
        }
        let rows = tx.live_sessions_of_log_in(sid).await?;
        for row in &rows {
            self.end_within(&mut *tx, row, EndedWhy::Provider, jti, now).await?;
        }
        tx.commit().await?;
        Ok(LoggedOut { sessions: rows.len(), replayed: false })
    }

    pub(super) async fn end_within(
        &self,
        tx: &mut dyn Transaction,
        row: &SessionRow,
        why: EndedWhy,
        request: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.append(tx, &session_entry(row, Act::LogOut, why.word(), request, now)).await?;
        tx.end_session(&row.id, why.word(), now).await
    }

    /// Writes down the log-outs that could not be written when they happened. Costs nothing when there are none.
    pub async fn write_log_outs(&self, now: Timestamp) -> Result<(), Unavailable> {
        let ended: Vec<_> =
            held(&self.sessions.ended_log_ins).iter().map(|(sid, (jti, at))| (sid.clone(), jti.clone(), *at)).collect();
        for (sid, jti, at) in ended {
            self.end_log_in(&sid, &jti, at).await?;
            held(&self.sessions.ended_log_ins).remove(&sid);
        }
        let forgotten: Vec<Unwritten> = held(&self.sessions.logged_out).values().cloned().collect();
        for Unwritten { row, request, at } in forgotten {
            let mut tx = self.store.begin().await?;
            if tx.live_sessions_of(&row.uid).await?.iter().any(|live| live.id == row.id) {
                self.end_within(&mut *tx, &row, EndedWhy::LoggedOut, &request, at).await?;
            }
            tx.commit().await?;
            held(&self.sessions.logged_out).remove(&row.id);
        }
        let unread: Vec<_> =
            held(&self.sessions.forgotten).iter().map(|(token, (request, at))| (*token, request.clone(), *at)).collect();
        for (token, request, at) in unread {
            if let Some(row) = self.store.session(&token).await?.filter(|row| row.ended.is_none()) {
                let mut tx = self.store.begin().await?;
                self.end_within(&mut *tx, &row, EndedWhy::LoggedOut, &request, at).await?;
                tx.commit().await?;
            }
            held(&self.sessions.forgotten).remove(&token);
        }
        held(&self.sessions.seen).retain(|_, seen| now.duration_since(*seen) < super::AT_MOST);
        Ok(())
    }
}
