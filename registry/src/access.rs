//! One request to look: who asks, in which role and setting, when, about whom, and what came of it.

use crate::answer::Answer;
use crate::audit::{Act, AuditEntry, AuditKey, ChildReference, Door};
use cpis::{CareSetting, Clinician, NhsNumber, Refusal};
use jiff::Timestamp;
use jiff::civil::Date;

/// Who reads, and in which session and setting; what was sealed is shown again only to the same three (ruling 2).
#[derive(Clone, Debug)]
pub struct Reader {
    /// The live session's identifier.
    pub session: String,
    /// The person and the role they act in.
    pub clinician: Clinician,
    /// The care setting they work in.
    pub setting: &'static CareSetting,
}

/// One request for a child's information.
#[derive(Clone, Debug)]
pub struct Access {
    /// Who asks.
    pub reader: Reader,
    /// When.
    pub at: Timestamp,
    /// The form's one-time id: the same id with the same number is the same access (ruling 4).
    pub request: String,
    /// Whose information.
    pub nhs_number: NhsNumber,
    /// The date of birth typed beside it, where the organisation asks for one (ruling 17).
    pub born: Option<Date>,
    /// By which door.
    pub door: Door,
}

/// What came of a look-up. Every one of these was audited before it was returned.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly every one is the largest, and each is made once a request")]
pub enum LookedUp {
    /// There is an answer to show.
    Answered(Answer),
    /// A notifying read: the person was identified, and the reader must confirm under this id before any status is read.
    Confirm(String),
    /// The same request was answered before, and what it showed is no longer kept: look again.
    Repeated(String),
    /// The date of birth typed is not this person's; nothing is shown.
    BornMismatch,
    /// Not permitted.
    Refused(Refusal),
}

impl Access {
    /// An audit entry for this access.
    pub(crate) fn entry(&self, act: Act, answer: &str, children: Vec<ChildReference>) -> AuditEntry {
        let entry = self.reader.entry(act, answer, self.at, &self.request);
        AuditEntry { children, door: self.door, ..entry }
    }

    /// What makes two requests the same access: person, role, setting, NHS number and request id, for one kind of act (ruling 4).
    pub(crate) fn idempotency_key(&self, key: &AuditKey, act: Act) -> [u8; 32] {
        let parts = [
            act.word(),
            &self.reader.clinician.uid,
            &self.reader.clinician.role.id,
            self.reader.setting.id,
            &self.nhs_number.digits(),
            &self.request,
        ];
        key.keyed("request", &parts.map(str::as_bytes))
    }
}

impl Reader {
    /// An audit entry for something this reader does that concerns nobody in particular.
    pub(crate) fn entry(&self, act: Act, answer: &str, at: Timestamp, request: &str) -> AuditEntry {
        AuditEntry {
            at,
            act,
            answer: answer.to_owned(),
            person: self.clinician.uid.clone(),
            role: self.clinician.role.id.clone(),
            organisation: self.clinician.role.organisation.code.0.clone(),
            setting: self.setting.id.to_owned(),
            door: Door::Portal,
            request: request.to_owned(),
            children: Vec::new(),
        }
    }
}
