//! Silent and notifying reads through the pages.

use super::desk::{Desk, person, role};
use axum::http::StatusCode;

#[tokio::test]
async fn a_silent_read_is_one_form_one_entry_and_tells_nobody() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let before = desk.entries().await;
    let posted = receptionist.find(desk.number("cpp"), "general-practice").await;
    assert_eq!(desk.entries().await, before + 1, "audited before it is shown");
    let shown = receptionist.follow(posted).await;
    assert_eq!((shown.answer(), shown.told()), (Some("current"), Some("nobody")));
    assert_eq!(desk.acts_since(before).await, ["look-up current"]);
    assert_eq!(desk.notifications().await, 0);
}

#[tokio::test]
async fn a_notifying_read_asks_first_and_does_not_reveal_the_plan() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let mut pages = std::collections::BTreeSet::new();
    for case in ["cpp", "none", "cpp-and-lac"] {
        let before = desk.entries().await;
        let posted = nurse.find(desk.number(case), "emergency-department").await;
        let path = posted.location();
        assert!(path.ends_with("/confirm"), "{path}");
        let asked = nurse.get(&path).await;
        assert!(asked.says("You have not checked yet."), "{}", asked.body);
        assert!(asked.says("Open as Emergency department and notify"));
        assert_eq!(asked.answer(), None);
        assert_eq!(desk.acts_since(before).await, ["identified identified"]);
        // Everything but the banner and the look-up's own id is the same, whatever is held.
        let (_, after_banner) = asked.body.split_once("<h1").unwrap();
        let id = path.split('/').nth(2).unwrap();
        pages.insert(after_banner.replace(id, "id"));
    }
    assert_eq!(pages.len(), 1, "the page does not depend on what is held");
    assert_eq!(desk.notifications().await, 0, "asking tells nobody");
}

#[tokio::test]
async fn opening_tells_each_authority_once_however_often_it_is_opened() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let before = desk.entries().await;
    let request = uuid::Uuid::new_v4().to_string();
    let form = [("nhs_number", desk.number("two-authorities")), ("request", request.as_str()), ("setting", "emergency-department")];
    let confirm = nurse.post("/find", &form).await.location();
    let opened = nurse.post(&confirm, &[]).await;
    let answer = opened.location();
    for _ in 0..3 {
        // Refresh, Back and again, the same form posted again, a double click.
        assert_eq!(nurse.get(&answer).await.answer(), Some("current"));
        assert_eq!(nurse.post(&confirm, &[]).await.location(), answer);
        assert_eq!(nurse.get(&confirm).await.location(), answer);
        let again = nurse.post("/find", &form).await.location();
        assert_eq!(again, answer);
    }
    assert_eq!(desk.notifications().await, 2);
    assert_eq!(desk.acts_since(before).await, ["identified identified", "look-up current"]);
    assert_eq!(nurse.get(&answer).await.told(), Some("pending"));
}

#[tokio::test]
async fn opening_four_times_at_once_is_one_access() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let confirm = nurse.find(desk.number("cpp"), "emergency-department").await.location();
    let before = desk.entries().await;
    let mut answers = std::collections::BTreeSet::new();
    let (a, b, c, d) =
        tokio::join!(nurse.post(&confirm, &[]), nurse.post(&confirm, &[]), nurse.post(&confirm, &[]), nurse.post(&confirm, &[]));
    answers.extend([a, b, c, d].map(|answer| answer.location()));
    assert_eq!((answers.len(), desk.entries().await - before, desk.notifications().await), (1, 1, 1));
}

#[tokio::test]
async fn a_read_of_a_child_with_no_plan_tells_nobody_and_never_says_safe() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let confirm = nurse.find(desk.number("none"), "emergency-department").await.location();
    let opened = nurse.post(&confirm, &[]).await;
    let shown = nurse.follow(opened).await;
    assert_eq!((shown.answer(), shown.told()), (Some("none"), Some("nobody")));
    assert!(shown.says("No child protection information found on CP-IS for this NHS number"));
    assert_eq!(desk.notifications().await, 0);
}

#[tokio::test]
async fn a_receptionist_sees_no_history_and_is_told_to_tell_the_clinician_privately() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let posted = receptionist.find(desk.number("history-30"), "general-practice").await;
    let shown = receptionist.follow(posted).await;
    assert!(shown.says("Tell the clinician privately"), "{}", shown.body);
    assert!(!shown.says("A look-up does not prove a visit"));
    let gp = desk.log_in(&person("910000000903", &[role("910000000913", "R0260", "Y01234", &["B0170"])])).await;
    let posted = gp.find(desk.number("history-30"), "general-practice").await;
    let shown = gp.follow(posted).await;
    assert!(shown.says("A look-up does not prove a visit"));
}

#[tokio::test]
async fn a_number_nobody_can_confirm_is_could_not_check_in_both_kinds_of_setting() {
    let desk = Desk::open().await;
    let (receptionist, nurse) = (desk.receptionist().await, desk.nurse().await);
    for case in ["not-on-index", "invalidated"] {
        let before = desk.entries().await;
        let posted = receptionist.find(desk.number(case), "general-practice").await;
        assert_eq!(receptionist.follow(posted).await.answer(), Some("unknown"), "{case}");
        let posted = nurse.find(desk.number(case), "emergency-department").await;
        assert_eq!(nurse.follow(posted).await.answer(), Some("unknown"), "{case}");
        assert_eq!(desk.acts_since(before).await, ["look-up unknown", "identified unknown"]);
    }
    assert_eq!(desk.notifications().await, 0);
}

#[tokio::test]
async fn an_answer_is_gone_for_another_person_another_role_another_setting_and_after_a_quarter_of_an_hour() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let answer = receptionist.find(desk.number("cpp"), "general-practice").await.location();
    let other = desk.log_in(&person("910000000904", &[role("910000000914", "R8009", "Y01234", &["B0170"])])).await;
    let before = desk.entries().await;
    let seen = other.get(&answer).await;
    assert_eq!(desk.acts_since(before).await, ["look-up refused:not-theirs"]);
    assert_eq!((seen.status, seen.answer()), (StatusCode::NOT_FOUND, None));
    assert_eq!(
        other.get("/lookups/00000000-0000-4000-8000-000000000000").await.body.len(),
        seen.body.len(),
        "the same words for both"
    );
    desk.later(14 * 60);
    assert_eq!(receptionist.get(&answer).await.answer(), Some("current"));
    desk.later(61);
    assert_eq!(receptionist.get(&answer).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn saying_it_was_the_wrong_person_is_audited_once_and_names_who_was_told() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let confirm = nurse.find(desk.number("cpp"), "emergency-department").await.location();
    let answer = nurse.post(&confirm, &[]).await.location();
    let before = desk.entries().await;
    for _ in 0..2 {
        let said = nurse.post(&format!("{answer}/wrong-person"), &[]).await;
        assert_eq!(said.status, StatusCode::OK);
        assert!(said.says("tel:"), "{}", said.body);
    }
    assert_eq!(desk.acts_since(before).await, ["wrong-person current"]);
}

#[tokio::test]
async fn every_answer_leaves_the_screen_by_itself_and_is_never_stored() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let posted = receptionist.find(desk.number("cpp"), "general-practice").await;
    let shown = receptionist.follow(posted).await;
    assert_eq!(shown.headers["refresh"], "900; url=/timed-out");
    assert_eq!(shown.headers["cache-control"], "no-store");
    assert!(receptionist.get("/find").await.headers.get("refresh").is_none());
}

#[tokio::test]
async fn a_restricted_history_is_withheld_and_shown_only_with_b1611_and_a_reason() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let doctor = desk.log_in(&person("910000000925", &[role("910000000935", "R8000", "DEM01", &["B0107", "B1611"])])).await;
    for (browser, permitted) in [(&nurse, false), (&doctor, true)] {
        let confirm = browser.find(desk.number("restricted"), "emergency-department").await.location();
        let answer = browser.post(&confirm, &[]).await.location();
        let shown = browser.get(&answer).await;
        assert!(shown.says("Earlier look-ups are withheld because this record is restricted."));
        assert_eq!(shown.says("Why do you need to see them?"), permitted);
        let history = format!("{answer}/history");
        let before = desk.entries().await;
        for reason in ["", "curiosity"] {
            browser.post(&history, &[("reason", reason)]).await;
        }
        assert_eq!(desk.entries().await, before, "no reason, no history");
        let after = browser.post(&history, &[("reason", "risk-now")]).await;
        let after = browser.follow(after).await;
        assert_eq!(after.says("A look-up does not prove a visit."), permitted);
        let expected: &[&str] =
            if permitted { &["read-history reason:risk-now"] } else { &["read-history refused:restricted-record"] };
        assert_eq!(desk.acts_since(before).await, expected);
    }
}

#[tokio::test]
async fn an_answer_is_not_shown_under_another_setting_of_the_same_session_and_a_stranger_trying_is_nobody() {
    let desk = Desk::open().await;
    let both = desk.log_in(&person("910000000926", &[role("910000000936", "R8001", "DEM10", &["B0107", "B0170"])])).await;
    both.post("/care-setting", &[("setting", "community-paediatrics")]).await;
    let answer = both.find(desk.number("cpp"), "community-paediatrics").await.location();
    assert_eq!(both.get(&answer).await.answer(), Some("current"));
    both.post("/care-setting", &[("setting", "emergency-department")]).await;
    assert_eq!(both.get(&answer).await.status, StatusCode::NOT_FOUND);
    both.post("/care-setting", &[("setting", "community-paediatrics")]).await;
    assert_eq!(both.get(&answer).await.answer(), Some("current"));
}
