//! Back-channel logout: the provider ends a session, and its signature is the only authentication (OpenID Connect Back-Channel Logout).

use super::discovery::Discovery;
use super::id_token::LEEWAY;
use super::jws::{Defect, Jws, names_audience};
use super::settings::Settings;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// The event that makes a token a logout token.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How long ago a logout token may have been issued, in seconds. A `jti` must be remembered for longer than this and the leeway.
pub const OLDEST_LOGOUT: i64 = 300;
/// The longest identifier that is accepted in `sid` and `jti`.
const LONGEST_ID: usize = 255;

/// A verified logout token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutToken {
    /// The provider's session.
    pub sid: String,
    /// The token's own identifier: the same one again is a replay, answered like the first.
    pub jti: String,
}

/// Why a logout token was refused. The words are `error_description`; the published ones are exact (domain notes §1.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoutRefusal {
    /// No `logout_token`, or not a JWT.
    #[error("Malformed JWT in logout_token")]
    Malformed,
    /// `kid` missing or unknown.
    #[error("Invalid 'kid' header in logout_token JWT - no matching public key")]
    Key,
    /// Signature wrong, or an algorithm or type of token that is not accepted.
    #[error("Unable to verify JWT")]
    Unverified,
    /// Published.
    #[error("Missing/invalid iss claim in JWT")]
    Issuer,
    /// Published.
    #[error("Missing/invalid aud claim in JWT")]
    Audience,
    /// Published.
    #[error("Missing/invalid events claim in JWT")]
    Events,
    /// Published.
    #[error("Prohibited nonce claim in JWT")]
    Nonce,
    /// Published.
    #[error("Missing sid claim in JWT")]
    Sid,
    /// Ours, in the style of the published ones.
    #[error("Missing/invalid iat claim in JWT")]
    IssuedAt,
    /// Ours.
    #[error("Missing/invalid exp claim in JWT")]
    Expired,
    /// Ours.
    #[error("Missing/invalid jti claim in JWT")]
    Jti,
    /// The provider's keys could not be fetched, so nothing can be said: the provider may try again.
    #[error("Keys unavailable")]
    Unavailable,
}

/// Verifies a logout token. Asking for keys comes after the issuer and audience have been looked at: anybody can post here.
pub(super) async fn verify(
    token: &str,
    settings: &Settings,
    discovery: &Discovery,
    now: Timestamp,
) -> Result<LogoutToken, LogoutRefusal> {
    let jws = Jws::parse(token).map_err(refusal_of)?;
    if !matches!(jws.kind().map_err(refusal_of)?.as_deref(), None | Some("jwt" | "logout+jwt")) {
        return Err(LogoutRefusal::Unverified);
    }
    check_addressee(jws.unverified_claims(), settings)?;
    let kid = jws.kid().map_err(refusal_of)?;
    let keys = discovery.keys_for(kid, now).await.map_err(|_| LogoutRefusal::Unavailable)?;
    let claims = jws.verify(&keys).map_err(refusal_of)?;
    check_times(&claims, now.as_second())?;
    if !claims.get("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object) {
        return Err(LogoutRefusal::Events);
    }
    if claims.contains_key("nonce") {
        return Err(LogoutRefusal::Nonce);
    }
    let sid = identifier(&claims, "sid").ok_or(LogoutRefusal::Sid)?;
    let jti = identifier(&claims, "jti").ok_or(LogoutRefusal::Jti)?;
    Ok(LogoutToken { sid, jti })
}

fn check_addressee(claims: &Map<String, Value>, settings: &Settings) -> Result<(), LogoutRefusal> {
    if claims.get("iss").and_then(Value::as_str) != Some(&settings.issuer) {
        return Err(LogoutRefusal::Issuer);
    }
    if claims.get("aud").is_some_and(|audience| names_audience(audience, &settings.client_id)) {
        Ok(())
    } else {
        Err(LogoutRefusal::Audience)
    }
}

fn check_times(claims: &Map<String, Value>, now: i64) -> Result<(), LogoutRefusal> {
    let age = claims.get("iat").and_then(Value::as_i64).map(|issued| now.saturating_sub(issued));
    if !age.is_some_and(|age| (-LEEWAY..=OLDEST_LOGOUT + LEEWAY).contains(&age)) {
        return Err(LogoutRefusal::IssuedAt);
    }
    match claims.get("exp") {
        Some(expiry) if expiry.as_i64().is_none_or(|expiry| expiry <= now) => Err(LogoutRefusal::Expired),
        _ => Ok(()),
    }
}

fn identifier(claims: &Map<String, Value>, name: &str) -> Option<String> {
    claims.get(name)?.as_str().filter(|id| (1..=LONGEST_ID).contains(&id.len())).map(ToOwned::to_owned)
}

fn refusal_of(defect: Defect) -> LogoutRefusal {
    match defect {
        Defect::Malformed => LogoutRefusal::Malformed,
        Defect::Key => LogoutRefusal::Key,
        Defect::Algorithm | Defect::Signature => LogoutRefusal::Unverified,
    }
}
