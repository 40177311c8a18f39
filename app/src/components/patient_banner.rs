//! The patient banner: who this is, before anything is said about them. Order and labels follow the common user interface.

use crate::wording;
use cpis::{NhsNumber, Person};
use jiff::civil::Date;
use leptos::prelude::*;

/// Who an answer or a confirm page is about.
pub struct Banner<'a> {
    /// `None` when nobody could be read under the number.
    pub person: Option<&'a Person>,
    /// The number that was asked for.
    pub asked: NhsNumber,
    /// It was replaced by the person's present number (ruling 21).
    pub number_changed: bool,
    /// Statuses under it were looked up; not so on a confirm page.
    pub checked: bool,
    /// London's today.
    pub today: Date,
}

impl Banner<'_> {
    /// The banner. A number that changed is said under it.
    pub fn view(&self) -> AnyView {
        let Some(person) = self.person else {
            return number_only(self.asked);
        };
        let name = person.name.as_ref().map_or_else(|| "Name not held".to_owned(), cpis::PersonName::banner);
        let changed =
            self.number_changed.then(|| wording::number_changed(&self.asked.spaced(), &person.nhs_number.spaced(), self.checked));
        let class = if person.died.is_some() { "app-banner app-banner-died" } else { "app-banner" };
        view! {
            <section class=class aria-label="Person">
                {person.died.map(|_| view! { <p class="app-banner-note"><strong>{wording::DECEASED}</strong></p> })}
                {person.restricted.then(|| view! { <p class="app-banner-note"><strong>{wording::RESTRICTED}</strong></p> })}
                <dl class="app-banner-list">
                    <div class="app-banner-name"><dt class="sr-only">"Name"</dt><dd>{name}</dd></div>
                    {cell("Born", born(person, self.today))}
                    {person.died.map(|died| cell("Died", died.long()))}
                    {cell("Gender", person.gender.word().to_owned())}
                    {cell("NHS number", person.nhs_number.spaced())}
                </dl>
                {place(person)}
            </section>
            {changed.map(|words| view! { <p class="app-inset border-blue mt-4 mb-0"><strong>{words}</strong></p> })}
        }
        .into_any()
    }
}

/// "6 August 2018 (8 years)"; the dead have no age today.
fn born(person: &Person, today: Date) -> String {
    let Some(born) = person.born else {
        return "Not known".to_owned();
    };
    match person.age_words(today).filter(|_| person.died.is_none()) {
        Some(age) => format!("{} ({age})", born.long()),
        None => born.long(),
    }
}

fn cell(term: &'static str, text: String) -> AnyView {
    view! { <div><dt>{term}</dt><dd>{text}</dd></div> }.into_any()
}

/// Address and GP, when there are any and the record is not restricted (ruling 15: said here again, whatever is passed in).
fn place(person: &Person) -> AnyView {
    if person.restricted || (person.address.is_none() && person.gp.is_none()) {
        return ().into_any();
    }
    let list = || {
        view! {
            {person.address.clone().map(|address| cell("Address", address))}
            {person.gp.clone().map(|gp| cell("GP practice", gp))}
        }
    };
    // On a phone the answer must stand on the first screen: address and GP fold away there.
    view! {
        <dl class="app-banner-list app-banner-place">{list()}</dl>
        <details class="app-details app-banner-fold">
            <summary>"Address and GP practice"</summary>
            <dl class="app-banner-list">{list()}</dl>
        </details>
    }
    .into_any()
}

fn number_only(asked: NhsNumber) -> AnyView {
    view! {
        <section class="app-banner" aria-label="Person">
            <dl class="app-banner-list">
                <div class="app-banner-name"><dt class="sr-only">"Name"</dt><dd>"Name not known"</dd></div>
                {cell("NHS number", asked.spaced())}
            </dl>
        </section>
    }
    .into_any()
}
