//! What a reader may be shown: an answer, or an identified person to confirm. Only this crate's audited functions can make one.

use crate::audit::Receipt;
use cpis::{AccessRecord, AnswerKind, AuthorityCode, Decision, LocalAuthority, NhsNumber, Person, UnknownReason};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// The access history as this reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum History {
    /// Up to 25 accesses before this one, newest first.
    Rows(Vec<AccessRecord>),
    /// Administrative roles do not see it (ruling 14).
    NotForThisRole,
    /// A restricted record withholds it (ruling 15); readable with B1611 and a reason when `with_reason`.
    Restricted {
        /// This reader may ask for it with a reason.
        with_reason: bool,
    },
    /// It could not be read; the answer names the gap (ruling 18).
    Unavailable,
    /// No status is shown, so no history is either (ruling 24).
    NotShown,
}

/// The facts of an answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerFacts {
    /// Opaque id of the look-up, safe in an address.
    pub id: String,
    /// Which of the four answers.
    pub kind: AnswerKind,
    /// Why it is unknown, when it is.
    pub unknown: Option<UnknownReason>,
    /// The person, under their present number; `None` when not known or unreadable.
    pub person: Option<Person>,
    /// The number that was typed.
    pub asked: NhsNumber,
    /// The typed number was replaced by the person's present one (ruling 21).
    pub number_changed: bool,
    /// What is shown of their statuses; `None` when unknown.
    pub decision: Option<Decision>,
    /// The authorities of those statuses, with their phones.
    pub authorities: Vec<LocalAuthority>,
    /// The access history.
    pub history: History,
    /// The authorities that are told of this access.
    pub recipients: Vec<AuthorityCode>,
    /// The care setting it was read in.
    pub setting: String,
    /// When it was checked.
    pub at: Timestamp,
    /// The audit entry that accounts for it.
    pub receipt: Receipt,
    /// The reader said that this was the wrong person.
    pub wrong_person: bool,
}

/// An audited answer: it exists only because its entry was committed.
#[derive(Clone, Debug)]
pub struct Answer(pub(crate) AnswerFacts);

impl Deref for Answer {
    type Target = AnswerFacts;
    fn deref(&self) -> &AnswerFacts {
        &self.0
    }
}

/// The facts of an identified person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IdentifiedFacts {
    /// Opaque id, safe in an address; the answer will have the same.
    pub id: String,
    /// Who it is; `None` when the index does not read, which the page says (ruling 18).
    pub person: Option<Person>,
    /// The number that was typed.
    pub asked: NhsNumber,
    /// The typed number was replaced by the person's present one.
    pub number_changed: bool,
    /// The form's one-time id.
    pub request: String,
}

/// An audited identification, before a notifying read: no status was read (ruling 3).
#[derive(Clone, Debug)]
pub struct Identified(pub(crate) IdentifiedFacts);

impl Deref for Identified {
    type Target = IdentifiedFacts;
    fn deref(&self) -> &IdentifiedFacts {
        &self.0
    }
}

/// What a look-up's page shows again to the session that looked.
#[derive(Clone, Debug)]
pub enum Shown {
    /// Waiting for the reader to confirm.
    Identified(Identified),
    /// The answer.
    Answer(Answer),
}

/// What is kept of a look-up.
#[derive(Serialize, Deserialize)]
pub(crate) enum Sealed {
    Identified(IdentifiedFacts),
    Answer(AnswerFacts),
}
