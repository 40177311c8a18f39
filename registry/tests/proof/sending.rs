//! Notifications committed and not yet delivered: claimed by one, settled by the claim that holds it, never lost.

use super::bench::{Bench, access, after, answered, confirm_id, now};
use crate::Settlement;
use std::collections::BTreeSet;

async fn two_waiting() -> Bench {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    bench.notifying(&reader, bench.case("two-authorities"), "request").await;
    bench
}

async fn counts(bench: &Bench) -> Vec<(String, u64)> {
    bench.registry.outbox_counts().await.unwrap()
}

#[tokio::test]
async fn a_claimed_notification_is_nobody_elses_until_the_claim_lapses() {
    let bench = two_waiting().await;
    let first = bench.waiting(after(5)).await;
    assert_eq!(first.len(), 2);
    assert!(bench.waiting(after(5 + 59)).await.is_empty());
    assert_eq!(bench.registry.next_due().await.unwrap().unwrap().as_millisecond(), after(5 + 60).as_millisecond());
    let second = bench.waiting(after(5 + 60)).await;
    assert_eq!(second.len(), 2);
    assert!(second.iter().all(|row| row.attempts == 2 && row.committed_at.as_millisecond() == after(5).as_millisecond()));
    for settlement in [Settlement::Delivered, Settlement::TryAgainAt(after(99), "x".into()), Settlement::Undeliverable("x".into())]
    {
        assert!(!bench.registry.settle(&first[0], &settlement, after(66)).await.unwrap(), "{settlement:?} by a lapsed claim");
    }
    assert_eq!(counts(&bench).await, [("pending".into(), 2)]);
    for row in &second {
        assert!(bench.registry.settle(row, &Settlement::Delivered, after(66)).await.unwrap());
        assert!(
            !bench.registry.settle(row, &Settlement::Undeliverable("late".into()), after(67)).await.unwrap(),
            "settled is settled"
        );
    }
    assert_eq!(counts(&bench).await, [("delivered".into(), 2)]);
    assert_eq!(bench.registry.next_due().await.unwrap(), None);
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_when_it_says_and_not_before() {
    let bench = two_waiting().await;
    let claimed = bench.waiting(after(5)).await;
    let later = Settlement::TryAgainAt(after(300), "503".into());
    assert!(bench.registry.settle(&claimed[0], &later, after(6)).await.unwrap());
    assert!(bench.registry.settle(&claimed[1], &Settlement::Delivered, after(6)).await.unwrap());
    assert_eq!(bench.registry.next_due().await.unwrap().unwrap().as_millisecond(), after(300).as_millisecond());
    assert!(bench.waiting(after(299)).await.is_empty());
    let waiting = bench.registry.outbox("pending", 10).await.unwrap();
    assert_eq!((waiting[0].attempts, waiting[0].last_error.as_deref()), (1, Some("503")));
    let again = bench.waiting(after(300)).await;
    assert_eq!((again.len(), &again[0].id, again[0].attempts), (1, &claimed[0].id, 2));
    assert_eq!(again[0].notification, claimed[0].notification, "word for word");
}

#[tokio::test]
async fn an_undeliverable_notification_stays_visible_and_is_not_tried_again() {
    let bench = two_waiting().await;
    let claimed = bench.waiting(after(5)).await;
    for row in &claimed {
        assert!(bench.registry.settle(row, &Settlement::Undeliverable("410 Gone".into()), after(6)).await.unwrap());
    }
    assert!(bench.waiting(after(9_999_999)).await.is_empty());
    assert_eq!(bench.registry.outbox("undeliverable", 10).await.unwrap()[0].last_error.as_deref(), Some("410 Gone"));
    bench.registry.sweep(after(9_999_999)).await.unwrap();
    assert_eq!(counts(&bench).await, [("undeliverable".into(), 2)]);
}

#[tokio::test]
async fn a_payload_that_does_not_read_holds_up_nobody() {
    for damage in ["'{}'", "'not json'", "CAST(x'ff' AS TEXT)"] {
        let bench = two_waiting().await;
        bench.sql("DROP TRIGGER outbox_keeps_its_words").await;
        bench.sql(format!("UPDATE outbox SET payload = {damage} WHERE authority = 'DEMO-001'")).await;
        let claimed = bench.waiting(after(5)).await;
        let readable: Vec<_> = claimed.iter().map(|row| row.notification.is_some()).collect();
        assert_eq!(readable.iter().filter(|reads| **reads).count(), 1, "{damage}");
        assert_eq!(readable.len(), 2, "{damage}");
        for row in &claimed {
            assert!(bench.registry.settle(row, &Settlement::Undeliverable("does not read".into()), after(6)).await.unwrap());
        }
    }
}

#[tokio::test]
async fn workers_at_once_never_claim_one_notification_twice_and_leave_none() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    for n in 1..=12 {
        bench.notifying(&reader, bench.case(&format!("bulk-{n:02}")), "request").await;
    }
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let registry = std::sync::Arc::clone(&bench.registry);
            tokio::spawn(async move { registry.claim(after(5), 2).await.unwrap() })
        })
        .collect();
    let mut ids = Vec::new();
    for worker in workers {
        ids.extend(worker.await.unwrap().into_iter().map(|claimed| claimed.id));
    }
    let different: BTreeSet<_> = ids.iter().collect();
    assert_eq!((ids.len(), different.len()), (12, 12));
}

#[tokio::test]
async fn a_notification_committed_late_is_found_however_old_its_time_and_its_id() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    let late = confirm_id(bench.registry.identify(&access(&reader, bench.case("lac"), "request")).await.unwrap());
    bench.notifying(&reader, bench.case("cpp"), "request").await;
    let first = bench.waiting(after(5)).await;
    assert!(bench.registry.settle(&first[0], &Settlement::Delivered, after(6)).await.unwrap());
    // Asked five seconds before the one already delivered, committed after it.
    answered(bench.registry.confirm(&late, &reader, now()).await.unwrap().unwrap());
    let second = bench.waiting(after(7)).await;
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].notification.as_ref().unwrap().nhs_number, bench.case("lac"));
}

#[tokio::test]
async fn an_operator_sees_neither_person_nor_number_in_a_waiting_row() {
    let bench = two_waiting().await;
    let seen = format!("{:?}{:?}", bench.registry.outbox("pending", 10).await.unwrap(), bench.waiting(after(5)).await);
    assert!(!seen.contains(&bench.case("two-authorities").digits()) && !seen.contains("Thistlewood"), "{seen}");
}
