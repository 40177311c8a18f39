//! What the service shows: every page as a pure function from what a logged-in person may see to HTML, and the islands that wake in the browser.
//!
//! Pages, components and the document around them need the feature `ssr`; only `islands`, `paths` and `wording` reach the browser.

pub mod islands;
pub mod paths;
pub mod wording;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod nhs;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod render;

#[cfg(feature = "ssr")]
pub use frame::{Assets, Frame, Page, SessionClock, Stay, Who};
#[cfg(feature = "ssr")]
pub use pages::{
    AccessibilityPage, AnswerPage, CareSettingPage, ConfirmPage, ContactsPage, CookiesPage, CouldNotCheckPage, FindError,
    FindNotice, FindPage, HelpPage, History, LogInProblem, Message, MessagePage, NoAccess, NoAccessPage, PrivacyPage, RoleChoice,
    RolePage, StartNotice, StartPage, TimedOutPage, TypedFind, WhatsNewPage, WrongPersonPage,
};
