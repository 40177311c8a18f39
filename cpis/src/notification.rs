//! What children's social care is told about a notifying read, and nothing more; and how far the telling has got.

use crate::nhs_number::NhsNumber;
use crate::organisation::AuthorityCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An Access to Service Notification: who looked, from where, and when.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Delivery identifier: the receiver de-duplicates by it.
    pub id: String,
    /// The responsible authority it is for.
    pub authority: AuthorityCode,
    /// The child or pregnant woman.
    pub nhs_number: NhsNumber,
    /// When they were looked up.
    pub at: Timestamp,
    /// The name of who looked.
    pub person: String,
    /// Their role.
    pub role: String,
    /// Where they work.
    pub organisation: String,
}

impl std::fmt::Debug for Notification {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Notification({}, …)", self.id)
    }
}

/// How far the telling has got, worst last, so that the maximum over authorities is the word for all (ruling 23).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Told {
    /// No authority had to be told.
    Nobody,
    /// It is in its system.
    Delivered,
    /// It is being sent.
    Pending,
    /// We do not know.
    NotKnown,
    /// It was refused, or could not be delivered in seven days.
    Failed,
}

impl Told {
    /// The machine-readable twin of the words on the page.
    pub fn word(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Delivered => "delivered",
            Self::Pending => "pending",
            Self::NotKnown => "not-known",
            Self::Failed => "failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Told;

    #[test]
    fn one_failure_outweighs_every_delivery() {
        let worst = |all: &[Told]| all.iter().copied().max().unwrap();
        assert_eq!(worst(&[Told::Delivered, Told::Failed, Told::Pending]), Told::Failed);
        assert_eq!(worst(&[Told::Delivered, Told::Pending]), Told::Pending);
        assert_eq!(worst(&[Told::Pending, Told::NotKnown]), Told::NotKnown);
    }
}
