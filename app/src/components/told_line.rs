//! The line that says who has been told: nobody, or each authority and how far it got (ruling 23).

use crate::{paths, wording};
use cpis::Told;
use leptos::prelude::*;

/// `lookup`: the answer's own address, to look again while it is being sent. `told`: each authority's name and state; `worst`: the state over all of them.
/// Where the person lives may be secret: then the authorities stay off paper (ruling 15).
pub fn told_line(told: &[(String, Told)], worst: Told, place_is_secret: bool, lookup: &str) -> AnyView {
    if worst == Told::Nobody {
        return panel(worst, view! { <p class="m-0"><strong>{wording::TOLD_NOBODY}</strong></p> }.into_any());
    }
    let each: Vec<_> =
        told.iter().map(|(name, state)| view! { <li>{format!("{name}: ")}<strong>{wording::told(*state)}</strong></li> }).collect();
    let content = view! {
        <p class="m-0"><strong>{wording::told_heading(worst, told.len())}</strong></p>
        {if place_is_secret { view! { <ul class="my-1 pl-5 print:hidden">{each}</ul> }.into_any() } else { view! { <ul class="my-1 pl-5">{each}</ul> }.into_any() }}
        <p class="m-0">{wording::TOLD_IS_NO_REFERRAL}</p>
        {(worst == Told::Pending).then(|| view! { <p class="m-0 print:hidden"><a href=paths::lookup(lookup)>"See if it has arrived"</a></p> })}
    };
    panel(worst, content.into_any())
}

/// The panel with its machine-readable twin.
pub fn panel(worst: Told, content: AnyView) -> AnyView {
    let class = if worst == Told::Nobody { "app-told border-grey-1" } else { "app-told border-warm" };
    view! { <section class=class data-told=worst.word() aria-label="Who has been told">{content}</section> }.into_any()
}
