//! Back-channel log-out: ends a persona's sessions at the provider and tells the portal (identity.md 1.7).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::keys::ProviderKey;
use super::{Session, stated_issuer};
use crate::faults::ProviderFault;
use crate::fields::Fields;
use crate::personas::Persona;
use crate::{Sandbox, Shared, clock, lock};

/// `POST /log-out-person` with a `persona`.
pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/log-out-person", post(log_out))
}

/// Answers with each session ended and the status the portal gave, or `null` when it could not be reached.
async fn log_out(State(sandbox): State<Shared>, fields: Fields) -> Response {
    let wanted = fields.text("persona").unwrap_or_default();
    let Some(persona) = sandbox.personas.iter().find(|persona| persona.id == wanted) else {
        return (StatusCode::NOT_FOUND, Json(json!({ "error": "no such persona" }))).into_response();
    };
    let ended: Vec<Session> = {
        let mut memory = lock(&sandbox.provider);
        memory.access.retain(|_, access| access.persona != persona.id);
        let (ended, live) = memory.sessions.drain(..).partition(|session| session.persona == persona.id);
        memory.sessions = live;
        ended
    };
    let mut sent = Vec::new();
    for session in ended {
        let status = tell(&sandbox, persona, &session.sid).await;
        sent.push(json!({ "sid": session.sid, "status": status }));
    }
    fields.answer("/#personas", Json(json!({ "persona": persona.id, "sent": sent })))
}

/// Sends one logout token to the portal.
async fn tell(sandbox: &Sandbox, persona: &Persona, sid: &str) -> Option<u16> {
    let token = logout_token(sandbox, persona, sid)?;
    let address = format!("{}/log-in/back-channel-logout", sandbox.settings.portal_url);
    let answer = sandbox.http.post(address).form(&[("logout_token", token)]).send().await.ok()?;
    Some(answer.status().as_u16())
}

fn logout_token(sandbox: &Sandbox, persona: &Persona, sid: &str) -> Option<String> {
    let now = clock::seconds();
    let claims: Map<String, Value> = [
        ("iss", json!(stated_issuer(sandbox))),
        ("sub", json!(persona.subject())),
        ("aud", json!(sandbox.settings.client_id)),
        ("iat", json!(now)),
        ("exp", json!(now + 120)),
        ("jti", json!(Uuid::new_v4())),
        ("sid", json!(sid)),
        ("events", json!({ "http://schemas.openid.net/event/backchannel-logout": {} })),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    let token = sandbox.key.sign(&ProviderKey::header(), &claims).ok()?;
    let spoilt = lock(&sandbox.faults).provider == ProviderFault::BadSignature;
    Some(if spoilt { ProviderKey::spoil(&token) } else { token })
}
