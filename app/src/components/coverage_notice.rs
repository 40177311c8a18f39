//! "Not covered by this check": the same on every answer, whoever was looked up (ruling 22).

use super::phones;
use crate::nhs::details::details;
use crate::wording;
use cpis::Gap;
use leptos::prelude::*;

/// More authorities than this fold behind a line that opens.
const UNFOLDED: usize = 4;

/// The notice; nothing when every authority is covered. `None`: which ones are not could not be read.
pub fn coverage_notice(gaps: Option<&[Gap]>, office_open: bool) -> AnyView {
    let Some(gaps) = gaps else { return notice(view! { <p class="m-0">{wording::COVERAGE_UNREADABLE}</p> }.into_any()) };
    if gaps.is_empty() {
        return ().into_any();
    }
    let one = |gap: &Gap| {
        let who = format!("{} ({})", gap.authority.name, wording::gap(gap.reason));
        view! { <li class="mt-3"><strong>{who}</strong>{phones::inline(&gap.authority, office_open)}</li> }
    };
    let list = |some: &[Gap]| {
        let items: Vec<_> = some.iter().map(one).collect();
        view! { <ul class="list-none p-0 m-0">{items}</ul> }.into_any()
    };
    let content = if gaps.len() <= UNFOLDED {
        list(gaps)
    } else {
        let names: Vec<_> = gaps.iter().map(|gap| format!("{} ({})", gap.authority.name, wording::gap(gap.reason))).collect();
        view! { <p>{format!("{}.", names.join(", "))}</p>{details("Their phone numbers", list(gaps))} }.into_any()
    };
    notice(content)
}

fn notice(content: AnyView) -> AnyView {
    view! {
        <section class="app-inset border-grey-1" aria-labelledby="not-covered">
            <h2 class="app-inset-title" id="not-covered">{wording::NOT_COVERED}</h2>
            {content}
        </section>
    }
    .into_any()
}
