//! A table that becomes a list of cards on a narrow screen, each cell carrying its column's name.

use leptos::prelude::*;

/// `caption` is for screen readers; every row has as many cells as there are `columns`.
pub fn table<const N: usize>(caption: &'static str, columns: [&'static str; N], rows: Vec<[String; N]>) -> AnyView {
    let head: Vec<_> = columns.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect();
    let body: Vec<_> = rows
        .into_iter()
        .map(|cells| {
            let cells: Vec<_> =
                cells.into_iter().zip(columns).map(|(cell, name)| view! { <td data-label=name role="cell">{cell}</td> }).collect();
            view! { <tr role="row">{cells}</tr> }
        })
        .collect();
    view! {
        <table class="app-table" role="table">
            <caption class="sr-only">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{head}</tr></thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
    .into_any()
}
