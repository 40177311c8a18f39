//! Rows that do not read: the answer is "could not check" or names the gap, is audited, and is never "nothing found".

use super::bench::{Bench, Rows};
use crate::History;
use cpis::{AnswerKind, UnknownReason};

#[tokio::test]
async fn a_status_that_does_not_read_is_could_not_check_and_is_audited() {
    let ways = [
        "UPDATE plans SET start = 'someday' WHERE nhs_number = $",
        "UPDATE plans SET end = '2026-02-30' WHERE nhs_number = $",
        "UPDATE plans SET sent = '' WHERE nhs_number = $",
        "UPDATE plans SET kind = CAST(x'ff' AS TEXT) WHERE nhs_number = $",
        "UPDATE plans SET authority = 'NOBODY' WHERE nhs_number = $",
        "DELETE FROM authorities WHERE code = 'DEMO-001'",
        "UPDATE authorities SET name = CAST(x'c328' AS TEXT) WHERE code = 'DEMO-001'",
    ];
    for way in ways {
        let bench = Bench::new().await;
        let (gp, ed) = (bench.gp_nurse().await, bench.ed_nurse().await);
        bench.sql(way.replace('$', &format!("'{}'", bench.case("two-authorities").digits()))).await;
        let before = bench.rows().await;
        let answer = bench.look_up(&gp, bench.case("two-authorities"), "request").await;
        assert_eq!((answer.kind, answer.unknown), (AnswerKind::Unknown, Some(UnknownReason::Unreadable)), "{way}");
        assert_eq!(bench.added(before).await, Rows { audit: 1, lookups: 1, requests: 1, ..Rows::default() }, "{way}");
        let before = bench.rows().await;
        let answer = bench.notifying(&ed, bench.case("two-authorities"), "request").await;
        assert_eq!((answer.kind, answer.recipients.len()), (AnswerKind::Unknown, 0), "{way}");
        assert_eq!(bench.added(before).await, Rows { audit: 2, lookups: 1, requests: 2, ..Rows::default() }, "{way}");
        let entry = &bench.registry.audit_entries(answer.receipt.position, 1).await.unwrap()[0];
        assert_eq!((entry[1].as_str(), entry[2].as_str()), ("look-up", "unknown"), "{way}");
    }
}

#[tokio::test]
async fn a_person_who_does_not_read_still_has_the_status_shown_and_is_never_nothing_found() {
    let ways = [
        "UPDATE people SET born = 'spring' WHERE nhs_number = $",
        "UPDATE people SET died = '1' WHERE nhs_number = $",
        "UPDATE people SET family = CAST(x'ff' AS TEXT) WHERE nhs_number = $",
        "UPDATE people SET gender = CAST(x'ff' AS TEXT) WHERE nhs_number = $",
        "UPDATE people SET replaced_by = '9990000019' WHERE nhs_number = $",
    ];
    for way in ways {
        let bench = Bench::new().await;
        let gp = bench.gp_nurse().await;
        // Not "ended" either: a current status may lie under a number that cannot be found.
        let cases = [
            ("cpp", AnswerKind::Current),
            ("ended-within", AnswerKind::Unknown),
            ("none", AnswerKind::Unknown),
            ("ended-beyond", AnswerKind::Unknown),
        ];
        for (case, kind) in cases {
            bench.sql(way.replace('$', &format!("'{}'", bench.case(case).digits()))).await;
            let before = bench.rows().await;
            let answer = bench.look_up(&gp, bench.case(case), "request").await;
            assert_eq!((answer.kind, answer.person.is_none()), (kind, true), "{case}: {way}");
            assert!(!matches!(answer.history, History::Rows(_)), "nobody knows whether this record is restricted");
            assert_eq!(bench.added(before).await.audit, 1, "{case}: {way}");
        }
    }
}

#[tokio::test]
async fn a_person_who_does_not_read_can_still_be_opened_in_a_notifying_setting_and_the_authority_is_told() {
    let bench = Bench::new().await;
    let ed = bench.ed_nurse().await;
    bench.sql(format!("UPDATE people SET born = 'spring' WHERE nhs_number = '{}'", bench.case("cpp").digits())).await;
    let answer = bench.notifying(&ed, bench.case("cpp"), "request").await;
    assert_eq!((answer.kind, answer.recipients.len(), answer.person.is_none()), (AnswerKind::Current, 1, true));
}

#[tokio::test]
async fn an_earlier_number_that_does_not_read_is_never_nothing_found() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    let (none, cpp) = (bench.case("none"), bench.case("cpp"));
    for (n, number) in [none, cpp].into_iter().enumerate() {
        bench
            .sql(format!(
                "INSERT INTO people (nhs_number, gender, restricted, replaced_by, invalidated) VALUES ('{n}', 'male', 0, '{}', 0)",
                number.digits()
            ))
            .await;
    }
    assert_eq!(bench.look_up(&gp, none, "request").await.kind, AnswerKind::Unknown);
    assert_eq!(bench.look_up(&gp, cpp, "request").await.kind, AnswerKind::Current);
}

#[tokio::test]
async fn a_history_that_does_not_read_leaves_the_status_and_names_the_gap() {
    for way in [
        "UPDATE access_history SET at = 9223372036854775807 WHERE nhs_number = $",
        "UPDATE access_history SET person = CAST(x'ff' AS TEXT) WHERE nhs_number = $",
    ] {
        let bench = Bench::new().await;
        let gp = bench.gp_nurse().await;
        bench.sql(way.replace('$', &format!("'{}'", bench.case("cpp").digits()))).await;
        let answer = bench.look_up(&gp, bench.case("cpp"), "request").await;
        assert_eq!((answer.kind, &answer.history), (AnswerKind::Current, &History::Unavailable), "{way}");
        assert!(answer.person.is_some());
    }
}

#[tokio::test]
async fn a_feed_date_that_does_not_read_does_not_hide_a_status() {
    let bench = Bench::new().await;
    let gp = bench.gp_nurse().await;
    bench.sql("UPDATE authorities SET last_file = 'yesterday' WHERE code = 'DEMO-001'").await;
    assert_eq!(bench.look_up(&gp, bench.case("cpp"), "request").await.kind, AnswerKind::Current);
}
