//! The error summary at the top of a page whose form was not accepted; each line leads to its field.

use leptos::prelude::*;

/// Takes the focus when the page opens, without script. `errors`: what is wrong, and the `id` of the field it is about. Nothing when there are none.
pub fn error_summary(errors: Vec<(&'static str, &'static str)>) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = errors
        .into_iter()
        .map(|(error, field)| view! { <li class="mt-2"><a class="app-error-link" href=format!("#{field}")>{error}</a></li> })
        .collect();
    view! {
        <div class="app-errors" role="alert" aria-labelledby="errors-title" tabindex="-1" autofocus id="errors">
            <h2 class="text-26 font-bold m-0" id="errors-title">"There is a problem"</h2>
            <ul class="list-none p-0 mt-2 mb-0">{lines}</ul>
        </div>
    }
    .into_any()
}
