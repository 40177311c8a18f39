//! Putting the server together and running it: open the registry, listen, keep house, stop when told.

use crate::assets::Site;
use crate::clock::Clock;
use crate::config::Settings;
use crate::keys;
use crate::log_in::{self, Provider};
use crate::notifier::Notifier;
use crate::router::router;
use crate::state::{Shared, State};
use axum::serve::ListenerExt;
use registry::Registry;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How often log-outs that could not be written are tried again.
const LOG_OUTS: Duration = Duration::from_secs(1);
/// Every so many of these turns, what is kept for a short time is swept and the authorities' phones are read again.
const HOUSEKEEPING: u32 = 30;

/// Everything a server needs, from its settings; `port` is the one it really listens on.
pub async fn build(settings: &Settings, clock: Clock) -> Result<Shared, String> {
    let registry = Registry::open(&settings.database_url, keys::audit_key(&settings.keys_dir)?).await.map_err(|e| e.to_string())?;
    let public_url = settings.public_url();
    let client = settings.client_authentication(keys::log_in_keys(&settings.keys_dir)?);
    let mut log_in = log_in::Settings::new(
        settings.cis2_issuer.clone(),
        settings.cis2_client_id.clone(),
        format!("{public_url}/log-in/callback"),
        client,
    );
    log_in.acr_values.clone_from(&settings.cis2_acr_values);
    let provider = Provider::new(log_in).map_err(|e| format!("log-in: {e}"))?;
    if let Err(error) = registry.refresh_contacts(clock.now()).await {
        tracing::error!(cause = error.cause(), "the authorities' phones could not be read");
    }
    Ok(Arc::new(State {
        registry,
        clock,
        provider,
        site: Site::read(&settings.site_dir),
        demonstration: settings.demonstration,
        days: settings.working_days()?,
        https: public_url.starts_with("https:"),
    }))
}

/// Answers requests on a listener until `stop` is done; deliveries and housekeeping run beside.
pub async fn serve(
    state: Shared,
    listener: TcpListener,
    notifications: &str,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), String> {
    let keeping = tokio::spawn(keep_house(state.clone()));
    let telling = tokio::spawn(Notifier::new(notifications)?.run(state.clone()));
    // Without this, small writes wait for the other side's delayed acknowledgement.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
    });
    let outcome = axum::serve(listener, router(&state)).with_graceful_shutdown(stop).await.map_err(|e| e.to_string());
    keeping.abort();
    telling.abort();
    outcome
}

async fn keep_house(state: Shared) {
    for turn in 1u32.. {
        tokio::time::sleep(LOG_OUTS).await;
        let now = state.clock.now();
        if let Err(error) = state.registry.write_log_outs(now).await {
            tracing::error!(cause = error.cause(), "a log-out could not be written yet");
        }
        if !turn.is_multiple_of(HOUSEKEEPING) {
            continue;
        }
        if let Err(error) = state.registry.refresh_contacts(now).await {
            tracing::error!(cause = error.cause(), "the authorities' phones could not be read");
        }
        if let Err(error) = state.registry.sweep(now).await {
            tracing::error!(cause = error.cause(), "sweeping failed");
        }
    }
}
