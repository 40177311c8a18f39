//! Every demonstration case and what it must say: the answer, how many authorities are told, and the history.

use super::bench::{Bench, role};
use crate::History;
use cpis::{AnswerKind, Standing, UnknownReason};

use AnswerKind::{Current, Ended, None, Unknown};

/// Case, the kind of answer, and how many authorities a notifying read tells.
#[rustfmt::skip]
const TABLE: &[(&str, AnswerKind, usize)] = &[
    ("none", None, 0),
    ("cpp", Current, 1),
    ("lac", Current, 1),
    ("ucpp-adult", Current, 1),
    ("cpp-and-lac", Current, 1),
    ("two-authorities", Current, 2),
    ("ended-within", Ended, 1),
    ("ended-beyond", None, 0),
    ("restricted", Current, 1),
    ("restricted-none", None, 0),
    ("superseded", Current, 1),
    ("superseded-new", Current, 1),
    ("invalidated", Unknown, 0),
    ("deceased", Ended, 1),
    ("not-on-index", Unknown, 0),
    ("turns-18-today", Ended, 0),
    ("history-30", Current, 1),
    ("future-start", Current, 1),
    ("ends-today", Current, 1),
    ("ended-365", Ended, 1),
    ("ended-366", None, 0),
    ("ucpp-ended-within", Ended, 1),
    ("ucpp-ended-beyond", None, 0),
    ("ucpp-long", Current, 1),
    ("unknown-kind", Current, 1),
    ("no-office-phone", Current, 1),
    ("not-sharing", None, 0),
    ("partial-birth", Current, 1),
    ("long-name", Current, 1),
    ("apostrophe-name", Current, 1),
    ("born-mismatch", Current, 1),
    ("baby", None, 0),
];

#[tokio::test]
async fn every_demonstration_case_answers_and_tells_as_the_table_says() {
    let bench = Bench::new().await;
    let (gp, ed) = (bench.gp_nurse().await, bench.ed_nurse().await);
    for line in bench.children() {
        let case = line["case"].as_str().unwrap();
        let spare = ("", Current, 1);
        let (_, kind, told) = *TABLE
            .iter()
            .find(|(name, ..)| *name == case)
            .or(case.starts_with("bulk-").then_some(&spare))
            .unwrap_or_else(|| panic!("{case} is not in the table"));
        let number = bench.case(case);
        let (silent, notifying) = (bench.look_up(&gp, number, "request").await, bench.notifying(&ed, number, "request").await);
        assert_eq!((silent.kind, silent.recipients.len()), (kind, 0), "{case}, silently");
        assert_eq!((notifying.kind, notifying.recipients.len()), (kind, told), "{case}, notifying");
        assert_eq!(silent.decision.is_none(), kind == Unknown, "{case}");
        let shown = matches!(kind, Current | Ended);
        assert_eq!(silent.authorities.is_empty(), !shown, "{case}");
        assert_eq!(silent.history == History::NotShown, !shown, "{case}");
        assert_eq!(bench.registry.told(&notifying).await.unwrap().len(), told, "{case}");
        assert!(bench.registry.told(&silent).await.unwrap().is_empty(), "{case}");
    }
    for (case, ..) in TABLE {
        bench.case(case);
    }
}

#[tokio::test]
async fn what_cannot_be_confirmed_says_why() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    for (case, why) in [("not-on-index", UnknownReason::NotOnIndex), ("invalidated", UnknownReason::Invalidated)] {
        let answer = bench.look_up(&gp, bench.case(case), "request").await;
        assert_eq!(answer.unknown, Some(why), "{case}");
        assert!(answer.person.is_none() && answer.decision.is_none() && answer.recipients.is_empty(), "{case}");
    }
}

#[tokio::test]
async fn only_the_newest_25_accesses_are_shown_newest_first_and_not_this_one() {
    let bench = Bench::new().await;
    let ed = bench.ed_nurse().await;
    let held: i64 = sqlx::query_scalar("SELECT MAX(at) FROM access_history WHERE nhs_number = $1")
        .bind(bench.case("history-30").digits())
        .fetch_one(&bench.raw)
        .await
        .unwrap();
    for (request, newest) in [("one", held), ("two", super::bench::after(5).as_millisecond())] {
        let answer = bench.notifying(&ed, bench.case("history-30"), request).await;
        let History::Rows(rows) = &answer.history else { panic!("{:?}", answer.history) };
        assert_eq!(rows.len(), 25);
        assert!(rows.windows(2).all(|two| two[0].at >= two[1].at));
        assert_eq!(rows[0].at.as_millisecond(), newest);
    }
}

#[tokio::test]
async fn the_eighteenth_birthday_ends_a_status_and_no_partial_birth_date_ever_does() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    let today = bench.look_up(&gp, bench.case("turns-18-today"), "request").await;
    let ended = &today.decision.as_ref().unwrap().ended;
    assert!(matches!(ended[0].standing, Standing::Ended { at_eighteen: true, .. }));
    let partial = bench.look_up(&gp, bench.case("partial-birth"), "request").await;
    assert!(partial.person.as_ref().unwrap().born.unwrap().day().is_none());
}

#[tokio::test]
async fn a_restricted_person_has_no_address_no_gp_and_no_history() {
    let bench = Bench::new().await;
    let (gp, doctor) = (bench.gp_nurse().await, bench.ed_doctor().await);
    // Even when the index wrongly holds an address.
    bench
        .sql(format!("UPDATE people SET address = 'x', gp = 'y' WHERE nhs_number = '{}'", bench.case("restricted").digits()))
        .await;
    for (answer, with_reason) in [
        (bench.look_up(&gp, bench.case("restricted"), "request").await, false),
        (bench.notifying(&doctor, bench.case("restricted"), "request").await, true),
    ] {
        let person = answer.person.as_ref().unwrap();
        assert_eq!((&person.address, &person.gp), (&Option::None, &Option::None));
        assert_eq!(answer.history, History::Restricted { with_reason });
        assert_eq!(answer.authorities.len(), 1, "the phones stay");
    }
    assert_eq!(bench.look_up(&gp, bench.case("restricted-none"), "request").await.history, History::NotShown);
}

#[tokio::test]
async fn administrative_roles_see_the_status_and_no_history() {
    let bench = Bench::new().await;
    for (n, job) in ["R8006", "R8008", "R8009", "R8010", "R1720", "R1730"].into_iter().enumerate() {
        let uid = format!("91000000002{n}");
        let (_, reader) = bench.reader(&uid, role(&uid, job, &["B0170", "B1611"], "Y01234"), Option::None).await;
        for case in ["history-30", "restricted"] {
            let answer = bench.look_up(&reader, bench.case(case), "request").await;
            assert_eq!((answer.kind, &answer.history), (Current, &History::NotForThisRole), "{job} {case}");
            let again = bench
                .registry
                .read_restricted_history(&answer.id, &reader, &cpis::access_history::REASONS[0], super::bench::now())
                .await
                .unwrap();
            assert_eq!(again.unwrap().history, History::NotForThisRole, "{job} {case}");
        }
    }
}
