//! The frame of every page of the sandbox: plain, and never to be taken for the real thing.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::{Sandbox, Shared};

/// A page with this title and, inside `<main>`, this HTML.
pub(crate) fn page(sandbox: &Sandbox, title: &str, body: &str) -> Response {
    // A browser applies form-action to the redirect after a form as well, so the portal must be named.
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        sandbox.settings.portal_url
    );
    let html = format!(
        "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} - sandbox</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/sandbox.css\"></head><body><header><p>Sandbox: nothing here is real</p></header><main>{body}</main></body></html>",
        title = escape(title),
    );
    let headers =
        [(CONTENT_SECURITY_POLICY, policy), (CACHE_CONTROL, "no-store".to_owned()), (REFERRER_POLICY, "same-origin".to_owned())];
    (headers, Html(html)).into_response()
}

/// Text made safe inside HTML and inside a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// An NHS number as it is read out, 3-3-4, kept on one line; any other text as it is.
pub(crate) fn spaced(number: &str) -> String {
    if number.len() == 10 && number.is_ascii() {
        format!("<span class=\"number\">{} {} {}</span>", escape(&number[..3]), escape(&number[3..6]), escape(&number[6..]))
    } else {
        escape(number)
    }
}

/// The HTML of every item, one after the other.
pub(crate) fn each<T>(items: impl IntoIterator<Item = T>, html: impl FnMut(T) -> String) -> String {
    items.into_iter().map(html).collect()
}

/// `GET /sandbox.css`.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/sandbox.css", get(|| async { ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("sandbox.css")) }))
}
