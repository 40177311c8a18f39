//! The outbox: nothing skipped, nothing claimed twice, nothing lost, nothing reworded.

use super::{Backend, at, notification, queue};
use cpis::Told;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) async fn what_is_due_is_claimed_oldest_first_and_no_more_than_asked(backend: &impl Backend) {
    let store = backend.store();
    for (id, second) in [("c", 30), ("a", 10), ("b", 20)] {
        queue(&store, id, second).await;
    }
    assert_eq!(store.next_due().await.unwrap(), Some(at(10)));
    assert!(store.claim(at(9), at(69), "w", 9).await.unwrap().is_empty(), "none is due");
    let ids = async |now: i64, most| {
        let claimed = store.claim(at(now), at(now + 60), "w", most).await.unwrap();
        claimed.into_iter().map(|row| row.id).collect::<BTreeSet<_>>()
    };
    assert_eq!(ids(25, 1).await, BTreeSet::from(["a".into()]));
    assert_eq!(ids(25, 9).await, BTreeSet::from(["b".into()]), "c is not due");
    assert_eq!(store.next_due().await.unwrap(), Some(at(30)));
    let claimed = store.claim(at(30), at(90), "w", 9).await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].notification, Some(notification("c", "authority of c", 30)));
    assert_eq!((claimed[0].attempts, claimed[0].committed_at, claimed[0].claim.as_str()), (1, at(30), "w"));
}

pub(super) async fn a_claim_holds_until_it_lapses_and_only_its_holder_settles(backend: &impl Backend) {
    let store = backend.store();
    queue(&store, "n", 0).await;
    assert_eq!(store.claim(at(0), at(60), "first", 9).await.unwrap().len(), 1);
    assert!(store.claim(at(59), at(119), "second", 9).await.unwrap().is_empty());
    assert!(!store.settle_delivered("n", "second", at(59)).await.unwrap());
    assert_eq!(store.next_due().await.unwrap(), Some(at(60)));
    let again = store.claim(at(60), at(120), "second", 9).await.unwrap();
    assert_eq!((again.len(), again[0].attempts), (1, 2));
    assert!(!store.settle_delivered("n", "first", at(61)).await.unwrap());
    assert!(!store.settle_later("n", "first", at(99), "x").await.unwrap());
    assert!(!store.settle_undeliverable("n", "first", at(61), "x").await.unwrap());
    assert!(store.settle_later("n", "second", at(200), "503").await.unwrap());
    assert!(!store.settle_delivered("n", "second", at(62)).await.unwrap(), "the claim was given back");
    assert!(store.claim(at(199), at(259), "third", 9).await.unwrap().is_empty());
    assert_eq!(store.claim(at(200), at(260), "third", 9).await.unwrap()[0].attempts, 3);
    assert!(store.settle_delivered("n", "third", at(201)).await.unwrap());
    assert!(!store.settle_delivered("n", "third", at(202)).await.unwrap());
    assert!(!store.settle_undeliverable("n", "third", at(202), "x").await.unwrap());
    assert!(store.claim(at(9999), at(9999), "fourth", 9).await.unwrap().is_empty());
    assert_eq!(store.next_due().await.unwrap(), None);
}

pub(super) async fn a_row_that_commits_late_is_never_skipped(backend: &impl Backend) {
    let store = backend.store();
    queue(&store, "m", 20).await;
    store.claim(at(20), at(80), "w", 9).await.unwrap();
    assert!(store.settle_delivered("m", "w", at(21)).await.unwrap());
    // A smaller id and an earlier time than what was already sent; and a greater id with an earlier time.
    queue(&store, "a", 10).await;
    queue(&store, "z", 5).await;
    let claimed = store.claim(at(22), at(82), "w", 9).await.unwrap();
    assert_eq!(claimed.into_iter().map(|row| row.id).collect::<BTreeSet<_>>(), BTreeSet::from(["a".into(), "z".into()]));
}

pub(super) async fn claims_at_once_share_no_row_and_leave_none(backend: &impl Backend) {
    let store = backend.store();
    let mut tx = store.begin().await.unwrap();
    for n in 0..40 {
        tx.add_notification("look-up", &notification(&format!("n{n}"), "A", 0)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let workers: Vec<_> = (0..16)
        .map(|worker| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.claim(at(1), at(61), &format!("w{worker}"), 3).await.unwrap() })
        })
        .collect();
    let mut ids = Vec::new();
    for worker in workers {
        ids.extend(worker.await.unwrap().into_iter().map(|row| row.id));
    }
    assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (40, 40));
}

pub(super) async fn every_settlement_is_told_and_counted(backend: &impl Backend) {
    let store = backend.store();
    for id in ["delivered", "refused", "waiting"] {
        queue(&store, id, 0).await;
    }
    let mut other = store.begin().await.unwrap();
    other.add_notification("another look-up", &notification("other", "A", 0)).await.unwrap();
    other.commit().await.unwrap();
    store.claim(at(0), at(60), "w", 9).await.unwrap();
    assert!(store.settle_delivered("delivered", "w", at(1)).await.unwrap());
    assert!(store.settle_undeliverable("refused", "w", at(1), "410").await.unwrap());
    assert!(store.settle_later("waiting", "w", at(300), "503").await.unwrap());
    let told: Vec<(String, Told)> = ["delivered", "refused", "waiting"]
        .map(|id| format!("authority of {id}"))
        .into_iter()
        .zip([Told::Delivered, Told::Failed, Told::Pending])
        .collect();
    assert_eq!(store.told("look-up").await.unwrap(), told);
    assert!(store.told("no look-up").await.unwrap().is_empty());
    let counts = [("delivered".to_owned(), 1), ("pending".to_owned(), 2), ("undeliverable".to_owned(), 1)];
    assert_eq!(store.outbox_counts().await.unwrap(), counts);
    let refused = &store.outbox("undeliverable", 9).await.unwrap()[0];
    assert_eq!((refused.id.as_str(), refused.authority.as_str(), refused.attempts), ("refused", "authority of refused", 1));
    assert_eq!((refused.last_error.as_deref(), refused.committed_at), (Some("410"), at(0)));
    let waiting = store.outbox("pending", 9).await.unwrap();
    assert!(waiting.iter().any(|row| row.id == "waiting" && row.next_at == at(300) && row.last_error.as_deref() == Some("503")));
    assert_eq!(store.outbox("pending", 1).await.unwrap().len(), 1);
}

pub(super) async fn an_undelivered_row_is_never_deleted_and_no_row_is_reworded(backend: &impl Backend) {
    let store = backend.store();
    for id in ["pending", "undeliverable", "delivered"] {
        queue(&store, id, 0).await;
    }
    store.claim(at(0), at(60), "w", 9).await.unwrap();
    assert!(store.settle_delivered("delivered", "w", at(1)).await.unwrap());
    assert!(store.settle_undeliverable("undeliverable", "w", at(1), "410").await.unwrap());
    for statement in [
        "DELETE FROM outbox WHERE id = 'pending'",
        "DELETE FROM outbox WHERE id = 'undeliverable'",
        "DELETE FROM outbox",
        "UPDATE outbox SET payload = '{}' WHERE id = 'pending'",
        "UPDATE outbox SET payload = '{}' WHERE id = 'delivered'",
        "UPDATE outbox SET id = 'x' WHERE id = 'pending'",
        "UPDATE outbox SET lookup = 'x' WHERE id = 'pending'",
        "UPDATE outbox SET authority = 'x' WHERE id = 'pending'",
        "UPDATE outbox SET at = 0 WHERE id = 'pending'",
        "UPDATE outbox SET state = 'forgotten' WHERE id = 'pending'",
    ] {
        assert!(backend.past_the_store(statement).await.is_err(), "{statement}");
        assert_eq!(store.outbox_counts().await.unwrap().iter().map(|(_, n)| n).sum::<u64>(), 3, "{statement}");
    }
    assert_eq!(backend.past_the_store("DELETE FROM outbox WHERE id = 'delivered'").await, Ok(1));
}

pub(super) async fn a_damaged_payload_is_claimed_without_its_words(backend: &impl Backend) {
    let store = backend.store();
    queue(&store, "sound", 0).await;
    backend
        .past_the_store("INSERT INTO outbox (id, lookup, authority, payload, state, at, next_at) VALUES ('damaged', 'l', 'A', 'not json', 'pending', 0, 0)")
        .await
        .unwrap();
    let claimed = store.claim(at(1), at(61), "w", 9).await.unwrap();
    let reads: std::collections::BTreeMap<_, _> = claimed.iter().map(|row| (row.id.as_str(), row.notification.is_some())).collect();
    assert_eq!(reads, std::collections::BTreeMap::from([("damaged", false), ("sound", true)]));
    assert!(store.settle_undeliverable("damaged", "w", at(2), "does not read").await.unwrap());
}
