//! `private_key_jwt`: the signed statement by which the token endpoint knows us (RFC 7523 §3, domain notes §1.3).

use super::jwks::SigningKey;
use super::settings::AssertionAlgorithm;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::json;

/// The value of `client_assertion_type`.
pub(super) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How long an assertion is good for, in seconds; the provider allows 300.
const LIFETIME: i64 = 240;

/// A fresh assertion with its own `jti`. `token_endpoint` must be the string as published, with its `:443`.
pub(super) fn assertion(
    key: &SigningKey,
    algorithm: AssertionAlgorithm,
    client_id: &str,
    token_endpoint: &str,
    now: Timestamp,
) -> Option<String> {
    let header = json!({"alg": algorithm.name(), "kid": key.kid(), "typ": "JWT"});
    let issued = now.as_second();
    let claims = json!({
        "iss": client_id,
        "sub": client_id,
        "aud": token_endpoint,
        "jti": uuid::Uuid::new_v4().to_string(),
        "iat": issued,
        "exp": issued + LIFETIME,
    });
    let encode = |part: &serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
    let signed = format!("{}.{}", encode(&header), encode(&claims));
    let signature = key.sign(algorithm, signed.as_bytes())?;
    Some(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
}
