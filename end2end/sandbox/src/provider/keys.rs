//! The provider's signing key, its public half as JWKS, and a way for tests to have anything signed with it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreHmacKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::Shared;

/// With the characters that CIS2's key ids carry (identity.md 1.3).
const KEY_ID: &str = "b/O6OvVv1+y+WgrH5Ui9WTioLt0=";

/// The one key of the provider. It lies open in the source: whoever trusts this provider trusts anybody.
pub(crate) struct ProviderKey {
    private: CoreRsaPrivateSigningKey,
    /// The public half, as published.
    public: Value,
}

impl ProviderKey {
    /// Reads the key built in, so that it outlives a restart as the keys of a real provider do.
    pub(crate) fn load() -> Result<Self, String> {
        let id = JsonWebKeyId::new(KEY_ID.to_owned());
        let private = CoreRsaPrivateSigningKey::from_pem(include_str!("signing-key.pem"), Some(id))?;
        let mut public = serde_json::to_value(private.as_verification_key()).map_err(|error| error.to_string())?;
        public["alg"] = json!("RS256");
        Ok(Self { private, public })
    }

    /// The header of every token of the provider.
    pub(crate) fn header() -> Map<String, Value> {
        [("typ", "JWT"), ("kid", KEY_ID), ("alg", "RS256")]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect()
    }

    /// A compact JWT, signed as its header says; a header that names no algorithm of ours is signed with RS256 all the same.
    pub(crate) fn sign(&self, header: &Map<String, Value>, claims: &Map<String, Value>) -> Result<String, String> {
        let part = |value: &Map<String, Value>| URL_SAFE_NO_PAD.encode(Value::Object(value.clone()).to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let bytes = message.as_bytes();
        let signature = match header.get("alg").and_then(Value::as_str) {
            Some("none") => Ok(Vec::new()),
            // The old confusion of a public key with a shared secret.
            Some("HS256") => CoreHmacKey::new(self.public.to_string()).sign(&CoreJwsSigningAlgorithm::HmacSha256, bytes),
            Some("RS384") => self.private.sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384, bytes),
            Some("RS512") => self.private.sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512, bytes),
            Some("PS256") => self.private.sign(&CoreJwsSigningAlgorithm::RsaSsaPssSha256, bytes),
            _ => self.private.sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, bytes),
        }
        .map_err(|error| error.to_string())?;
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// The same token with one bit of its signature turned.
    pub(crate) fn spoil(token: &str) -> String {
        let (message, signature) = token.rsplit_once('.').unwrap_or((token, ""));
        let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
        if let Some(first) = bytes.first_mut() {
            *first ^= 1;
        }
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// The JWKS, below the issuer.
pub(crate) fn endpoint() -> Router<Shared> {
    Router::new().route("/connect/jwk_uri", get(jwks))
}

/// `POST /sign`, for tests only: a provider that signs whatever it is handed exists nowhere else.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/sign", post(sign))
}

async fn jwks(State(sandbox): State<Shared>) -> Json<Value> {
    Json(json!({ "keys": [sandbox.key.public] }))
}

/// What a test wants signed.
#[derive(Deserialize)]
struct ToSign {
    claims: Map<String, Value>,
    /// Put over the usual header; `null` takes a value away.
    #[serde(default)]
    header: Map<String, Value>,
    /// Whether to spoil the signature.
    #[serde(default)]
    spoil: bool,
}

/// Answers with the JWT as plain text.
async fn sign(State(sandbox): State<Shared>, Json(wanted): Json<ToSign>) -> Response {
    let mut header = ProviderKey::header();
    crate::faults::overlay(&mut header, &wanted.header);
    match sandbox.key.sign(&header, &wanted.claims) {
        Ok(token) if wanted.spoil => ProviderKey::spoil(&token).into_response(),
        Ok(token) => token.into_response(),
        Err(problem) => (StatusCode::INTERNAL_SERVER_ERROR, problem).into_response(),
    }
}
