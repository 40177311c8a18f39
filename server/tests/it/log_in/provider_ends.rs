//! The back channel's door: the published answers word for word, and what they do to sessions.

use super::liar::Reply;
use super::logout::{filled_in, good, published};
use super::portal::{Answer, Portal};
use registry::{EndedWhy, SessionState};
use serde_json::{Value, json};

const PATH: &str = "/log-in/back-channel-logout";

async fn post(portal: &Portal, token: &str) -> Answer {
    let answer = portal.post_form(PATH, format!("logout_token={token}")).await;
    assert_eq!(answer.caching.as_deref(), Some("no-store"));
    assert!(answer.cookies.is_empty());
    answer
}

fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn every_published_case_is_answered_word_for_word() {
    let portal = Portal::open().await;
    let cases = published();
    assert_eq!(cases.len(), 9);
    for case in cases {
        let token = super::liar::Token::new(filled_in(&case["claims"], &portal.liar.issuer)).write();
        let answer = post(&portal, &token).await;
        assert_eq!(json!(answer.status.as_u16()), case["status"], "{}", case["name"]);
        let expected = match case["error_description"].as_str() {
            Some(words) => json!({"error": "invalid_request", "error_description": words}),
            None => json!({}),
        };
        assert_eq!(body(&answer), expected, "{}", case["name"]);
    }
}

#[tokio::test]
async fn a_good_token_ends_the_session_at_once_and_a_replay_is_answered_alike() {
    let portal = Portal::open().await;
    let session = portal.log_in().await;
    let token = good(&portal.liar.issuer).write();
    for _ in 0..2 {
        let answer = post(&portal, &token).await;
        assert_eq!((answer.status.as_u16(), body(&answer)), (200, json!({})));
        assert!(matches!(portal.session(&session).await, SessionState::Ended { why: EndedWhy::Provider, .. }));
    }
}

#[tokio::test]
async fn a_replayed_token_cannot_end_a_later_session() {
    let portal = Portal::open().await;
    portal.log_in().await;
    let token = good(&portal.liar.issuer).write();
    post(&portal, &token).await;
    portal.liar.bend(super::liar::Words::new_code);
    portal.later(30);
    let later = portal.log_in().await;
    assert_eq!(post(&portal, &token).await.status, 200);
    assert!(matches!(portal.session(&later).await, SessionState::Live(_)));
}

#[tokio::test]
async fn a_token_that_overtakes_its_log_in_ends_it_all_the_same() {
    let portal = Portal::open().await;
    let token = good(&portal.liar.issuer).write();
    assert_eq!(post(&portal, &token).await.status, 200);
    let session = portal.log_in().await;
    assert!(matches!(portal.session(&session).await, SessionState::Ended { why: EndedWhy::Provider, .. }));
}

#[tokio::test]
async fn an_unknown_session_is_answered_200_and_other_sessions_go_on() {
    let portal = Portal::open().await;
    let session = portal.log_in().await;
    let mut token = good(&portal.liar.issuer);
    token.claims["sid"] = json!("somebody-elses");
    assert_eq!(post(&portal, &token.write()).await.status, 200);
    assert!(matches!(portal.session(&session).await, SessionState::Live(_)));
}

#[tokio::test]
async fn a_refused_token_ends_nothing() {
    let portal = Portal::open().await;
    let session = portal.log_in().await;
    let mut token = good(&portal.liar.issuer);
    token.signing = super::liar::Signing::With(super::liar::OTHER);
    assert_eq!(body(&post(&portal, &token.write()).await)["error_description"], "Unable to verify JWT");
    assert!(matches!(portal.session(&session).await, SessionState::Live(_)));
}

#[tokio::test]
async fn what_is_no_form_with_a_token_is_malformed() {
    let portal = Portal::open().await;
    let malformed = json!({"error": "invalid_request", "error_description": "Malformed JWT in logout_token"});
    for form in ["", "logout_token=", "logout_token=abc", "token=x", "logout_token=a.b.c&logout_token=d.e.f", "%FF%FE=1"] {
        let answer = portal.post_form(PATH, form.into()).await;
        assert_eq!((answer.status.as_u16(), body(&answer)), (400, malformed.clone()), "{form}");
    }
    let request = axum::http::Request::post(PATH).header("content-type", "application/json");
    let answer = portal.send(request.body(axum::body::Body::from("{}")).unwrap()).await;
    assert_eq!((answer.status.as_u16(), body(&answer)), (400, malformed));
}

#[tokio::test]
async fn while_keys_cannot_be_fetched_the_answer_is_503_so_that_the_provider_tries_again() {
    let portal = Portal::open().await;
    portal.liar.bend(|w| w.discovery_reply = Some(Reply::is(503, "text/plain", "")));
    assert_eq!(post(&portal, &good(&portal.liar.issuer).write()).await.status, 503);
}
