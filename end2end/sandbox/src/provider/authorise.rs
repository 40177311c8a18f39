//! The authorise endpoint: checks the request, then lets whoever sits there choose who to be.

use std::collections::HashSet;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use reqwest::Url;
use serde::Deserialize;
use uuid::Uuid;

use super::Grant;
use crate::page::{each, escape, page};
use crate::personas::{Persona, Role, RoleSelection};
use crate::{Sandbox, Shared, clock, lock};

/// The parameters of an authorisation request; those the provider has no use for are left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    client_id: String,
    redirect_uri: String,
    response_type: String,
    scope: String,
    state: String,
    nonce: String,
    code_challenge: String,
    code_challenge_method: String,
    acr_values: String,
}

/// The request again, with the button that was pressed.
#[derive(Deserialize)]
struct Pressed {
    #[serde(flatten)]
    asked: Asked,
    #[serde(default)]
    persona: String,
    role: Option<String>,
    cancel: Option<String>,
}

impl Asked {
    /// Why the request may not even be sent back to where it says it came from.
    fn untrusted(&self, sandbox: &Sandbox) -> Option<&'static str> {
        if self.client_id != sandbox.settings.client_id {
            return Some("The client is not registered here (client_id).");
        }
        (self.redirect_uri != sandbox.settings.redirect_uri())
            .then_some("The address to return to is not the one registered (redirect_uri).")
    }

    /// What is wrong with the request, as an OAuth error and a description.
    fn problem(&self) -> Option<(&'static str, &'static str)> {
        if self.response_type != "code" {
            return Some(("unsupported_response_type", "only the authorisation code flow is supported"));
        }
        if !self.scopes().contains("openid") {
            return Some(("invalid_scope", "the scope openid is missing"));
        }
        if self.state.is_empty() {
            return Some(("invalid_request", "state is missing"));
        }
        if self.code_challenge_method != "S256" || self.code_challenge.len() != 43 {
            return Some(("invalid_request", "PKCE with S256 is required"));
        }
        None
    }

    fn scopes(&self) -> HashSet<String> {
        self.scope.split_whitespace().map(str::to_owned).collect()
    }

    /// The request as hidden fields, so that the sandbox need not remember it.
    fn hidden(&self) -> String {
        let fields = [
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("response_type", &self.response_type),
            ("scope", &self.scope),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", &self.code_challenge_method),
            ("acr_values", &self.acr_values),
        ];
        each(fields, |(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value)))
    }

    /// Back to the client, with these parameters and the state.
    fn back(&self, parameters: &[(&str, &str)]) -> Response {
        let Ok(mut address) = Url::parse(&self.redirect_uri) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        address.query_pairs_mut().extend_pairs(parameters).append_pair("state", &self.state);
        (StatusCode::FOUND, [(LOCATION, address.as_str()), (CACHE_CONTROL, "no-store")]).into_response()
    }
}

/// The endpoint, below the issuer.
pub(super) fn endpoint() -> Router<Shared> {
    Router::new().route("/authorize", get(ask).post(choose))
}

/// Asks who to be, every time: `prompt=login` and `max_age` are so honoured without looking at them.
async fn ask(State(sandbox): State<Shared>, Query(asked): Query<Asked>) -> Response {
    refusal(&sandbox, &asked).unwrap_or_else(|| personas_page(&sandbox, &asked))
}

async fn choose(State(sandbox): State<Shared>, Form(pressed): Form<Pressed>) -> Response {
    let asked = &pressed.asked;
    if let Some(refusal) = refusal(&sandbox, asked) {
        return refusal;
    }
    if pressed.cancel.is_some() {
        return asked.back(&[("error", "access_denied"), ("error_description", "the person cancelled")]);
    }
    let Some(persona) = sandbox.personas.iter().find(|persona| persona.id == pressed.persona) else {
        return (StatusCode::BAD_REQUEST, "no such persona").into_response();
    };
    let wanted = asked.scopes().contains("selectedrole");
    let role = match persona.role_selection {
        RoleSelection::Automatic if wanted => persona.roles().first().map(|role| role.id().to_owned()),
        RoleSelection::Asked if wanted => {
            let chosen = persona.roles().into_iter().find(|role| pressed.role.as_deref() == Some(role.id()));
            let Some(chosen) = chosen else {
                return roles_page(&sandbox, asked, persona);
            };
            Some(chosen.id().to_owned())
        }
        _ => None,
    };
    let code = grant(&sandbox, asked, persona, role);
    asked.back(&[("code", &code)])
}

fn refusal(sandbox: &Sandbox, asked: &Asked) -> Option<Response> {
    if let Some(why) = asked.untrusted(sandbox) {
        let body = format!("<h1>This log-in request cannot be trusted</h1><p>{why}</p>");
        return Some((StatusCode::BAD_REQUEST, page(sandbox, "Not trusted", &body)).into_response());
    }
    let (error, description) = asked.problem()?;
    Some(asked.back(&[("error", error), ("error_description", description)]))
}

fn grant(sandbox: &Sandbox, asked: &Asked, persona: &Persona, role: Option<String>) -> String {
    let code = Uuid::new_v4().to_string();
    let requested = asked.acr_values.split_whitespace().next().unwrap_or("AAL3_ANY");
    let grant = Grant {
        persona: persona.id.clone(),
        role,
        redirect_uri: asked.redirect_uri.clone(),
        scope: asked.scopes(),
        state: asked.state.clone(),
        nonce: Some(asked.nonce.clone()).filter(|nonce| !nonce.is_empty()),
        challenge: asked.code_challenge.clone(),
        acr: persona.acr.clone().unwrap_or_else(|| requested.to_owned()),
        auth_time: clock::seconds(),
    };
    lock(&sandbox.provider).codes.insert(code.clone(), grant);
    code
}

fn personas_page(sandbox: &Sandbox, asked: &Asked) -> Response {
    let mut groups: Vec<&str> = Vec::new();
    for persona in &sandbox.personas {
        if !groups.contains(&persona.group.as_str()) {
            groups.push(&persona.group);
        }
    }
    let lists = each(groups, |group| {
        let buttons = each(sandbox.personas.iter().filter(|persona| persona.group == group), persona_button);
        format!("<h2>{}</h2><ul class=\"personas\">{buttons}</ul>", escape(group))
    });
    let body = format!(
        "<h1>Who would you like to be?</h1><p>This page stands in for NHS Care Identity. The people are invented; choosing one logs you in as them, without a smartcard.</p><form method=\"post\" action=\"{}/authorize\">{}{lists}<h2>Or</h2><button class=\"plain\" name=\"cancel\" value=\"yes\">Cancel</button></form>",
        escape(&sandbox.settings.issuer_path()),
        asked.hidden(),
    );
    page(sandbox, "Choose who to be", &body)
}

fn persona_button(persona: &Persona) -> String {
    let roles: String = persona.roles().iter().map(role_lines).collect();
    format!(
        "<li><button name=\"persona\" value=\"{}\"><b>{}</b><span>{}</span>{roles}<span class=\"codes\">{}</span></button></li>",
        escape(&persona.id),
        escape(persona.name()),
        escape(&persona.note),
        escape(&persona.id),
    )
}

fn role_lines(role: &Role<'_>) -> String {
    let codes = role.codes();
    let codes = if codes.is_empty() { "no codes".to_owned() } else { codes.join(", ") };
    format!(
        "<span class=\"role\">{}, {} ({})</span><span class=\"codes\">{}</span>",
        escape(role.name()),
        escape(role.organisation()),
        escape(role.ods()),
        escape(&codes),
    )
}

fn roles_page(sandbox: &Sandbox, asked: &Asked, persona: &Persona) -> Response {
    let buttons = each(persona.roles(), |role| {
        format!(
            "<li><button name=\"role\" value=\"{}\"><b>{}</b>{}</button></li>",
            escape(role.id()),
            escape(role.name()),
            role_lines(&role),
        )
    });
    let body = format!(
        "<h1>Which role, {}?</h1><form method=\"post\" action=\"{}/authorize\">{}<input type=\"hidden\" name=\"persona\" value=\"{}\"><ul class=\"personas\">{buttons}</ul><button class=\"plain\" name=\"cancel\" value=\"yes\">Cancel</button></form>",
        escape(persona.name()),
        escape(&sandbox.settings.issuer_path()),
        asked.hidden(),
        escape(&persona.id),
    );
    page(sandbox, "Choose a role", &body)
}
