//! An authority's telephone numbers: the line that is open now first, both always shown (ruling 26).

use crate::nhs::summary_list::row;
use crate::wording;
use cpis::{LocalAuthority, Phone};
use leptos::prelude::*;

/// One line of an authority.
#[derive(Clone, Copy)]
struct Line<'a> {
    name: &'static str,
    when: &'static str,
    phone: Option<&'a Phone>,
    open: bool,
}

/// The two lines, the open one first.
fn lines(authority: &LocalAuthority, office_open: bool) -> [Line<'_>; 2] {
    let office = Line {
        name: "Office hours",
        when: "Monday to Friday, 9am to 5pm",
        phone: authority.office_phone.as_ref(),
        open: office_open,
    };
    let emergency = Line {
        name: "Emergency duty team",
        when: "nights, weekends, bank holidays",
        phone: authority.emergency_phone.as_ref(),
        open: !office_open,
    };
    if office_open { [office, emergency] } else { [emergency, office] }
}

/// Two rows for a summary list, with large `tel:` links; the one that is open now first, and marked so.
pub fn rows(authority: &LocalAuthority, office_open: bool) -> Vec<AnyView> {
    lines(authority, office_open).into_iter().map(row_of).collect()
}

fn row_of(line: Line<'_>) -> AnyView {
    let now = (line.open && line.phone.is_some()).then(|| view! { <strong class="app-tag">"Open now"</strong> });
    let term = view! {
        {line.name}
        <span class="block text-16 font-normal text-grey-1">{line.when}</span>
    };
    row(term, view! { <span class="flex flex-wrap gap-x-4 items-center">{number(line.phone, "app-tel app-tel-large")}{now}</span> })
}

/// Both lines on one line of text, for lists of authorities.
pub fn inline(authority: &LocalAuthority, office_open: bool) -> AnyView {
    let both: Vec<_> = lines(authority, office_open)
        .into_iter()
        .map(|line| view! { <span class="flex flex-wrap gap-x-2 items-center">{format!("{}: ", line.name)}{number(line.phone, "app-tel")}</span> })
        .collect();
    view! { <span class="flex flex-wrap gap-x-6">{both}</span> }.into_any()
}

fn number(phone: Option<&Phone>, class: &'static str) -> AnyView {
    match phone {
        Some(phone) => view! { <a class=class href=format!("tel:{}", phone.dialled())>{phone.0.clone()}</a> }.into_any(),
        None => view! { <span>{wording::PHONE_NOT_SUPPLIED}</span> }.into_any(),
    }
}
