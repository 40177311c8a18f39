//! One commit or none: whatever statement of a look-up fails, nothing is shown and nothing is kept.

use super::bench::{Bench, Rows, access, after, confirm_id, now};
use crate::{LookedUp, Settlement};

/// Makes a statement fail as a full disk or a damaged page would.
async fn sabotage(bench: &Bench, when: &str) {
    bench.sql(format!("CREATE TRIGGER sabotage BEFORE {when} BEGIN SELECT RAISE(ABORT, 'sabotage'); END")).await;
}

async fn mend(bench: &Bench) {
    bench.sql("DROP TRIGGER sabotage").await;
}

#[tokio::test]
async fn whichever_statement_of_a_notifying_read_fails_nothing_is_shown_and_nothing_is_kept() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    let id = confirm_id(bench.registry.identify(&access(&reader, bench.case("two-authorities"), "request")).await.unwrap());
    let before = bench.rows().await;
    for statement in [
        "INSERT ON audit",
        "UPDATE ON audit_head",
        "INSERT ON access_history",
        "INSERT ON outbox",
        "INSERT ON lookups",
        "UPDATE ON lookups",
        "INSERT ON idempotency",
    ] {
        sabotage(&bench, statement).await;
        let failed = bench.registry.confirm(&id, &reader, after(5)).await;
        assert!(failed.is_err(), "{statement}: {failed:?}");
        assert_eq!(bench.added(before).await, Rows::default(), "{statement}");
        assert!(bench.waiting(after(60)).await.is_empty(), "{statement}");
        assert!(bench.registry.verify().await.unwrap().is_ok(), "{statement}");
        let kept = bench.registry.shown(&id, &reader, after(5)).await.unwrap();
        assert!(matches!(kept, Some(crate::Shown::Identified(_))), "{statement}: still only identified");
        mend(&bench).await;
    }
    // The second of two notifications fails: the first goes with it.
    sabotage(&bench, "INSERT ON outbox WHEN (SELECT COUNT(*) FROM outbox) = 1").await;
    assert!(bench.registry.confirm(&id, &reader, after(5)).await.is_err());
    mend(&bench).await;
    assert_eq!(bench.added(before).await, Rows::default());
    // Mended, the same page opens, once.
    assert!(matches!(bench.registry.confirm(&id, &reader, after(5)).await.unwrap(), Some(LookedUp::Answered(_))));
    assert_eq!(bench.added(before).await, Rows { audit: 1, history: 1, outbox: 2, lookups: 0, requests: 1 });
}

#[tokio::test]
async fn whichever_statement_of_a_silent_read_fails_nothing_is_shown_and_nothing_is_kept() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    for case in ["cpp", "none", "not-on-index"] {
        let access = access(&reader, bench.case(case), "request");
        let before = bench.rows().await;
        for statement in ["INSERT ON audit", "UPDATE ON audit_head", "INSERT ON lookups", "INSERT ON idempotency"] {
            sabotage(&bench, statement).await;
            assert!(bench.registry.look_up(&access).await.is_err(), "{case}: {statement}");
            assert!(bench.registry.identify(&access).await.is_err(), "{case}: {statement}");
            assert_eq!(bench.added(before).await, Rows::default(), "{case}: {statement}");
            mend(&bench).await;
        }
        assert!(matches!(bench.registry.look_up(&access).await.unwrap(), LookedUp::Answered(_)), "{case}");
    }
}

#[tokio::test]
async fn a_refusal_that_cannot_be_audited_is_no_answer_either() {
    let bench = Bench::new().await;
    let mut reader = bench.gp_nurse().await;
    reader.clinician.role.activities.clear();
    sabotage(&bench, "INSERT ON audit").await;
    assert!(bench.registry.look_up(&access(&reader, bench.case("cpp"), "request")).await.is_err());
    assert!(bench.registry.refuse_log_in("nonce", None, "request", now()).await.is_err());
}

#[tokio::test]
async fn a_commit_that_fails_shows_nothing_and_keeps_nothing() {
    let bench = Bench::new().await;
    let (gp, ed) = (bench.gp_nurse().await, bench.ed_nurse().await);
    let id = confirm_id(bench.registry.identify(&access(&ed, bench.case("cpp"), "request")).await.unwrap());
    // A row that only COMMIT finds fault with.
    bench.sql("CREATE TABLE nobody (id INTEGER PRIMARY KEY)").await;
    bench.sql("CREATE TABLE debt (owed INTEGER REFERENCES nobody (id) DEFERRABLE INITIALLY DEFERRED)").await;
    bench.sql("CREATE TRIGGER sabotage AFTER INSERT ON audit BEGIN INSERT INTO debt VALUES (1); END").await;
    let before = bench.rows().await;
    let silent = access(&gp, bench.case("cpp"), "request");
    assert!(bench.registry.look_up(&silent).await.is_err());
    assert!(bench.registry.confirm(&id, &ed, after(5)).await.is_err());
    assert_eq!(bench.added(before).await, Rows::default());
    mend(&bench).await;
    assert!(bench.registry.look_up(&silent).await.is_ok());
    assert!(matches!(bench.registry.confirm(&id, &ed, after(5)).await.unwrap(), Some(LookedUp::Answered(_))));
    assert!(bench.registry.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_transaction_that_the_database_gave_up_by_itself_stops_only_itself() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let before = bench.rows().await;
    // As on a full disk: the database undoes the transaction without being asked, and the ROLLBACK that follows fails.
    bench.sql("CREATE TRIGGER sabotage BEFORE INSERT ON lookups BEGIN SELECT RAISE(ROLLBACK, 'sabotage'); END").await;
    for n in 0..3 {
        assert!(bench.registry.look_up(&access(&reader, bench.case("cpp"), &format!("request {n}"))).await.is_err());
    }
    mend(&bench).await;
    assert_eq!(bench.added(before).await, Rows::default());
    bench.look_up(&reader, bench.case("cpp"), "request").await;
    assert_eq!(bench.added(before).await, Rows { audit: 1, lookups: 1, requests: 1, ..Rows::default() });
    assert!(bench.registry.verify().await.unwrap().is_ok());
}

#[tokio::test]
async fn a_restricted_history_and_a_wrong_person_that_cannot_be_audited_change_nothing() {
    let bench = Bench::new().await;
    let doctor = bench.ed_doctor().await;
    let answer = bench.notifying(&doctor, bench.case("restricted"), "request").await;
    for statement in ["INSERT ON audit", "UPDATE ON lookups"] {
        sabotage(&bench, statement).await;
        assert!(
            bench.registry.read_restricted_history(&answer.id, &doctor, &cpis::access_history::REASONS[0], after(9)).await.is_err(),
            "{statement}"
        );
        assert!(bench.registry.wrong_person(&answer.id, &doctor, after(9)).await.is_err(), "{statement}");
        mend(&bench).await;
    }
    let Some(crate::Shown::Answer(kept)) = bench.registry.shown(&answer.id, &doctor, after(9)).await.unwrap() else { panic!() };
    assert!(!kept.wrong_person);
    assert_eq!(kept.history, answer.history);
}

#[tokio::test]
async fn a_database_locked_by_another_program_answers_unavailable_and_then_goes_on() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let access = access(&reader, bench.case("cpp"), "request");
    let before = bench.rows().await;
    let mut thief = bench.raw.begin_with("BEGIN IMMEDIATE").await.unwrap();
    sqlx::query("SELECT 1").execute(&mut *thief).await.unwrap();
    assert!(bench.registry.look_up(&access).await.is_err());
    assert!(bench.registry.ready().await.is_err(), "a registry that cannot write is not ready");
    thief.rollback().await.unwrap();
    assert_eq!(bench.added(before).await, Rows::default());
    bench.registry.ready().await.unwrap();
    assert!(bench.registry.look_up(&access).await.is_ok());
}

#[tokio::test]
async fn a_failed_settlement_leaves_the_notification_waiting() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    bench.notifying(&reader, bench.case("cpp"), "request").await;
    let claimed = bench.waiting(after(5)).await;
    sabotage(&bench, "UPDATE ON outbox").await;
    assert!(bench.registry.settle(&claimed[0], &Settlement::Delivered, after(6)).await.is_err());
    mend(&bench).await;
    assert_eq!(bench.waiting(after(5 + 60)).await.len(), 1, "after the claim has lapsed");
}
