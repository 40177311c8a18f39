//! Sessions, log-in attempts, logout tokens and kept forms.

use super::{Backend, add_session, at, session, token};
use crate::store::{AttemptRow, KeptFormRow, SessionRow};

pub(super) async fn a_session_is_found_by_its_token_until_it_is_chosen_another(backend: &impl Backend) {
    let store = backend.store();
    let row = SessionRow { role: Some("r1".into()), setting: Some("dentistry".into()), ..session("s", "uid", Some("sid")) };
    add_session(&store, &row).await;
    let found = store.session(&row.token).await.unwrap().unwrap();
    assert_eq!((found.id.as_str(), found.uid.as_str(), found.sid.as_deref()), ("s", "uid", Some("sid")));
    assert_eq!((found.identity.as_str(), found.role.as_deref(), found.setting.as_deref()), ("{}", Some("r1"), Some("dentistry")));
    assert_eq!((found.began, found.seen, found.ended, found.why.clone()), (at(0), at(0), None, None));
    let mut tx = store.begin().await.unwrap();
    assert!(tx.choose(&found, &token("new"), Some("r2"), None).await.unwrap());
    tx.commit().await.unwrap();
    assert!(store.session(&row.token).await.unwrap().is_none());
    let found = store.session(&token("new")).await.unwrap().unwrap();
    assert_eq!((found.id.as_str(), found.role.as_deref(), found.setting), ("s", Some("r2"), None));
}

pub(super) async fn a_choice_over_a_session_that_changed_or_ended_is_not_written(backend: &impl Backend) {
    let store = backend.store();
    let was = session("s", "uid", None);
    add_session(&store, &was).await;
    let mut tx = store.begin().await.unwrap();
    assert!(tx.choose(&was, &token("new"), Some("r2"), None).await.unwrap());
    // A choice made from what was read before: it would bring the old token and the old role back.
    assert!(!tx.choose(&was, &was.token, Some("r1"), Some("dentistry")).await.unwrap());
    tx.commit().await.unwrap();
    let now = store.session(&token("new")).await.unwrap().unwrap();
    assert_eq!(now.role.as_deref(), Some("r2"));
    let mut tx = store.begin().await.unwrap();
    tx.end_session("s", "provider", at(1)).await.unwrap();
    assert!(!tx.choose(&now, &token("newer"), Some("r1"), None).await.unwrap());
    assert!(!tx.choose(&session("nobody", "uid", None), &token("newer"), None, None).await.unwrap());
}

pub(super) async fn only_live_sessions_are_listed_and_ended_once(backend: &impl Backend) {
    let store = backend.store();
    for (id, uid, sid) in [("a", "u1", Some("x")), ("b", "u1", None), ("c", "u2", Some("x"))] {
        add_session(&store, &session(id, uid, sid)).await;
    }
    let mut tx = store.begin().await.unwrap();
    let ids = |rows: Vec<SessionRow>| {
        let mut ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(tx.live_sessions_of("u1").await.unwrap()), ["a", "b"]);
    assert_eq!(ids(tx.live_sessions_of_log_in("x").await.unwrap()), ["a", "c"]);
    tx.end_session("a", "provider", at(1)).await.unwrap();
    tx.end_session("a", "logged-out", at(2)).await.unwrap();
    assert_eq!(ids(tx.live_sessions_of("u1").await.unwrap()), ["b"]);
    assert_eq!(ids(tx.live_sessions_of_log_in("x").await.unwrap()), ["c"]);
    tx.commit().await.unwrap();
    let ended = store.session(&token("a")).await.unwrap().unwrap();
    assert_eq!((ended.ended, ended.why.as_deref()), (Some(at(1)), Some("provider")), "the first reason stays");
}

pub(super) async fn activity_is_written_for_live_sessions_only(backend: &impl Backend) {
    let store = backend.store();
    add_session(&store, &session("s", "uid", None)).await;
    store.touch_session("s", at(50)).await.unwrap();
    store.touch_session("nobody", at(50)).await.unwrap();
    assert_eq!(store.session(&token("s")).await.unwrap().unwrap().seen, at(50));
    let mut tx = store.begin().await.unwrap();
    tx.end_session("s", "logged-out", at(60)).await.unwrap();
    tx.commit().await.unwrap();
    store.touch_session("s", at(70)).await.unwrap();
    assert_eq!(store.session(&token("s")).await.unwrap().unwrap().seen, at(50));
}

pub(super) async fn a_log_in_attempt_is_taken_once(backend: &impl Backend) {
    let store = backend.store();
    let row = AttemptRow { cookie: [1; 32], state: "s".into(), nonce: "n".into(), verifier: "v".into(), at: at(0) };
    store.put_attempt(&row).await.unwrap();
    assert!(store.put_attempt(&AttemptRow { state: "forged".into(), ..row.clone() }).await.is_err());
    assert_eq!(store.take_attempt(&[2; 32]).await.unwrap(), None);
    assert_eq!(store.take_attempt(&[1; 32]).await.unwrap(), Some(row));
    assert_eq!(store.take_attempt(&[1; 32]).await.unwrap(), None);
}

pub(super) async fn a_logout_token_is_seen_first_once(backend: &impl Backend) {
    let store = backend.store();
    let mut tx = store.begin().await.unwrap();
    assert!(tx.first_seen_logout_token("jti", "sid", at(0)).await.unwrap());
    assert!(!tx.first_seen_logout_token("jti", "sid", at(1)).await.unwrap());
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(!tx.first_seen_logout_token("jti", "sid", at(2)).await.unwrap());
    assert!(tx.first_seen_logout_token("another", "sid", at(2)).await.unwrap());
}

pub(super) async fn a_kept_form_is_taken_once_and_the_newest_of_a_lost_session(backend: &impl Backend) {
    let store = backend.store();
    let form = |id: &str, session: Option<&str>, uid: &str, role: &str, second| KeptFormRow {
        id: id.into(),
        session: session.map(str::to_owned),
        uid: uid.into(),
        role: role.into(),
        typed: format!("typed in {id}"),
        at: at(second),
    };
    for row in [
        form("live", Some("s"), "u", "r", 9),
        form("older", None, "u", "r", 1),
        form("newer", None, "u", "r", 2),
        form("another role", None, "u", "r2", 3),
        form("another person", None, "u2", "r", 4),
    ] {
        store.keep_form(&row).await.unwrap();
    }
    let live = store.take_form("live").await.unwrap().unwrap();
    assert_eq!((live.session.as_deref(), live.typed.as_str(), live.at), (Some("s"), "typed in live", at(9)));
    assert!(store.take_form("live").await.unwrap().is_none());
    let lost = store.take_form_of("u", "r").await.unwrap().unwrap();
    assert_eq!((lost.id.as_str(), lost.uid.as_str(), lost.role.as_str()), ("newer", "u", "r"));
    assert!(store.take_form_of("u", "r").await.unwrap().is_none());
    assert!(store.take_form_of("nobody", "r").await.unwrap().is_none());
    assert_eq!(store.take_form_of("u", "r2").await.unwrap().unwrap().id, "another role");
    assert_eq!(store.take_form_of("u2", "r").await.unwrap().unwrap().id, "another person");
}
