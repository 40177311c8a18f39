//! An OpenID provider on a port of its own, every word of which a test can bend.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use openidconnect::core::{CoreHmacKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use rsa::RsaPrivateKey;
use rsa::pkcs1::{EncodeRsaPrivateKey as _, EncodeRsaPublicKey as _, LineEnding};
use serde_json::{Value, json};
use server::log_in::{
    AssertionAlgorithm, ClientAuthentication, LoggedIn, Provider, Refused, Settings, new_key_pem, pkce_challenge,
};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

/// The only time there is in these tests.
pub(crate) fn now() -> Timestamp {
    "2026-11-22T09:14:00Z".parse().unwrap()
}

pub(crate) const CLIENT_ID: &str = "999999999999.apps.national";
pub(crate) const NONCE: &str = "the-nonce-of-this-attempt";
pub(crate) const VERIFIER: &str = "the-verifier-of-this-attempt-0123456789abcdef";
/// With the characters CIS2 uses.
pub(crate) const KID: &str = "b/O6OvVv1+y+WgrH5Ui9WTioLt0=";
pub(crate) const OTHER_KID: &str = "c/P7PwWw2+z+XhsI6Vj0XUjpMu1=";
const ACCESS_TOKEN: &str = "an-access-token";

/// Keys are slow to make, so each is made once.
pub(crate) fn key(which: usize) -> &'static str {
    static KEYS: [OnceLock<String>; 3] = [const { OnceLock::new() }; 3];
    KEYS[which].get_or_init(|| new_key_pem().unwrap())
}
pub(crate) const OWN: usize = 0;
pub(crate) const OTHER: usize = 1;
pub(crate) const CLIENT: usize = 2;

/// A key too short to be trusted.
pub(crate) fn short_key() -> String {
    RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 1024).unwrap().to_pkcs1_pem(LineEnding::LF).unwrap().to_string()
}

/// The public half as it stands in a key set.
pub(crate) fn public(pem: &str, kid: &str) -> Value {
    let key = CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new(kid.into()))).unwrap();
    serde_json::to_value(key.as_verification_key()).unwrap()
}

/// The public half as a file: what a confused verifier would take for a shared secret.
fn public_pem(pem: &str) -> String {
    let key = <RsaPrivateKey as rsa::pkcs1::DecodeRsaPrivateKey>::from_pkcs1_pem(pem).unwrap();
    key.to_public_key().to_pkcs1_pem(LineEnding::LF).unwrap()
}

/// How a token is signed.
#[derive(Clone, Copy)]
pub(crate) enum Signing {
    With(usize),
    As(CoreAlgorithm),
    HmacOfPublicKey,
    Hmac(&'static str),
    Nothing,
}

#[derive(Clone, Copy)]
pub(crate) enum CoreAlgorithm {
    Rs384,
    Rs512,
    Ps256,
}

/// A token of header and claims.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) header: Value,
    pub(crate) claims: Value,
    pub(crate) signing: Signing,
    /// Signs with this key instead of one of the three.
    pub(crate) pem: Option<String>,
    /// What is done to the finished token.
    pub(crate) garble: fn(String) -> String,
}

impl Token {
    pub(crate) fn new(claims: Value) -> Self {
        let header = json!({"alg": "RS256", "kid": KID, "typ": "JWT"});
        Self { header, claims, signing: Signing::With(OWN), pem: None, garble: |token| token }
    }

    pub(crate) fn write(&self) -> String {
        let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&self.header), encode(&self.claims));
        let signature = self.sign(signed.as_bytes());
        (self.garble)(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let rsa = |pem: &str, alg| CoreRsaPrivateSigningKey::from_pem(pem, None).unwrap().sign(&alg, message).unwrap();
        let hmac = |secret: &str| CoreHmacKey::new(secret).sign(&CoreJwsSigningAlgorithm::HmacSha256, message).unwrap();
        if let Some(pem) = &self.pem {
            return rsa(pem, CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256);
        }
        match self.signing {
            Signing::With(which) => rsa(key(which), CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256),
            Signing::As(CoreAlgorithm::Rs384) => rsa(key(OWN), CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384),
            Signing::As(CoreAlgorithm::Rs512) => rsa(key(OWN), CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512),
            Signing::As(CoreAlgorithm::Ps256) => rsa(key(OWN), CoreJwsSigningAlgorithm::RsaSsaPssSha256),
            Signing::HmacOfPublicKey => hmac(&public_pem(key(OWN))),
            Signing::Hmac(secret) => hmac(secret),
            Signing::Nothing => Vec::new(),
        }
    }
}

/// One HTTP answer.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) body: String,
    pub(crate) location: Option<&'static str>,
    /// Never answers at all.
    pub(crate) silent: bool,
}

impl Reply {
    pub(crate) fn json(body: &Value) -> Self {
        Self { status: 200, kind: "application/json", body: body.to_string(), location: None, silent: false }
    }
    pub(crate) fn is(status: u16, kind: &'static str, body: &str) -> Self {
        Self { status, kind, body: body.into(), location: None, silent: false }
    }
    async fn send(self) -> Response {
        if self.silent {
            std::future::pending::<()>().await;
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, self.kind.parse().unwrap());
        if let Some(location) = self.location {
            headers.insert(header::LOCATION, location.parse().unwrap());
        }
        (StatusCode::from_u16(self.status).unwrap(), headers, self.body).into_response()
    }
}

/// Everything the provider is about to say. A test bends it; what is `None` is made from the rest.
pub(crate) struct Words {
    pub(crate) issuer: String,
    pub(crate) id_token: Token,
    pub(crate) tokens: Value,
    pub(crate) token_reply: Option<Reply>,
    pub(crate) userinfo: Value,
    pub(crate) userinfo_token: Option<Token>,
    pub(crate) userinfo_reply: Option<Reply>,
    pub(crate) discovery: Value,
    pub(crate) discovery_reply: Option<Reply>,
    pub(crate) jwks: Value,
    pub(crate) jwks_reply: Option<Reply>,
    /// The PKCE challenge the browser brought.
    pub(crate) challenge: String,
    code_used: bool,
}

impl Words {
    /// What an honest provider says to this attempt.
    fn truth(issuer: &str) -> Self {
        let seconds = now().as_second();
        let half = &Sha256::digest(ACCESS_TOKEN.as_bytes())[..16];
        let claims = json!({
            "iss": issuer, "aud": CLIENT_ID, "azp": CLIENT_ID, "sub": "910000000001", "nonce": NONCE,
            "iat": seconds, "exp": seconds + 3600, "auth_time": seconds - 5, "acr": "AAL3_ANY", "amr": ["N3_SMARTCARD"],
            "id_assurance_level": 3, "authentication_assurance_level": "3", "at_hash": BASE64_URL_SAFE_NO_PAD.encode(half),
            "sid": "08a5019c-17e1-4977-8f42-65a12843ea02", "realm": "/NHSIdentity/Healthcare", "tokenType": "JWTToken",
        });
        let userinfo = json!({
            "sub": "910000000001", "uid": "910000000001", "nhsid_useruid": "910000000001",
            "title": "Dr", "given_name": "Priya", "family_name": "Nair", "name": "Nair Priya Dr",
            "nhsid_nrbac_roles": [{"person_orgid": "910000200001", "person_roleid": "910000100001", "org_code": "Y01234",
                "role_code": "S8000:G8000:R8000", "role_name": "\"Clinical\":\"Clinical Provision\":\"Clinical Practitioner Access Role\"",
                "activities": ["View CP-IS Flag (Without sending an ASN)"], "activity_codes": ["B0264", "B0170"]}],
            "nhsid_user_orgs": [{"org_code": "Y01234", "org_name": "Riverside Surgery"}],
        });
        let discovery = json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"), "token_endpoint": format!("{issuer}/access_token"),
            "userinfo_endpoint": format!("{issuer}/userinfo"), "jwks_uri": format!("{issuer}/connect/jwk_uri"),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        });
        Self {
            issuer: issuer.into(),
            id_token: Token::new(claims),
            tokens: json!({"access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": "3599", "scope": "openid"}),
            token_reply: None,
            userinfo,
            userinfo_token: None,
            userinfo_reply: None,
            discovery,
            discovery_reply: None,
            jwks: json!({"keys": [public(key(OWN), KID), public(key(OTHER), OTHER_KID)]}),
            jwks_reply: None,
            challenge: pkce_challenge(VERIFIER),
            code_used: false,
        }
    }

    /// The next code is a new one.
    pub(crate) fn new_code(&mut self) {
        self.code_used = false;
    }
    /// The claim of that name in the ID token.
    pub(crate) fn claim(&mut self, name: &str) -> &mut Value {
        &mut self.id_token.claims[name]
    }
    /// Leaves a claim out of the ID token.
    pub(crate) fn without(&mut self, name: &str) {
        self.id_token.claims.as_object_mut().unwrap().remove(name);
    }
    /// Signs the user information; the token can then be bent.
    pub(crate) fn signed_userinfo(&mut self) -> &mut Token {
        let mut claims = self.userinfo.clone();
        claims["iss"] = json!(self.issuer);
        self.userinfo_token.insert(Token::new(claims))
    }
}

/// How often each address was asked, and the last form the token endpoint got.
#[derive(Default, Clone)]
pub(crate) struct Asked {
    pub(crate) discovery: usize,
    pub(crate) jwks: usize,
    pub(crate) userinfo: usize,
    pub(crate) form: HashMap<String, String>,
}

#[derive(Clone)]
pub(crate) struct Liar {
    pub(crate) words: Arc<Mutex<Words>>,
    pub(crate) asked: Arc<Mutex<Asked>>,
    pub(crate) issuer: String,
}

impl Liar {
    /// Starts a provider that is honest until [`Liar::bend`].
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let realm = "/openam/oauth2/realms/root/realms/oidc";
        let issuer = format!("http://{}{realm}", listener.local_addr().unwrap());
        let liar = Self { words: Arc::new(Mutex::new(Words::truth(&issuer))), asked: Arc::default(), issuer };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/connect/jwk_uri", get(jwks))
            .route("/access_token", post(token))
            .route("/userinfo", get(userinfo));
        let router = Router::new().nest(realm, router).route("/elsewhere", get(elsewhere).post(elsewhere)).with_state(liar.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        liar
    }

    pub(crate) fn bend(&self, how: impl FnOnce(&mut Words)) {
        how(&mut self.words.lock().unwrap());
    }

    pub(crate) fn asked(&self) -> Asked {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn settings(&self) -> Settings {
        let client =
            ClientAuthentication::PrivateKeyJwt { key_pems: vec![key(CLIENT).into()], algorithm: AssertionAlgorithm::Rs512 };
        let mut settings =
            Settings::new(self.issuer.clone(), CLIENT_ID.into(), "http://localhost:3000/log-in/callback".into(), client);
        // Generous on a busy machine: only the tests of slowness wait for it, and they shorten it.
        settings.patience = Duration::from_secs(30);
        settings
    }

    pub(crate) fn provider(&self) -> Provider {
        Provider::new(self.settings()).unwrap()
    }
}

/// The usual exchange.
pub(crate) async fn exchange(provider: &Provider) -> Result<LoggedIn, Refused> {
    provider.exchange("good-code", VERIFIER, NONCE, now()).await
}

async fn discovery(State(liar): State<Liar>) -> Response {
    liar.asked.lock().unwrap().discovery += 1;
    let reply = {
        let words = liar.words.lock().unwrap();
        words.discovery_reply.clone().unwrap_or(Reply::json(&words.discovery))
    };
    reply.send().await
}

async fn jwks(State(liar): State<Liar>) -> Response {
    liar.asked.lock().unwrap().jwks += 1;
    let reply = {
        let words = liar.words.lock().unwrap();
        words.jwks_reply.clone().unwrap_or(Reply::json(&words.jwks))
    };
    reply.send().await
}

async fn token(State(liar): State<Liar>, Form(form): Form<HashMap<String, String>>) -> Response {
    liar.asked.lock().unwrap().form.clone_from(&form);
    let reply = {
        let mut words = liar.words.lock().unwrap();
        let honest = !std::mem::replace(&mut words.code_used, true)
            && form.get("code").is_some_and(|code| code == "good-code")
            && form.get("code_verifier").is_some_and(|v| pkce_challenge(v) == words.challenge);
        if let Some(reply) = words.token_reply.clone() {
            reply
        } else if honest {
            let mut tokens = words.tokens.clone();
            if tokens.get("id_token").is_none() {
                tokens["id_token"] = json!(words.id_token.write());
            }
            Reply::json(&tokens)
        } else {
            Reply {
                status: 400,
                ..Reply::json(&json!({"error": "invalid_grant", "error_description": "secret words of the provider"}))
            }
        }
    };
    reply.send().await
}

async fn userinfo(State(liar): State<Liar>, headers: HeaderMap) -> Response {
    liar.asked.lock().unwrap().userinfo += 1;
    let reply = {
        let words = liar.words.lock().unwrap();
        if headers.get(header::AUTHORIZATION).is_none_or(|bearer| !bearer.as_bytes().starts_with(b"Bearer ")) {
            Reply::is(401, "text/plain", "")
        } else if let Some(reply) = words.userinfo_reply.clone() {
            reply
        } else if let Some(token) = &words.userinfo_token {
            Reply::is(200, "application/jwt", &token.write())
        } else {
            Reply::json(&words.userinfo)
        }
    };
    reply.send().await
}

/// Where a redirect would lead: it would answer anything, were it ever asked.
async fn elsewhere(State(liar): State<Liar>) -> Response {
    let words = liar.words.lock().unwrap();
    let mut everything = words.tokens.clone();
    everything["id_token"] = json!(words.id_token.write());
    everything["sub"] = json!("910000000001");
    Json(everything).into_response()
}
