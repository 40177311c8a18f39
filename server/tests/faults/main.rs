//! Faults: the real programs, killed, starved of disk and brought back, with the ledgers compared afterwards.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod disk_full;
mod inbox;
mod kill_loop;
mod processes;
