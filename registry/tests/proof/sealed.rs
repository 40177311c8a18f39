//! What was shown is shown again only to the session that looked, in the same role and setting, for 15 minutes.

use super::bench::{Bench, Rows, access, after, confirm_id, now, role, setting};
use crate::{Choice, History, LookedUp, Reader, Shown};

#[tokio::test]
async fn an_answer_is_shown_again_to_nobody_but_the_session_role_and_setting_that_looked() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    let other = bench.ed_doctor().await;
    let id = bench.notifying(&reader, bench.case("cpp"), "request").await.id.clone();
    let waiting = confirm_id(bench.registry.identify(&access(&reader, bench.case("lac"), "request")).await.unwrap());
    let mut another_role = reader.clone();
    another_role.clinician.role.id = "0910000000099".into();
    let strangers = [
        ("another session of another person", other),
        ("another session", Reader { session: "elsewhere".into(), ..reader.clone() }),
        ("another role", another_role),
        ("another setting", Reader { setting: setting("maternity"), ..reader.clone() }),
    ];
    let before = bench.rows().await;
    for (who, stranger) in &strangers {
        for id in [&id, &waiting] {
            assert!(bench.registry.shown(id, stranger, now()).await.unwrap().is_none(), "{who}");
            assert!(bench.registry.confirm(id, stranger, now()).await.unwrap().is_none(), "{who}");
            assert!(bench.registry.wrong_person(id, stranger, now()).await.unwrap().is_none(), "{who}");
            assert!(
                bench
                    .registry
                    .read_restricted_history(id, stranger, &cpis::access_history::REASONS[0], now())
                    .await
                    .unwrap()
                    .is_none(),
                "{who}"
            );
        }
    }
    assert!(matches!(bench.registry.shown(&id, &reader, after(60)).await.unwrap(), Some(Shown::Answer(_))));
    assert!(matches!(bench.registry.shown(&waiting, &reader, after(60)).await.unwrap(), Some(Shown::Identified(_))));
    assert!(bench.registry.shown("no such id", &reader, now()).await.unwrap().is_none());
    // Two strangers of other sessions tried both ids; showing again to the session that looked writes nothing.
    assert_eq!(bench.added(before).await, Rows { audit: 4, ..Rows::default() }, "attempts are audited, showing again is not");
}

#[tokio::test]
async fn an_answer_is_shown_for_fifteen_minutes_and_not_a_second_more() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let id = bench.look_up(&reader, bench.case("cpp"), "request").await.id.clone();
    assert!(bench.registry.shown(&id, &reader, after(15 * 60 - 1)).await.unwrap().is_some());
    assert!(bench.registry.shown(&id, &reader, after(15 * 60)).await.unwrap().is_none());
    assert!(bench.registry.wrong_person(&id, &reader, after(15 * 60)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_confirm_page_older_than_fifteen_minutes_opens_nothing() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    let id = confirm_id(bench.registry.identify(&access(&reader, bench.case("cpp"), "request")).await.unwrap());
    let before = bench.rows().await;
    assert!(bench.registry.confirm(&id, &reader, after(15 * 60)).await.unwrap().is_none());
    assert_eq!(bench.added(before).await, Rows::default());
}

#[tokio::test]
async fn logging_out_takes_the_sealed_answers_with_it() {
    let bench = Bench::new().await;
    let profile = role("0910000000001", "R8001", &["B0170"], "Y01234");
    let (token, reader) = bench.reader("910000000001", profile, None).await;
    let id = bench.look_up(&reader, bench.case("cpp"), "request").await.id.clone();
    bench.registry.log_out(&token, "request", now()).await.unwrap();
    assert!(bench.registry.shown(&id, &reader, now()).await.unwrap().is_none());
    assert_eq!(bench.rows().await.lookups, 0);
}

#[tokio::test]
async fn changing_the_role_hides_what_the_other_role_was_shown() {
    let bench = Bench::new().await;
    let roles = vec![role("0910000000031", "R8001", &["B0170"], "Y01234"), role("0910000000032", "R8009", &["B0170"], "Y01234")];
    let identity = cpis::Identity { selected_role: Some("0910000000031".into()), ..super::bench::identity("910000000031", roles) };
    let token = bench.registry.log_in(&identity, None, "request", now()).await.unwrap();
    let nurse = bench.reader_of(&token).await;
    let id = bench.look_up(&nurse, bench.case("cpp"), "request").await.id.clone();
    let Choice::Made(token) = bench.registry.choose_role(&token, "0910000000032", "request", now()).await.unwrap() else {
        panic!("not offered")
    };
    let receptionist = bench.reader_of(&token).await;
    assert_eq!(receptionist.session, nurse.session);
    assert!(bench.registry.shown(&id, &receptionist, now()).await.unwrap().is_none());
}

#[tokio::test]
async fn saying_that_this_is_the_wrong_person_is_audited_once() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let answer = bench.look_up(&reader, bench.case("cpp"), "request").await;
    assert!(!answer.wrong_person);
    let before = bench.rows().await;
    for _ in 0..2 {
        assert!(bench.registry.wrong_person(&answer.id, &reader, after(9)).await.unwrap().unwrap().wrong_person);
    }
    assert_eq!(bench.added(before).await, Rows { audit: 1, ..Rows::default() });
    let entry = &bench.registry.audit_entries(answer.receipt.position + 1, 1).await.unwrap()[0];
    assert_eq!((entry[1].as_str(), entry[2].as_str(), entry.len()), ("wrong-person", "current", 10));
    assert!(bench.registry.wrong_person("no such id", &reader, now()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_restricted_history_is_read_with_b1611_and_a_reason_is_audited_and_is_the_state_before_this_access() {
    let bench = Bench::new().await;
    let doctor = bench.ed_doctor().await;
    let answer = bench.notifying(&doctor, bench.case("restricted"), "request").await;
    bench.notifying(&doctor, bench.case("restricted"), "another").await;
    let before = bench.rows().await;
    let read = bench.registry.read_restricted_history(&answer.id, &doctor, &cpis::access_history::REASONS[0], after(60)).await;
    let read = read.unwrap().unwrap();
    // One access came with the demonstration; this one and the one after it do not show.
    assert!(matches!(&read.history, History::Rows(rows) if rows.len() == 1), "{:?}", read.history);
    assert_eq!(bench.added(before).await, Rows { audit: 1, ..Rows::default() });
    let size = bench.registry.audit_size().await.unwrap();
    let entry = &bench.registry.audit_entries(size - 1, 1).await.unwrap()[0];
    assert_eq!((entry[1].as_str(), entry[2].as_str()), ("read-history", "reason:risk-now"));
    let again = bench.registry.shown(&answer.id, &doctor, after(61)).await.unwrap();
    assert!(matches!(again, Some(Shown::Answer(kept)) if kept.history == read.history), "kept as read");
}

#[tokio::test]
async fn a_restricted_history_is_closed_without_b1611() {
    let bench = Bench::new().await;
    let nurse = bench.ed_nurse().await;
    let answer = bench.notifying(&nurse, bench.case("restricted"), "request").await;
    let before = bench.rows().await;
    let read = bench
        .registry
        .read_restricted_history(&answer.id, &nurse, &cpis::access_history::REASONS[0], now())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(read.history, History::Restricted { with_reason: false });
    assert_eq!(bench.added(before).await, Rows { audit: 1, ..Rows::default() }, "the attempt is audited");
    // Nor by a form made up for somebody who is not restricted.
    let open = bench.notifying(&nurse, bench.case("cpp"), "request").await;
    let read =
        bench.registry.read_restricted_history(&open.id, &nurse, &cpis::access_history::REASONS[0], now()).await.unwrap().unwrap();
    assert_eq!(read.history, open.history);
}

#[tokio::test]
async fn the_history_shown_does_not_hold_this_access() {
    let bench = Bench::new().await;
    let nurse = bench.ed_nurse().await;
    let History::Rows(first) = bench.notifying(&nurse, bench.case("cpp"), "one").await.history.clone() else { panic!() };
    let History::Rows(second) = bench.notifying(&nurse, bench.case("cpp"), "two").await.history.clone() else { panic!() };
    assert_eq!((first.len(), second.len()), (2, 3));
}

#[tokio::test]
async fn how_far_the_telling_got_is_read_live() {
    let bench = Bench::new().await;
    let nurse = bench.ed_nurse().await;
    let answer = bench.notifying(&nurse, bench.case("two-authorities"), "request").await;
    let words = async || bench.registry.told(&answer).await.unwrap().iter().map(|(_, told)| told.word()).collect::<Vec<_>>();
    assert_eq!(words().await, ["pending", "pending"]);
    let claimed = bench.waiting(after(5)).await;
    bench.registry.settle(&claimed[0], &crate::Settlement::Delivered, after(6)).await.unwrap();
    bench.registry.settle(&claimed[1], &crate::Settlement::Undeliverable("410".into()), after(6)).await.unwrap();
    let mut said = words().await;
    said.sort_unstable();
    assert_eq!(said, ["delivered", "failed"]);
    bench.sql("UPDATE outbox SET state = 'delivered'").await;
    bench.sql("DELETE FROM outbox").await;
    assert_eq!(words().await, ["not-known", "not-known"], "never more than is known");
}

#[tokio::test]
async fn a_sealed_answer_that_does_not_read_shows_nothing() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let id = bench.look_up(&reader, bench.case("cpp"), "request").await.id.clone();
    bench.sql("UPDATE lookups SET sealed = '{}'").await;
    assert!(bench.registry.shown(&id, &reader, now()).await.is_err());
    assert!(bench.registry.look_up(&access(&reader, bench.case("cpp"), "request")).await.is_err());
    let outcome = bench.registry.look_up(&access(&reader, bench.case("cpp"), "a new form")).await.unwrap();
    assert!(matches!(outcome, LookedUp::Answered(_)));
}
