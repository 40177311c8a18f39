//! What may stand alone on SQLite: reads beside the writer, and single writes that need no company.

use super::SqliteStore;
use super::rows::{audit, authority, each, form, lookup, millis, moment, organisation, session, told};
use crate::outbox::{Claimed, OutboxRow};
use crate::store::{
    AttemptRow, AuditHead, AuditRow, KeptFormRow, LookupRow, OrganisationRow, SessionRow, Store, StoreError, Stored, Transaction,
};
use cpis::{LocalAuthority, Told};
use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, query, query_scalar};

/// How long a request id is remembered (ruling 12 names 30 days), and a delivered notification kept.
const REQUESTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long what was shown or typed is kept.
const SHORT: SignedDuration = SignedDuration::from_mins(15);
/// How long a session's row is kept from its beginning: as long as it can live, and a little to say why it ended.
const SESSIONS: SignedDuration = SignedDuration::from_mins(12 * 60 + 30);
/// How long a logout token is remembered, against replay.
const TOKENS: SignedDuration = SignedDuration::from_hours(24);

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[async_trait::async_trait]
impl Store for SqliteStore {
    async fn begin(&self) -> Stored<Box<dyn Transaction>> {
        Ok(Box::new(self.begin_immediate().await?))
    }

    async fn shown(&self, id: &str) -> Stored<Option<LookupRow>> {
        let row = query("SELECT * FROM lookups WHERE id = $1").bind(id).fetch_optional(&self.readers).await?;
        row.as_ref().map(lookup).transpose()
    }

    async fn told(&self, lookup: &str) -> Stored<Vec<(String, Told)>> {
        let rows = query("SELECT authority, state FROM outbox WHERE lookup = $1 ORDER BY authority")
            .bind(lookup)
            .fetch_all(&self.readers)
            .await?;
        each(&rows, |row| Ok((row.try_get("authority")?, told(row.try_get("state")?))))
    }

    async fn authorities(&self) -> Stored<Vec<LocalAuthority>> {
        each(&query("SELECT * FROM authorities ORDER BY name").fetch_all(&self.readers).await?, authority)
    }

    async fn organisation(&self, ods: &str) -> Stored<Option<OrganisationRow>> {
        let row = query("SELECT * FROM organisations WHERE ods = $1").bind(ods).fetch_optional(&self.readers).await?;
        row.as_ref().map(organisation).transpose()
    }

    async fn session(&self, token: &[u8; 32]) -> Stored<Option<SessionRow>> {
        let row = query("SELECT * FROM sessions WHERE token = $1").bind(&token[..]).fetch_optional(&self.readers).await?;
        row.as_ref().map(session).transpose()
    }

    async fn touch_session(&self, id: &str, seen: Timestamp) -> Stored<()> {
        query("UPDATE sessions SET seen = $1 WHERE id = $2 AND ended IS NULL")
            .bind(millis(seen))
            .bind(id)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn put_attempt(&self, row: &AttemptRow) -> Stored<()> {
        query("INSERT INTO log_in_attempts (cookie, state, nonce, verifier, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(&row.cookie[..])
            .bind(&row.state)
            .bind(&row.nonce)
            .bind(&row.verifier)
            .bind(millis(row.at))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn take_attempt(&self, cookie: &[u8; 32]) -> Stored<Option<AttemptRow>> {
        let row = query("DELETE FROM log_in_attempts WHERE cookie = $1 RETURNING state, nonce, verifier, at")
            .bind(&cookie[..])
            .fetch_optional(&self.writer)
            .await?;
        row.map(|row| {
            Ok(AttemptRow {
                cookie: *cookie,
                state: row.try_get("state")?,
                nonce: row.try_get("nonce")?,
                verifier: row.try_get("verifier")?,
                at: moment(row.try_get("at")?)?,
            })
        })
        .transpose()
    }

    async fn keep_form(&self, row: &KeptFormRow) -> Stored<()> {
        query("INSERT INTO kept_forms (id, session, uid, role, typed, at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&row.id)
            .bind(&row.session)
            .bind(&row.uid)
            .bind(&row.role)
            .bind(&row.typed)
            .bind(millis(row.at))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn take_form(&self, id: &str) -> Stored<Option<KeptFormRow>> {
        let row = query("DELETE FROM kept_forms WHERE id = $1 RETURNING *").bind(id).fetch_optional(&self.writer).await?;
        row.as_ref().map(form).transpose()
    }

    async fn take_form_of(&self, uid: &str, role: &str) -> Stored<Option<KeptFormRow>> {
        let held: Option<i64> = query_scalar("SELECT 1 FROM kept_forms WHERE session IS NULL AND uid = $1 AND role = $2")
            .bind(uid)
            .bind(role)
            .fetch_optional(&self.readers)
            .await?;
        if held.is_none() {
            return Ok(None);
        }
        let rows = query("DELETE FROM kept_forms WHERE session IS NULL AND uid = $1 AND role = $2 RETURNING *")
            .bind(uid)
            .bind(role)
            .fetch_all(&self.writer)
            .await?;
        Ok(each(&rows, form)?.into_iter().max_by_key(|row| row.at))
    }

    async fn claim(&self, now: Timestamp, until: Timestamp, claim: &str, most: usize) -> Stored<Vec<Claimed>> {
        // Chosen by state and time, never by "id greater than the last": a row that commits late is due like any other.
        let rows = query(
            "UPDATE outbox SET claim = $1, claimed_until = $2, attempts = attempts + 1 WHERE id IN (
                SELECT id FROM outbox WHERE state = 'pending' AND next_at <= $3 AND (claimed_until IS NULL OR claimed_until <= $3)
                ORDER BY next_at LIMIT $4)
             RETURNING id, authority, payload, attempts, at",
        )
        .bind(claim)
        .bind(millis(until))
        .bind(millis(now))
        .bind(count(most))
        .fetch_all(&self.writer)
        .await?;
        each(&rows, |row| {
            // One damaged row must not hold up the others.
            let payload: Option<String> = row.try_get("payload").ok();
            Ok(Claimed {
                id: row.try_get("id")?,
                notification: payload.and_then(|payload| serde_json::from_str(&payload).ok()),
                claim: claim.to_owned(),
                attempts: row.try_get("attempts")?,
                committed_at: moment(row.try_get("at")?).unwrap_or(now),
            })
        })
    }

    async fn settle_delivered(&self, id: &str, claim: &str, at: Timestamp) -> Stored<bool> {
        let done = query(
            "UPDATE outbox SET state = 'delivered', settled_at = $1, claim = NULL, claimed_until = NULL, last_error = NULL
             WHERE id = $2 AND claim = $3 AND state = 'pending'",
        )
        .bind(millis(at))
        .bind(id)
        .bind(claim)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn settle_later(&self, id: &str, claim: &str, next_at: Timestamp, error: &str) -> Stored<bool> {
        let done = query(
            "UPDATE outbox SET next_at = $1, claim = NULL, claimed_until = NULL, last_error = $2
             WHERE id = $3 AND claim = $4 AND state = 'pending'",
        )
        .bind(millis(next_at))
        .bind(error)
        .bind(id)
        .bind(claim)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn settle_undeliverable(&self, id: &str, claim: &str, at: Timestamp, error: &str) -> Stored<bool> {
        let done = query(
            "UPDATE outbox SET state = 'undeliverable', settled_at = $1, claim = NULL, claimed_until = NULL, last_error = $2
             WHERE id = $3 AND claim = $4 AND state = 'pending'",
        )
        .bind(millis(at))
        .bind(error)
        .bind(id)
        .bind(claim)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn next_due(&self) -> Stored<Option<Timestamp>> {
        let due: Option<i64> =
            query_scalar("SELECT MIN(MAX(next_at, COALESCE(claimed_until, 0))) FROM outbox WHERE state = 'pending'")
                .fetch_one(&self.readers)
                .await?;
        due.map(moment).transpose()
    }

    async fn outbox(&self, state: &str, most: usize) -> Stored<Vec<OutboxRow>> {
        let rows =
            query("SELECT id, authority, attempts, at, next_at, last_error FROM outbox WHERE state = $1 ORDER BY at LIMIT $2")
                .bind(state)
                .bind(count(most))
                .fetch_all(&self.readers)
                .await?;
        each(&rows, |row| {
            Ok(OutboxRow {
                id: row.try_get("id")?,
                authority: row.try_get("authority")?,
                attempts: row.try_get("attempts")?,
                committed_at: moment(row.try_get("at")?)?,
                next_at: moment(row.try_get("next_at")?)?,
                last_error: row.try_get("last_error")?,
            })
        })
    }

    async fn outbox_counts(&self) -> Stored<Vec<(String, u64)>> {
        let rows = query("SELECT state, COUNT(*) AS n FROM outbox GROUP BY state ORDER BY state").fetch_all(&self.readers).await?;
        each(&rows, |row| Ok((row.try_get("state")?, u64::try_from(row.try_get::<i64, _>("n")?).unwrap_or_default())))
    }

    async fn audit_head(&self) -> Stored<AuditHead> {
        let row = query("SELECT size, link FROM audit_head").fetch_one(&self.readers).await?;
        let size: i64 = row.try_get("size")?;
        Ok(AuditHead { size: u64::try_from(size).map_err(|_| StoreError::Corrupt("audit head"))?, link: row.try_get("link")? })
    }

    async fn audit_rows(&self, from: u64, most: usize) -> Stored<Vec<AuditRow>> {
        let rows = query("SELECT * FROM audit WHERE position >= $1 ORDER BY position LIMIT $2")
            .bind(i64::try_from(from).unwrap_or(i64::MAX))
            .bind(count(most))
            .fetch_all(&self.readers)
            .await?;
        each(&rows, audit)
    }

    async fn sweep(&self, now: Timestamp) -> Stored<()> {
        let before = |age: SignedDuration| millis(now.checked_sub(age).unwrap_or(Timestamp::UNIX_EPOCH));
        query("DELETE FROM lookups WHERE at < $1").bind(before(SHORT)).execute(&self.writer).await?;
        query("DELETE FROM kept_forms WHERE at < $1").bind(before(SHORT)).execute(&self.writer).await?;
        query("DELETE FROM log_in_attempts WHERE at < $1").bind(before(SHORT)).execute(&self.writer).await?;
        query("DELETE FROM logout_tokens WHERE at < $1").bind(before(TOKENS)).execute(&self.writer).await?;
        query("DELETE FROM outbox WHERE state = 'delivered' AND settled_at < $1")
            .bind(before(REQUESTS))
            .execute(&self.writer)
            .await?;
        query("DELETE FROM idempotency WHERE at < $1").bind(before(REQUESTS)).execute(&self.writer).await?;
        query("DELETE FROM sessions WHERE began < $1").bind(before(SESSIONS)).execute(&self.writer).await?;
        Ok(())
    }

    async fn ready(&self) -> Stored<()> {
        // Really writes, on a row of its own, without touching people, statuses or the log (ruling 1).
        let mut tx = self.begin_immediate().await?;
        tx.touch_readiness().await?;
        Box::new(tx).commit().await
    }
}
