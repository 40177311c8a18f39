//! The context bar: what looking does here stands first, in words and in shape; then where and who.

use crate::frame::Who;
use crate::{paths, wording};
use leptos::prelude::*;

/// Never printed: the setting and organisation of some services must not appear in anything that leaves (ruling 24).
pub fn context_bar(who: &Who) -> AnyView {
    let setting = who.setting.map(|setting| {
        let shape = if setting.notifies() { "app-mode app-mode-notifying" } else { "app-mode app-mode-silent" };
        let change = who.may_change_setting.then(|| {
            view! {
                <a class="app-tap" href=paths::care_setting()>
                    "Change"<span class="sr-only">" care setting"</span>
                </a>
            }
        });
        view! {
            <p class=shape>{wording::effect(setting)}</p>
            <p class="m-0 flex flex-wrap gap-x-3 items-center"><strong>{setting.name}</strong>{change}</p>
        }
    });
    let person = format!("{} · {} · {} ({})", who.name, who.role, who.organisation.name, who.organisation.code.0);
    view! {
        <section class="bg-white border-b border-grey-4 text-16 print:hidden" aria-label="How you are working now">
            <div class="max-w-page mx-auto px-4 sm:px-8 py-2 flex flex-wrap gap-x-6 gap-y-1 items-center">
                {setting}
                <p class="m-0 text-grey-1 w-full">{person}</p>
            </div>
        </section>
    }
    .into_any()
}
