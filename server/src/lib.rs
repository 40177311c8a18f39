//! What the service says: the HTTP server, its log-in and its doors.

pub mod log_in;
