//! The user information: JSON, or a JWT signed by the provider (CIS2's has no `aud`), about the person of the ID token.

use super::discovery::Discovery;
use super::http::Http;
use super::jws::{Defect, Jws, names_audience};
use super::refusal::LogInRefusal;
use super::settings::Settings;
use jiff::Timestamp;
use openidconnect::UserInfoUrl;
use openidconnect::http::{Method, Request, header};
use serde_json::{Map, Value};

/// Fetches the user information of `subject` and makes sure that it is theirs.
pub(super) async fn fetch(
    http: &Http,
    address: &UserInfoUrl,
    access_token: &str,
    subject: &str,
    settings: &Settings,
    discovery: &Discovery,
    now: Timestamp,
) -> Result<Map<String, Value>, LogInRefusal> {
    let request = Request::builder()
        .method(Method::GET)
        .uri(address.as_str())
        .header(header::ACCEPT, "application/json, application/jwt")
        .header(header::AUTHORIZATION, format!("Bearer {access_token}"))
        .body(Vec::new())
        .map_err(|_| LogInRefusal::TokenResponse)?;
    let answer = http.send(request).await.map_err(|_| LogInRefusal::Unavailable)?;
    if answer.status().is_server_error() {
        return Err(LogInRefusal::Unavailable);
    }
    if !answer.status().is_success() {
        return Err(LogInRefusal::UserInfo);
    }
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let claims = match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => serde_json::from_slice(answer.body()).map_err(|_| LogInRefusal::UserInfo)?,
        "application/jwt" => {
            let token = std::str::from_utf8(answer.body()).map_err(|_| LogInRefusal::UserInfo)?;
            signed(token.trim(), settings, discovery, now).await?
        }
        _ => return Err(LogInRefusal::UserInfo),
    };
    if claims.get("sub").and_then(Value::as_str) == Some(subject) { Ok(claims) } else { Err(LogInRefusal::SubjectMismatch) }
}

/// Issuer and audience are compared where they are given, so that no other token of the provider passes for user information.
async fn signed(
    token: &str,
    settings: &Settings,
    discovery: &Discovery,
    now: Timestamp,
) -> Result<Map<String, Value>, LogInRefusal> {
    let jws = Jws::parse(token).map_err(refusal_of)?;
    let kid = jws.kid().map_err(refusal_of)?;
    let keys = discovery.keys_for(kid, now).await.map_err(|_| LogInRefusal::Unavailable)?;
    let claims = jws.verify(&keys).map_err(refusal_of)?;
    if claims.get("iss").is_some_and(|issuer| issuer.as_str() != Some(&settings.issuer)) {
        return Err(LogInRefusal::Issuer);
    }
    if claims.get("aud").is_some_and(|audience| !names_audience(audience, &settings.client_id)) {
        return Err(LogInRefusal::Audience);
    }
    if claims.get("exp").is_some_and(|expiry| expiry.as_f64().is_none_or(|expiry| expiry <= seconds(now))) {
        return Err(LogInRefusal::Expired);
    }
    if claims.contains_key("nonce") || claims.contains_key("events") {
        return Err(LogInRefusal::UserInfo);
    }
    Ok(claims)
}

#[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^52")]
fn seconds(now: Timestamp) -> f64 {
    now.as_second() as f64
}

fn refusal_of(defect: Defect) -> LogInRefusal {
    match defect {
        Defect::Malformed => LogInRefusal::UserInfo,
        Defect::Algorithm | Defect::Key | Defect::Signature => LogInRefusal::UserInfoSignature,
    }
}
