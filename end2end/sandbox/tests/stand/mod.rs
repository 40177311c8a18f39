//! What the tests share: a running sandbox, a stand-in for the portal, and a client that logs in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{Form, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKey, JsonWebKeyId, PrivateSigningKey};
use reqwest::{Client, Response, Url};
use sandbox::Settings;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use uuid::Uuid;

/// A verifier long enough for PKCE.
pub(crate) const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-in-all";
/// Every scope the portal asks for.
pub(crate) const SCOPE: &str = "openid profile nhsperson nationalrbacaccess associatedorgs selectedrole";

/// A sandbox and a portal, each at a free port.
pub(crate) struct Stand {
    pub(crate) settings: Settings,
    pub(crate) home: String,
    pub(crate) client: Client,
    logout_tokens: Arc<Mutex<Vec<String>>>,
}

/// Logout tokens the portal was sent.
type Tokens = Arc<Mutex<Vec<String>>>;

impl Stand {
    /// Starts both.
    pub(crate) async fn start() -> Self {
        let logout_tokens = Tokens::default();
        let portal = Router::new()
            .route("/log-in/jwks.json", get(jwks))
            .route("/log-in/back-channel-logout", post(back_channel))
            .with_state(logout_tokens.clone());
        let portal_url = format!("http://localhost:{}", serve(listener().await, portal));
        let listener = listener().await;
        let port = listener.local_addr().unwrap().port().to_string();
        let settings = Settings::parse_from(["sandbox", "--port", &port, "--portal-url", &portal_url]);
        serve(listener, sandbox::router(settings.clone()).unwrap());
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { home: settings.home(), settings, client, logout_tokens }
    }

    /// Gets a path of the sandbox as JSON.
    pub(crate) async fn get(&self, path: &str) -> Value {
        self.client.get(format!("{}{path}", self.home)).send().await.unwrap().json().await.unwrap()
    }

    /// Posts JSON to a path of the sandbox.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.client.post(format!("{}{path}", self.home)).json(body).send().await.unwrap()
    }

    /// What a good authorisation request carries.
    pub(crate) fn request(&self) -> HashMap<&'static str, String> {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        HashMap::from([
            ("client_id", self.settings.client_id.clone()),
            ("redirect_uri", self.settings.redirect_uri()),
            ("response_type", "code".to_owned()),
            ("scope", SCOPE.to_owned()),
            ("state", "a state".to_owned()),
            ("nonce", "a nonce".to_owned()),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256".to_owned()),
            ("acr_values", "AAL2_OR_AAL3_ANY".to_owned()),
            ("prompt", "login".to_owned()),
        ])
    }

    /// Presses a button on the authorise page.
    pub(crate) async fn press(&self, request: &HashMap<&'static str, String>, name: &'static str, value: &str) -> Response {
        let mut form = request.clone();
        form.insert(name, value.to_owned());
        let address = format!("{}/authorize", self.settings.issuer());
        self.client.post(address).form(&form).send().await.unwrap()
    }

    /// A fresh code for a persona.
    pub(crate) async fn code(&self, persona: &str) -> String {
        let answer = self.press(&self.request(), "persona", persona).await;
        assert_eq!(answer.status(), 302);
        returned(&answer).remove("code").unwrap()
    }

    /// A good client assertion's claims.
    pub(crate) fn assertion(&self) -> Value {
        let now = now();
        json!({
            "iss": self.settings.client_id, "sub": self.settings.client_id, "aud": self.settings.token_endpoint(),
            "jti": Uuid::new_v4(), "iat": now, "exp": now + 120,
        })
    }

    /// A good token request for a code.
    pub(crate) fn token_form(&self, code: &str, assertion: &Value) -> HashMap<&'static str, String> {
        HashMap::from([
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", self.settings.redirect_uri()),
            ("code_verifier", VERIFIER.to_owned()),
            ("client_id", self.settings.client_id.clone()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned()),
            ("client_assertion", sign("RS512", assertion)),
        ])
    }

    /// Posts a token request; its status and body.
    pub(crate) async fn exchange(&self, form: &HashMap<&'static str, String>) -> (u16, Value) {
        let answer = self.client.post(self.settings.token_endpoint()).form(form).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Logs a persona in: the ID token's claims, the tokens and userinfo.
    pub(crate) async fn log_in(&self, persona: &str) -> (Value, Value, Value) {
        let code = self.code(persona).await;
        self.finish(&code).await
    }

    /// Exchanges a code and fetches userinfo.
    pub(crate) async fn finish(&self, code: &str) -> (Value, Value, Value) {
        let (status, tokens) = self.exchange(&self.token_form(code, &self.assertion())).await;
        assert_eq!(status, 200, "{tokens}");
        let claims = self.verified(tokens["id_token"].as_str().unwrap()).await;
        let address = format!("{}/userinfo", self.settings.issuer());
        let userinfo = self.client.get(address).bearer_auth(tokens["access_token"].as_str().unwrap());
        let userinfo = userinfo.send().await.unwrap().json().await.unwrap();
        (claims.unwrap(), tokens, userinfo)
    }

    /// The claims of a token of the provider, if its signature is good.
    pub(crate) async fn verified(&self, token: &str) -> Option<Value> {
        let discovered = self.get(&format!("{}/.well-known/openid-configuration", self.settings.issuer_path())).await;
        let keys = self.client.get(discovered["jwks_uri"].as_str().unwrap()).send().await.unwrap();
        let keys: Value = keys.json().await.unwrap();
        let key: CoreJsonWebKey = serde_json::from_value(keys["keys"][0].clone()).unwrap();
        let (message, signature) = token.rsplit_once('.').unwrap();
        let (header, claims) = message.split_once('.').unwrap();
        assert_eq!(part(header)["kid"], key.key_id().unwrap().as_str());
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        key.verify_signature(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, message.as_bytes(), &signature).ok()?;
        Some(part(claims))
    }

    /// The logout tokens that reached the portal.
    pub(crate) fn logout_tokens(&self) -> Vec<String> {
        self.logout_tokens.lock().unwrap().clone()
    }
}

/// The parameters of the address an answer sends the browser to.
pub(crate) fn returned(answer: &Response) -> HashMap<String, String> {
    let address = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    address.query_pairs().into_owned().collect()
}

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "a client assertion is made now")]
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A JWT of the client's.
pub(crate) fn sign(algorithm: &str, claims: &Value) -> String {
    let header = json!({ "alg": algorithm, "typ": "JWT", "kid": "client-key" });
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
    let with = match algorithm {
        "RS256" => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        "RS384" => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
        _ => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    };
    let signature = key().sign(&with, message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn part(encoded: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).unwrap()).unwrap()
}

fn key() -> CoreRsaPrivateSigningKey {
    let id = JsonWebKeyId::new("client-key".to_owned());
    CoreRsaPrivateSigningKey::from_pem(include_str!("../client-key.pem"), Some(id)).unwrap()
}

async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

fn serve(listener: TcpListener, router: Router) -> u16 {
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    port
}

async fn jwks() -> Json<Value> {
    Json(json!({ "keys": [key().as_verification_key()] }))
}

async fn back_channel(State(tokens): State<Tokens>, Form(form): Form<HashMap<String, String>>) {
    tokens.lock().unwrap().push(form["logout_token"].clone());
}
