//! Our own signing keys: read, named by their thumbprint, and published so that the provider can check our assertions.

use super::settings::{AssertionAlgorithm, SettingsError};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _, LineEnding};
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{RsaPrivateKey, rand_core::OsRng};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The length of a new key and the least length of any, in bits.
const KEY_BITS: usize = 2048;

/// A new RSA private key of 2048 bits as PKCS#1 PEM, for `server keys`. Fails only when the system has no randomness.
pub fn new_key_pem() -> Result<String, rsa::Error> {
    let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS)?;
    Ok(key.to_pkcs1_pem(LineEnding::LF)?.to_string())
}

/// One of our keys with its public half.
pub(super) struct SigningKey {
    key: CoreRsaPrivateSigningKey,
    kid: String,
    modulus: String,
    exponent: String,
}

impl SigningKey {
    /// Reads a PKCS#1 or PKCS#8 PEM. `number` (from 1) is for the message.
    pub(super) fn read(pem: &str, number: usize) -> Result<Self, SettingsError> {
        let unusable = || SettingsError::Key(number);
        let key = RsaPrivateKey::from_pkcs1_pem(pem).or_else(|_| RsaPrivateKey::from_pkcs8_pem(pem)).map_err(|_| unusable())?;
        if key.n().bits() < KEY_BITS {
            return Err(unusable());
        }
        let modulus = BASE64_URL_SAFE_NO_PAD.encode(key.n().to_bytes_be());
        let exponent = BASE64_URL_SAFE_NO_PAD.encode(key.e().to_bytes_be());
        let kid = thumbprint(&modulus, &exponent);
        let pem = key.to_pkcs1_pem(LineEnding::LF).map_err(|_| unusable())?;
        let key = CoreRsaPrivateSigningKey::from_pem(&pem, Some(JsonWebKeyId::new(kid.clone()))).map_err(|_| unusable())?;
        Ok(Self { key, kid, modulus, exponent })
    }

    /// The name under which the public half is published.
    pub(super) fn kid(&self) -> &str {
        &self.kid
    }

    /// The signature of `message`, or nothing when the key is broken.
    pub(super) fn sign(&self, algorithm: AssertionAlgorithm, message: &[u8]) -> Option<Vec<u8>> {
        let algorithm = match algorithm {
            AssertionAlgorithm::Rs512 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
            AssertionAlgorithm::Rs256 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        };
        self.key.sign(&algorithm, message).ok()
    }
}

/// RFC 7638: the SHA-256 of the required members in alphabetical order without spaces, as base64url.
fn thumbprint(modulus: &str, exponent: &str) -> String {
    let members = format!(r#"{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}"#);
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(members.as_bytes()))
}

/// The public key set for `GET /log-in/jwks.json`: public members only.
pub(super) fn public_set(keys: &[SigningKey], algorithm: AssertionAlgorithm) -> Value {
    let alg = algorithm.name();
    let keys: Vec<_> = keys
        .iter()
        .map(|key| json!({"kty": "RSA", "use": "sig", "alg": alg, "kid": key.kid, "n": key.modulus, "e": key.exponent}))
        .collect();
    json!({ "keys": keys })
}

impl AssertionAlgorithm {
    /// Its name in a JWS header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs512 => "RS512",
            Self::Rs256 => "RS256",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumbprint_is_the_one_of_the_standard() {
        // RFC 7638 §3.1.
        let modulus = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMst\
                       n64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbO\
                       pbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        assert_eq!(thumbprint(modulus, "AQAB"), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    #[test]
    fn a_new_key_can_be_read_and_its_public_half_holds_nothing_private() {
        let key = SigningKey::read(&new_key_pem().unwrap(), 1).unwrap();
        let set = public_set(&[key], AssertionAlgorithm::Rs512);
        let members: Vec<_> = set["keys"][0].as_object().unwrap().keys().cloned().collect();
        assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
    }

    #[test]
    fn what_is_no_key_is_refused_by_its_number() {
        assert_eq!(SigningKey::read("-----BEGIN NONSENSE-----", 2).err(), Some(SettingsError::Key(2)));
        let short = RsaPrivateKey::new(&mut OsRng, 1024).unwrap().to_pkcs1_pem(LineEnding::LF).unwrap();
        assert_eq!(SigningKey::read(&short, 1).err(), Some(SettingsError::Key(1)));
    }
}
