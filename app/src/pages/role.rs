//! Choosing a role, when several are usable (ruling 16).

use crate::frame::{Frame, Page, Stay};
use crate::nhs::button::main_button;
use crate::nhs::error_summary::error_summary;
use crate::nhs::radios::{Radio, Radios};
use crate::pages::no_access::refusal_words;
use crate::paths::{self, Back};
use cpis::{Read, Refusal};
use leptos::prelude::*;

/// One role somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleChoice {
    /// `person_roleid`.
    pub id: String,
    /// The job role's name.
    pub job: String,
    /// The organisation's name.
    pub organisation: String,
    /// What reading in it can do, or why it cannot be used.
    pub effect: Result<Vec<Read>, Refusal>,
}

/// The question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolePage {
    /// Every role held.
    pub roles: Vec<RoleChoice>,
    /// None was chosen.
    pub error: bool,
}

fn effect_words(reads: &[Read]) -> &'static str {
    match (reads.contains(&Read::Silent), reads.contains(&Read::Notifying)) {
        (true, true) => "Silent and notifying care settings",
        (false, true) => "Notifying care settings: each responsible local authority is told if CP-IS holds a status",
        _ => "Silent care settings: social care is not told",
    }
}

impl RolePage {
    fn unusable(&self) -> AnyView {
        let lines: Vec<_> = self
            .roles
            .iter()
            .filter_map(|role| {
                let reason = refusal_words(*role.effect.as_ref().err()?);
                Some(view! { <li class="mt-2"><strong>{format!("{}, {}", role.job, role.organisation)}</strong>{format!(": {reason}")}</li> })
            })
            .collect();
        if lines.is_empty() {
            return ().into_any();
        }
        view! { <h2>"Roles you cannot use here"</h2><ul class="pl-5">{lines}</ul> }.into_any()
    }
}

impl Page for RolePage {
    fn title(&self) -> &'static str {
        if self.error { "Error: Choose a role" } else { "Choose a role" }
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Role)
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        const MISSING: &str = "Choose the role you are working in";
        let choices = self
            .roles
            .iter()
            .filter_map(|role| {
                let reads = role.effect.as_ref().ok()?;
                let hint = view! { {role.organisation.clone()}<br />{effect_words(reads)} }.into_any();
                Some(Radio { value: role.id.clone(), label: role.job.clone(), hint })
            })
            .collect();
        let radios = Radios {
            name: "role",
            question: "Which role are you working in?",
            hint: "What you do is recorded under this role.".into_any(),
            choices,
            error: self.error.then_some(MISSING),
        };
        view! {
            {error_summary(if self.error { vec![(MISSING, "role")] } else { Vec::new() })}
            <form method="post" action=paths::role()>
                {radios.view()}
                <p class="mt-6 mb-0">{main_button("Continue")}</p>
            </form>
            {self.unusable()}
        }
        .into_any()
    }
}
