//! Replaced numbers: statuses under every number of a person are united, and no damage in the index turns into "nothing found".

use super::bench::{Bench, made_up};
use crate::History;
use cpis::{AnswerKind, UnknownReason};

#[tokio::test]
async fn statuses_under_every_number_of_a_person_are_united_and_the_change_is_said() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    let (first, second, present, side) = (made_up(1), made_up(2), made_up(3), made_up(4));
    bench.add_person(first, Some(second)).await;
    bench.add_person(second, Some(present)).await;
    bench.add_person(side, Some(present)).await;
    bench.add_person(present, None).await;
    for (number, authority) in [(first, "DEMO-001"), (second, "DEMO-002"), (present, "DEMO-003"), (side, "DEMO-004")] {
        bench.add_plan(number, authority).await;
        bench
            .sql(format!(
                "INSERT INTO access_history (nhs_number, at, person, role, organisation) VALUES ('{}', 1, 'P', 'R', '{authority}')",
                number.digits()
            ))
            .await;
    }
    for asked in [first, second, present, side] {
        let answer = bench.look_up(&gp, asked, "request").await;
        assert_eq!(answer.decision.as_ref().unwrap().current.len(), 4);
        assert_eq!(answer.authorities.len(), 4);
        assert_eq!(answer.number_changed, asked != present);
        assert_eq!((answer.asked, answer.person.as_ref().unwrap().nhs_number), (asked, present));
        assert!(matches!(&answer.history, History::Rows(rows) if rows.len() == 4));
        let entries = bench.registry.audit_entries(answer.receipt.position, 1).await.unwrap();
        assert_eq!(entries[0].len(), 9 + 4, "the entry is about all of them");
    }
}

#[tokio::test]
async fn numbers_that_replace_each_other_are_one_person_and_are_read_once() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    let (a, b, alone) = (made_up(1), made_up(2), made_up(3));
    bench.add_person(a, Some(b)).await;
    bench.add_person(b, Some(a)).await;
    bench.add_person(alone, Some(alone)).await;
    bench.add_plan(a, "DEMO-001").await;
    bench.add_plan(b, "DEMO-002").await;
    for (asked, statuses) in [(a, 2), (b, 2), (alone, 0)] {
        let answer = bench.look_up(&gp, asked, "request").await;
        assert_eq!(answer.decision.as_ref().unwrap().current.len(), statuses);
    }
}

#[tokio::test]
async fn a_chain_too_long_to_follow_is_never_nothing_found() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    for n in 0..40 {
        bench.add_person(made_up(n), Some(made_up(n + 1))).await;
    }
    bench.add_person(made_up(40), None).await;
    bench.add_plan(made_up(40), "DEMO-001").await;
    let from = async |n: u32| bench.look_up(&gp, made_up(n), "request").await;
    assert_eq!((from(0).await.kind, from(0).await.unknown), (AnswerKind::Unknown, Some(UnknownReason::Unreadable)));
    assert_eq!(from(35).await.kind, AnswerKind::Current);
    // A status found on the way is shown all the same.
    bench.add_plan(made_up(3), "DEMO-002").await;
    let answer = bench.look_up(&gp, made_up(0), "again").await;
    assert_eq!((answer.kind, answer.person.is_none()), (AnswerKind::Current, true));
}

#[tokio::test]
async fn more_earlier_numbers_than_can_be_real_are_never_nothing_found() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    bench.add_person(made_up(0), None).await;
    for n in 1..40 {
        bench.add_person(made_up(n), Some(made_up(n - 1))).await;
    }
    bench.add_plan(made_up(39), "DEMO-001").await;
    assert_eq!(bench.look_up(&gp, made_up(0), "request").await.kind, AnswerKind::Unknown);
    assert_eq!(bench.look_up(&gp, made_up(39), "request").await.kind, AnswerKind::Current);
}

#[tokio::test]
async fn a_number_replaced_by_one_that_is_not_there_cannot_be_confirmed() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    bench.add_person(made_up(1), Some(made_up(2))).await;
    let answer = bench.look_up(&gp, made_up(1), "request").await;
    assert_eq!((answer.kind, answer.unknown), (AnswerKind::Unknown, Some(UnknownReason::NotOnIndex)));
    assert_eq!(bench.rows().await.audit, i64::try_from(answer.receipt.position).unwrap() + 1, "audited");
}

#[tokio::test]
async fn a_withdrawn_number_that_was_replaced_is_followed() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    bench.sql(format!("UPDATE people SET invalidated = 1 WHERE nhs_number = '{}'", bench.case("superseded").digits())).await;
    assert_eq!(bench.look_up(&gp, bench.case("superseded"), "request").await.kind, AnswerKind::Current);
}
