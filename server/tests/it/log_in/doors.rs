//! Setting out and coming back: who is let in, and that everybody who is not is told plainly, with a reference, and recorded.

use super::hostile::cases;
use super::liar::{Reply, VERIFIER};
use super::portal::{Answer, COOKIE, Portal, STATE};
use axum::body::Body;
use axum::http::{Request, header};
use registry::SessionState;
use serde_json::json;
use std::collections::HashMap;

/// Nothing of what was sent to and fro may stand on a page.
fn assert_plain(answer: &Answer, name: &str) {
    assert!(answer.body.contains("<h1"), "{name}: no page");
    for secret in
        [STATE, COOKIE, VERIFIER, "the-nonce", "good-code", "an-access-token", "eyJ", "secret words", "invalid_", "910000"]
    {
        assert!(!answer.body.contains(secret), "{name}: the page holds {secret:?}");
    }
    assert_eq!(answer.cookie("__Host-session"), None, "{name}: a session was given");
}

#[tokio::test]
async fn an_honest_log_in_ends_at_the_start_page_with_a_session() {
    let portal = Portal::open().await;
    let out = portal.get("/log-in").await;
    assert_eq!(out.status, 303);
    let cookie = out.cookie("__Host-log-in").unwrap().to_owned();
    let address = reqwest::Url::parse(out.location.as_deref().unwrap()).unwrap();
    let sent: HashMap<_, _> = address.query_pairs().into_owned().collect();
    portal.liar.bend(|w| {
        *w.claim("nonce") = json!(sent["nonce"]);
        w.challenge.clone_from(&sent["code_challenge"]);
    });
    let back = portal.come_back(&format!("code=good-code&state={}", sent["state"]), Some(&cookie)).await;
    assert_eq!((back.status.as_u16(), back.location.as_deref()), (303, Some("/")));
    assert_eq!(back.cookie("__Host-log-in"), Some(""));
    let SessionState::Live(session) = portal.session(back.cookie("__Host-session").unwrap()).await else { panic!("no session") };
    assert_eq!(session.identity.name, "Dr Priya Nair");
    assert!(portal.refusals().await.is_empty());
}

#[tokio::test]
async fn both_cookies_are_host_only_secure_lax_and_out_of_reach_of_scripts() {
    let portal = Portal::open().await;
    let out = portal.get("/log-in").await;
    portal.set_out().await;
    let back = portal.come_back(&format!("code=good-code&state={STATE}"), Some(COOKIE)).await;
    let lines: Vec<_> = out.cookies.iter().chain(&back.cookies).collect();
    assert_eq!(lines.len(), 3);
    for line in lines {
        for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(line.split("; ").any(|part| part == attribute), "{line} lacks {attribute}");
        }
        assert!(!line.contains("Domain"), "{line}");
    }
    assert!(out.cookies[0].contains("Max-Age=600"));
    assert!(back.cookies.iter().any(|line| line.starts_with("__Host-log-in=;") && line.contains("Max-Age=0")));
}

#[tokio::test]
async fn every_attempt_sets_out_with_secrets_of_its_own() {
    let portal = Portal::open().await;
    let (one, two) = (portal.get("/log-in").await, portal.get("/log-in").await);
    assert_ne!(one.cookie("__Host-log-in"), two.cookie("__Host-log-in"));
    let query = |answer: &Answer| -> HashMap<String, String> {
        reqwest::Url::parse(answer.location.as_deref().unwrap()).unwrap().query_pairs().into_owned().collect()
    };
    let (first, second) = (query(&one), query(&two));
    for secret in ["state", "nonce", "code_challenge"] {
        assert!(first[secret] != second[secret] && first[secret].len() >= 43, "{secret}");
        assert!(!one.cookies[0].contains(&first[secret]), "the cookie holds the {secret}");
    }
}

#[tokio::test]
async fn every_refused_log_in_is_audited_and_shows_a_plain_page_with_its_reference() {
    for (name, bend, code) in cases() {
        let portal = Portal::open().await;
        portal.liar.bend(bend);
        portal.set_out().await;
        let answer = portal.come_back(&format!("code=good-code&state={STATE}"), Some(COOKIE)).await;
        let expected = match code {
            "unavailable" => 503,
            "assurance" | "authentication-assurance" | "authentication-context" => 403,
            _ => 400,
        };
        assert_eq!(answer.status.as_u16(), expected, "{name}");
        assert_plain(&answer, name);
        let reasons: Vec<_> = portal.refusals().await.into_iter().map(|(reason, _)| reason).collect();
        assert_eq!(reasons, [code], "{name}");
        assert!(answer.body.contains("eference"), "{name}: no reference");
        assert_eq!(answer.cookie("__Host-log-in"), Some(""), "{name}");
    }
}

#[tokio::test]
async fn what_comes_back_to_another_attempt_is_refused_before_the_provider_is_asked() {
    let long = "x".repeat(5000);
    let cases: Vec<(&str, String, &str, u16)> = vec![
        ("another state", "code=good-code&state=another".into(), "state", 400),
        ("a longer state", format!("code=good-code&state={STATE}x"), "state", 400),
        ("no state", "code=good-code".into(), "state", 400),
        ("an empty state", "code=good-code&state=".into(), "state", 400),
        ("two states", format!("code=good-code&state={STATE}&state=another"), "state", 400),
        ("nothing at all", String::new(), "state", 400),
        ("an error of somebody else's attempt", "error=access_denied&state=another".into(), "state", 400),
        ("from another provider", format!("code=good-code&state={STATE}&iss=https%3A%2F%2Fop.example.org"), "issuer", 400),
        ("cancelled", format!("error=access_denied&error_description=secret+words&state={STATE}"), "cancelled", 400),
        ("an error and a code", format!("error=access_denied&code=good-code&state={STATE}"), "cancelled", 400),
        ("log-in required", format!("error=login_required&state={STATE}"), "provider-error", 400),
        ("interaction required", format!("error=interaction_required&state={STATE}"), "provider-error", 400),
        ("an error of its own making", format!("error=%3Cscript%3E&state={STATE}"), "provider-error", 400),
        ("an error of the provider's", format!("error=server_error&state={STATE}"), "unavailable", 503),
        ("busy", format!("error=temporarily_unavailable&state={STATE}"), "unavailable", 503),
        ("no code", format!("state={STATE}"), "provider-error", 400),
        ("an empty code", format!("code=&state={STATE}"), "provider-error", 400),
        ("a very long code", format!("code={long}&state={STATE}"), "provider-error", 400),
    ];
    for (name, query, code, status) in cases {
        let portal = Portal::open().await;
        portal.set_out().await;
        let answer = portal.come_back(&query, Some(COOKIE)).await;
        assert_eq!(answer.status.as_u16(), status, "{name}");
        assert_plain(&answer, name);
        assert!(!answer.body.contains("<script>"), "{name}");
        assert_eq!(portal.refusals().await, [(code.to_owned(), String::new())], "{name}");
        assert!(portal.liar.asked().form.is_empty(), "{name}: the code was sent on");
        let again = portal.come_back(&format!("code=good-code&state={STATE}"), Some(COOKIE)).await;
        assert_eq!(again.cookie("__Host-session"), None, "{name}: the attempt was not spent");
    }
}

#[tokio::test]
async fn a_way_back_can_be_gone_once_and_for_ten_minutes() {
    let honest = format!("code=good-code&state={STATE}");
    let portal = Portal::open().await;
    portal.log_in().await;
    let replayed = portal.come_back(&honest, Some(COOKIE)).await;
    assert_eq!(replayed.status, 400);
    assert_plain(&replayed, "replayed");
    portal.set_out().await;
    portal.later(600);
    let late = portal.come_back(&honest, Some(COOKIE)).await;
    assert_plain(&late, "late");
    let reasons: Vec<_> = portal.refusals().await.into_iter().map(|(reason, _)| reason).collect();
    assert_eq!(reasons, ["state", "state"]);
}

#[tokio::test]
async fn without_our_cookie_nobody_is_let_in_and_strangers_write_nothing_into_the_log() {
    let portal = Portal::open().await;
    portal.set_out().await;
    for cookie in [None, Some(""), Some("short"), Some("0123456789012345678901234567890123456789ab%"), Some(&"x".repeat(400))] {
        let answer = portal.come_back(&format!("code=good-code&state={STATE}"), cookie).await;
        assert_eq!(answer.status, 400, "{cookie:?}");
        assert_plain(&answer, "no cookie");
    }
    assert_eq!(portal.state.registry.audit_size().await.unwrap(), 0);
    assert!(portal.liar.asked().form.is_empty());
    let real = portal.come_back(&format!("code=good-code&state={STATE}"), Some(COOKIE)).await;
    assert!(real.cookie("__Host-session").is_some(), "the real attempt was spoilt");
}

#[tokio::test]
async fn another_browsers_attempt_is_of_no_use() {
    let portal = Portal::open().await;
    portal.set_out().await;
    let mine = portal.get("/log-in").await.cookie("__Host-log-in").unwrap().to_owned();
    let answer = portal.come_back(&format!("code=good-code&state={STATE}"), Some(&mine)).await;
    assert_plain(&answer, "swapped");
    assert_eq!(portal.refusals().await.len(), 1);
}

#[tokio::test]
async fn a_refusal_for_want_of_assurance_is_recorded_with_the_person() {
    let portal = Portal::open().await;
    portal.liar.bend(|w| *w.claim("id_assurance_level") = json!("2"));
    portal.set_out().await;
    let answer = portal.come_back(&format!("code=good-code&state={STATE}"), Some(COOKIE)).await;
    assert_eq!(answer.status, 403);
    assert_eq!(portal.refusals().await, [("assurance".to_owned(), "910000000001".to_owned())]);
}

#[tokio::test]
async fn while_the_provider_is_down_log_in_says_so_and_works_again_when_it_returns() {
    let portal = Portal::open().await;
    portal.liar.bend(|w| w.discovery_reply = Some(Reply::is(503, "text/html", "secret words")));
    let down = portal.get("/log-in").await;
    assert_eq!(down.status, 503);
    assert_plain(&down, "down");
    assert!(down.cookies.is_empty());
    portal.liar.bend(|w| w.discovery_reply = None);
    portal.later(5);
    assert_eq!(portal.get("/log-in").await.status, 303);
}

#[tokio::test]
async fn a_second_log_in_ends_the_first() {
    let portal = Portal::open().await;
    let first = portal.log_in().await;
    portal.liar.bend(super::liar::Words::new_code);
    let second = portal.log_in().await;
    assert_ne!(first, second);
    assert!(matches!(portal.session(&first).await, SessionState::Ended { why: registry::EndedWhy::LoggedInElsewhere, .. }));
    assert!(matches!(portal.session(&second).await, SessionState::Live(_)));
}

#[tokio::test]
async fn the_public_keys_are_public_and_nothing_more() {
    let portal = Portal::open().await;
    let answer = portal.get("/log-in/jwks.json").await;
    let keys: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let members: Vec<_> = keys["keys"][0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
    assert_eq!(answer.caching.as_deref(), Some("public, max-age=300"));
}

#[tokio::test]
async fn the_way_back_and_the_back_channel_may_come_from_another_site() {
    let portal = Portal::open().await;
    portal.set_out().await;
    let back = Request::get(format!("/log-in/callback?code=good-code&state={STATE}"))
        .header(header::COOKIE, format!("__Host-log-in={COOKIE}"))
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-mode", "navigate");
    assert_eq!(portal.send(back.body(Body::empty()).unwrap()).await.status, 303);
    let logout = Request::post("/log-in/back-channel-logout")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, "https://op.example.org");
    let token = super::logout::good(&portal.liar.issuer).write();
    assert_eq!(portal.send(logout.body(Body::from(format!("logout_token={token}"))).unwrap()).await.status, 200);
}
