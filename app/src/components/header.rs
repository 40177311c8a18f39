//! The header: the service's name, the way to the main task, and the way out.

use crate::frame::Who;
use crate::{paths, wording};
use leptos::prelude::*;

/// The line above everything that says the people are not real.
pub fn demonstration() -> AnyView {
    view! {
        <section class="bg-ink text-white text-16" aria-label="Demonstration">
            <p class="max-w-page mx-auto px-4 sm:px-8 py-2 m-0">{wording::DEMONSTRATION}</p>
        </section>
    }
    .into_any()
}

/// The header. The links depend on whether somebody is logged in, and on whether a role and a care setting are chosen.
pub fn header(who: Option<&Who>, logged_in: bool) -> AnyView {
    let links = logged_in.then(|| {
        let find =
            who.and_then(|who| who.setting).map(|_| view! { <li><a class="app-nav" href=paths::find()>"Find a child"</a></li> });
        let role = who
            .is_some_and(|who| who.may_change_role)
            .then(|| view! { <li><a class="app-nav" href=paths::role()>"Change role"</a></li> });
        view! {
            <nav class="print:hidden" aria-label="Account">
                <ul class="flex flex-wrap gap-x-6 list-none m-0 p-0">
                    {find}
                    {role}
                    <li>
                        <form method="post" action=paths::log_out()>
                            <button class="app-nav" type="submit">"Log out"</button>
                        </form>
                    </li>
                </ul>
            </nav>
        }
    });
    view! {
        <header class="bg-blue text-white">
            <div class="max-w-page mx-auto px-4 sm:px-8 py-2 flex flex-wrap gap-x-6 items-center justify-between">
                <a class="app-nav app-service" href=paths::start()>{wording::SERVICE}</a>
                {links}
            </div>
        </header>
    }
    .into_any()
}
