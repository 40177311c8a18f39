//! The loop that tells local authorities: claim, send, settle; each delivery on its own, so that a slow authority delays no other.

use crate::clock::Clock;
use crate::log_in::settings::is_safe;
use crate::state::Shared;
use cpis::Notification;
use jiff::{SignedDuration, Timestamp};
use registry::{Claimed, Settlement};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Deliveries under way at once.
const AT_ONCE: usize = 64;
/// How long a receiver may take; shorter than a claim holds.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest pause between two tries (ruling 38).
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// A notification not delivered by then is undeliverable (ruling 38).
const GIVE_UP: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Looks again at least this often: another node's rows ring no bell here.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// Where notifications go.
pub struct Notifier {
    client: Client,
    base: String,
}

#[derive(Deserialize)]
struct Echo {
    id: String,
}

impl Notifier {
    /// Posts to `URL/AUTHORITY-CODE`; follows no redirect, since that could lead anywhere.
    pub fn new(base: &str) -> Result<Arc<Self>, String> {
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .connect_timeout(Duration::from_secs(5))
            .build()
            .map_err(|e| format!("the notifier's HTTP client could not be made: {e}"))?;
        // They carry names and NHS numbers.
        if !is_safe(base) {
            return Err("NOTIFICATIONS_URL must be an https URL (http only on this machine)".into());
        }
        Ok(Arc::new(Self { client, base: base.trim_end_matches('/').to_owned() }))
    }

    /// Delivers for ever.
    pub async fn run(self: Arc<Self>, state: Shared) {
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        loop {
            let Ok(slot) = slots.clone().acquire_owned().await else { return };
            let free = 1 + slots.available_permits();
            let claimed = match state.registry.claim(state.clock.now(), free).await {
                Ok(claimed) => claimed,
                Err(error) => {
                    tracing::error!(cause = error.cause(), "notifications could not be claimed");
                    tokio::time::sleep(LOOK_AGAIN).await;
                    continue;
                }
            };
            drop(slot);
            if claimed.is_empty() {
                wait(&state).await;
                continue;
            }
            for one in claimed {
                let Ok(slot) = slots.clone().acquire_owned().await else { return };
                tokio::spawn(self.clone().deliver(state.clone(), one, slot));
            }
        }
    }

    async fn deliver(self: Arc<Self>, state: Shared, claimed: Claimed, slot: OwnedSemaphorePermit) {
        let settlement = match &claimed.notification {
            None => Settlement::Undeliverable("its stored words do not read".into()),
            Some(notification) => self.send(notification, &claimed, &state.clock).await,
        };
        match &settlement {
            Settlement::Delivered => tracing::info!(notification = claimed.id, attempts = claimed.attempts, "delivered"),
            Settlement::TryAgainAt(_, why) => {
                tracing::warn!(notification = claimed.id, attempts = claimed.attempts, why, "not delivered yet");
            }
            Settlement::Undeliverable(why) => {
                tracing::error!(notification = claimed.id, attempts = claimed.attempts, why, "undeliverable");
            }
        }
        match state.registry.settle(&claimed, &settlement, state.clock.now()).await {
            Ok(true) => {}
            // Somebody else holds it now; the receiver de-duplicates by id.
            Ok(false) => tracing::warn!(notification = claimed.id, "the claim had lapsed"),
            Err(error) => tracing::error!(notification = claimed.id, cause = error.cause(), "could not be settled"),
        }
        drop(slot);
    }

    async fn send(&self, notification: &Notification, claimed: &Claimed, clock: &Clock) -> Settlement {
        let url = format!("{}/{}", self.base, notification.authority.0);
        let why = match self.client.post(url).json(notification).send().await {
            Err(error) if error.is_timeout() => "no answer in time".to_owned(),
            Err(_) => "no connection".to_owned(),
            Ok(response) if is_final(response.status()) => {
                return Settlement::Undeliverable(format!("refused with {}", response.status().as_u16()));
            }
            Ok(response) if response.status().is_success() => match response.json::<Echo>().await {
                Ok(echo) if echo.id == notification.id => return Settlement::Delivered,
                Ok(_) => "the receiver echoed another id".to_owned(),
                Err(_) => "the receiver did not echo the id".to_owned(),
            },
            Ok(response) => format!("answered {}", response.status().as_u16()),
        };
        let now = clock.now();
        if now.duration_since(claimed.committed_at) >= GIVE_UP {
            return Settlement::Undeliverable(format!("{why}, for seven days"));
        }
        Settlement::TryAgainAt(next_try(now, claimed.attempts, rand::random::<f64>()), why)
    }
}

/// Refused for good: the same words will never be taken (ruling 38).
fn is_final(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_REQUEST
            | StatusCode::GONE
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
            | StatusCode::UNPROCESSABLE_ENTITY
    )
}

/// One second, doubled at each try, at most five minutes; spread between half and the whole of it. `chance` is from 0 to 1.
fn next_try(now: Timestamp, attempts: u32, chance: f64) -> Timestamp {
    let doubled = Duration::from_secs(1).saturating_mul(2u32.saturating_pow(attempts.saturating_sub(1).min(16)));
    let pause = doubled.min(LONGEST_PAUSE).mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0);
    SignedDuration::try_from(pause).ok().and_then(|pause| now.checked_add(pause).ok()).unwrap_or(now)
}

/// Until a notification is committed here, the next one falls due, or a few seconds have passed.
async fn wait(state: &Shared) {
    let due = match state.registry.next_due().await {
        Ok(Some(due)) => {
            Duration::try_from(due.duration_since(state.clock.now())).unwrap_or_default().max(Duration::from_millis(20))
        }
        _ => LOOK_AGAIN,
    };
    tokio::select! {
        () = state.registry.bell() => {}
        () = tokio::time::sleep(due.min(LOOK_AGAIN)) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_one_second_to_five_minutes_and_are_spread() {
        let now: Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
        let pause = |attempts, chance| next_try(now, attempts, chance).duration_since(now).as_millis();
        assert_eq!(
            [pause(1, 1.0), pause(2, 1.0), pause(5, 1.0), pause(9, 1.0), pause(60, 1.0)],
            [1_000, 2_000, 16_000, 256_000, 300_000]
        );
        assert_eq!([pause(1, 0.0), pause(60, 0.0)], [500, 150_000]);
    }

    #[test]
    fn only_a_refusal_of_the_words_themselves_is_final() {
        let last = [400, 410, 413, 415, 422];
        for status in 200..600u16 {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(is_final(status), last.contains(&status.as_u16()), "{status}");
        }
    }
}
