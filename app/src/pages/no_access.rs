//! No role that opens this service: why, what is needed, and whom to ask.

use crate::frame::{Frame, Page};
use crate::nhs::button::main_button;
use crate::paths;
use cpis::Refusal;
use leptos::prelude::*;

/// Why there is no way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAccess {
    /// The smartcard carries no role at all.
    NoRoles,
    /// No role may look anybody up.
    Refused(Refusal),
    /// A privacy officer or Caldicott guardian, whose desk does not exist yet (ruling 39).
    ForAnotherDesk,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAccessPage {
    /// Why.
    pub reason: NoAccess,
    /// Job role and organisation of every role held.
    pub held: Vec<(String, String)>,
}

/// Why a role cannot be used, for its holder.
pub(crate) fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::OversightRole => "it is a role of oversight",
        Refusal::NoActivityCode => "it holds neither activity B0107 nor B0170",
        Refusal::SilentNotPermitted => "it does not hold activity B0170, which silent care settings need",
        Refusal::NotifyingNotPermitted => "it does not hold activity B0107, which notifying care settings need",
        Refusal::SettingNotOfOrganisation => "its activities do not fit any care setting of the organisation",
        Refusal::OrganisationNotSetUp => "the organisation has not been set up for this service",
        Refusal::AdministrativeRole => "it is an administrative role",
        Refusal::RestrictedRecord => "it may not see restricted records",
    }
}

impl NoAccessPage {
    fn reason(&self) -> String {
        match self.reason {
            NoAccess::NoRoles => "Your Care Identity profile carries no role.".into(),
            NoAccess::Refused(refusal) => format!("You cannot look anybody up with your role: {}.", refusal_words(refusal)),
            NoAccess::ForAnotherDesk => {
                "Privacy officers and Caldicott guardians do not look people up here. Their part of this service is not open yet."
                    .into()
            }
        }
    }
}

impl Page for NoAccessPage {
    fn title(&self) -> &'static str {
        "You do not have access"
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let held: Vec<_> = self.held.iter().map(|(role, place)| view! { <li>{format!("{role}, {place}")}</li> }).collect();
        let held = (!held.is_empty()).then(|| view! { <h2>"Roles you hold"</h2><ul class="pl-5">{held}</ul> });
        view! {
            <h1>"You do not have access"</h1>
            <p class="max-w-prose">{self.reason()}</p>
            <h2>"What a role needs"</h2>
            <ul class="pl-5">
                <li><strong>"B0170"</strong>" to look without telling social care, in scheduled care"</li>
                <li class="mt-2"><strong>"B0107"</strong>" to look and tell the responsible local authority, in unscheduled care"</li>
            </ul>
            <h2>"Whom to ask"</h2>
            <p class="max-w-prose">"Ask the Registration Authority of your organisation. It puts activities on roles. Tell it the code you need and where you work."</p>
            {held}
            <form method="post" action=paths::log_out() class="mt-8">{main_button("Log out")}</form>
        }
        .into_any()
    }
}
