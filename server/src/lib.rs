//! What the service says: the HTTP server, its log-in and its doors.

pub mod answering;
pub mod assets;
pub mod clock;
pub mod commands;
pub mod config;
pub mod headers;
pub mod health;
pub mod keys;
pub mod log_in;
pub mod logged_in;
pub mod notifier;
pub mod pages;
pub mod portal;
pub mod router;
pub mod serving;
pub mod state;
pub mod telemetry;
