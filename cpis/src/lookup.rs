//! What a look-up answers: the statuses to show, in order, which of the four answers they make, and who must be told.

use crate::care_setting::Read;
use crate::organisation::AuthorityCode;
use crate::person::PartialDate;
use crate::plan::{Plan, PlanKind, Standing};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One status to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Its kind.
    pub kind: PlanKind,
    /// The responsible authority.
    pub authority: AuthorityCode,
    /// First day.
    pub start: Date,
    /// How it stands today.
    pub standing: Standing,
    /// The day the authority last sent it.
    pub sent: Date,
}

/// The four answers, four different words and shapes (decision D5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerKind {
    /// A status is current, starts in the future, or is of an unknown code.
    Current,
    /// None is current; one ended within the time it stays visible.
    Ended,
    /// Nothing is held that may be shown. Never "safe".
    None,
    /// It could not be checked. Never "nothing found".
    Unknown,
}

impl AnswerKind {
    /// The machine-readable twin of the words on the page: `current`, `ended`, `none` or `unknown`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Ended => "ended",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }
}

/// Why an answer is "could not check" (ruling 18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnknownReason {
    /// The number is not on the index: "we cannot confirm whose number this is".
    NotOnIndex,
    /// The number was invalidated and not replaced.
    Invalidated,
    /// The record of statuses could not be read.
    Unreadable,
}

/// What is shown of somebody's statuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Current statuses, newest start first.
    pub current: Vec<Status>,
    /// Ended statuses still visible, latest end first.
    pub ended: Vec<Status>,
}

/// Decides what is shown today of the statuses held for somebody born then. The order of `plans` does not matter.
pub fn decide(plans: &[Plan], born: Option<PartialDate>, today: Date) -> Decision {
    let mut decision = Decision { current: Vec::new(), ended: Vec::new() };
    for plan in plans {
        let standing = plan.standing(born, today);
        let status =
            Status { kind: plan.kind.clone(), authority: plan.authority.clone(), start: plan.start, standing, sent: plan.sent };
        match standing {
            Standing::Current { .. } => decision.current.push(status),
            Standing::Ended { .. } => decision.ended.push(status),
            Standing::NoLongerShown => {}
        }
    }
    decision.current.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.start.cmp(&a.start)).then(a.authority.cmp(&b.authority)));
    decision.ended.sort_by(|a, b| b.last_day().cmp(&a.last_day()).then(a.kind.cmp(&b.kind)).then(a.authority.cmp(&b.authority)));
    decision
}

impl Status {
    fn last_day(&self) -> Option<Date> {
        match self.standing {
            Standing::Ended { on, .. } => Some(on),
            Standing::Current { ends, .. } => ends,
            Standing::NoLongerShown => None,
        }
    }

    /// Is a notifying read of this status told to its authority? Not when it ended because the person turned 18 (ruling 20).
    fn is_told(&self) -> bool {
        !matches!(self.standing, Standing::Ended { at_eighteen: true, .. } | Standing::NoLongerShown)
    }
}

impl Decision {
    /// Which of the four answers this is; never `Unknown`, which is for what could not be decided.
    pub fn answer(&self) -> AnswerKind {
        match (self.current.is_empty(), self.ended.is_empty()) {
            (false, _) => AnswerKind::Current,
            (true, false) => AnswerKind::Ended,
            (true, true) => AnswerKind::None,
        }
    }

    /// Is any status shown?
    pub fn shows_a_status(&self) -> bool {
        self.answer() != AnswerKind::None
    }

    /// Every status shown, current ones first.
    pub fn statuses(&self) -> impl Iterator<Item = &Status> {
        self.current.iter().chain(&self.ended)
    }

    /// The authorities told of this read, each once: none in a silent read; else those of every status shown (decision D8).
    pub fn recipients(&self, read: Read) -> BTreeSet<AuthorityCode> {
        match read {
            Read::Silent => BTreeSet::new(),
            Read::Notifying => self.statuses().filter(|s| s.is_told()).map(|s| s.authority.clone()).collect(),
        }
    }

    /// Does this read join the child's history? Only a notifying read of somebody with a status to show (decision D7).
    pub fn joins_history(&self, read: Read) -> bool {
        read == Read::Notifying && self.shows_a_status()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(code: &str, authority: &str, start: &str, end: Option<&str>) -> Plan {
        Plan {
            kind: PlanKind::from_code(code),
            authority: AuthorityCode(authority.into()),
            start: start.parse().unwrap(),
            end: end.map(|d| d.parse().unwrap()),
            sent: "2026-11-22".parse().unwrap(),
        }
    }

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    #[test]
    fn a_silent_read_has_no_recipients_whatever_is_held() {
        let decision = decide(&[plan("342191000000101", "A", "2026-01-01", None)], None, today());
        assert!(decision.recipients(Read::Silent).is_empty());
        assert!(!decision.joins_history(Read::Silent));
        assert_eq!(decision.recipients(Read::Notifying).len(), 1);
    }

    #[test]
    fn each_authority_is_told_once_however_many_statuses_it_sent() {
        let plans = [
            plan("342191000000101", "A", "2026-01-01", None),
            plan("764841000000100", "A", "2026-02-01", None),
            plan("342191000000101", "B", "2025-01-01", Some("2026-06-01")),
            plan("342191000000101", "C", "2020-01-01", Some("2021-01-01")),
        ];
        let told = decide(&plans, None, today()).recipients(Read::Notifying);
        assert_eq!(told.iter().map(|a| a.0.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    }

    #[test]
    fn nothing_held_is_none_and_tells_nobody() {
        let decision = decide(&[plan("342191000000101", "C", "2020-01-01", Some("2021-01-01"))], None, today());
        assert_eq!(decision.answer(), AnswerKind::None);
        assert!(decision.recipients(Read::Notifying).is_empty() && !decision.joins_history(Read::Notifying));
    }

    #[test]
    fn a_status_that_ended_at_eighteen_is_shown_and_not_told() {
        let born = PartialDate::parse("2008-11-22").ok();
        let decision = decide(&[plan("764841000000100", "A", "2020-01-01", None)], born, today());
        assert_eq!(decision.answer(), AnswerKind::Ended);
        assert!(decision.recipients(Read::Notifying).is_empty());
    }

    #[test]
    fn a_current_status_outranks_an_ended_one() {
        let plans =
            [plan("342191000000101", "A", "2025-01-01", Some("2026-06-01")), plan("764841000000100", "A", "2026-07-01", None)];
        let decision = decide(&plans, None, today());
        assert_eq!((decision.answer(), decision.current.len(), decision.ended.len()), (AnswerKind::Current, 1, 1));
    }
}
