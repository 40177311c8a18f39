//! A compact JWS as the provider sends it: read with suspicion, then verified with RS256 and nothing else.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::JsonWebKey as _;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use serde_json::{Map, Value};

/// A token that has three readable parts. Nothing in it may be believed before [`Jws::verify`].
pub(super) struct Jws<'t> {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    signed: &'t str,
    signature: Vec<u8>,
}

/// What is wrong with a token before its claims are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Defect {
    /// Not three parts of base64url JSON, or a header field we would have to understand and don't.
    Malformed,
    /// `alg` is not RS256.
    Algorithm,
    /// `kid` is missing, or no key (or more than one) has it.
    Key,
    /// The signature does not fit.
    Signature,
}

impl<'t> Jws<'t> {
    /// Reads a token. Fails with [`Defect::Malformed`] or, because nothing else is of interest then, [`Defect::Algorithm`].
    pub(super) fn parse(token: &'t str) -> Result<Self, Defect> {
        let (signed, signature) = token.rsplit_once('.').ok_or(Defect::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(Defect::Malformed)?;
        let header = object(header)?;
        // RFC 7515 §4.1.11: what is critical and not understood must be refused. A token in a token (`cty`) is never sent to us.
        if header.contains_key("crit") || header.contains_key("cty") || header.contains_key("b64") {
            return Err(Defect::Malformed);
        }
        if header.get("alg").and_then(Value::as_str) != Some("RS256") {
            return Err(Defect::Algorithm);
        }
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| Defect::Malformed)?;
        Ok(Self { header, claims: object(claims)?, signed, signature })
    }

    /// The `kid`, a string that may hold `/ + =` (domain notes §1.3).
    pub(super) fn kid(&self) -> Result<&str, Defect> {
        self.header.get("kid").and_then(Value::as_str).ok_or(Defect::Key)
    }

    /// The `typ` in lower case without its `application/` prefix (RFC 7515 §4.1.9), or nothing; not a string: malformed.
    pub(super) fn kind(&self) -> Result<Option<String>, Defect> {
        match self.header.get("typ") {
            None => Ok(None),
            Some(Value::String(kind)) => {
                let kind = kind.to_ascii_lowercase();
                Ok(Some(kind.strip_prefix("application/").map_or(kind.clone(), ToOwned::to_owned)))
            }
            Some(_) => Err(Defect::Malformed),
        }
    }

    /// The claims, not to be believed yet: only for telling whose token this claims to be before fetching keys for it.
    pub(super) fn unverified_claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// The claims, once one of the keys has signed them.
    pub(super) fn verify(self, keys: &[CoreJsonWebKey]) -> Result<Map<String, Value>, Defect> {
        let kid = self.kid()?;
        let mut named = keys.iter().filter(|key| key.key_id().is_some_and(|id| id.as_str() == kid));
        let key = named.next().ok_or(Defect::Key)?;
        if named.next().is_some() {
            return Err(Defect::Key);
        }
        key.verify_signature(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, self.signed.as_bytes(), &self.signature)
            .map_err(|_| Defect::Signature)?;
        Ok(self.claims)
    }
}

fn object(part: &str) -> Result<Map<String, Value>, Defect> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| Defect::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Defect::Malformed)
}

/// Does `aud`, a string or an array, name this client?
pub(super) fn names_audience(aud: &Value, client_id: &str) -> bool {
    match aud {
        Value::String(one) => one == client_id,
        Value::Array(several) => several.iter().any(|one| one.as_str() == Some(client_id)),
        _ => false,
    }
}
