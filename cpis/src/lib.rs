//! What the service knows: the words and rules of Child Protection - Information Sharing, without IO and without a clock.
//!
//! Everything here is a pure function of its arguments, so what the service decides can be read, tested and compiled for the
//! browser without a database, a network or an executor. "Now" and "today" are always passed in.

pub mod access_history;
pub mod calendar;
pub mod care_setting;
pub mod clinician;
pub mod coverage;
pub mod lookup;
pub mod nhs_number;
pub mod notification;
pub mod organisation;
pub mod permission;
pub mod person;
pub mod plan;
#[cfg(test)]
mod policy_tests;

pub use access_history::{AccessRecord, HISTORY_LENGTH};
pub use care_setting::{Care, CareSetting, POLICIES, Read};
pub use clinician::{ActivityCode, Clinician, Identity, JobRole, RoleProfile};
pub use coverage::{Gap, GapReason};
pub use lookup::{AnswerKind, Decision, Status, UnknownReason, decide};
pub use nhs_number::{NhsNumber, NhsNumberError};
pub use notification::{Notification, Told};
pub use organisation::{AuthorityCode, LocalAuthority, OdsCode, Organisation, Phone};
pub use permission::{Action, Refusal, may, usable_settings};
pub use person::{Gender, PartialDate, Person, PersonName};
pub use plan::{Plan, PlanKind, Standing};
