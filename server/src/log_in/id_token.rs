//! The ID token: every check the standard and CIS2 ask for, most by the library, the rest here.

use super::discovery::Discovery;
use super::jws::{Defect, Jws};
use super::refusal::{LogInRefusal, Refused};
use super::settings::Settings;
use jiff::Timestamp;
use openidconnect::core::{CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, AccessTokenHash, AdditionalClaims, ClaimsVerificationError, ClientId, IdToken, IdTokenClaims, IdTokenVerifier,
    IssuerUrl, JsonWebKeySet, Nonce, SignatureVerificationError,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::str::FromStr as _;
use std::time::SystemTime;

/// How far the provider's clock may be from ours, in seconds.
pub(super) const LEEWAY: i64 = 60;
/// How long ago somebody may have authenticated, in seconds: the `max_age` we send, which a user can edit in the browser.
pub(super) const OLDEST_AUTHENTICATION: i64 = 300;
/// How long ago the token may have been issued, in seconds.
const OLDEST_ISSUE: i64 = 300;
/// Tells the two uses of the library's `Expired` apart.
const ISSUED_AT: &str = "issued-at";

/// The claims of CIS2 that the standard does not know; of any JSON type, because numbers come as strings and the other way round.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Extras {
    id_assurance_level: Option<Value>,
    authentication_assurance_level: Option<Value>,
    sid: Option<Value>,
    selected_roleid: Option<Value>,
}
impl AdditionalClaims for Extras {}

type Token = IdToken<Extras, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Claims = IdTokenClaims<Extras, CoreGenderClaim>;

/// What a good ID token says.
pub(super) struct Verified {
    pub(super) subject: String,
    pub(super) sid: Option<String>,
    pub(super) selected_role: Option<String>,
    pub(super) auth_time: Timestamp,
}

/// Verifies everything, in this order: algorithm, issuer, key, then the library's checks, then CIS2's.
pub(super) async fn verify(
    raw: &str,
    access_token: &str,
    nonce: &str,
    settings: &Settings,
    discovery: &Discovery,
    now: Timestamp,
) -> Result<Verified, Refused> {
    let jws = Jws::parse(raw).map_err(refusal_of)?;
    // Before any key is fetched for it, and as the raw string: the library's type would already have parsed a URL.
    if jws.unverified_claims().get("iss").and_then(Value::as_str) != Some(settings.issuer.as_str()) {
        return Err(LogInRefusal::Issuer.into());
    }
    let kid = jws.kid().map_err(refusal_of)?;
    let keys = discovery.keys_for(kid, now).await.map_err(|_| LogInRefusal::Unavailable)?;
    let verifier = verifier(settings, keys.to_vec(), now)?;
    let token = Token::from_str(raw).map_err(|_| LogInRefusal::IdToken)?;
    let claims = token.claims(&verifier, &Nonce::new(nonce.to_owned())).map_err(|error| refusal_by_library(&error))?;
    let subject = claims.subject().as_str().to_owned();
    if subject.is_empty() || subject.len() > 255 {
        return Err(LogInRefusal::IdToken.into());
    }
    let refuse = |reason| Refused::of(reason, &subject);
    check_party(claims, &settings.client_id).map_err(refuse)?;
    check_access_token(&token, claims, &verifier, access_token).map_err(refuse)?;
    check_assurance(claims.additional_claims(), settings).map_err(refuse)?;
    let auth_time = claims.auth_time().and_then(|time| Timestamp::from_second(time.timestamp()).ok());
    let auth_time = auth_time.ok_or_else(|| refuse(LogInRefusal::AuthenticationTime))?;
    let extras = claims.additional_claims();
    let (sid, selected_role) = (text(extras.sid.as_ref()), text(extras.selected_roleid.as_ref()));
    Ok(Verified { subject, sid, selected_role, auth_time })
}

/// The library accepts any `iat`, `acr` and `auth_time` unless told otherwise, and would ask the system for the time.
fn verifier(
    settings: &Settings,
    keys: Vec<CoreJsonWebKey>,
    now: Timestamp,
) -> Result<IdTokenVerifier<'_, CoreJsonWebKey>, LogInRefusal> {
    let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|_| LogInRefusal::Issuer)?;
    let client_id = ClientId::new(settings.client_id.clone());
    let seconds = now.as_second();
    Ok(IdTokenVerifier::new_public_client(client_id, issuer, JsonWebKeySet::new(keys))
        .set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256])
        .set_time_fn(move || SystemTime::from(now).into())
        .set_issue_time_verifier_fn(move |issued| {
            let age = seconds.saturating_sub(issued.timestamp());
            if (-LEEWAY..=OLDEST_ISSUE + LEEWAY).contains(&age) { Ok(()) } else { Err(ISSUED_AT.into()) }
        })
        .set_auth_time_verifier_fn(move |authenticated| {
            let age = authenticated.map(|time| seconds.saturating_sub(time.timestamp()));
            let recent = age.is_some_and(|age| (-LEEWAY..=OLDEST_AUTHENTICATION).contains(&age));
            if recent { Ok(()) } else { Err("auth_time".into()) }
        })
        .set_auth_context_verifier_fn(move |acr| {
            if acr.is_some_and(|acr| settings.accepts_acr(acr.as_str())) { Ok(()) } else { Err("acr".into()) }
        }))
}

/// `azp`, where it is given, is us (OpenID Connect Core §3.1.3.7 step 5). Other audiences the library has refused already.
fn check_party(claims: &Claims, client_id: &str) -> Result<(), LogInRefusal> {
    match claims.authorized_party() {
        Some(party) if party.as_str() != client_id => Err(LogInRefusal::AuthorisedParty),
        _ => Ok(()),
    }
}

/// `at_hash`, where it is given, belongs to the access token that came with it.
fn check_access_token(
    token: &Token,
    claims: &Claims,
    verifier: &IdTokenVerifier<'_, CoreJsonWebKey>,
    access_token: &str,
) -> Result<(), LogInRefusal> {
    let Some(stated) = claims.access_token_hash() else { return Ok(()) };
    let key = token.signing_key(verifier).map_err(|_| LogInRefusal::Key)?;
    let access_token = AccessToken::new(access_token.to_owned());
    let actual = AccessTokenHash::from_token(&access_token, &CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, key);
    if actual.is_ok_and(|actual| actual == *stated) { Ok(()) } else { Err(LogInRefusal::AccessTokenHash) }
}

fn check_assurance(extras: &Extras, settings: &Settings) -> Result<(), LogInRefusal> {
    if level(extras.id_assurance_level.as_ref()) < Some(settings.identity_assurance) {
        return Err(LogInRefusal::IdentityAssurance);
    }
    if level(extras.authentication_assurance_level.as_ref()) < Some(settings.authentication_assurance()) {
        return Err(LogInRefusal::AuthenticationAssurance);
    }
    Ok(())
}

/// A level from 0 to 3, as a number or as a string of one digit; anything else is no level.
fn level(claim: Option<&Value>) -> Option<u8> {
    let level = match claim? {
        Value::Number(number) => u8::try_from(number.as_u64()?).ok()?,
        Value::String(text) if text.len() == 1 => text.parse().ok()?,
        _ => return None,
    };
    (level <= 3).then_some(level)
}

/// A string that says something.
fn text(claim: Option<&Value>) -> Option<String> {
    claim.and_then(Value::as_str).filter(|text| !text.is_empty() && text.len() <= 255).map(ToOwned::to_owned)
}

fn refusal_of(defect: Defect) -> LogInRefusal {
    match defect {
        Defect::Malformed => LogInRefusal::IdToken,
        Defect::Algorithm => LogInRefusal::Algorithm,
        Defect::Key => LogInRefusal::Key,
        Defect::Signature => LogInRefusal::Signature,
    }
}

/// The library's message names what it found, so only its kind is kept.
fn refusal_by_library(error: &ClaimsVerificationError) -> LogInRefusal {
    use SignatureVerificationError as S;
    match error {
        ClaimsVerificationError::Expired(text) if text == ISSUED_AT => LogInRefusal::IssuedAt,
        ClaimsVerificationError::Expired(_) => LogInRefusal::Expired,
        ClaimsVerificationError::InvalidAudience(_) => LogInRefusal::Audience,
        ClaimsVerificationError::InvalidAuthContext(_) => LogInRefusal::AuthenticationContext,
        ClaimsVerificationError::InvalidAuthTime(_) => LogInRefusal::AuthenticationTime,
        ClaimsVerificationError::InvalidIssuer(_) => LogInRefusal::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => LogInRefusal::Nonce,
        ClaimsVerificationError::SignatureVerification(S::NoMatchingKey | S::AmbiguousKeyId(_) | S::InvalidKey(_)) => {
            LogInRefusal::Key
        }
        ClaimsVerificationError::SignatureVerification(S::DisallowedAlg(_) | S::UnsupportedAlg(_) | S::NoSignature) => {
            LogInRefusal::Algorithm
        }
        ClaimsVerificationError::SignatureVerification(_) => LogInRefusal::Signature,
        _ => LogInRefusal::IdToken,
    }
}

#[cfg(test)]
mod tests {
    use super::level;
    use serde_json::json;

    #[test]
    fn a_level_is_a_number_or_a_digit_and_nothing_else() {
        for (claim, expected) in [
            (json!(3), Some(3)),
            (json!("3"), Some(3)),
            (json!("2"), Some(2)),
            (json!(0), Some(0)),
            (json!("+3"), None),
            (json!("03"), None),
            (json!("٣"), None),
            (json!(3.0), None),
            (json!(-3), None),
            (json!(259), None),
            (json!(9), None),
            (json!([3]), None),
            (json!(true), None),
            (json!(null), None),
        ] {
            assert_eq!(level(Some(&claim)), expected, "{claim}");
        }
        assert!(level(None) < Some(3));
    }
}
