//! The relying party against a provider that lies: one table of hostile log-ins, logout tokens, outages and key changes.

mod hostile;
mod liar;
mod logout;
mod outage;
mod roles;
mod truth;
