//! Transactions: whole or not at all, one after the other.

use super::{Backend, add_session, append, at, next_entry, notification, number, record, sealed, session, token};
use crate::store::{Store, Transaction};
use std::sync::Arc;

/// Writes with every method that writes.
async fn write_everything(tx: &mut dyn Transaction) {
    append(tx, "entry").await;
    tx.add_history(number(0), &record("P", 0), "look-up").await.unwrap();
    tx.remember_request(&[1; 32], "look-up", at(0)).await.unwrap();
    tx.add_session(&session("new", "uid", Some("sid"))).await.unwrap();
    tx.put_lookup(&sealed("look-up", "new", "words", 0)).await.unwrap();
    tx.add_notification("look-up", &notification("n", "A", 0)).await.unwrap();
    assert!(tx.choose(&session("old", "old", None), &token("chosen"), Some("role"), Some("dentistry")).await.unwrap());
    tx.end_session("ended", "logged-out", at(1)).await.unwrap();
    assert!(tx.first_seen_logout_token("jti", "sid", at(0)).await.unwrap());
}

/// How much of it is there: of what was added, and of what was changed.
async fn what_is_there(store: &Arc<dyn Store>) -> (Vec<bool>, Vec<bool>) {
    let mut tx = store.begin().await.unwrap();
    let added = vec![
        store.audit_head().await.unwrap().size == 1,
        !store.audit_rows(0, 1).await.unwrap().is_empty(),
        !tx.history(&[number(0)], None, 9).await.unwrap().is_empty(),
        tx.repeated(&[1; 32]).await.unwrap().is_some(),
        store.session(&token("new")).await.unwrap().is_some(),
        tx.lookup("look-up").await.unwrap().is_some(),
        store.shown("look-up").await.unwrap().is_some(),
        store.next_due().await.unwrap().is_some(),
        !store.told("look-up").await.unwrap().is_empty(),
    ];
    let changed = vec![
        store.session(&token("chosen")).await.unwrap().is_some(),
        store.session(&token("ended")).await.unwrap().unwrap().ended.is_some(),
        !tx.first_seen_logout_token("jti", "sid", at(0)).await.unwrap(),
    ];
    (added, changed)
}

async fn two_sessions(backend: &impl Backend) -> Arc<dyn Store> {
    let store = backend.store();
    add_session(&store, &session("old", "old", None)).await;
    add_session(&store, &session("ended", "ended", None)).await;
    store
}

pub(super) async fn a_dropped_transaction_leaves_nothing(backend: &impl Backend) {
    let store = two_sessions(backend).await;
    let mut tx = store.begin().await.unwrap();
    write_everything(&mut *tx).await;
    drop(tx);
    let (added, changed) = what_is_there(&store).await;
    assert!(!added.contains(&true) && !changed.contains(&true), "{added:?} {changed:?}");
    // And the next goes through.
    let mut tx = store.begin().await.unwrap();
    write_everything(&mut *tx).await;
    tx.commit().await.unwrap();
}

pub(super) async fn a_committed_transaction_is_there_for_everybody(backend: &impl Backend) {
    let store = two_sessions(backend).await;
    let mut tx = store.begin().await.unwrap();
    write_everything(&mut *tx).await;
    assert_eq!(store.audit_head().await.unwrap().size, 0, "not before it is committed");
    assert!(store.shown("look-up").await.unwrap().is_none(), "not before it is committed");
    tx.commit().await.unwrap();
    let (added, changed) = what_is_there(&store).await;
    assert!(!added.contains(&false) && !changed.contains(&false), "{added:?} {changed:?}");
}

pub(super) async fn a_second_transaction_waits_its_turn_and_sees_the_first(backend: &impl Backend) {
    let store = backend.store();
    let mut first = store.begin().await.unwrap();
    append(&mut *first, "first").await;
    let second = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let mut tx = store.begin().await.unwrap();
            let row = append(&mut *tx, "second").await;
            tx.commit().await.unwrap();
            row.position
        })
    };
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!second.is_finished());
    first.commit().await.unwrap();
    assert_eq!(second.await.unwrap(), 1, "it saw the first entry");
}

pub(super) async fn transactions_at_once_leave_a_log_without_gaps(backend: &impl Backend) {
    let store = backend.store();
    let tasks: Vec<_> = (0..24)
        .map(|n| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mut tx = store.begin().await.unwrap();
                append(&mut *tx, &format!("entry {n}")).await;
                // Every third changes its mind.
                if n % 3 != 0 {
                    tx.commit().await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let (mut head, rows) = (crate::store::AuditHead { size: 0, link: vec![0; 32] }, store.audit_rows(0, 99).await.unwrap());
    assert_eq!(rows.len(), 16);
    for row in rows {
        assert_eq!(row, next_entry(&head, std::str::from_utf8(&row.entry).unwrap()));
        head = crate::store::AuditHead { size: row.position + 1, link: row.link };
    }
    assert_eq!(store.audit_head().await.unwrap(), head);
}

pub(super) async fn a_failed_statement_can_be_followed_by_giving_up_and_going_on(backend: &impl Backend) {
    let store = backend.store();
    let mut tx = store.begin().await.unwrap();
    append(&mut *tx, "lost").await;
    assert!(tx.put_lookup(&sealed("look-up", "no such session", "words", 0)).await.is_err());
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    assert_eq!(append(&mut *tx, "kept").await.position, 0);
    tx.commit().await.unwrap();
}
