//! The demonstration clinicians who can log in, and the directory of their roles.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::Shared;

/// What the provider does about `selected_roleid` when it is asked for (identity.md 1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RoleSelection {
    /// The only role is named.
    Automatic,
    /// The provider asks which role and names it.
    Asked,
    /// No role is named; the portal must ask.
    Absent,
}

/// A demonstration clinician.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Persona {
    /// The value of the persona's button.
    pub(crate) id: String,
    /// The heading under which the button stands.
    pub(crate) group: String,
    /// Who this is, in a few words.
    pub(crate) note: String,
    pub(crate) role_selection: RoleSelection,
    /// A number or a string: CIS2 sends both.
    pub(crate) id_assurance_level: Value,
    /// A number or a string: CIS2 sends both.
    pub(crate) authentication_assurance_level: Value,
    /// The level reached when it is not the one asked for.
    pub(crate) acr: Option<String>,
    /// The authenticator used.
    pub(crate) amr: String,
    /// Every userinfo claim, whatever the scope.
    pub(crate) userinfo: Map<String, Value>,
}

impl Persona {
    /// The provider's name for the person.
    pub(crate) fn subject(&self) -> &str {
        text(&self.userinfo, "sub")
    }

    /// The name shown on a button.
    pub(crate) fn name(&self) -> &str {
        text(&self.userinfo, "display_name")
    }

    /// The persona's roles, though the claim may be one object.
    pub(crate) fn roles(&self) -> Vec<Role<'_>> {
        objects(&self.userinfo, "nhsid_nrbac_roles").into_iter().map(|claims| Role { claims, persona: self }).collect()
    }
}

/// One role of a persona.
pub(crate) struct Role<'a> {
    claims: &'a Map<String, Value>,
    persona: &'a Persona,
}

impl Role<'_> {
    /// The role's id, with any zero it begins with.
    pub(crate) fn id(&self) -> &str {
        text(self.claims, "person_roleid")
    }

    /// The job role, which is the last part of the quoted triple.
    pub(crate) fn name(&self) -> &str {
        text(self.claims, "role_name").trim_end_matches('"').rsplit('"').next().unwrap_or_default()
    }

    /// The organisation's ODS code.
    pub(crate) fn ods(&self) -> &str {
        text(self.claims, "org_code")
    }

    /// The organisation's name.
    pub(crate) fn organisation(&self) -> &str {
        objects(&self.persona.userinfo, "nhsid_user_orgs")
            .into_iter()
            .find(|organisation| text(organisation, "org_code") == self.ods())
            .map_or("", |organisation| text(organisation, "org_name"))
    }

    /// The activity codes, none when the claim is absent.
    pub(crate) fn codes(&self) -> Vec<&str> {
        let codes = self.claims.get("activity_codes").and_then(Value::as_array);
        codes.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> &'a str {
    claims.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn objects<'a>(claims: &'a Map<String, Value>, name: &str) -> Vec<&'a Map<String, Value>> {
    match claims.get(name) {
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_object).collect(),
        Some(Value::Object(one)) => vec![one],
        _ => Vec::new(),
    }
}

/// Reads the personas built in.
pub(crate) fn load() -> Result<Vec<Persona>, serde_json::Error> {
    serde_json::from_str(include_str!("personas.json"))
}

/// `GET /role-directory/{role_id}` (ruling 40).
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/role-directory/{role_id}", get(directory))
}

async fn directory(State(sandbox): State<Shared>, Path(id): Path<String>) -> Response {
    let roles = sandbox.personas.iter().flat_map(Persona::roles);
    let Some(role) = roles.into_iter().find(|role| role.id() == id) else {
        return (StatusCode::NOT_FOUND, Json(json!({ "error": "no such role" }))).into_response();
    };
    Json(json!({
        "role_id": role.id(),
        "person": role.persona.subject(),
        "role_code": role.claims.get("role_code"),
        "role_name": role.claims.get("role_name"),
        "activity_codes": role.codes(),
        "activities": role.claims.get("activities").cloned().unwrap_or_else(|| json!([])),
        "organisation": { "ods": role.ods(), "name": role.organisation() },
    }))
    .into_response()
}
