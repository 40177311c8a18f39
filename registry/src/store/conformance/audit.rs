//! The log: in order, linked, and closed to change from any side.

use super::{Backend, append, next_entry};
use crate::store::AuditHead;

pub(super) async fn an_empty_log_has_an_empty_head(backend: &impl Backend) {
    let store = backend.store();
    let empty = AuditHead { size: 0, link: vec![0; 32] };
    assert_eq!(store.audit_head().await.unwrap(), empty);
    assert_eq!(store.begin().await.unwrap().audit_head().await.unwrap(), empty);
    assert!(store.audit_rows(0, 10).await.unwrap().is_empty());
    store.ready().await.unwrap();
}

pub(super) async fn entries_are_kept_in_order_and_move_the_head(backend: &impl Backend) {
    let store = backend.store();
    let mut tx = store.begin().await.unwrap();
    let (first, second) = (append(&mut *tx, "one").await, append(&mut *tx, "two").await);
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let third = append(&mut *tx, "three").await;
    tx.commit().await.unwrap();
    assert_eq!(store.audit_head().await.unwrap(), AuditHead { size: 3, link: third.link.clone() });
    assert_eq!(store.audit_rows(0, 10).await.unwrap(), [first, second.clone(), third.clone()]);
    assert_eq!(store.audit_rows(1, 1).await.unwrap(), [second]);
    assert_eq!(store.audit_rows(2, 10).await.unwrap(), [third]);
    assert!(store.audit_rows(3, 10).await.unwrap().is_empty());
}

pub(super) async fn a_position_is_never_used_twice(backend: &impl Backend) {
    let store = backend.store();
    let empty = store.audit_head().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    append(&mut *tx, "one").await;
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(tx.append_audit(&next_entry(&empty, "another first")).await.is_err());
    drop(tx);
    assert_eq!(store.audit_rows(0, 10).await.unwrap()[0].entry, b"one");
}

pub(super) async fn nothing_past_the_store_changes_or_shortens_the_log(backend: &impl Backend) {
    let store = backend.store();
    for words in ["one", "two"] {
        let mut tx = store.begin().await.unwrap();
        append(&mut *tx, words).await;
        tx.commit().await.unwrap();
    }
    let (head, rows) = (store.audit_head().await.unwrap(), store.audit_rows(0, 10).await.unwrap());
    for statement in [
        "UPDATE audit SET entry = leaf",
        "UPDATE audit SET link = leaf WHERE position = 1",
        "UPDATE audit SET position = 7 WHERE position = 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE position = 1",
        "UPDATE audit_head SET size = 1",
        "UPDATE audit_head SET size = 2",
        "UPDATE audit_head SET link = (SELECT link FROM audit WHERE position = 0)",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head (one, size, link) SELECT 2, 9, link FROM audit_head",
    ] {
        assert!(backend.past_the_store(statement).await.is_err(), "{statement}");
        assert_eq!(store.audit_head().await.unwrap(), head, "{statement}");
        assert_eq!(store.audit_rows(0, 10).await.unwrap(), rows, "{statement}");
    }
}
