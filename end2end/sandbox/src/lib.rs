//! The sandbox as a library, so that its tests and its program serve the same router.

mod children;
mod clock;
mod faults;
mod fields;
mod inbox;
mod index;
mod page;
mod personas;
mod provider;
mod settings;

use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;

pub use settings::Settings;

/// Everything the sandbox knows; all of it is lost at its end.
pub(crate) struct Sandbox {
    settings: Settings,
    key: provider::keys::ProviderKey,
    personas: Vec<personas::Persona>,
    demonstration: children::Demonstration,
    http: reqwest::Client,
    provider: Mutex<provider::Memory>,
    inbox: Mutex<Vec<inbox::Attempt>>,
    faults: Mutex<faults::Faults>,
}

/// The state handlers share.
pub(crate) type Shared = Arc<Sandbox>;

/// Locks `what`; a panic elsewhere while it was held is no reason to stop a sandbox.
pub(crate) fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Builds the whole sandbox. Fails when the demonstration file cannot be read or is not in its format.
pub fn router(settings: Settings) -> Result<Router, Box<dyn Error>> {
    let sandbox = Arc::new(Sandbox {
        key: provider::keys::ProviderKey::load()?,
        personas: personas::load()?,
        demonstration: children::load(settings.demonstration.as_deref())?,
        // Like the portal's own client: a redirect from the other side is never followed.
        http: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(5)).build()?,
        provider: Mutex::default(),
        inbox: Mutex::default(),
        faults: Mutex::default(),
        settings,
    });
    Ok(Router::new()
        .merge(index::routes())
        .merge(page::routes())
        .merge(children::routes())
        .merge(personas::routes())
        .merge(inbox::routes())
        .merge(faults::routes())
        .merge(provider::routes(&sandbox))
        .with_state(sandbox))
}
