//! Back-channel logout tokens: the published cases with their exact words, and the ones an attacker would try.

use super::liar::{CLIENT_ID, Liar, OTHER, Signing, Token, now};
use serde_json::{Value, json};
use server::log_in::{LogoutRefusal, LogoutToken};

pub(crate) const SID: &str = "08a5019c-17e1-4977-8f42-65a12843ea02";

/// A good logout token of this provider.
pub(crate) fn good(issuer: &str) -> Token {
    Token::new(json!({
        "iss": issuer, "aud": CLIENT_ID, "sub": "910000000001", "iat": now().as_second() - 10, "jti": "a-jti", "sid": SID,
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }))
}

/// The published cases.
pub(crate) fn published() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../fixtures/backchannel-logout-token-cases.json")).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// A published case's claims, with our time, issuer and client in the places of theirs; what is wrong on purpose stays wrong.
pub(crate) fn filled_in(claims: &Value, issuer: &str) -> Value {
    let mut claims = claims.clone();
    if claims["aud"] == "test-client-cis2" {
        claims["aud"] = json!(CLIENT_ID);
    }
    if claims["iss"].as_str().is_some_and(|iss| iss.starts_with("https://")) {
        claims["iss"] = json!(issuer);
    }
    claims["iat"] = json!(now().as_second() - 10);
    claims["jti"] = json!("8d1a7e0c-5d5c-4f0e-a0a7-5a8a1d1f9c11");
    claims
}

#[tokio::test]
async fn every_published_logout_case_has_its_published_answer() {
    let cases = published();
    assert_eq!(cases.len(), 9);
    let liar = Liar::start().await;
    let provider = liar.provider();
    for case in cases {
        let token = Token::new(filled_in(&case["claims"], &liar.issuer)).write();
        let found = provider.verify_logout_token(&token, now()).await;
        assert_eq!(found.is_ok(), case["status"] == 200, "{}", case["name"]);
        assert_eq!(
            found.err().map(|refusal| refusal.to_string()).as_deref(),
            case["error_description"].as_str(),
            "{}",
            case["name"]
        );
    }
}

#[tokio::test]
async fn a_good_token_names_its_session_and_itself() {
    let liar = Liar::start().await;
    let found = liar.provider().verify_logout_token(&good(&liar.issuer).write(), now()).await;
    assert_eq!(found, Ok(LogoutToken { sid: SID.into(), jti: "a-jti".into() }));
}

#[tokio::test]
async fn what_is_allowed_to_differ_is_accepted() {
    let bends: &[Bend] = &[
        ("logout+jwt", |t| t.header["typ"] = json!("logout+jwt")),
        ("application/logout+jwt", |t| t.header["typ"] = json!("application/logout+jwt")),
        ("no typ", |t| drop(t.header.as_object_mut().unwrap().remove("typ"))),
        ("several audiences", |t| t.claims["aud"] = json!(["other", CLIENT_ID])),
        ("not expired", |t| t.claims["exp"] = json!(now().as_second() + 60)),
        ("a clock a minute fast", |t| t.claims["iat"] = json!(now().as_second() + 60)),
        ("five minutes under way", |t| t.claims["iat"] = json!(now().as_second() - 300)),
        ("no subject", |t| drop(t.claims.as_object_mut().unwrap().remove("sub"))),
    ];
    let liar = Liar::start().await;
    let provider = liar.provider();
    for (name, bend) in bends {
        let mut token = good(&liar.issuer);
        bend(&mut token);
        let found = provider.verify_logout_token(&token.write(), now()).await;
        assert!(found.is_ok(), "{name}: {found:?}");
    }
}

/// A name, and what is done to a good token.
type Bend = (&'static str, fn(&mut Token));
/// A name, what is done to a good token, and the refusal.
type Hostile = (&'static str, fn(&mut Token), LogoutRefusal);

const HOSTILE: &[Hostile] = &[
    ("alg none", |t| (t.header["alg"], t.signing) = (json!("none"), Signing::Nothing), LogoutRefusal::Unverified),
    (
        "HS256 by the public key",
        |t| (t.header["alg"], t.signing) = (json!("HS256"), Signing::HmacOfPublicKey),
        LogoutRefusal::Unverified,
    ),
    (
        "RS512",
        |t| (t.header["alg"], t.signing) = (json!("RS512"), Signing::As(super::liar::CoreAlgorithm::Rs512)),
        LogoutRefusal::Unverified,
    ),
    ("signed by another key", |t| t.signing = Signing::With(OTHER), LogoutRefusal::Unverified),
    ("not signed", |t| t.signing = Signing::Nothing, LogoutRefusal::Unverified),
    ("unknown kid", |t| t.header["kid"] = json!("unknown"), LogoutRefusal::Key),
    ("no kid", |t| drop(t.header.as_object_mut().unwrap().remove("kid")), LogoutRefusal::Key),
    ("an access token", |t| t.header["typ"] = json!("at+jwt"), LogoutRefusal::Unverified),
    ("a critical header", |t| t.header["crit"] = json!(["x"]), LogoutRefusal::Malformed),
    ("expired", |t| t.claims["exp"] = json!(now().as_second() - 1), LogoutRefusal::Expired),
    ("expiry a word", |t| t.claims["exp"] = json!("never"), LogoutRefusal::Expired),
    ("issued in two minutes", |t| t.claims["iat"] = json!(now().as_second() + 120), LogoutRefusal::IssuedAt),
    ("issued an hour ago", |t| t.claims["iat"] = json!(now().as_second() - 3600), LogoutRefusal::IssuedAt),
    ("no time of issue", |t| drop(t.claims.as_object_mut().unwrap().remove("iat")), LogoutRefusal::IssuedAt),
    ("no jti", |t| drop(t.claims.as_object_mut().unwrap().remove("jti")), LogoutRefusal::Jti),
    ("jti empty", |t| t.claims["jti"] = json!(""), LogoutRefusal::Jti),
    ("sid a number", |t| t.claims["sid"] = json!(7), LogoutRefusal::Sid),
    ("sid empty", |t| t.claims["sid"] = json!(""), LogoutRefusal::Sid),
    ("nonce null", |t| t.claims["nonce"] = json!(null), LogoutRefusal::Nonce),
    (
        "events a list",
        |t| t.claims["events"] = json!(["http://schemas.openid.net/event/backchannel-logout"]),
        LogoutRefusal::Events,
    ),
    (
        "the event a word",
        |t| t.claims["events"] = json!({"http://schemas.openid.net/event/backchannel-logout": "yes"}),
        LogoutRefusal::Events,
    ),
    (
        "issuer with a slash more",
        |t| t.claims["iss"] = json!(format!("{}/", t.claims["iss"].as_str().unwrap())),
        LogoutRefusal::Issuer,
    ),
    ("audiences without us", |t| t.claims["aud"] = json!(["a", "b"]), LogoutRefusal::Audience),
    ("padded", |t| t.garble = |token| format!("{token}="), LogoutRefusal::Malformed),
];

#[tokio::test]
async fn every_hostile_logout_token_is_refused() {
    let liar = Liar::start().await;
    let provider = liar.provider();
    for (name, bend, expected) in HOSTILE {
        let mut token = good(&liar.issuer);
        bend(&mut token);
        assert_eq!(provider.verify_logout_token(&token.write(), now()).await, Err(*expected), "{name}");
    }
    for malformed in ["", ".", "..", "...", "a.b.c", "e30.e30.", "{}", "\u{1F600}.\u{1F600}.\u{1F600}"] {
        assert!(provider.verify_logout_token(malformed, now()).await.is_err(), "{malformed}");
    }
}

#[tokio::test]
async fn an_id_token_logs_nobody_out() {
    let liar = Liar::start().await;
    let id_token = liar.words.lock().unwrap().id_token.write();
    assert_eq!(liar.provider().verify_logout_token(&id_token, now()).await, Err(LogoutRefusal::Events));
}

#[tokio::test]
async fn while_keys_cannot_be_fetched_the_provider_is_told_to_try_again() {
    let liar = Liar::start().await;
    liar.bend(|w| w.discovery_reply = Some(super::liar::Reply::is(503, "text/plain", "")));
    assert_eq!(liar.provider().verify_logout_token(&good(&liar.issuer).write(), now()).await, Err(LogoutRefusal::Unavailable));
}
