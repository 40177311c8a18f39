//! A local authority's inbox: takes notifications over HTTP and lists every one it took, doubles and all (ruling 38).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::faults::{InboxFault, SLOW};
use crate::page::{each, escape, page, spaced};
use crate::{Shared, clock, lock};

/// What an authority is told.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Notification {
    id: String,
    authority: String,
    nhs_number: String,
    /// The time of the access, as the sender wrote it.
    at: Value,
    person: String,
    role: String,
    organisation: String,
}

/// A notification as it arrived.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Attempt {
    #[serde(flatten)]
    notification: Notification,
    received_at: String,
}

/// The inbox's paths.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/inbox", get(show))
        .route("/inbox.json", get(list).delete(empty))
        .route("/inbox/clear", post(clear))
        .route("/inbox/{authority}", post(receive))
}

/// Takes one notification; what the sender is told depends on the fault switched on.
async fn receive(State(sandbox): State<Shared>, Path(authority): Path<String>, Json(notification): Json<Notification>) -> Response {
    if notification.authority != authority {
        return refused("the notification names another authority than its address");
    }
    let fault = lock(&sandbox.faults).inbox_of(&authority);
    match fault {
        InboxFault::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        InboxFault::Refuse => return refused("the inbox has been told to refuse"),
        InboxFault::Up | InboxFault::Slow | InboxFault::Garbage | InboxFault::WrongId => {}
    }
    let id = notification.id.clone();
    let received_at = clock::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
    lock(&sandbox.inbox).push(Attempt { notification, received_at });
    match fault {
        InboxFault::Garbage => "<html>Thank you for your post".into_response(),
        InboxFault::WrongId => Json(json!({ "id": Uuid::new_v4() })).into_response(),
        _ => {
            if fault == InboxFault::Slow {
                tokio::time::sleep(SLOW).await;
            }
            Json(json!({ "id": id })).into_response()
        }
    }
}

fn refused(why: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": why }))).into_response()
}

async fn list(State(sandbox): State<Shared>) -> Json<Vec<Attempt>> {
    Json(lock(&sandbox.inbox).clone())
}

async fn empty(State(sandbox): State<Shared>) -> StatusCode {
    lock(&sandbox.inbox).clear();
    StatusCode::NO_CONTENT
}

async fn clear(State(sandbox): State<Shared>) -> Redirect {
    lock(&sandbox.inbox).clear();
    Redirect::to("/inbox")
}

async fn show(State(sandbox): State<Shared>) -> Response {
    let attempts = lock(&sandbox.inbox).clone();
    let mut authorities: Vec<&str> = Vec::new();
    for attempt in attempts.iter().rev() {
        let authority = attempt.notification.authority.as_str();
        if !authorities.contains(&authority) {
            authorities.push(authority);
        }
    }
    let mut body =
        String::from("<h1>Local authority inbox</h1><p>A demonstration: what local authorities have been sent, newest first.</p>");
    if attempts.is_empty() {
        body.push_str("<p class=\"none\">Nothing has been sent.</p>");
    }
    for authority in authorities {
        body.push_str(&table(sandbox.demonstration.authority_name(authority), authority, &attempts));
    }
    body.push_str(
        "<form method=\"post\" action=\"/inbox/clear\"><button>Empty the inbox</button></form><p><a href=\"/\">Back to the sandbox</a></p>",
    );
    page(&sandbox, "Local authority inbox", &body)
}

fn table(name: &str, code: &str, attempts: &[Attempt]) -> String {
    let of_this = attempts.iter().rev().filter(|attempt| attempt.notification.authority == code);
    let rows = each(of_this, |Attempt { notification: told, received_at }| {
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}<br>{}<br>{}</td><td>{}</td><td class=\"id\">{}</td></tr>",
            spaced(&told.nhs_number),
            escape(&readable(told.at.as_str().unwrap_or_default())),
            escape(&told.person),
            escape(&told.role),
            escape(&told.organisation),
            escape(&readable(received_at)),
            escape(&told.id),
        )
    });
    format!(
        "<h2>{} ({})</h2><div class=\"wide\"><table><thead><tr><th>NHS number</th><th>Looked up at</th><th>By</th><th>Received at</th><th>Id</th></tr></thead><tbody>{rows}</tbody></table></div>",
        escape(name),
        escape(code),
    )
}

/// A time of the wire for the eye: to the second, in UTC; anything else as it is.
fn readable(time: &str) -> String {
    time.parse::<Timestamp>().map_or_else(|_| time.to_owned(), |time| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}
