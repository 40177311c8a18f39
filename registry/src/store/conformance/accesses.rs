//! What a look-up leaves: history, request ids and sealed answers; and how long.

use super::{Backend, add_session, at, number, queue, record, sealed, session};
use crate::store::{AttemptRow, KeptFormRow};

pub(super) async fn history_is_newest_first_united_and_limited(backend: &impl Backend) {
    let store = backend.store();
    let mut tx = store.begin().await.unwrap();
    for (n, (whose, second)) in [(0, 10), (1, 30), (0, 20), (2, 99), (1, 5)].into_iter().enumerate() {
        tx.add_history(number(whose), &record(&format!("{second}"), second), &format!("look-up {n}")).await.unwrap();
    }
    let mut people = async |numbers: &[cpis::NhsNumber], before, most| {
        tx.history(numbers, before, most).await.unwrap().into_iter().map(|access| access.person).collect::<Vec<_>>()
    };
    let both = [number(0), number(1)];
    assert_eq!(people(&both, None, 25).await, ["30", "20", "10", "5"]);
    assert_eq!(people(&both, None, 3).await, ["30", "20", "10"]);
    assert_eq!(people(&both, Some(at(20)), 25).await, ["10", "5"], "earlier, not at the same moment");
    assert_eq!(people(&[number(2)], None, 25).await, ["99"]);
    assert!(people(&[number(3)], None, 25).await.is_empty());
    assert!(people(&[], None, 25).await.is_empty());
}

pub(super) async fn one_look_up_joins_the_history_once(backend: &impl Backend) {
    let store = backend.store();
    let mut tx = store.begin().await.unwrap();
    tx.add_history(number(0), &record("P", 0), "look-up").await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.begin().await.unwrap().add_history(number(0), &record("P", 1), "look-up").await.is_err());
}

pub(super) async fn a_request_is_remembered_once(backend: &impl Backend) {
    let store = backend.store();
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.repeated(&[1; 32]).await.unwrap(), None);
    tx.remember_request(&[1; 32], "first", at(0)).await.unwrap();
    assert_eq!(tx.repeated(&[1; 32]).await.unwrap().as_deref(), Some("first"));
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.repeated(&[2; 32]).await.unwrap(), None);
    assert!(tx.remember_request(&[1; 32], "second", at(0)).await.is_err());
    drop(tx);
    assert_eq!(store.begin().await.unwrap().repeated(&[1; 32]).await.unwrap().as_deref(), Some("first"));
}

pub(super) async fn what_was_sealed_is_kept_replaced_and_gone_with_its_session(backend: &impl Backend) {
    let store = backend.store();
    add_session(&store, &session("s", "uid", None)).await;
    let mut tx = store.begin().await.unwrap();
    tx.put_lookup(&sealed("look-up", "s", "identified", 1)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    tx.put_lookup(&sealed("look-up", "s", "answer", 2)).await.unwrap();
    let inside = tx.lookup("look-up").await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let outside = store.shown("look-up").await.unwrap().unwrap();
    for row in [inside, outside] {
        assert_eq!((row.id.as_str(), row.session.as_str(), row.role.as_str()), ("look-up", "s", "role"));
        assert_eq!((row.setting.as_str(), row.request.as_str()), ("general-practice", "request"));
        assert_eq!((row.sealed.as_str(), row.at), ("answer", at(2)));
    }
    assert!(store.shown("another").await.unwrap().is_none());
    let mut tx = store.begin().await.unwrap();
    tx.end_session("s", "logged-out", at(3)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(store.shown("look-up").await.unwrap().is_none());
}

pub(super) async fn nothing_is_sealed_for_a_session_that_is_not_there(backend: &impl Backend) {
    let mut tx = backend.store().begin().await.unwrap();
    assert!(tx.put_lookup(&sealed("look-up", "nobody's", "words", 0)).await.is_err());
}

pub(super) async fn a_sweep_takes_only_what_is_old(backend: &impl Backend) {
    const MINUTE: i64 = 60;
    const DAY: i64 = 24 * 60 * MINUTE;
    let store = backend.store();
    let old = session("old", "uid", None);
    add_session(&store, &old).await;
    let mut tx = store.begin().await.unwrap();
    tx.put_lookup(&sealed("look-up", "old", "words", 0)).await.unwrap();
    tx.remember_request(&[1; 32], "look-up", at(0)).await.unwrap();
    tx.first_seen_logout_token("jti", "sid", at(0)).await.unwrap();
    tx.add_history(number(0), &record("P", 0), "look-up").await.unwrap();
    tx.commit().await.unwrap();
    queue(&store, "n", 0).await;
    let form = KeptFormRow { id: "form".into(), session: None, uid: "u".into(), role: "r".into(), typed: "t".into(), at: at(0) };
    store.keep_form(&form).await.unwrap();
    let attempt = AttemptRow { cookie: [1; 32], state: "s".into(), nonce: "n".into(), verifier: "v".into(), at: at(0) };
    store.put_attempt(&attempt).await.unwrap();

    store.sweep(at(15 * MINUTE)).await.unwrap();
    assert!(store.shown("look-up").await.unwrap().is_some());
    store.sweep(at(15 * MINUTE + 1)).await.unwrap();
    assert!(store.shown("look-up").await.unwrap().is_none());
    assert!(store.take_form("form").await.unwrap().is_none());
    assert!(store.take_attempt(&[1; 32]).await.unwrap().is_none());
    assert!(store.session(&old.token).await.unwrap().is_some());
    store.sweep(at(DAY + 1)).await.unwrap();
    assert!(store.session(&old.token).await.unwrap().is_none());
    let mut tx = store.begin().await.unwrap();
    assert!(tx.first_seen_logout_token("jti", "sid", at(DAY)).await.unwrap(), "forgotten with the day");
    assert!(tx.repeated(&[1; 32]).await.unwrap().is_some());
    drop(tx);
    store.sweep(at(30 * DAY + 1)).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    assert!(tx.repeated(&[1; 32]).await.unwrap().is_none());
    assert_eq!(tx.history(&[number(0)], None, 9).await.unwrap().len(), 1, "history stays");
    assert_eq!(store.outbox_counts().await.unwrap(), [("pending".to_owned(), 1)], "what waits stays");
}
