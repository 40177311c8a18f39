//! The token endpoint: a code, once, for an ID token and an access token.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Access, Grant, Session, claims, client};
use crate::faults::{SLOW, TokenEndpointFault};
use crate::{Sandbox, Shared, clock, lock};

/// How long a code may wait to be exchanged, in seconds.
const CODE_LIVES: i64 = 600;
/// How long an access token is good for, in seconds (CIS2 says 3599).
const ACCESS_LIVES: i64 = 3599;

/// The form posted to the endpoint.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct TokenRequest {
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) client_assertion_type: String,
    pub(super) client_assertion: String,
}

/// The endpoint, below the issuer.
pub(super) fn endpoint() -> Router<Shared> {
    Router::new().route("/access_token", post(exchange))
}

async fn exchange(State(sandbox): State<Shared>, Form(request): Form<TokenRequest>) -> Response {
    let fault = lock(&sandbox.faults).token_endpoint;
    match fault {
        TokenEndpointFault::Up => {}
        TokenEndpointFault::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        TokenEndpointFault::Slow => tokio::time::sleep(SLOW).await,
    }
    let (status, body) = match client::authenticate(&sandbox, &request).await {
        Err(why) => {
            tracing::info!(why, "client refused");
            client::invalid_client()
        }
        Ok(()) => match redeem(&sandbox, &request).and_then(|grant| tokens(&sandbox, &request.code, &grant)) {
            Ok(tokens) => (StatusCode::OK, tokens),
            Err((error, description)) => {
                tracing::info!(error, description, "code refused");
                (StatusCode::BAD_REQUEST, json!({ "error": error, "error_description": description }))
            }
        },
    };
    (status, [(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

type Refused = (&'static str, &'static str);

/// Takes the code out of memory, whatever comes of it: a code has one chance.
fn redeem(sandbox: &Sandbox, request: &TokenRequest) -> Result<Grant, Refused> {
    if request.grant_type != "authorization_code" {
        return Err(("unsupported_grant_type", "only authorization_code is supported"));
    }
    let grant = lock(&sandbox.provider).codes.remove(&request.code);
    let grant = grant.ok_or(("invalid_grant", "the code is unknown or was used before"))?;
    if clock::seconds() - grant.auth_time > CODE_LIVES {
        return Err(("invalid_grant", "the code has expired"));
    }
    if grant.redirect_uri != request.redirect_uri {
        return Err(("invalid_grant", "redirect_uri is not the one of the request"));
    }
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(request.code_verifier.as_bytes()));
    if challenge != grant.challenge {
        return Err(("invalid_grant", "code_verifier does not fit the challenge"));
    }
    Ok(grant)
}

/// Begins a session at the provider and makes its tokens.
fn tokens(sandbox: &Sandbox, code: &str, grant: &Grant) -> Result<Value, Refused> {
    let lost = ("server_error", "the ID token could not be made");
    let session = Session { sid: Uuid::new_v4().to_string(), persona: grant.persona.clone() };
    let access_token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let id_token = claims::id_token(sandbox, grant, &session.sid, code, &access_token).ok_or(lost)?;
    let mut scope: Vec<&str> = grant.scope.iter().map(String::as_str).collect();
    scope.sort_unstable();
    let body = json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": ACCESS_LIVES,
        "scope": scope.join(" "),
        "id_token": id_token,
    });
    let access = Access {
        persona: grant.persona.clone(),
        role: grant.role.clone(),
        scope: grant.scope.clone(),
        until: clock::seconds() + ACCESS_LIVES,
    };
    let mut memory = lock(&sandbox.provider);
    memory.sessions.push(session);
    memory.access.insert(access_token, access);
    Ok(body)
}
