//! The honest log-ins, in every dialect of CIS2, and what we say to the provider.

use super::liar::{CLIENT, CLIENT_ID, Liar, NONCE, VERIFIER, Words, exchange, key, now};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::JsonWebKey as _;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};
use server::log_in::{AssertionAlgorithm, ClientAuthentication, Provider, pkce_challenge};
use std::collections::HashMap;

#[tokio::test]
async fn an_honest_log_in_says_who_with_which_roles_and_which_session() {
    let provider = Liar::start().await.provider();
    let logged_in = exchange(&provider).await.unwrap();
    let identity = logged_in.identity;
    assert_eq!((identity.uid.as_str(), identity.name.as_str()), ("910000000001", "Dr Priya Nair"));
    assert_eq!(identity.roles.len(), 1);
    assert_eq!(identity.roles[0].organisation.name, "Riverside Surgery");
    assert_eq!(logged_in.sid.as_deref(), Some("08a5019c-17e1-4977-8f42-65a12843ea02"));
    assert_eq!(logged_in.auth_time.as_second(), now().as_second() - 5);
}

/// A name, and how an honest provider says it.
type Dialect = (&'static str, fn(&mut Words));

#[tokio::test]
async fn every_dialect_of_an_honest_provider_is_understood() {
    let dialects: &[Dialect] = &[
        ("levels as strings", |w| {
            (*w.claim("id_assurance_level"), *w.claim("authentication_assurance_level")) = (json!("3"), json!("2"));
        }),
        ("levels as numbers", |w| {
            (*w.claim("id_assurance_level"), *w.claim("authentication_assurance_level")) = (json!(3), json!(2));
        }),
        ("the context as asked", |w| *w.claim("acr") = json!("AAL2_OR_AAL3_ANY")),
        ("audience a list of one", |w| *w.claim("aud") = json!([CLIENT_ID])),
        ("no authorised party", |w| w.without("azp")),
        ("no at_hash", |w| w.without("at_hash")),
        ("a clock a minute fast", |w| *w.claim("iat") = json!(now().as_second() + 60)),
        ("authenticated five minutes ago", |w| *w.claim("auth_time") = json!(now().as_second() - 300)),
        ("no typ", |w| drop(w.id_token.header.as_object_mut().unwrap().remove("typ"))),
        ("expires_in a number", |w| w.tokens["expires_in"] = json!(3599)),
        ("bearer in small letters", |w| w.tokens["token_type"] = json!("bearer")),
        ("user information signed", |w| drop(w.signed_userinfo().write())),
        ("keys it doesn't understand beside its own", |w| {
            w.jwks["keys"].as_array_mut().unwrap().extend([json!({"kty": "AKP", "kid": "pq"}), json!(7)]);
        }),
    ];
    for (name, bend) in dialects {
        let liar = Liar::start().await;
        liar.bend(bend);
        let found = exchange(&liar.provider()).await;
        assert!(found.is_ok(), "{name}: {:?}", found.err());
    }
}

#[tokio::test]
async fn a_session_without_a_sid_is_still_a_session() {
    let liar = Liar::start().await;
    liar.bend(|w| w.without("sid"));
    assert_eq!(exchange(&liar.provider()).await.unwrap().sid, None);
}

#[tokio::test]
async fn the_browser_is_sent_with_everything_rule_one_asks_for() {
    let liar = Liar::start().await;
    let address = liar.provider().authorise_url("the-state", NONCE, &pkce_challenge(VERIFIER), now()).await.unwrap();
    let url = reqwest::Url::parse(&address).unwrap();
    assert!(address.starts_with(&format!("{}/authorize?", liar.issuer)));
    let sent: HashMap<_, _> = url.query_pairs().into_owned().collect();
    let expected = [
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", "http://localhost:3000/log-in/callback"),
        ("scope", "openid profile nhsperson nationalrbacaccess associatedorgs selectedrole"),
        ("state", "the-state"),
        ("nonce", NONCE),
        ("code_challenge", &pkce_challenge(VERIFIER)),
        ("code_challenge_method", "S256"),
        ("prompt", "login"),
        ("max_age", "300"),
        ("acr_values", "AAL2_OR_AAL3_ANY"),
    ];
    assert_eq!(sent, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    assert!(!address.contains(VERIFIER));
}

/// The parts of a token, and whether the key of our published set has signed it.
fn open(token: &str, jwks: &Value, algorithm: &CoreJwsSigningAlgorithm) -> (Value, Value, bool) {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let part = |part: &str| serde_json::from_slice::<Value>(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let (header, claims) = (part(header), part(claims));
    let named = jwks["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
    let key: CoreJsonWebKey = serde_json::from_value(named.clone()).unwrap();
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    let good = key.verify_signature(algorithm, signed.as_bytes(), &signature).is_ok();
    (header, claims, good)
}

#[tokio::test]
async fn the_token_endpoint_gets_a_fresh_assertion_for_its_exact_address_and_no_secret() {
    for (algorithm, name, core) in [
        (AssertionAlgorithm::Rs512, "RS512", CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512),
        (AssertionAlgorithm::Rs256, "RS256", CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256),
    ] {
        let liar = Liar::start().await;
        let mut settings = liar.settings();
        settings.client = ClientAuthentication::PrivateKeyJwt { key_pems: vec![key(CLIENT).into()], algorithm };
        let provider = Provider::new(settings).unwrap();
        exchange(&provider).await.unwrap();
        let form = liar.asked().form;
        assert_eq!(form["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assert_eq!((form["grant_type"].as_str(), form["client_id"].as_str()), ("authorization_code", CLIENT_ID));
        assert!(!form.contains_key("client_secret"));
        let (header, claims, good) = open(&form["client_assertion"], &provider.jwks(), &core);
        assert!(good);
        assert_eq!((&header["alg"], &header["typ"]), (&json!(name), &json!("JWT")));
        assert_eq!((&claims["iss"], &claims["sub"]), (&json!(CLIENT_ID), &json!(CLIENT_ID)));
        assert_eq!(claims["aud"], json!(format!("{}/access_token", liar.issuer)));
        let lifetime = claims["exp"].as_i64().unwrap() - now().as_second();
        assert!((1..=300).contains(&lifetime), "{lifetime}");
        let _ = exchange(&provider).await;
        let (_, again, _) = open(&liar.asked().form["client_assertion"], &provider.jwks(), &core);
        assert_ne!(claims["jti"], again["jti"]);
    }
}

#[tokio::test]
async fn the_first_of_our_keys_signs_and_all_are_published() {
    let liar = Liar::start().await;
    let mut settings = liar.settings();
    let key_pems = vec![key(super::liar::OTHER).into(), key(CLIENT).into()];
    settings.client = ClientAuthentication::PrivateKeyJwt { key_pems, algorithm: AssertionAlgorithm::Rs512 };
    let provider = Provider::new(settings).unwrap();
    exchange(&provider).await.unwrap();
    let jwks = provider.jwks();
    assert_eq!(jwks["keys"].as_array().unwrap().len(), 2);
    let (header, _, good) = open(&liar.asked().form["client_assertion"], &jwks, &CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512);
    assert!(good && header["kid"] == jwks["keys"][0]["kid"]);
}

#[tokio::test]
async fn a_client_with_a_secret_sends_it_in_the_form_and_publishes_no_key() {
    let liar = Liar::start().await;
    let mut settings = liar.settings();
    settings.client = ClientAuthentication::Secret("a secret & more".into());
    let provider = Provider::new(settings).unwrap();
    exchange(&provider).await.unwrap();
    let form = liar.asked().form;
    assert_eq!(form["client_secret"], "a secret & more");
    assert!(!form.contains_key("client_assertion"));
    assert_eq!(provider.jwks(), json!({"keys": []}));
}
