//! Logging in with NHS CIS2: the relying party.
//!
//! The protocol (`provider`, `id_token`, `userinfo`, `claims`, `assertion`, `jwks`, `logout_token`) knows no HTTP framework, no registry
//! and no clock: the time is always an argument. The doors that speak it to browsers are in `handlers`.

mod assertion;
pub mod claims;
mod discovery;
pub mod handlers;
mod http;
mod id_token;
pub mod jwks;
mod jws;
pub mod logout_token;
pub mod provider;
pub mod refusal;
mod secret;
pub mod settings;
mod userinfo;

pub use jwks::new_key_pem;
pub use logout_token::{LogoutRefusal, LogoutToken};
pub use provider::{LoggedIn, Provider};
pub use refusal::{LogInRefusal, Problem, Refused};
pub use secret::{new_secret, pkce_challenge, same_secret};
pub use settings::{AssertionAlgorithm, ClientAuthentication, Settings, SettingsError};
