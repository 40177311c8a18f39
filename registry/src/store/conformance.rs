//! What every store must do, run against each: a new backend implements [`Backend`] and adds one line at the end of this file.

mod accesses;
mod audit;
mod outbox;
mod people;
mod sessions;
mod sqlite;
mod transactions;

use super::{AuditHead, AuditRow, LookupRow, SessionRow, Store, Transaction};
use crate::audit::{leaf_hash, link_hash};
use crate::demonstration::Demonstration;
use cpis::{AccessRecord, AuthorityCode, NhsNumber, Notification};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// An empty store of one kind, and a way past it.
#[async_trait::async_trait]
trait Backend: Sized + Send + Sync {
    /// A store that holds nothing, its shape up to date.
    async fn fresh() -> Self;
    fn store(&self) -> Arc<dyn Store>;
    /// Runs a statement past the store, as a person with a database prompt would. How many rows it touched, or why it was refused.
    async fn past_the_store(&self, statement: &str) -> Result<u64, String>;
}

/// One test for each promise and one module for each backend.
macro_rules! conforms {
    ($name:ident, $backend:ty) => {
        conforms! { $name, $backend;
            audit: an_empty_log_has_an_empty_head;
            audit: entries_are_kept_in_order_and_move_the_head;
            audit: a_position_is_never_used_twice;
            audit: nothing_past_the_store_changes_or_shortens_the_log;
            transactions: a_dropped_transaction_leaves_nothing;
            transactions: a_committed_transaction_is_there_for_everybody;
            transactions: a_second_transaction_waits_its_turn_and_sees_the_first;
            transactions: transactions_at_once_leave_a_log_without_gaps;
            transactions: a_failed_statement_can_be_followed_by_giving_up_and_going_on;
            people: people_are_found_by_number_with_every_field;
            people: replaced_numbers_are_found_both_ways;
            people: statuses_come_with_their_authority;
            people: what_does_not_read_is_damage_and_not_a_failing_database;
            people: organisations_are_the_same_inside_and_outside_a_transaction;
            people: authorities_come_in_the_order_of_their_names;
            accesses: history_is_newest_first_united_and_limited;
            accesses: one_look_up_joins_the_history_once;
            accesses: a_request_is_remembered_once;
            accesses: what_was_sealed_is_kept_replaced_and_gone_with_its_session;
            accesses: nothing_is_sealed_for_a_session_that_is_not_there;
            accesses: a_sweep_takes_only_what_is_old;
            sessions: a_session_is_found_by_its_token_until_it_is_chosen_another;
            sessions: a_choice_over_a_session_that_changed_or_ended_is_not_written;
            sessions: only_live_sessions_are_listed_and_ended_once;
            sessions: activity_is_written_for_live_sessions_only;
            sessions: a_log_in_attempt_is_taken_once;
            sessions: a_logout_token_is_seen_first_once;
            sessions: a_kept_form_is_taken_once_and_the_newest_of_a_lost_session;
            outbox: what_is_due_is_claimed_oldest_first_and_no_more_than_asked;
            outbox: a_claim_holds_until_it_lapses_and_only_its_holder_settles;
            outbox: a_row_that_commits_late_is_never_skipped;
            outbox: claims_at_once_share_no_row_and_leave_none;
            outbox: every_settlement_is_told_and_counted;
            outbox: an_undelivered_row_is_never_deleted_and_no_row_is_reworded;
            outbox: a_damaged_payload_is_claimed_without_its_words;
        }
    };
    ($name:ident, $backend:ty; $($subject:ident: $promise:ident;)*) => {
        mod $name {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $promise() {
                    let backend = <$backend as super::Backend>::fresh().await;
                    super::$subject::$promise(&backend).await;
                }
            )*
        }
    };
}

fn at(second: i64) -> Timestamp {
    "2026-11-22T14:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(second)
}

/// The n-th of some valid numbers.
fn number(n: usize) -> NhsNumber {
    (999_600_000..)
        .flat_map(|nine| (0..10).map(move |last| format!("{nine}{last}")))
        .filter_map(|text| NhsNumber::parse(&text).ok())
        .nth(n)
        .unwrap()
}

async fn load(store: &Arc<dyn Store>, text: &str) {
    let mut tx = store.begin().await.unwrap();
    tx.load_demonstration(&Demonstration::read(text, at(0)).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
}

/// The next entry after this head, properly linked.
fn next_entry(head: &AuditHead, words: &str) -> AuditRow {
    let leaf = leaf_hash(words.as_bytes());
    let link = link_hash(&head.link, &leaf).to_vec();
    AuditRow { position: head.size, entry: words.as_bytes().to_vec(), leaf: leaf.to_vec(), link }
}

async fn append(tx: &mut dyn Transaction, words: &str) -> AuditRow {
    let row = next_entry(&tx.audit_head().await.unwrap(), words);
    tx.append_audit(&row).await.unwrap();
    row
}

fn session(id: &str, uid: &str, sid: Option<&str>) -> SessionRow {
    SessionRow {
        id: id.into(),
        token: token(id),
        uid: uid.into(),
        sid: sid.map(str::to_owned),
        identity: "{}".into(),
        role: None,
        setting: None,
        began: at(0),
        seen: at(0),
        ended: None,
        why: None,
    }
}

fn token(text: &str) -> [u8; 32] {
    crate::session::digest(text)
}

async fn add_session(store: &Arc<dyn Store>, row: &SessionRow) {
    let mut tx = store.begin().await.unwrap();
    tx.add_session(row).await.unwrap();
    tx.commit().await.unwrap();
}

fn sealed(id: &str, session: &str, words: &str, second: i64) -> LookupRow {
    LookupRow {
        id: id.into(),
        session: session.into(),
        role: "role".into(),
        setting: "general-practice".into(),
        request: "request".into(),
        sealed: words.into(),
        at: at(second),
    }
}

fn record(person: &str, second: i64) -> AccessRecord {
    AccessRecord { at: at(second), person: person.into(), role: "Nurse".into(), organisation: "Hospital".into() }
}

fn notification(id: &str, authority: &str, second: i64) -> Notification {
    Notification {
        id: id.into(),
        authority: AuthorityCode(authority.into()),
        nhs_number: number(0),
        at: at(second),
        person: "Philippa Thistlewood".into(),
        role: "Nurse".into(),
        organisation: "Hospital".into(),
    }
}

async fn queue(store: &Arc<dyn Store>, id: &str, second: i64) {
    let mut tx = store.begin().await.unwrap();
    tx.add_notification("look-up", &notification(id, &format!("authority of {id}"), second)).await.unwrap();
    tx.commit().await.unwrap();
}

// Every backend, one line each.
conforms!(on_sqlite, super::sqlite::Sqlite);
