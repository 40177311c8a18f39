//! After somebody reported that an answer was about the wrong person (ruling 17).

use crate::components::phones;
use crate::frame::{Frame, Page};
use crate::nhs::button::main_link;
use crate::nhs::inset::warm_inset;
use crate::nhs::summary_list::summary_list;
use crate::{paths, wording};
use cpis::LocalAuthority;
use leptos::prelude::*;

/// What to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongPersonPage {
    /// The authorities that were told of the read; empty when nobody was.
    pub notified: Vec<LocalAuthority>,
    /// Office lines are open now.
    pub office_open: bool,
}

impl Page for WrongPersonPage {
    fn title(&self) -> &'static str {
        "Wrong person reported"
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let what = if self.notified.is_empty() {
            view! { <p class="max-w-prose">{wording::WRONG_PERSON_SILENT}</p> }.into_any()
        } else {
            let cards: Vec<_> = self
                .notified
                .iter()
                .map(|authority| view! { <h2>{authority.name.clone()}</h2>{summary_list(phones::rows(authority, self.office_open))} })
                .collect();
            view! {
                {warm_inset(view! { <p class="m-0"><strong>{wording::WRONG_PERSON_NOTIFIED}</strong></p> })}
                {cards}
            }
            .into_any()
        };
        view! {
            <h1>"Wrong person reported"</h1>
            {what}
            <p class="max-w-prose mt-6">{wording::WRONG_PERSON_RECORD}</p>
            <p class="mt-8">{main_link("Check another child", paths::find())}</p>
        }
        .into_any()
    }
}
