//! The access history: the 25 most recent look-ups from unscheduled settings, newest first.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many accesses a reader sees (HL7v3 catalogue; domain notes §1.1).
pub const HISTORY_LENGTH: usize = 25;

/// A reason for reading a restricted person's access history (ruling 15). A list, not free text: the audit log holds no names.
#[derive(Debug, PartialEq, Eq)]
pub struct Reason {
    /// What forms and the audit log hold.
    pub id: &'static str,
    /// What the reader says.
    pub words: &'static str,
}

/// Every reason there is. To be confirmed (★, ruling 15).
pub const REASONS: &[Reason] = &[
    Reason { id: "risk-now", words: "I am judging whether this person is at risk now" },
    Reason { id: "injury", words: "I am treating an injury that may have happened before" },
    Reason { id: "safeguarding-lead", words: "I am the safeguarding lead for this person's care" },
];

impl Reason {
    /// The reason with this identifier.
    pub fn find(id: &str) -> Option<&'static Self> {
        REASONS.iter().find(|reason| reason.id == id)
    }
}

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
