//! The sandbox's first page: where everything is, who can log in, which faults are on, which children there are.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use serde_json::Value;

use crate::faults::{Faults, InboxFault, ProviderFault, TokenEndpointFault};
use crate::page::{each, escape, page, spaced};
use crate::{Sandbox, Shared, lock};

/// `GET /`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/", get(index))
}

async fn index(State(sandbox): State<Shared>) -> Response {
    let faults = lock(&sandbox.faults).clone();
    let notifications = lock(&sandbox.inbox).len();
    let settings = &sandbox.settings;
    let body = format!(
        "<h1>Sandbox</h1><p>This program stands in for the outside world: the provider that logs people in, and the systems of local authorities. It signs whatever it is asked to sign and keeps nothing.</p>\
        <ul><li><a href=\"{portal}\">The portal</a></li><li><a href=\"/inbox\">Local authority inbox</a> ({notifications} received)</li><li><a href=\"/inbox.json\">/inbox.json</a>, <a href=\"/children.json\">/children.json</a>, <a href=\"/faults\">/faults</a>, <a href=\"{discovery}\">discovery</a></li></ul>\
        <dl><dt>Issuer</dt><dd>{issuer}</dd><dt>Client</dt><dd>{client}</dd></dl>\
        <h2 id=\"faults\">Faults</h2>{faults}<h2 id=\"children\">Children</h2>{children}<h2 id=\"personas\">Personas</h2>{personas}",
        portal = escape(&settings.portal_url),
        discovery = escape(&format!("{}/.well-known/openid-configuration", settings.issuer_path())),
        issuer = escape(&settings.issuer()),
        client = escape(&settings.client_id),
        faults = switches(&faults),
        children = children(&sandbox),
        personas = personas(&sandbox),
    );
    page(&sandbox, "Sandbox", &body)
}

fn switches(faults: &Faults) -> String {
    use {InboxFault as Inbox, ProviderFault as Provider, TokenEndpointFault as Token};
    let provider = [
        Provider::Up,
        Provider::Down,
        Provider::Slow,
        Provider::LyingIssuer,
        Provider::WrongNonce,
        Provider::BadSignature,
        Provider::WrongSubject,
    ];
    let token = [Token::Up, Token::Down, Token::Slow];
    let inbox = [Inbox::Up, Inbox::Down, Inbox::Slow, Inbox::Refuse, Inbox::Garbage, Inbox::WrongId];
    let only = faults
        .authority
        .as_deref()
        .map_or_else(String::new, |code| format!("<p class=\"hint\">The inbox fault is that of {} only.</p>", escape(code)));
    format!(
        "<form method=\"post\" action=\"/faults\">{}{}{}{only}<button class=\"plain\" name=\"reset\" value=\"true\">Put everything right</button></form>",
        switch("Provider", "provider", &provider, faults.provider),
        switch("Token endpoint", "token_endpoint", &token, faults.token_endpoint),
        switch("Inbox", "inbox", &inbox, faults.inbox),
    )
}

/// One row of buttons, the value now in force pressed.
fn switch<T: Serialize + PartialEq + Copy>(legend: &str, name: &str, values: &[T], now: T) -> String {
    let buttons = each(values, |value| {
        let word = serde_json::to_value(value).ok();
        let word = word.as_ref().and_then(Value::as_str).unwrap_or_default();
        let (class, mark) = if *value == now { ("on", " (now)") } else { ("plain", "") };
        format!("<button class=\"{class}\" name=\"{name}\" value=\"{word}\">{word}{mark}</button>")
    });
    format!("<fieldset><legend>{legend}</legend>{buttons}</fieldset>")
}

fn children(sandbox: &Sandbox) -> String {
    let rows = each(&sandbox.demonstration.children, |child| {
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            spaced(&child.nhs_number),
            escape(&child.case),
            escape(&child.description),
        )
    });
    format!(
        "<div class=\"wide\"><table><thead><tr><th>NHS number</th><th>Case</th><th>What it shows</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

fn personas(sandbox: &Sandbox) -> String {
    let memory = lock(&sandbox.provider);
    let rows = each(&sandbox.personas, |persona| {
        let live = memory.sessions_of(&persona.id);
        let end = if live == 0 {
            String::from("not logged in")
        } else {
            format!(
                "<form method=\"post\" action=\"/log-out-person\"><button name=\"persona\" value=\"{}\" aria-label=\"End session of {}\">End session</button></form>",
                escape(&persona.id),
                escape(persona.name()),
            )
        };
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{end}</td></tr>",
            escape(persona.name()),
            escape(&persona.id),
            escape(&persona.note),
        )
    });
    format!(
        "<div class=\"wide\"><table><thead><tr><th>Name</th><th>Persona</th><th>Who</th><th>Session</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
}
