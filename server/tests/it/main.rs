//! The server from outside: hostile log-ins, pages and their failures, each test with a portal of its own.

mod log_in;
mod pages;
