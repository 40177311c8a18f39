//! Pages that say the same to everyone: the footer's, and every authority's phones.

use crate::answering::{RequestId, message, page};
use crate::logged_in::{LoggedIn, Visitor, visitor};
use crate::state::Shared;
use app::{AccessibilityPage, ContactsPage, CookiesPage, HelpPage, Message, Page, PrivacyPage, WhatsNewPage};
use axum::extract::State as Extract;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

/// Who is asking, if that can be told; these pages stand without.
async fn somebody(state: &Shared, headers: &HeaderMap, id: RequestId) -> Option<LoggedIn> {
    match visitor(state, headers, id).await {
        Ok(Visitor::LoggedIn(who)) => {
            state.registry.touch(&who.session, who.now).await;
            Some(*who)
        }
        _ => None,
    }
}

async fn plain(state: Shared, headers: HeaderMap, id: RequestId, content: impl Page) -> Response {
    let who = somebody(&state, &headers, id).await;
    page(&state, who.as_ref(), StatusCode::OK, &content)
}

/// `GET /accessibility`.
pub async fn accessibility(Extract(state): Extract<Shared>, headers: HeaderMap, id: RequestId) -> Response {
    plain(state, headers, id, AccessibilityPage).await
}

/// `GET /privacy`.
pub async fn privacy(Extract(state): Extract<Shared>, headers: HeaderMap, id: RequestId) -> Response {
    plain(state, headers, id, PrivacyPage).await
}

/// `GET /cookies`.
pub async fn cookies(Extract(state): Extract<Shared>, headers: HeaderMap, id: RequestId) -> Response {
    plain(state, headers, id, CookiesPage).await
}

/// `GET /whats-new`.
pub async fn whats_new(Extract(state): Extract<Shared>, headers: HeaderMap, id: RequestId) -> Response {
    plain(state, headers, id, WhatsNewPage).await
}

/// `GET /help`.
pub async fn help(Extract(state): Extract<Shared>, headers: HeaderMap, id: RequestId) -> Response {
    plain(state, headers, id, HelpPage).await
}

/// `GET /contacts`: from memory, so that it stands when the registry does not.
pub async fn contacts(Extract(state): Extract<Shared>, headers: HeaderMap, id: RequestId) -> Response {
    let contacts = state.registry.contacts();
    let content = ContactsPage {
        as_of: contacts.as_ref().map(|contacts| contacts.as_of),
        authorities: contacts.map(|contacts| contacts.authorities.clone()).unwrap_or_default(),
        office_open: state.days.office_open(state.clock.now()),
    };
    plain(state, headers, id, content).await
}

/// Any address there is not.
pub async fn not_found(Extract(state): Extract<Shared>) -> Response {
    message(&state, StatusCode::NOT_FOUND, Message::NotFound, None)
}

/// An address there is, with a method it does not take.
pub async fn wrong_method(Extract(state): Extract<Shared>) -> Response {
    message(&state, StatusCode::METHOD_NOT_ALLOWED, Message::WrongMethod, None)
}
