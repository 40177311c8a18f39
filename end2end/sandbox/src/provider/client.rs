//! Proof that a token request comes from the registered client: a signed assertion (identity.md 1.3), or a secret where one is set.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::JsonWebKey;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::token::TokenRequest;
use crate::{Sandbox, clock, lock};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest an assertion may still be good for, in seconds.
const LONGEST: i64 = 300;
/// How far two clocks may differ, in seconds.
const LEEWAY: i64 = 10;

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
}

#[derive(Deserialize)]
struct Assertion {
    iss: String,
    sub: String,
    aud: Value,
    exp: i64,
    jti: String,
    iat: Option<i64>,
    nbf: Option<i64>,
}

/// Checks the client; the error says what was wrong, for the log only: the caller always hears the same.
pub(super) async fn authenticate(sandbox: &Sandbox, request: &TokenRequest) -> Result<(), &'static str> {
    if !request.client_id.is_empty() && request.client_id != sandbox.settings.client_id {
        return Err("another client id");
    }
    if !request.client_assertion.is_empty() {
        if request.client_assertion_type != ASSERTION_TYPE {
            return Err("another assertion type");
        }
        return assertion(sandbox, &request.client_assertion).await;
    }
    match &sandbox.settings.client_secret {
        Some(secret) if *secret == request.client_secret && !request.client_id.is_empty() => Ok(()),
        _ => Err("neither an assertion nor the secret"),
    }
}

/// The answer to a client that did not prove itself, in CIS2's words.
pub(super) fn invalid_client() -> (StatusCode, Value) {
    let body = json!({ "error": "invalid_client", "error_description": "JWT is not valid" });
    (StatusCode::BAD_REQUEST, body)
}

async fn assertion(sandbox: &Sandbox, jwt: &str) -> Result<(), &'static str> {
    let (message, signature) = jwt.rsplit_once('.').ok_or("not a JWT")?;
    let (header, claims) = message.split_once('.').ok_or("not a JWT")?;
    let header: Header = part(header)?;
    let claims: Assertion = part(claims)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "not base64url")?;
    let algorithm = match header.alg.as_str() {
        "RS256" => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        "RS512" => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
        _ => return Err("neither RS256 nor RS512"),
    };
    let keys = fetch_keys(sandbox).await?;
    let verified = keys
        .iter()
        .filter(|key| header.kid.is_none() || key.key_id().map(|id| id.as_str()) == header.kid.as_deref())
        .any(|key| key.verify_signature(&algorithm, message.as_bytes(), &signature).is_ok());
    if !verified {
        return Err("the signature fits no key of the client");
    }
    claims.check(sandbox)?;
    remember(sandbox, &claims)
}

fn part<T: DeserializeOwned>(encoded: &str) -> Result<T, &'static str> {
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| "not base64url")?;
    serde_json::from_slice(&bytes).map_err(|_| "not the JSON expected")
}

/// The client's keys, fetched anew each time so that a test may change them at will.
async fn fetch_keys(sandbox: &Sandbox) -> Result<Vec<CoreJsonWebKey>, &'static str> {
    let address = format!("{}/log-in/jwks.json", sandbox.settings.portal_url);
    let answer = sandbox.http.get(address).send().await.map_err(|_| "the client's keys cannot be fetched")?;
    let keys: CoreJsonWebKeySet = answer.json().await.map_err(|_| "the client's keys cannot be read")?;
    Ok(keys.keys().clone())
}

impl Assertion {
    fn check(&self, sandbox: &Sandbox) -> Result<(), &'static str> {
        let settings = &sandbox.settings;
        let now = clock::seconds();
        let audience = match &self.aud {
            Value::Array(several) if several.len() == 1 => several[0].as_str(),
            one => one.as_str(),
        };
        if self.iss != settings.client_id || self.sub != settings.client_id {
            return Err("issuer or subject is not the client id");
        }
        if audience != Some(settings.token_endpoint().as_str()) {
            return Err("the audience is not the token endpoint as published");
        }
        if self.exp <= now - LEEWAY {
            return Err("expired");
        }
        if self.exp > now + LONGEST + LEEWAY {
            return Err("good for longer than five minutes");
        }
        if self.iat.or(self.nbf).is_some_and(|from| from > now + LEEWAY) {
            return Err("from the future");
        }
        Ok(())
    }
}

/// Refuses an assertion that was used before.
fn remember(sandbox: &Sandbox, claims: &Assertion) -> Result<(), &'static str> {
    let now = clock::seconds();
    let seen = &mut lock(&sandbox.provider).assertions;
    seen.retain(|_, until| *until > now);
    match seen.insert(claims.jti.clone(), claims.exp + LEEWAY + 1) {
        Some(_) => Err("used before"),
        None => Ok(()),
    }
}
