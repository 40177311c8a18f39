//! A provider of log-ins that speaks CIS2's dialect (identity.md section 1): authorisation code flow, private key JWT, raw issuer with a port.

mod authorise;
mod claims;
mod client;
pub(crate) mod keys;
mod log_out;
mod token;

use std::collections::{HashMap, HashSet};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::faults::{ProviderFault, SLOW};
use crate::{Sandbox, Shared, lock};

/// What the provider remembers.
#[derive(Default)]
pub(crate) struct Memory {
    /// Codes not yet exchanged.
    codes: HashMap<String, Grant>,
    /// Access tokens still good, with what they open.
    access: HashMap<String, Access>,
    /// People logged in, by session id.
    sessions: Vec<Session>,
    /// Ids of client assertions seen, with the second after which they no longer matter.
    assertions: HashMap<String, i64>,
}

/// What a code stands for.
#[derive(Clone)]
struct Grant {
    persona: String,
    role: Option<String>,
    redirect_uri: String,
    scope: HashSet<String>,
    state: String,
    nonce: Option<String>,
    challenge: String,
    acr: String,
    auth_time: i64,
}

/// What an access token opens.
struct Access {
    persona: String,
    role: Option<String>,
    scope: HashSet<String>,
    until: i64,
}

/// A live session at the provider.
#[derive(Clone)]
struct Session {
    sid: String,
    persona: String,
}

impl Memory {
    /// How many live sessions a persona has.
    pub(crate) fn sessions_of(&self, persona: &str) -> usize {
        self.sessions.iter().filter(|session| session.persona == persona).count()
    }
}

/// Every path of the provider, below the path of its issuer, with the faults before them.
pub(crate) fn routes(sandbox: &Shared) -> Router<Shared> {
    let endpoints = Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .merge(keys::endpoint())
        .merge(authorise::endpoint())
        .merge(token::endpoint())
        .merge(claims::endpoint())
        .layer(from_fn_with_state(sandbox.clone(), fault));
    let path = sandbox.settings.issuer_path();
    let below = if path.is_empty() { endpoints } else { Router::new().nest(&path, endpoints) };
    below.merge(log_out::routes()).merge(keys::routes())
}

/// Lets a request through unless the whole provider is switched down or slow.
async fn fault(State(sandbox): State<Shared>, request: Request, next: Next) -> Response {
    let fault = lock(&sandbox.faults).provider;
    match fault {
        ProviderFault::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        ProviderFault::Slow => tokio::time::sleep(SLOW).await,
        _ => {}
    }
    next.run(request).await
}

/// The issuer as the provider states it now: its own, unless it has been told to lie.
fn stated_issuer(sandbox: &Sandbox) -> String {
    let issuer = sandbox.settings.issuer();
    match lock(&sandbox.faults).provider {
        ProviderFault::LyingIssuer => format!("{issuer}/another"),
        _ => issuer,
    }
}

async fn discovery(State(sandbox): State<Shared>) -> Json<Value> {
    let issuer = sandbox.settings.issuer();
    Json(json!({
        "issuer": stated_issuer(&sandbox),
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": sandbox.settings.token_endpoint(),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/connect/jwk_uri"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_post"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS512"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": claims::SCOPES,
        "acr_values_supported": ["AAL3_ANY", "AAL2_OR_AAL3_ANY", "AAL2_ANY", "AAL1_USERPASS"],
        "claims_supported": claims::SUPPORTED,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    }))
}
