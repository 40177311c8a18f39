//! The whole address space on one page, and every layer around it, in order.

use crate::answering::{RequestId, message};
use crate::log_in::handlers as log_in;
use crate::pages::{choices, find, lookup, plain, session, start};
use crate::state::Shared;
use crate::{assets, headers, health, telemetry};
use app::Message;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

/// No form here is longer.
const LONGEST_BODY: usize = 16 * 1024;
/// A request that takes longer is answered with a plain message.
const PATIENCE: Duration = Duration::from_secs(10);

/// Every address.
pub fn router(state: &Shared) -> Router {
    let people = Router::new()
        .route("/", get(start::start))
        .route("/log-in", get(log_in::begin))
        .route("/log-in/callback", get(log_in::callback))
        .route("/log-out", post(session::log_out))
        .route("/role", get(choices::role).post(choices::choose_role))
        .route("/care-setting", get(choices::setting).post(choices::choose_setting))
        .route("/find", get(find::show).post(find::find))
        .route("/lookups/{id}", get(lookup::show))
        .route("/lookups/{id}/confirm", get(lookup::ask).post(lookup::confirm))
        .route("/lookups/{id}/wrong-person", post(lookup::wrong_person))
        .route("/lookups/{id}/history", post(lookup::history))
        .route("/session", get(session::live).post(session::extend))
        .route("/timed-out", get(session::timed_out))
        .route("/contacts", get(plain::contacts))
        .route("/accessibility", get(plain::accessibility))
        .route("/privacy", get(plain::privacy))
        .route("/cookies", get(plain::cookies))
        .route("/whats-new", get(plain::whats_new))
        .route("/help", get(plain::help));
    // A form from another site is refused, by Sec-Fetch-Site, else by Origin.
    let refuser = state.clone();
    let own_forms_only = CsrfLayer::new()
        .with_rejection_response(move |_: ProtectionError| message(&refuser, StatusCode::FORBIDDEN, Message::ForeignForm, None));
    // The provider's signature is the back channel's authentication: it comes from elsewhere by nature.
    let machines = Router::new()
        .route("/log-in/back-channel-logout", post(log_in::back_channel_log_out))
        .route("/log-in/jwks.json", get(log_in::jwks))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/favicon.ico", get(assets::no_icon))
        .route("/assets/{name}", get(assets::asset));
    let every =
        people.layer(own_forms_only).merge(machines).fallback(plain::not_found).method_not_allowed_fallback(plain::wrong_method);
    layers(state, every).with_state(state.clone())
}

/// From the inside out: size, patience, panics, compression, headers, id and log line.
fn layers(state: &Shared, router: Router<Shared>) -> Router<Shared> {
    let on_panic = state.clone();
    router
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(from_fn_with_state(state.clone(), patience))
        .layer(CatchPanicLayer::custom(move |_| {
            tracing::error!("a handler panicked");
            message(&on_panic, StatusCode::INTERNAL_SERVER_ERROR, Message::Unavailable, None)
        }))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), headers::add))
        .layer(from_fn(telemetry::observe))
}

async fn patience(State(state): State<Shared>, id: RequestId, request: Request, next: Next) -> Response {
    if let Ok(response) = tokio::time::timeout(PATIENCE, next.run(request)).await {
        return response;
    }
    tracing::error!(request = id.0, "gave up after {} seconds", PATIENCE.as_secs());
    message(&state, StatusCode::SERVICE_UNAVAILABLE, Message::Unavailable, Some(&id))
}
