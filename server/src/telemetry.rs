//! The log: one JSON line per request with method, matched route, status and time taken; never a path, a query, a name or a number.

use crate::answering::RequestId;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing_subscriber::EnvFilter;

/// Starts logging to standard error.
pub fn start(level: &str) -> Result<(), String> {
    let filter =
        EnvFilter::try_new(format!("{level},sqlx=warn,hyper=warn,reqwest=warn,h2=warn")).map_err(|e| format!("LOG: {e}"))?;
    // The default would print the panic's own words, which may hold what somebody typed.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        // A log that cannot be written (its disk is full, say) must not take the request down with it.
        .log_internal_errors(false)
        .with_writer(std::io::stderr)
        .try_init()
        .map_err(|e| e.to_string())
}

/// Gives the request its id and writes its line. The time taken is for the log and decides nothing.
pub async fn observe(mut request: Request, next: Next) -> Response {
    let id = RequestId(uuid::Uuid::new_v4().to_string());
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "(none)".to_owned(), |path| path.as_str().to_owned());
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
    tracing::info!(request = id.0, %method, route, status, milliseconds, "answered");
    response
}
