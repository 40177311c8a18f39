//! A provider that is down, slow, or changes its keys.

use super::liar::{KID, Liar, NONCE, OTHER, OWN, Reply, Signing, Token, exchange, key, now, public};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use server::log_in::{LogInRefusal, Problem, Provider};
use std::time::Duration;

fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

/// Where the browser would be sent at that time.
async fn start(provider: &Provider, at: Timestamp) -> Result<String, LogInRefusal> {
    provider.authorise_url("state", NONCE, "challenge", at).await
}

#[tokio::test]
async fn a_provider_that_is_not_there_stops_no_start_and_gives_a_clear_refusal() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let liar = Liar::start().await;
    let mut settings = liar.settings();
    settings.issuer = format!("http://{}/openam", nobody.local_addr().unwrap());
    drop(nobody);
    let provider = Provider::new(settings).expect("an outage does not stop a start");
    let refusal = start(&provider, now()).await.unwrap_err();
    assert_eq!((refusal.code(), refusal.problem()), ("unavailable", Problem::Unavailable));
}

#[tokio::test]
async fn log_in_works_again_without_a_restart_when_the_provider_returns() {
    let liar = Liar::start().await;
    liar.bend(|w| w.discovery_reply = Some(Reply::is(503, "text/html", "down")));
    let provider = liar.provider();
    assert!(start(&provider, now()).await.is_err());
    liar.bend(|w| w.discovery_reply = None);
    assert!(start(&provider, later(4)).await.is_err(), "a dead provider is not asked by everybody at once");
    assert_eq!(liar.asked().discovery, 1);
    assert!(start(&provider, later(5)).await.is_ok());
    assert_eq!(liar.asked().discovery, 2);
}

#[tokio::test]
async fn a_provider_that_never_answers_is_given_up() {
    let silent = || Some(Reply { silent: true, ..Reply::is(200, "application/json", "") });
    for slow in ["discovery", "keys", "token", "userinfo"] {
        let liar = Liar::start().await;
        liar.bend(|w| match slow {
            "discovery" => w.discovery_reply = silent(),
            "keys" => w.jwks_reply = silent(),
            "token" => w.token_reply = silent(),
            _ => w.userinfo_reply = silent(),
        });
        let mut settings = liar.settings();
        settings.patience = Duration::from_millis(300);
        let provider = Provider::new(settings).unwrap();
        assert_eq!(exchange(&provider).await.unwrap_err().reason, LogInRefusal::Unavailable, "{slow}");
    }
}

#[tokio::test]
async fn discovery_is_kept_for_a_day() {
    let liar = Liar::start().await;
    let provider = liar.provider();
    for at in [0, 1, 3600, 86_399] {
        start(&provider, later(at)).await.unwrap();
    }
    assert_eq!(liar.asked().discovery, 1);
    start(&provider, later(86_400)).await.unwrap();
    assert_eq!(liar.asked().discovery, 2);
}

#[tokio::test]
async fn many_log_ins_at_once_ask_for_the_description_once() {
    let liar = Liar::start().await;
    let provider = std::sync::Arc::new(liar.provider());
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            tokio::spawn({
                let p = provider.clone();
                async move { start(&p, now()).await }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(liar.asked().discovery, 1);
}

#[tokio::test]
async fn a_new_key_of_the_provider_is_fetched_when_it_is_first_met() {
    let liar = Liar::start().await;
    liar.bend(|w| w.jwks = json!({"keys": [public(key(OTHER), "old")]}));
    let provider = liar.provider();
    start(&provider, now()).await.unwrap();
    liar.bend(|w| w.jwks = json!({"keys": [public(key(OTHER), "old"), public(key(OWN), KID)]}));
    exchange(&provider).await.unwrap();
    assert_eq!(liar.asked().jwks, 2);
}

#[tokio::test]
async fn unknown_keys_make_us_ask_once_in_five_minutes() {
    let liar = Liar::start().await;
    let provider = liar.provider();
    let junk = |kid: &str| {
        let mut token = Token::new(json!({"iss": liar.issuer, "aud": super::liar::CLIENT_ID}));
        token.header["kid"] = json!(kid);
        token.signing = Signing::With(OTHER);
        token.write()
    };
    for (at, asked) in [(0, 2), (1, 2), (299, 2), (300, 3), (301, 3)] {
        let refused = provider.verify_logout_token(&junk(&format!("unknown-{at}")), later(at)).await;
        assert!(refused.is_err());
        assert_eq!(liar.asked().jwks, asked, "after {at} s");
    }
}

#[tokio::test]
async fn junk_that_is_not_addressed_to_us_never_makes_us_ask() {
    let liar = Liar::start().await;
    let provider = liar.provider();
    let mut token = Token::new(json!({"iss": "https://op.example.org", "aud": "other"}));
    token.header["kid"] = json!("unknown");
    assert!(provider.verify_logout_token(&token.write(), now()).await.is_err());
    assert_eq!((liar.asked().discovery, liar.asked().jwks), (0, 0));
}

#[tokio::test]
async fn keys_that_cannot_be_fetched_just_now_are_asked_for_again_soon() {
    let liar = Liar::start().await;
    liar.bend(|w| w.jwks = json!({"keys": []}));
    let provider = liar.provider();
    start(&provider, now()).await.unwrap();
    liar.bend(|w| w.jwks_reply = Some(Reply::is(500, "text/plain", "")));
    assert_eq!(exchange(&provider).await.unwrap_err().reason, LogInRefusal::Unavailable);
    liar.bend(|w| (w.jwks_reply, w.jwks) = (None, json!({"keys": [public(key(OWN), KID)]})));
    let token = Token::new(json!({"iss": liar.issuer, "aud": super::liar::CLIENT_ID})).write();
    let at = later(6);
    let found = provider.verify_logout_token(&token, at).await.unwrap_err();
    assert_ne!(found, server::log_in::LogoutRefusal::Key, "the key is there now");
}
