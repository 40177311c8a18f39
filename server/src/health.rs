//! Is the process alive, and can it answer? Neither touches people, statuses or the log (ruling 1).

use crate::state::Shared;
use axum::extract::State as Extract;
use axum::http::StatusCode;

/// `GET /health/live`.
pub async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: the registry answers and can write.
pub async fn ready(Extract(state): Extract<Shared>) -> (StatusCode, &'static str) {
    match state.registry.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(cause = error.cause(), "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready: the registry is unavailable\n")
        }
    }
}
