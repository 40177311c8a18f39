//! Faults that tests and people switch on: the provider or the inbox down, slow or lying.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::fields::Fields;
use crate::{Shared, lock};

/// How long "slow" keeps a caller waiting; longer than any sensible limit of the caller's.
pub(crate) const SLOW: Duration = Duration::from_secs(30);

/// What is wrong with the provider as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ProviderFault {
    /// Nothing.
    #[default]
    Up,
    /// Every request is answered 503.
    Down,
    /// Every answer takes 30 seconds.
    Slow,
    /// Discovery and ID token name another issuer.
    LyingIssuer,
    /// The ID token carries a nonce nobody sent.
    WrongNonce,
    /// The signature of ID tokens and logout tokens does not verify.
    BadSignature,
    /// Userinfo is about another subject than the ID token.
    WrongSubject,
}

/// What is wrong with the token endpoint alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TokenEndpointFault {
    /// Nothing.
    #[default]
    Up,
    /// Answers 503.
    Down,
    /// Answers after 30 seconds.
    Slow,
}

/// What is wrong with the inbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum InboxFault {
    /// Nothing.
    #[default]
    Up,
    /// Answers 503 and keeps nothing.
    Down,
    /// Keeps the notification and answers after 30 seconds.
    Slow,
    /// Refuses for good, 422, and keeps nothing.
    Refuse,
    /// Keeps the notification and answers 200 with rubbish.
    Garbage,
    /// Keeps the notification and answers 200 with another id.
    WrongId,
}

/// Every switch. The last three replace values (`null` takes one away) in what the provider sends next, for hostile log-ins.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Faults {
    pub(crate) provider: ProviderFault,
    pub(crate) token_endpoint: TokenEndpointFault,
    pub(crate) inbox: InboxFault,
    /// The only authority whose inbox is at fault; all of them when there is none.
    pub(crate) authority: Option<String>,
    /// Over the header of the ID token.
    pub(crate) header: Map<String, Value>,
    /// Over the claims of the ID token.
    pub(crate) claims: Map<String, Value>,
    /// Over userinfo.
    pub(crate) userinfo: Map<String, Value>,
}

impl Faults {
    /// The fault of this authority's inbox.
    pub(crate) fn inbox_of(&self, authority: &str) -> InboxFault {
        match self.authority.as_deref() {
            Some(only) if only != authority => InboxFault::Up,
            _ => self.inbox,
        }
    }

    /// These faults with the posted changes made; the error names the field that was not understood.
    fn changed(&self, fields: &Fields) -> Result<Self, String> {
        let reset = matches!(fields.values.get("reset"), Some(Value::Bool(true))) || fields.text("reset") == Some("true");
        let mut faults = if reset { Self::default() } else { self.clone() };
        for (name, value) in &fields.values {
            match name.as_str() {
                "reset" => {}
                "provider" => faults.provider = read(name, value)?,
                "token_endpoint" => faults.token_endpoint = read(name, value)?,
                "inbox" => faults.inbox = read(name, value)?,
                "authority" => {
                    faults.authority = read::<Option<String>>(name, value)?.filter(|code| !code.is_empty());
                }
                "header" => faults.header = read(name, value)?,
                "claims" => faults.claims = read(name, value)?,
                "userinfo" => faults.userinfo = read(name, value)?,
                unknown => return Err(format!("no such fault: {unknown}")),
            }
        }
        Ok(faults)
    }
}

/// Puts `over` on top of `base`; a `null` takes the value away.
pub(crate) fn overlay(base: &mut Map<String, Value>, over: &Map<String, Value>) {
    for (name, value) in over {
        if value.is_null() {
            base.remove(name);
        } else {
            base.insert(name.clone(), value.clone());
        }
    }
}

fn read<T: DeserializeOwned>(name: &str, value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| format!("{name}: {error}"))
}

/// `GET` and `POST /faults`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/faults", get(show).post(change))
}

async fn show(State(sandbox): State<Shared>) -> Json<Faults> {
    Json(lock(&sandbox.faults).clone())
}

async fn change(State(sandbox): State<Shared>, fields: Fields) -> Response {
    let mut faults = lock(&sandbox.faults);
    match faults.changed(&fields) {
        Ok(changed) => {
            *faults = changed.clone();
            fields.answer("/#faults", Json(changed))
        }
        Err(problem) => (StatusCode::BAD_REQUEST, Json(serde_json::json!({ "error": problem }))).into_response(),
    }
}
