//! Statuses that CP-IS holds, and how each stands on a given day: current, ended and still shown, or no longer shown.

use crate::calendar::{birthday, plus_days};
use crate::organisation::AuthorityCode;
use crate::person::PartialDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A child protection plan or looked-after status stays visible this many days after its end date. To be confirmed (★, ruling 20).
/// Sources disagree: 365 (SCRa guide), 364 (Medicus), "12 months" (London, Croydon), 6 months (older Barnet text).
pub const RETENTION_DAYS: i32 = 365;
/// An unborn child protection plan stays visible this many days after its end date. To be confirmed (★, ruling 20).
/// Sources disagree: 28 days after the due date (SCRa guide), 28 days after the end date (Medicus).
pub const UNBORN_RETENTION_DAYS: i32 = 28;
/// From this many days after its start an unborn plan without an end date asks the reader to confirm with the authority (ruling 20).
pub const UNBORN_CONFIRM_DAYS: i32 = 300;
/// A child protection plan or looked-after status ends on this birthday. To be confirmed (★, ruling 20).
pub const ADULT_AT: i16 = 18;

/// The kind of a status. Codes are those of the value set England-ChildProtectionPlan 1.0.0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum PlanKind {
    /// Child protection plan (CPP).
    ChildProtection,
    /// Looked-after child (LAC): a status, not a plan.
    LookedAfter,
    /// Unborn child protection plan (UCPP), held under the mother's NHS number.
    UnbornChildProtection,
    /// A code this service does not know: always shown, never hidden (domain notes B18).
    Unrecognised(String),
}

impl PlanKind {
    /// The SNOMED CT code, or whatever code was sent.
    pub fn code(&self) -> &str {
        match self {
            Self::ChildProtection => "342191000000101",
            Self::LookedAfter => "764841000000100",
            Self::UnbornChildProtection => "818901000000100",
            Self::Unrecognised(code) => code,
        }
    }

    /// Reads a SNOMED CT code; any other code is kept as unrecognised.
    pub fn from_code(code: &str) -> Self {
        [Self::ChildProtection, Self::LookedAfter, Self::UnbornChildProtection]
            .into_iter()
            .find(|kind| kind.code() == code)
            .unwrap_or_else(|| Self::Unrecognised(code.to_owned()))
    }

    fn ends_at_eighteen(&self) -> bool {
        matches!(self, Self::ChildProtection | Self::LookedAfter)
    }

    fn retention_days(&self) -> i32 {
        if *self == Self::UnbornChildProtection { UNBORN_RETENTION_DAYS } else { RETENTION_DAYS }
    }
}

impl From<String> for PlanKind {
    fn from(code: String) -> Self {
        Self::from_code(&code)
    }
}

impl From<PlanKind> for String {
    fn from(kind: PlanKind) -> Self {
        kind.code().to_owned()
    }
}

/// One status as an authority sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its kind.
    pub kind: PlanKind,
    /// The responsible authority.
    pub authority: AuthorityCode,
    /// First day.
    pub start: Date,
    /// Last day, if the authority sent one.
    pub end: Option<Date>,
    /// The day the authority last sent it.
    pub sent: Date,
}

/// How a status stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// In force; an end date of today or later is still current (ruling 20).
    Current {
        /// The last day, when one was sent.
        ends: Option<Date>,
        /// It has not started yet; shown as current all the same (ruling 18).
        starts_later: bool,
        /// An old unborn plan without an end date: confirm with the authority.
        confirm: bool,
    },
    /// Over, and within the time it stays visible.
    Ended {
        /// The last day (or the 18th birthday).
        on: Date,
        /// It ended because the person turned 18; nobody is told of a read (ruling 20).
        at_eighteen: bool,
    },
    /// Over for longer than it stays visible.
    NoLongerShown,
}

impl Plan {
    /// How this status stands today for somebody born then. A partial birth date never ends anything (ruling 20).
    pub fn standing(&self, born: Option<PartialDate>, today: Date) -> Standing {
        if let PlanKind::Unrecognised(_) = self.kind {
            return Standing::Current { ends: self.end, starts_later: self.start > today, confirm: true };
        }
        let adult_from =
            born.and_then(PartialDate::day).and_then(|born| birthday(born, ADULT_AT)).filter(|_| self.kind.ends_at_eighteen());
        let (on, at_eighteen) = match (self.end, adult_from) {
            (Some(end), Some(adult)) if end < adult => (end, false),
            (_, Some(adult)) if adult <= today => (adult, true),
            (Some(end), _) => (end, false),
            (None, _) => return self.open(today),
        };
        if !at_eighteen && on >= today {
            return Standing::Current { ends: Some(on), starts_later: self.start > today, confirm: false };
        }
        if plus_days(on, self.kind.retention_days()) >= today {
            Standing::Ended { on, at_eighteen }
        } else {
            Standing::NoLongerShown
        }
    }

    fn open(&self, today: Date) -> Standing {
        let old_unborn = self.kind == PlanKind::UnbornChildProtection && plus_days(self.start, UNBORN_CONFIRM_DAYS) <= today;
        Standing::Current { ends: None, starts_later: self.start > today, confirm: old_unborn }
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
