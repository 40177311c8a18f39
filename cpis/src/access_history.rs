//! The access history: the 25 most recent look-ups from unscheduled settings, newest first.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many accesses a reader sees (HL7v3 catalogue; domain notes §1.1).
pub const HISTORY_LENGTH: usize = 25;

/// One look-up in unscheduled care. A look-up does not prove a visit.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRecord {
    /// When.
    pub at: Timestamp,
    /// The name of who looked.
    pub person: String,
    /// Their role.
    pub role: String,
    /// Where they work.
    pub organisation: String,
}

impl std::fmt::Debug for AccessRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessRecord(…)")
    }
}
