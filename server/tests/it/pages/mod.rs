//! The pages over HTTP: what is shown to whom, what is told, and what happens when something is wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod coverage;
mod desk;
mod failures;
mod forms;
mod reads;
mod sessions;
