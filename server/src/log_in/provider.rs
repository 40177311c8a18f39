//! The log-in service seen from here: where to send somebody, and what to believe when they come back.

use super::assertion::{ASSERTION_TYPE, assertion};
use super::discovery::{Discovery, Endpoints};
use super::http::Http;
use super::id_token;
use super::jwks::{SigningKey, public_set};
use super::logout_token::{self, LogoutRefusal, LogoutToken};
use super::refusal::{LogInRefusal, Refused};
use super::settings::{AssertionAlgorithm, ClientAuthentication, Settings, SettingsError};
use super::{claims, userinfo};
use cpis::Identity;
use jiff::Timestamp;
use openidconnect::http::{Method, Request, header};
use openidconnect::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::Value;

/// What is asked for (rule 1). `selectedrole` makes CIS2 ask which role, where it can (ruling 16).
const SCOPES: &str = "openid profile nhsperson nationalrbacaccess associatedorgs selectedrole";

/// Somebody has logged in.
#[derive(Clone)]
pub struct LoggedIn {
    /// Who, and which roles they hold.
    pub identity: Identity,
    /// The provider's name of its session, by which it may end ours.
    pub sid: Option<String>,
    /// When they authenticated.
    pub auth_time: Timestamp,
}

impl std::fmt::Debug for LoggedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LoggedIn({:?})", self.identity)
    }
}

/// Our end of the agreement with the log-in service.
pub struct Provider {
    settings: Settings,
    keys: Vec<SigningKey>,
    algorithm: AssertionAlgorithm,
    http: Http,
    discovery: Discovery,
}

/// The part of the token endpoint's answer that is needed; whatever else it holds may be of any shape.
#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    id_token: String,
    token_type: String,
}

impl Provider {
    /// Checks the settings and reads the keys. Asks nobody: an outage of the provider does not stop a start.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        settings.check()?;
        let (keys, algorithm) = match &settings.client {
            ClientAuthentication::PrivateKeyJwt { key_pems, algorithm } => {
                let keys: Result<Vec<_>, _> = key_pems.iter().enumerate().map(|(i, pem)| SigningKey::read(pem, i + 1)).collect();
                (keys?, *algorithm)
            }
            ClientAuthentication::Secret(_) => (Vec::new(), AssertionAlgorithm::default()),
        };
        if keys.is_empty() && matches!(settings.client, ClientAuthentication::PrivateKeyJwt { .. }) {
            return Err(SettingsError::Key(1));
        }
        let http = Http::new(&settings.issuer, settings.patience).map_err(|_| SettingsError::Http)?;
        let discovery = Discovery::new(&settings.issuer, http.clone(), settings.patience)?;
        Ok(Self { settings, keys, algorithm, http, discovery })
    }

    /// The issuer, as the raw string: an `iss` parameter in the callback has to be the same (RFC 9207).
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Our public keys, for `GET /log-in/jwks.json`.
    pub fn jwks(&self) -> Value {
        public_set(&self.keys, self.algorithm)
    }

    /// Where to send the browser. `challenge` is the S256 of the PKCE verifier. Fails with [`LogInRefusal::Unavailable`] only.
    pub async fn authorise_url(&self, state: &str, nonce: &str, challenge: &str, now: Timestamp) -> Result<String, LogInRefusal> {
        let endpoints = self.endpoints(now).await?;
        let mut url = endpoints.authorisation.url().clone();
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", self.settings.client_id.as_str()),
            ("redirect_uri", self.settings.redirect_uri.as_str()),
            ("scope", SCOPES),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
            ("prompt", "login"),
            ("max_age", id_token::OLDEST_AUTHENTICATION.to_string().as_str()),
            ("acr_values", self.settings.acr_values.as_str()),
        ]);
        Ok(url.into())
    }

    /// Turns the code into a person, within the settings' patience whatever the provider does.
    pub async fn exchange(&self, code: &str, verifier: &str, nonce: &str, now: Timestamp) -> Result<LoggedIn, Refused> {
        tokio::time::timeout(self.settings.patience, self.exchange_slowly(code, verifier, nonce, now))
            .await
            .unwrap_or(Err(LogInRefusal::Unavailable.into()))
    }

    /// Verifies a back-channel logout token. Whether its `jti` was seen before, the registry knows.
    pub async fn verify_logout_token(&self, token: &str, now: Timestamp) -> Result<LogoutToken, LogoutRefusal> {
        tokio::time::timeout(self.settings.patience, logout_token::verify(token, &self.settings, &self.discovery, now))
            .await
            .unwrap_or(Err(LogoutRefusal::Unavailable))
    }

    async fn endpoints(&self, now: Timestamp) -> Result<std::sync::Arc<Endpoints>, LogInRefusal> {
        tokio::time::timeout(self.settings.patience, self.discovery.endpoints(now))
            .await
            .ok()
            .and_then(Result::ok)
            .ok_or(LogInRefusal::Unavailable)
    }

    async fn exchange_slowly(&self, code: &str, verifier: &str, nonce: &str, now: Timestamp) -> Result<LoggedIn, Refused> {
        let endpoints = self.endpoints(now).await?;
        let request = self.token_request(&endpoints, code, verifier, now)?;
        let tokens = read_tokens(&self.http.send(request).await.map_err(|_| LogInRefusal::Unavailable)?)?;
        let proved = id_token::verify(&tokens.id_token, &tokens.access_token, nonce, &self.settings, &self.discovery, now).await?;
        let refuse = |reason| Refused::of(reason, &proved.subject);
        let userinfo = userinfo::fetch(
            &self.http,
            &endpoints.userinfo,
            &tokens.access_token,
            &proved.subject,
            &self.settings,
            &self.discovery,
            now,
        )
        .await
        .map_err(refuse)?;
        let identity = claims::identity(&userinfo, proved.selected_role.as_deref());
        let identity = identity.ok_or_else(|| refuse(LogInRefusal::UserInfo))?;
        Ok(LoggedIn { identity, sid: proved.sid, auth_time: proved.auth_time })
    }

    fn token_request(
        &self,
        endpoints: &Endpoints,
        code: &str,
        verifier: &str,
        now: Timestamp,
    ) -> Result<HttpRequest, LogInRefusal> {
        let (address, client_id) = (endpoints.token.as_str(), self.settings.client_id.as_str());
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", self.settings.redirect_uri.clone()),
            ("code_verifier", verifier.to_owned()),
            ("client_id", client_id.to_owned()),
        ];
        if let ClientAuthentication::Secret(secret) = &self.settings.client {
            form.push(("client_secret", secret.clone()));
        }
        if let Some(key) = self.keys.first() {
            let signed = assertion(key, self.algorithm, client_id, address, now).ok_or(LogInRefusal::ClientRefused)?;
            form.push(("client_assertion_type", ASSERTION_TYPE.to_owned()));
            form.push(("client_assertion", signed));
        }
        let body = openidconnect::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(body.into_bytes())
            .map_err(|_| LogInRefusal::Unavailable)
    }
}

fn read_tokens(answer: &HttpResponse) -> Result<Tokens, LogInRefusal> {
    if answer.status().is_server_error() {
        return Err(LogInRefusal::Unavailable);
    }
    if answer.status() != 200 {
        return Err(error_of(answer.body()));
    }
    let tokens: Tokens = serde_json::from_slice(answer.body()).map_err(|_| LogInRefusal::TokenResponse)?;
    let usable = tokens.token_type.eq_ignore_ascii_case("bearer")
        && !tokens.access_token.is_empty()
        && tokens.access_token.bytes().all(|c| c.is_ascii_graphic());
    if usable { Ok(tokens) } else { Err(LogInRefusal::TokenResponse) }
}

/// The error of the token endpoint by its code alone; its description is never kept or shown (rule 11).
fn error_of(body: &[u8]) -> LogInRefusal {
    let error: Value = serde_json::from_slice(body).unwrap_or_default();
    match error.get("error").and_then(Value::as_str) {
        Some("invalid_grant") => LogInRefusal::ReplayedCode,
        Some("invalid_client" | "unauthorized_client") => LogInRefusal::ClientRefused,
        Some("temporarily_unavailable" | "server_error") => LogInRefusal::Unavailable,
        _ => LogInRefusal::TokenResponse,
    }
}
