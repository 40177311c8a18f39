//! Sessions: idle, absolute, one per person, rotated at a role change, ended from outside, and refused at once after a log-out.

use super::bench::{Bench, after, identity, now, role};
use crate::{Choice, EndedWhy, KeptForm, LogInAttempt, LoggedOut, SessionState, SessionToken};
use cpis::{Identity, RoleProfile};

const HOUR: i64 = 3600;

fn nurse() -> RoleProfile {
    role("0910000000001", "R8001", &["B0170"], "Y01234")
}

async fn log_in(bench: &Bench) -> SessionToken {
    bench.registry.log_in(&identity("910000000001", vec![nurse()]), Some("sid"), "request", now()).await.unwrap()
}

async fn state(bench: &Bench, token: &SessionToken, seconds: i64) -> SessionState {
    bench.registry.session(token, after(seconds)).await.unwrap()
}

async fn why(bench: &Bench, token: &SessionToken, seconds: i64) -> Option<EndedWhy> {
    match state(bench, token, seconds).await {
        SessionState::Ended { why, .. } => Some(why),
        SessionState::Live(_) => None,
        SessionState::Unknown => panic!("unknown"),
    }
}

async fn touch(bench: &Bench, token: &SessionToken, seconds: i64) {
    let SessionState::Live(session) = state(bench, token, seconds).await else { panic!("over after {seconds}") };
    bench.registry.touch(&session, after(seconds)).await;
}

#[tokio::test]
async fn fifteen_minutes_without_a_request_end_a_session_to_the_second() {
    let bench = Bench::new().await;
    let token = log_in(&bench).await;
    assert_eq!(why(&bench, &token, 15 * 60 - 1).await, None);
    assert_eq!(why(&bench, &token, 15 * 60).await, Some(EndedWhy::TimedOut));
    touch(&bench, &token, 15 * 60 - 1).await;
    assert_eq!(why(&bench, &token, 30 * 60 - 2).await, None);
    assert_eq!(why(&bench, &token, 30 * 60 - 1).await, Some(EndedWhy::TimedOut));
}

#[tokio::test]
async fn looking_at_a_session_is_no_activity() {
    let bench = Bench::new().await;
    let token = log_in(&bench).await;
    for minute in 0..15 {
        assert_eq!(why(&bench, &token, minute * 60).await, None);
    }
    assert_eq!(why(&bench, &token, 15 * 60).await, Some(EndedWhy::TimedOut));
}

#[tokio::test]
async fn requests_within_one_minute_are_written_once_and_still_count_to_the_second() {
    let bench = Bench::new().await;
    let token = log_in(&bench).await;
    let written = async || {
        let seen: i64 = sqlx::query_scalar("SELECT seen FROM sessions").fetch_one(&bench.raw).await.unwrap();
        seen - now().as_millisecond()
    };
    // now() is six seconds into its minute.
    touch(&bench, &token, 10).await;
    assert_eq!(written().await, 10_000);
    touch(&bench, &token, 20).await;
    touch(&bench, &token, 50).await;
    assert_eq!(written().await, 10_000);
    assert_eq!(why(&bench, &token, 50 + 15 * 60 - 1).await, None, "what this node remembers counts");
    touch(&bench, &token, 54).await;
    assert_eq!(written().await, 54_000);
}

#[tokio::test]
async fn twelve_hours_end_a_session_however_busy() {
    let bench = Bench::new().await;
    let token = log_in(&bench).await;
    for seconds in (600..12 * HOUR).step_by(600) {
        touch(&bench, &token, seconds).await;
    }
    assert_eq!(why(&bench, &token, 12 * HOUR - 1).await, None);
    assert_eq!(why(&bench, &token, 12 * HOUR).await, Some(EndedWhy::TimedOut));
}

#[tokio::test]
async fn a_second_log_in_ends_the_first_and_says_so() {
    let bench = Bench::new().await;
    let first = log_in(&bench).await;
    let second = log_in(&bench).await;
    assert_eq!(why(&bench, &first, 1).await, Some(EndedWhy::LoggedInElsewhere));
    assert_eq!(why(&bench, &second, 1).await, None);
    let somebody_else = identity("910000000009", vec![nurse()]);
    bench.registry.log_in(&somebody_else, Some("sid"), "request", now()).await.unwrap();
    assert_eq!(why(&bench, &second, 1).await, None, "of the same person only");
}

#[tokio::test]
async fn changing_the_role_changes_the_token_and_forgets_the_setting() {
    let bench = Bench::new().await;
    let southmoor = role("0910000000042", "R8001", &["B0107", "B0170"], "DEM10");
    let unusable = role("0910000000043", "R8001", &["B0264"], "Y01234");
    let identity = Identity { selected_role: Some(nurse().id), ..identity("910000000001", vec![nurse(), southmoor, unusable]) };
    let old = bench.registry.log_in(&identity, None, "request", now()).await.unwrap();
    let SessionState::Live(before) = state(&bench, &old, 1).await else { panic!() };
    assert_eq!(before.setting.unwrap().id, "general-practice");
    for not_offered in ["0910000000043", "0910000000099", ""] {
        assert!(matches!(bench.registry.choose_role(&old, not_offered, "r", after(1)).await.unwrap(), Choice::NotOffered));
    }
    let Choice::Made(new) = bench.registry.choose_role(&old, "0910000000042", "r", after(1)).await.unwrap() else { panic!() };
    assert!(matches!(state(&bench, &old, 1).await, SessionState::Unknown), "the old token opens nothing");
    let SessionState::Live(session) = state(&bench, &new, 1).await else { panic!() };
    assert_eq!((session.id, session.role.unwrap().id.as_str(), session.setting), (before.id, "0910000000042", None));
    for not_offered in ["general-practice", "maternity", ""] {
        assert!(matches!(bench.registry.choose_setting(&new, not_offered, "r", after(1)).await.unwrap(), Choice::NotOffered));
    }
    let chosen = bench.registry.choose_setting(&new, "emergency-department", "r", after(1)).await.unwrap();
    assert!(matches!(chosen, Choice::Made(same) if same == new));
    let size = bench.registry.audit_size().await.unwrap();
    let entries = bench.registry.audit_entries(size - 6, 6).await.unwrap();
    let said: Vec<_> = entries.iter().map(|e| (e[1].as_str(), e[2].as_str(), e[4].as_str(), e[5].as_str())).collect();
    let (gp, south) = (nurse().id, "0910000000042");
    assert_eq!(
        said,
        [
            ("choose-role", "refused:not-offered", gp.as_str(), "Y01234"),
            ("choose-role", "refused:not-offered", gp.as_str(), "Y01234"),
            ("choose-role", "chosen", south, "DEM10"),
            ("choose-setting", "refused:not-offered", south, "DEM10"),
            ("choose-setting", "refused:not-offered", south, "DEM10"),
            ("choose-setting", "emergency-department", south, "DEM10"),
        ],
        "what was not offered is audited; choosing nothing is not"
    );
}

#[tokio::test]
async fn a_session_that_is_over_chooses_nothing() {
    let bench = Bench::new().await;
    let roles = vec![nurse(), role("0910000000042", "R8001", &["B0107", "B0170"], "DEM10")];
    let identity = identity("910000000001", roles);
    let token = bench.registry.log_in(&identity, Some("sid"), "request", now()).await.unwrap();
    let size = bench.registry.audit_size().await.unwrap();
    let late = after(15 * 60);
    assert!(matches!(bench.registry.choose_role(&token, "0910000000042", "r", late).await.unwrap(), Choice::NotOffered));
    assert_eq!(bench.registry.audit_size().await.unwrap(), size);
    bench.registry.back_channel_log_out("sid", "jti", now()).await.unwrap();
    let size = bench.registry.audit_size().await.unwrap();
    assert!(matches!(bench.registry.choose_role(&token, "0910000000042", "r", now()).await.unwrap(), Choice::NotOffered));
    assert_eq!(bench.registry.audit_size().await.unwrap(), size);
}

#[tokio::test]
async fn a_back_channel_log_out_ends_its_own_log_in_once_and_a_replay_does_nothing() {
    let bench = Bench::new().await;
    let token = log_in(&bench).await;
    let log_out = async |sid: &str, jti: &str| bench.registry.back_channel_log_out(sid, jti, after(1)).await.unwrap();
    assert_eq!(log_out("another", "jti-0").await, LoggedOut { sessions: 0, replayed: false });
    assert_eq!(why(&bench, &token, 1).await, None);
    assert_eq!(log_out("sid", "jti-1").await, LoggedOut { sessions: 1, replayed: false });
    assert_eq!(why(&bench, &token, 1).await, Some(EndedWhy::Provider));
    let size = bench.registry.audit_size().await.unwrap();
    assert_eq!(log_out("sid", "jti-1").await, LoggedOut { sessions: 0, replayed: true });
    assert_eq!(log_out("sid", "jti-2").await, LoggedOut { sessions: 0, replayed: false });
    assert_eq!(bench.registry.audit_size().await.unwrap(), size);
}

#[tokio::test]
async fn logging_out_ends_the_session_and_again_does_nothing() {
    let bench = Bench::new().await;
    let token = log_in(&bench).await;
    bench.registry.log_out(&token, "request", after(1)).await.unwrap();
    assert_eq!(why(&bench, &token, 1).await, Some(EndedWhy::LoggedOut));
    let size = bench.registry.audit_size().await.unwrap();
    bench.registry.log_out(&token, "request", after(2)).await.unwrap();
    bench.registry.log_out(&SessionToken("unknown".into()), "request", after(2)).await.unwrap();
    assert_eq!(bench.registry.audit_size().await.unwrap(), size);
}

#[tokio::test]
async fn a_log_out_that_cannot_be_written_is_obeyed_at_once_and_written_and_audited_later() {
    let bench = Bench::new().await;
    let token = log_in(&bench).await;
    let mut thief = bench.raw.begin_with("BEGIN IMMEDIATE").await.unwrap();
    sqlx::query("SELECT 1").execute(&mut *thief).await.unwrap();
    assert!(bench.registry.log_out(&token, "request", after(1)).await.is_err());
    assert_eq!(why(&bench, &token, 1).await, Some(EndedWhy::LoggedOut));
    thief.rollback().await.unwrap();
    assert_eq!(why(&bench, &token, 2).await, Some(EndedWhy::LoggedOut));
    let size = bench.registry.audit_size().await.unwrap();
    for _ in 0..2 {
        bench.registry.sweep(after(120)).await.unwrap();
        assert_eq!(bench.registry.audit_size().await.unwrap(), size + 1);
    }
    let entry = &bench.registry.audit_entries(size, 1).await.unwrap()[0];
    assert_eq!((entry[0].as_str(), entry[1].as_str(), entry[2].as_str()), ("2026-11-22T14:05:07.123456Z", "log-out", "logged-out"));
    let ended: Option<i64> = sqlx::query_scalar("SELECT ended FROM sessions").fetch_one(&bench.raw).await.unwrap();
    assert!(ended.is_some());
    assert_eq!(why(&bench, &token, 3).await, Some(EndedWhy::LoggedOut));
}

#[tokio::test]
async fn a_log_in_attempt_is_good_once_and_for_ten_minutes() {
    let bench = Bench::new().await;
    let attempt = LogInAttempt { state: "state".into(), nonce: "nonce".into(), verifier: "verifier".into() };
    for cookie in ["a", "b"] {
        bench.registry.begin_log_in(cookie, &attempt, now()).await.unwrap();
    }
    for (cookie, seconds, found) in [("a", 599, true), ("a", 599, false), ("b", 600, false), ("never begun", 1, false)] {
        let taken = bench.registry.take_log_in(cookie, after(seconds)).await.unwrap();
        assert_eq!(taken.is_some(), found, "{cookie} after {seconds}");
        assert!(
            taken.is_none_or(
                |taken| (taken.state, taken.nonce, taken.verifier) == ("state".into(), "nonce".into(), "verifier".into())
            )
        );
    }
    let kept = bench.bytes("SELECT cookie FROM log_in_attempts").await;
    assert!(kept.is_empty());
}

#[tokio::test]
async fn no_token_and_no_cookie_is_kept_in_clear() {
    let bench = Bench::new().await;
    let token = log_in(&bench).await;
    let attempt = LogInAttempt { state: "s".into(), nonce: "n".into(), verifier: "v".into() };
    bench.registry.begin_log_in("the cookie's secret", &attempt, now()).await.unwrap();
    for bytes in bench.bytes("SELECT token FROM sessions UNION ALL SELECT cookie FROM log_in_attempts").await {
        assert_eq!(bytes.len(), 32);
    }
    assert_eq!(token.0.len(), 64);
    assert_eq!(format!("{token:?}"), "SessionToken(…)");
}

#[tokio::test]
async fn the_role_to_begin_with_is_the_selected_one_else_the_only_usable_one() {
    let bench = Bench::new().await;
    let (usable, other) = (nurse(), role("0910000000042", "R8001", &["B0107"], "DEM01"));
    let (no_code, unknown) = (role("0910000000043", "R8001", &[], "Y01234"), role("0910000000044", "R8001", &["B0170"], "Y99999"));
    #[rustfmt::skip]
    let table: [(Vec<RoleProfile>, Option<&str>, Option<&str>); 7] = [
        (vec![usable.clone()], None, Some("0910000000001")),
        (vec![usable.clone(), no_code.clone(), unknown.clone()], None, Some("0910000000001")),
        (vec![usable.clone(), other.clone()], None, None),
        (vec![usable.clone(), other.clone()], Some("0910000000042"), Some("0910000000042")),
        (vec![usable.clone(), other], Some("0910000000099"), None),
        (vec![no_code, unknown], None, None),
        (vec![], None, None),
    ];
    for (roles, selected, expected) in table {
        let identity = Identity { selected_role: selected.map(str::to_owned), ..identity("910000000001", roles) };
        let token = bench.registry.log_in(&identity, None, "request", now()).await.unwrap();
        let SessionState::Live(session) = state(&bench, &token, 1).await else { panic!() };
        assert_eq!(session.role.as_ref().map(|role| role.id.as_str()), expected);
        assert_eq!(session.setting.is_some(), expected.is_some());
    }
}

#[tokio::test]
async fn what_was_typed_is_given_back_once_to_the_same_session_or_person_and_role_for_fifteen_minutes() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let registry = &bench.registry;
    let (id, clinician) = (reader.session.as_str(), &reader.clinician);
    let keep = async || registry.keep_form(KeptForm::Session { id, clinician }, &"typed", now()).await.unwrap();
    let take =
        async |form: &str, session: &str, seconds| registry.take_form::<String>(form, session, after(seconds)).await.unwrap();
    assert_eq!(take(&keep().await, id, 899).await.as_deref(), Some("typed"));
    assert_eq!(take(&keep().await, id, 900).await, None);
    assert_eq!(take(&keep().await, "another session", 1).await, None);
    let form = keep().await;
    assert_eq!((take(&form, id, 1).await.is_some(), take(&form, id, 1).await), (true, None));

    let lost = KeptForm::Lost { uid: &clinician.uid, role: &clinician.role.id };
    let mut another_role = clinician.clone();
    another_role.role.id = "0910000000099".into();
    registry.keep_form(lost, &"lost", now()).await.unwrap();
    assert_eq!(registry.take_lost_form::<String>(&another_role, after(1)).await.unwrap(), None);
    assert_eq!(registry.take_lost_form::<String>(clinician, after(1)).await.unwrap().as_deref(), Some("lost"));
    assert_eq!(registry.take_lost_form::<String>(clinician, after(1)).await.unwrap(), None);
    registry.keep_form(lost, &"lost", now()).await.unwrap();
    assert_eq!(registry.take_lost_form::<String>(clinician, after(900)).await.unwrap(), None);
}

#[tokio::test]
async fn a_sweep_forgets_what_is_kept_for_a_short_time_and_nothing_else() {
    let bench = Bench::new().await;
    let (gp, ed) = (bench.gp_nurse().await, bench.ed_nurse().await);
    bench.look_up(&gp, bench.case("cpp"), "request").await;
    bench.notifying(&ed, bench.case("cpp"), "request").await;
    let before = bench.rows().await;
    bench.registry.sweep(after(14 * 60)).await.unwrap();
    assert_eq!(bench.rows().await, before);
    bench.registry.sweep(after(24 * HOUR + 60)).await.unwrap();
    assert_eq!(bench.rows().await, super::bench::Rows { lookups: 0, ..before });
    bench.registry.sweep(after(30 * 24 * HOUR + 60)).await.unwrap();
    let kept = bench.rows().await;
    assert_eq!(kept, super::bench::Rows { lookups: 0, requests: 0, ..before });
    assert!(bench.registry.verify().await.unwrap().is_ok());
}
