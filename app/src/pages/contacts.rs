//! The telephone numbers of every local authority, A to Z.

use crate::components::phones;
use crate::frame::{Frame, Page, Stay};
use crate::nhs::summary_list::summary_list;
use crate::paths::Back;
use cpis::{LocalAuthority, calendar};
use jiff::Timestamp;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactsPage {
    /// Every authority, in any order.
    pub authorities: Vec<LocalAuthority>,
    /// How old the list is.
    pub as_of: Option<Timestamp>,
    /// Office lines are open now.
    pub office_open: bool,
}

impl ContactsPage {
    fn by_letter(&self) -> BTreeMap<char, Vec<&LocalAuthority>> {
        let mut letters: BTreeMap<char, Vec<&LocalAuthority>> = BTreeMap::new();
        for authority in &self.authorities {
            let letter = authority.name.chars().next().map_or('#', |c| c.to_ascii_uppercase());
            letters.entry(letter).or_default().push(authority);
        }
        for group in letters.values_mut() {
            group.sort_by(|a, b| a.name.cmp(&b.name));
        }
        letters
    }
}

impl Page for ContactsPage {
    fn title(&self) -> &'static str {
        "Phone numbers"
    }

    fn stay(&self) -> Stay {
        Stay::Back(Back::Contacts)
    }

    fn main(&self, _frame: &Frame) -> AnyView {
        let letters = self.by_letter();
        let index: Vec<_> = letters
            .keys()
            .map(|letter| view! { <li><a class="app-letter" href=format!("#letter-{letter}")>{letter.to_string()}</a></li> })
            .collect();
        let groups: Vec<_> = letters
            .into_iter()
            .map(|(letter, group)| {
                let cards: Vec<_> = group
                    .into_iter()
                    .map(|authority| {
                        view! { <h3 class="mt-6 mb-0">{authority.name.clone()}</h3>{summary_list(phones::rows(authority, self.office_open))} }
                    })
                    .collect();
                view! { <section><h2 class="app-letter-title" id=format!("letter-{letter}")>{letter.to_string()}</h2>{cards}</section> }
            })
            .collect();
        let age = self.as_of.map(|at| view! { <p class="text-grey-1">{format!("As of {}", calendar::long_moment(at))}</p> });
        let empty = self.authorities.is_empty().then(|| {
            view! { <p>"The list could not be read. Phone the switchboard of the council where the person lives and ask for children's social care."</p> }
        });
        view! {
            <h1>"Phone numbers of children's social care"</h1>
            <p class="max-w-prose">"Phone the local authority where the person lives. If somebody is in immediate danger, phone 999."</p>
            {age}
            {empty}
            <nav aria-label="Letters"><ul class="flex flex-wrap gap-2 list-none p-0">{index}</ul></nav>
            {groups}
        }
        .into_any()
    }
}
