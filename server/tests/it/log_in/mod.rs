//! The relying party against a provider that lies: one table of hostile log-ins, logout tokens, outages and key changes.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod doors;
mod hostile;
mod liar;
mod logout;
mod outage;
mod portal;
mod provider_ends;
mod roles;
mod truth;
