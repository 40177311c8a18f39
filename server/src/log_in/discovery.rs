//! What the provider says about itself, fetched when first needed and kept: an outage of the provider never stops a start.

use super::http::{Http, HttpError};
use super::settings::SettingsError;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJsonWebKeyType, CoreProviderMetadata};
use openidconnect::{AuthUrl, IssuerUrl, JsonWebKey as _, JsonWebKeySetUrl, TokenUrl, UserInfoUrl};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, RwLock};

/// How long the provider's description of itself is kept, in seconds (as live relying parties do).
const KEPT: i64 = 24 * 60 * 60;
/// After an unknown `kid` has made us fetch the keys, no other does for this many seconds (rule 4).
const KEYS_FETCHED_ONCE_IN: i64 = 300;
/// How long a failure is remembered, in seconds, so that a dead provider is not asked by everybody at once.
const FAILURE_KEPT: i64 = 5;
/// The least RSA modulus, in bytes (2048 bits).
const LEAST_MODULUS: usize = 256;

/// The provider could not be asked, or its answer about itself cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outage;

/// The provider's addresses, exactly as it writes them.
#[derive(Clone)]
pub(super) struct Endpoints {
    pub(super) authorisation: AuthUrl,
    pub(super) token: TokenUrl,
    pub(super) userinfo: UserInfoUrl,
    keys: JsonWebKeySetUrl,
}

struct Known {
    endpoints: Arc<Endpoints>,
    keys: Arc<Vec<CoreJsonWebKey>>,
    at: Timestamp,
}

/// When something was last tried; guards against many asking at once.
#[derive(Default)]
struct Tried {
    discovery_failed: Option<Timestamp>,
    keys_fetched: Option<Timestamp>,
    keys_failed: Option<Timestamp>,
}

/// The cache of one provider.
pub(super) struct Discovery {
    issuer: IssuerUrl,
    http: Http,
    patience: Duration,
    known: RwLock<Option<Known>>,
    tried: Mutex<Tried>,
}

/// Is `now` within `seconds` of `then`, before or after? Requests do not arrive in the order of their clocks.
fn within(seconds: i64, then: Option<Timestamp>, now: Timestamp) -> bool {
    then.is_some_and(|then| (now.as_second() - then.as_second()).abs() < seconds)
}

impl Discovery {
    pub(super) fn new(issuer: &str, http: Http, patience: Duration) -> Result<Self, SettingsError> {
        Ok(Self {
            issuer: IssuerUrl::new(issuer.to_owned()).map_err(|_| SettingsError::Issuer)?,
            http,
            // A little less than a caller waits, so that the failure is remembered before the caller gives up.
            patience: patience * 5 / 6,
            known: RwLock::default(),
            tried: Mutex::default(),
        })
    }

    /// The provider's addresses.
    pub(super) async fn endpoints(&self, now: Timestamp) -> Result<Arc<Endpoints>, Outage> {
        if let Some((endpoints, _)) = self.fresh(now).await {
            return Ok(endpoints);
        }
        let mut tried = self.tried.lock().await;
        if let Some((endpoints, _)) = self.fresh(now).await {
            return Ok(endpoints);
        }
        if within(FAILURE_KEPT, tried.discovery_failed, now) {
            return Err(Outage);
        }
        let found = tokio::time::timeout(self.patience, self.discover()).await.map_err(|_| Outage).flatten();
        tried.discovery_failed = found.is_err().then_some(now);
        let (endpoints, keys) = found?;
        let endpoints = Arc::new(endpoints);
        *self.known.write().await = Some(Known { endpoints: endpoints.clone(), keys: Arc::new(keys), at: now });
        Ok(endpoints)
    }

    /// The provider's signing keys; fetched again, at most once in five minutes, when none is named `kid`.
    pub(super) async fn keys_for(&self, kid: &str, now: Timestamp) -> Result<Arc<Vec<CoreJsonWebKey>>, Outage> {
        let endpoints = self.endpoints(now).await?;
        let keys = self.fresh(now).await.ok_or(Outage)?.1;
        if is_named(&keys, kid) {
            return Ok(keys);
        }
        let mut tried = self.tried.lock().await;
        let keys = self.fresh(now).await.ok_or(Outage)?.1;
        if is_named(&keys, kid)
            || within(KEYS_FETCHED_ONCE_IN, tried.keys_fetched, now)
            || within(FAILURE_KEPT, tried.keys_failed, now)
        {
            return Ok(keys);
        }
        let fetched = tokio::time::timeout(self.patience, self.fetch_keys(&endpoints.keys)).await.map_err(|_| Outage).flatten();
        tried.keys_failed = fetched.is_err().then_some(now);
        let keys = Arc::new(fetched?);
        tried.keys_fetched = Some(now);
        if let Some(known) = self.known.write().await.as_mut() {
            known.keys = keys.clone();
        }
        Ok(keys)
    }

    async fn fresh(&self, now: Timestamp) -> Option<(Arc<Endpoints>, Arc<Vec<CoreJsonWebKey>>)> {
        let known = self.known.read().await;
        known.as_ref().filter(|known| within(KEPT, Some(known.at), now)).map(|k| (k.endpoints.clone(), k.keys.clone()))
    }

    /// The library refuses a document whose issuer is not, letter by letter, the one asked for.
    async fn discover(&self) -> Result<(Endpoints, Vec<CoreJsonWebKey>), Outage> {
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await.map_err(|_| Outage)?;
        let endpoints = Endpoints {
            authorisation: found.authorization_endpoint().clone(),
            token: found.token_endpoint().cloned().ok_or(Outage)?,
            userinfo: found.userinfo_endpoint().cloned().ok_or(Outage)?,
            keys: found.jwks_uri().clone(),
        };
        let secure = self.issuer.url().scheme();
        let addresses = [endpoints.authorisation.url(), endpoints.token.url(), endpoints.userinfo.url(), endpoints.keys.url()];
        if addresses.iter().any(|address| address.scheme() != secure) {
            return Err(Outage);
        }
        Ok((endpoints, usable(found.jwks())))
    }

    async fn fetch_keys(&self, address: &JsonWebKeySetUrl) -> Result<Vec<CoreJsonWebKey>, Outage> {
        let keys: Result<CoreJsonWebKeySet, openidconnect::DiscoveryError<HttpError>> =
            CoreJsonWebKeySet::fetch_async(address, &self.http).await;
        Ok(usable(&keys.map_err(|_| Outage)?))
    }
}

fn is_named(keys: &[CoreJsonWebKey], kid: &str) -> bool {
    keys.iter().any(|key| key.key_id().is_some_and(|id| id.as_str() == kid))
}

/// Only RSA keys for signatures, long enough to mean something, and with a name.
fn usable(keys: &CoreJsonWebKeySet) -> Vec<CoreJsonWebKey> {
    keys.keys().iter().filter(|key| *key.key_type() == CoreJsonWebKeyType::RSA && is_strong(key)).cloned().collect()
}

fn is_strong(key: &CoreJsonWebKey) -> bool {
    let Ok(json) = serde_json::to_value(key) else { return false };
    let modulus = json.get("n").and_then(Value::as_str).and_then(|n| BASE64_URL_SAFE_NO_PAD.decode(n).ok());
    let length = modulus.map_or(0, |bytes| bytes.iter().skip_while(|byte| **byte == 0).count());
    length >= LEAST_MODULUS && json.get("use").is_none_or(|purpose| purpose == "sig") && key.key_id().is_some()
}
