//! What a read does: a silent one tells nobody, a notifying one tells each authority once, and the same access is never counted twice.

use super::bench::{Bench, Rows, access, after, answered, confirm_id, made_up, role, setting};
use crate::{LookedUp, Reader};
use cpis::{AnswerKind, NhsNumber, Notification};
use std::sync::Arc;

const ONE_READ: Rows = Rows { audit: 1, history: 0, outbox: 0, lookups: 1, requests: 1 };

#[tokio::test]
async fn a_silent_read_tells_nobody_adds_no_history_and_writes_exactly_one_entry_whoever_it_is() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    for line in bench.children() {
        let before = bench.rows().await;
        let answer = bench.look_up(&reader, bench.case(line["case"].as_str().unwrap()), "request").await;
        assert_eq!(bench.added(before).await, ONE_READ, "{}", line["case"]);
        assert!(answer.recipients.is_empty(), "{}", line["case"]);
    }
    assert!(bench.waiting(after(86_400)).await.is_empty());
}

#[tokio::test]
async fn a_notifying_read_writes_two_entries_one_history_row_and_one_notification_for_each_authority() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    for (case, authorities) in [("cpp", 1), ("cpp-and-lac", 1), ("two-authorities", 2), ("superseded", 1), ("deceased", 1)] {
        let before = bench.rows().await;
        let answer = bench.notifying(&reader, bench.case(case), "request").await;
        let expected = Rows { audit: 2, history: 1, outbox: authorities, lookups: 1, requests: 2 };
        assert_eq!(bench.added(before).await, expected, "{case}");
        assert_eq!(answer.recipients.len(), usize::try_from(authorities).unwrap(), "{case}");
        let size = bench.registry.audit_size().await.unwrap();
        let entries = bench.registry.audit_entries(size - 2, 2).await.unwrap();
        let said: Vec<_> = entries.iter().map(|entry| (entry[1].as_str(), entry[2].as_str())).collect();
        assert_eq!(said, [("identified", "identified"), ("look-up", answer.kind.word())], "{case}");
        assert_eq!(answer.receipt.position, size - 1, "{case}");
    }
}

#[tokio::test]
async fn a_notification_names_who_looked_from_where_and_when_and_nothing_else() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    bench.notifying(&reader, bench.case("superseded"), "request").await;
    let claimed = bench.waiting(after(5)).await;
    let [only] = claimed.as_slice() else { panic!("{claimed:?}") };
    let Notification { id, authority, nhs_number, at, person, role, organisation } = only.notification.clone().unwrap();
    assert_eq!(id, only.id);
    assert_eq!(authority.0, "DEMO-135");
    assert_eq!(nhs_number, bench.case("superseded-new"), "the present number");
    assert_eq!(at, after(5));
    assert_eq!(
        (person.as_str(), role.as_str(), organisation.as_str()),
        ("Philippa Thistlewood", "Staff nurse", "Northfield General Hospital")
    );
}

#[tokio::test]
async fn the_same_notifying_read_again_is_the_same_access_at_every_step() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    let number = bench.case("two-authorities");
    let before = bench.rows().await;
    let id = confirm_id(bench.registry.identify(&access(&reader, number, "request")).await.unwrap());
    assert_eq!(confirm_id(bench.registry.identify(&access(&reader, number, "request")).await.unwrap()), id);
    let first = answered(bench.registry.confirm(&id, &reader, after(5)).await.unwrap().unwrap());
    let second = answered(bench.registry.confirm(&id, &reader, after(6)).await.unwrap().unwrap());
    let posted_again = answered(bench.registry.identify(&access(&reader, number, "request")).await.unwrap());
    let in_one_step = answered(bench.registry.look_up(&access(&reader, number, "request")).await.unwrap());
    for again in [second, posted_again, in_one_step] {
        assert_eq!((&again.id, &again.receipt, again.at), (&first.id, &first.receipt, first.at));
    }
    assert_eq!(bench.added(before).await, Rows { audit: 2, history: 1, outbox: 2, lookups: 1, requests: 2 });
}

#[tokio::test]
async fn twenty_confirms_at_once_are_one_access() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    let id = confirm_id(bench.registry.identify(&access(&reader, bench.case("two-authorities"), "request")).await.unwrap());
    let before = bench.rows().await;
    let all: Vec<_> = (0..20)
        .map(|_| {
            let (registry, id, reader) = (Arc::clone(&bench.registry), id.clone(), reader.clone());
            tokio::spawn(async move { answered(registry.confirm(&id, &reader, after(5)).await.unwrap().unwrap()) })
        })
        .collect();
    let mut receipts = Vec::new();
    for one in all {
        receipts.push(one.await.unwrap().receipt.clone());
    }
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    assert_eq!(bench.added(before).await, Rows { audit: 1, history: 1, outbox: 2, lookups: 0, requests: 1 });
}

#[tokio::test]
async fn twenty_double_clicks_on_find_are_one_access() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let before = bench.rows().await;
    let all: Vec<_> = (0..20)
        .map(|_| {
            let (registry, access) = (Arc::clone(&bench.registry), access(&reader, bench.case("cpp"), "request"));
            tokio::spawn(async move { answered(registry.look_up(&access).await.unwrap()).id.clone() })
        })
        .collect();
    let mut ids = Vec::new();
    for one in all {
        ids.push(one.await.unwrap());
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert_eq!(bench.added(before).await, ONE_READ);
}

#[tokio::test]
async fn the_same_request_id_with_anything_else_different_is_a_new_access() {
    let bench = Bench::new().await;
    let codes = ["B0107", "B0170"];
    let urgent = |uid: &'static str, id: &'static str| (uid, role(id, "R8001", &codes, "DEM11"));
    let (uid, profile) = urgent("910000000011", "0910000000011");
    let (_, one) = bench.reader(uid, profile, Some("walk-in-centre")).await;
    let (uid, profile) = urgent("910000000012", "0910000000011");
    let (_, another_person) = bench.reader(uid, profile, Some("walk-in-centre")).await;
    let another_setting = Reader { setting: setting("minor-injury-unit"), ..one.clone() };
    let mut another_role = one.clone();
    another_role.clinician.role.id = "0910000000013".into();
    let number = bench.case("cpp");
    let mut ids = vec![bench.notifying(&one, number, "request").await.id.clone()];
    let others: [(&str, &Reader, NhsNumber); 4] = [
        ("number", &one, bench.case("lac")),
        ("person", &another_person, number),
        ("setting", &another_setting, number),
        ("role", &another_role, number),
    ];
    for (what, reader, number) in others {
        let before = bench.rows().await;
        let answer = bench.notifying(reader, number, "request").await;
        assert_eq!(answer.asked, number, "another {what}");
        assert!(!ids.contains(&answer.id), "another {what}");
        ids.push(answer.id.clone());
        assert_eq!(bench.added(before).await, Rows { audit: 2, history: 1, outbox: 1, lookups: 1, requests: 2 }, "another {what}");
    }
}

#[tokio::test]
async fn a_repeated_request_whose_answer_is_no_longer_kept_is_not_a_new_access_and_shows_nothing() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let id = bench.look_up(&reader, bench.case("cpp"), "request").await.id.clone();
    let before = bench.rows().await;
    let late = crate::Access { at: after(15 * 60), ..access(&reader, bench.case("cpp"), "request") };
    let outcome = bench.registry.look_up(&late).await.unwrap();
    assert!(matches!(&outcome, LookedUp::Repeated(same) if *same == id), "{outcome:?}");
    // Logging in again ends the session that looked, and its sealed answers with it.
    let again = bench.gp_nurse().await;
    let before_again = bench.rows().await;
    let outcome = bench.registry.look_up(&access(&again, bench.case("cpp"), "request")).await.unwrap();
    assert!(matches!(&outcome, LookedUp::Repeated(same) if *same == id), "{outcome:?}");
    assert_eq!(bench.added(before_again).await, Rows::default());
    assert_eq!(bench.added(before).await.outbox, 0);
}

#[tokio::test]
async fn nothing_found_and_could_not_check_tell_nobody_add_no_history_and_are_audited() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    for case in ["none", "ended-beyond", "not-sharing", "restricted-none", "ucpp-ended-beyond"] {
        let before = bench.rows().await;
        let answer = bench.notifying(&reader, bench.case(case), "request").await;
        assert_eq!(answer.kind, AnswerKind::None, "{case}");
        assert_eq!(bench.added(before).await, Rows { audit: 2, history: 0, outbox: 0, lookups: 1, requests: 2 }, "{case}");
    }
    for number in [bench.case("not-on-index"), bench.case("invalidated"), made_up(1)] {
        let before = bench.rows().await;
        let answer = bench.notifying(&reader, number, "request").await;
        assert_eq!(answer.kind, AnswerKind::Unknown);
        assert_eq!(bench.added(before).await, ONE_READ);
    }
}

#[tokio::test]
async fn identifying_somebody_reads_no_status() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    // A status that cannot be read stops every look-up; identifying does not notice.
    bench.sql("UPDATE plans SET start = 'not a date'").await;
    let before = bench.rows().await;
    confirm_id(bench.registry.identify(&access(&reader, bench.case("cpp"), "request")).await.unwrap());
    assert_eq!(bench.added(before).await, ONE_READ);
}

#[tokio::test]
async fn another_date_of_birth_shows_nothing_and_is_audited() {
    let bench = Bench::new().await;
    let (gp, ed) = (bench.gp_nurse().await, bench.ed_nurse().await);
    let number = bench.case("born-mismatch");
    let typed =
        |reader: &Reader, born: &str| crate::Access { born: Some(born.parse().unwrap()), ..access(reader, number, "request") };
    let before = bench.rows().await;
    assert!(matches!(bench.registry.look_up(&typed(&gp, "2019-03-15")).await.unwrap(), LookedUp::BornMismatch));
    assert!(matches!(bench.registry.identify(&typed(&ed, "2018-03-14")).await.unwrap(), LookedUp::BornMismatch));
    assert_eq!(bench.added(before).await, Rows { audit: 2, ..Rows::default() });
    let entries = bench.registry.audit_entries(0, 1000).await.unwrap();
    assert!(entries[entries.len() - 2..].iter().all(|entry| entry[2] == "date-of-birth-differs" && entry.len() == 10));
    // The right one under the same request id is answered: the mismatch was no access.
    assert_eq!(answered(bench.registry.look_up(&typed(&gp, "2019-03-14")).await.unwrap()).kind, AnswerKind::Current);
}

#[tokio::test]
async fn a_notification_rings_the_bell_and_a_silent_read_does_not() {
    let bench = Bench::new().await;
    let (gp, ed) = (bench.gp_nurse().await, bench.ed_nurse().await);
    let rung = async |bench: &Bench| {
        tokio::select! {
            biased;
            () = bench.registry.bell() => true,
            () = std::future::ready(()) => false,
        }
    };
    bench.look_up(&gp, bench.case("cpp"), "request").await;
    bench.notifying(&ed, bench.case("none"), "request").await;
    assert!(!rung(&bench).await);
    bench.notifying(&ed, bench.case("cpp"), "request").await;
    assert!(rung(&bench).await);
}
