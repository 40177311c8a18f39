//! What happens inside one write transaction on SQLite.

use super::SqliteStore;
use super::rows::{access, each, lookup, millis, number, organisation, person, plan, session};
#[cfg(any(test, feature = "demo"))]
use crate::demonstration::Demonstration;
use crate::store::{
    AuditHead, AuditRow, LookupRow, OrganisationRow, PersonRow, PlanRow, SessionRow, StoreError, Stored, Transaction,
};
use cpis::{AccessRecord, NhsNumber, Notification};
use jiff::Timestamp;
use sqlx::{Row, Sqlite, query, query_scalar};

pub(super) struct SqliteTransaction(sqlx::Transaction<'static, Sqlite>);

impl SqliteStore {
    /// Takes the write lock at once: a deferred transaction could fail half-way without waiting its turn.
    pub(super) async fn begin_immediate(&self) -> Stored<SqliteTransaction> {
        // Written to a file that was renamed or deleted, an entry would be gone at the next start.
        if super::identity(&self.path).ok() != Some(self.identity) {
            return Err(StoreError::Replaced);
        }
        Ok(SqliteTransaction(self.writer.begin_with("BEGIN IMMEDIATE").await?))
    }
}

impl SqliteTransaction {
    /// Writes the row that only readiness writes.
    pub(super) async fn touch_readiness(&mut self) -> Stored<()> {
        query("UPDATE readiness SET asked = asked + 1").execute(&mut *self.0).await?;
        Ok(())
    }
}

#[async_trait::async_trait]
impl Transaction for SqliteTransaction {
    async fn audit_head(&mut self) -> Stored<AuditHead> {
        let row = query("SELECT size, link FROM audit_head").fetch_one(&mut *self.0).await?;
        let size: i64 = row.try_get("size")?;
        Ok(AuditHead { size: u64::try_from(size).map_err(|_| StoreError::Corrupt("audit head"))?, link: row.try_get("link")? })
    }

    async fn append_audit(&mut self, row: &AuditRow) -> Stored<()> {
        let position = i64::try_from(row.position).map_err(|_| StoreError::Corrupt("audit position"))?;
        query("INSERT INTO audit (position, entry, leaf, link) VALUES ($1, $2, $3, $4)")
            .bind(position)
            .bind(&row.entry)
            .bind(&row.leaf)
            .bind(&row.link)
            .execute(&mut *self.0)
            .await?;
        query("UPDATE audit_head SET size = $1, link = $2").bind(position + 1).bind(&row.link).execute(&mut *self.0).await?;
        Ok(())
    }

    async fn person(&mut self, nhs: NhsNumber) -> Stored<Option<PersonRow>> {
        let row = query("SELECT * FROM people WHERE nhs_number = $1").bind(nhs.digits()).fetch_optional(&mut *self.0).await?;
        row.as_ref().map(person).transpose()
    }

    async fn numbers_replaced_by(&mut self, nhs: NhsNumber) -> Stored<Vec<NhsNumber>> {
        let found: Vec<String> =
            query_scalar("SELECT nhs_number FROM people WHERE replaced_by = $1").bind(nhs.digits()).fetch_all(&mut *self.0).await?;
        found.iter().map(|text| number(text)).collect()
    }

    async fn plans(&mut self, nhs: NhsNumber) -> Stored<Vec<PlanRow>> {
        // An outer join: a status whose authority is missing must fail to read, not vanish.
        let rows = query(
            "SELECT a.*, p.kind, p.start, p.end, p.sent FROM plans p LEFT JOIN authorities a ON a.code = p.authority WHERE p.nhs_number = $1",
        )
        .bind(nhs.digits())
        .fetch_all(&mut *self.0)
        .await?;
        each(&rows, plan)
    }

    async fn history(&mut self, numbers: &[NhsNumber], before: Option<Timestamp>, most: usize) -> Stored<Vec<AccessRecord>> {
        let latest = before.map_or(i64::MAX, |at| millis(at) - 1);
        let mut all = Vec::new();
        for nhs in numbers {
            let rows = query("SELECT * FROM access_history WHERE nhs_number = $1 AND at <= $2 ORDER BY at DESC, id DESC LIMIT $3")
                .bind(nhs.digits())
                .bind(latest)
                .bind(i64::try_from(most).unwrap_or(i64::MAX))
                .fetch_all(&mut *self.0)
                .await?;
            all.extend(each(&rows, access)?);
        }
        all.sort_by_key(|access| std::cmp::Reverse(access.at));
        all.truncate(most);
        Ok(all)
    }

    async fn add_history(&mut self, nhs: NhsNumber, access: &AccessRecord, lookup: &str) -> Stored<()> {
        query("INSERT INTO access_history (nhs_number, at, person, role, organisation, lookup) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(nhs.digits())
            .bind(millis(access.at))
            .bind(&access.person)
            .bind(&access.role)
            .bind(&access.organisation)
            .bind(lookup)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    async fn repeated(&mut self, key: &[u8; 32]) -> Stored<Option<String>> {
        Ok(query_scalar("SELECT lookup FROM idempotency WHERE key = $1").bind(&key[..]).fetch_optional(&mut *self.0).await?)
    }

    async fn remember_request(&mut self, key: &[u8; 32], lookup: &str, at: Timestamp) -> Stored<()> {
        query("INSERT INTO idempotency (key, lookup, at) VALUES ($1, $2, $3)")
            .bind(&key[..])
            .bind(lookup)
            .bind(millis(at))
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    async fn lookup(&mut self, id: &str) -> Stored<Option<LookupRow>> {
        let row = query("SELECT * FROM lookups WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        row.as_ref().map(lookup).transpose()
    }

    async fn put_lookup(&mut self, row: &LookupRow) -> Stored<()> {
        query(
            "INSERT INTO lookups (id, session, role, setting, request, sealed, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, at = excluded.at",
        )
        .bind(&row.id)
        .bind(&row.session)
        .bind(&row.role)
        .bind(&row.setting)
        .bind(&row.request)
        .bind(&row.sealed)
        .bind(millis(row.at))
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    async fn add_notification(&mut self, lookup: &str, notification: &Notification) -> Stored<()> {
        let payload = serde_json::to_string(notification).map_err(|_| StoreError::Corrupt("notification"))?;
        query("INSERT INTO outbox (id, lookup, authority, payload, state, at, next_at) VALUES ($1, $2, $3, $4, 'pending', $5, $5)")
            .bind(&notification.id)
            .bind(lookup)
            .bind(&notification.authority.0)
            .bind(payload)
            .bind(millis(notification.at))
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    async fn add_session(&mut self, row: &SessionRow) -> Stored<()> {
        query(
            "INSERT INTO sessions (id, token, uid, sid, identity, role, setting, began, seen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&row.id)
        .bind(&row.token[..])
        .bind(&row.uid)
        .bind(&row.sid)
        .bind(&row.identity)
        .bind(&row.role)
        .bind(&row.setting)
        .bind(millis(row.began))
        .bind(millis(row.seen))
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    async fn live_sessions_of(&mut self, uid: &str) -> Stored<Vec<SessionRow>> {
        let rows = query("SELECT * FROM sessions WHERE uid = $1 AND ended IS NULL").bind(uid).fetch_all(&mut *self.0).await?;
        each(&rows, session)
    }

    async fn live_sessions_of_log_in(&mut self, sid: &str) -> Stored<Vec<SessionRow>> {
        let rows = query("SELECT * FROM sessions WHERE sid = $1 AND ended IS NULL").bind(sid).fetch_all(&mut *self.0).await?;
        each(&rows, session)
    }

    async fn end_session(&mut self, id: &str, why: &str, at: Timestamp) -> Stored<()> {
        // Whose it was stays known for a while; their name and roles do not.
        query("UPDATE sessions SET ended = $1, why = $2, identity = '' WHERE id = $3 AND ended IS NULL")
            .bind(millis(at))
            .bind(why)
            .bind(id)
            .execute(&mut *self.0)
            .await?;
        query("DELETE FROM lookups WHERE session = $1").bind(id).execute(&mut *self.0).await?;
        query("DELETE FROM kept_forms WHERE session = $1").bind(id).execute(&mut *self.0).await?;
        Ok(())
    }

    async fn choose(&mut self, was: &SessionRow, token: &[u8; 32], role: Option<&str>, setting: Option<&str>) -> Stored<bool> {
        let done = query("UPDATE sessions SET token = $1, role = $2, setting = $3 WHERE id = $4 AND token = $5 AND ended IS NULL")
            .bind(&token[..])
            .bind(role)
            .bind(setting)
            .bind(&was.id)
            .bind(&was.token[..])
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn first_seen_logout_token(&mut self, jti: &str, sid: &str, at: Timestamp) -> Stored<bool> {
        let done = query("INSERT INTO logout_tokens (jti, sid, at) VALUES ($1, $2, $3) ON CONFLICT (jti) DO NOTHING")
            .bind(jti)
            .bind(sid)
            .bind(millis(at))
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn log_in_was_ended(&mut self, sid: &str, since: Timestamp) -> Stored<bool> {
        let found: Option<i64> = query_scalar("SELECT 1 FROM logout_tokens WHERE sid = $1 AND at >= $2 LIMIT 1")
            .bind(sid)
            .bind(millis(since))
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(found.is_some())
    }

    async fn organisation(&mut self, ods: &str) -> Stored<Option<OrganisationRow>> {
        let row = query("SELECT * FROM organisations WHERE ods = $1").bind(ods).fetch_optional(&mut *self.0).await?;
        row.as_ref().map(organisation).transpose()
    }

    #[cfg(any(test, feature = "demo"))]
    async fn load_demonstration(&mut self, demonstration: &Demonstration) -> Stored<()> {
        super::load::load(&mut self.0, demonstration).await
    }

    async fn commit(self: Box<Self>) -> Stored<()> {
        Ok(self.0.commit().await?)
    }
}
