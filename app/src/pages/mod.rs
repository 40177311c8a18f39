//! The pages, one file each: a view model of plain values, its title, and what stands in `<main>`.

mod accessibility;
mod answer;
mod care_setting;
mod confirm;
mod contacts;
mod cookies;
mod could_not_check;
mod find;
mod help;
mod message;
mod no_access;
mod privacy;
mod role;
mod start;
mod timed_out;
mod whats_new;
mod wrong_person;

pub use accessibility::AccessibilityPage;
pub use answer::{AnswerPage, History};
pub use care_setting::CareSettingPage;
pub use confirm::ConfirmPage;
pub use contacts::ContactsPage;
pub use cookies::CookiesPage;
pub use could_not_check::CouldNotCheckPage;
pub use find::{FindError, FindNotice, FindPage, TypedFind};
pub use help::HelpPage;
pub use message::{LogInProblem, Message, MessagePage};
pub use no_access::{NoAccess, NoAccessPage};
pub use privacy::PrivacyPage;
pub use role::{RoleChoice, RolePage};
pub use start::{StartNotice, StartPage};
pub use timed_out::TimedOutPage;
pub use whats_new::WhatsNewPage;
pub use wrong_person::WrongPersonPage;

#[cfg(test)]
mod gallery;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
