//! How the server answers: a page with a status, a redirect after a post, and a plain message with a reference when something failed.

use crate::logged_in::LoggedIn;
use crate::state::State;
use app::{Message, MessagePage, Page};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::{Form, RequestExt};
use registry::Unavailable;
use serde::de::DeserializeOwned;
use std::convert::Infallible;

/// The request's own id: in every log line about it, and the reference on every page that says something went wrong.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

impl RequestId {
    /// The short form people read out.
    pub fn reference(&self) -> String {
        self.0.get(..8).unwrap_or(&self.0).to_uppercase()
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(|| Self(uuid::Uuid::new_v4().to_string())))
    }
}

/// A posted form. One that cannot be read is answered with a plain page, never with the reader's own words.
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned> FromRequest<std::sync::Arc<State>> for Posted<T> {
    type Rejection = Response;
    async fn from_request(mut request: Request, state: &std::sync::Arc<State>) -> Result<Self, Response> {
        let Ok(id) = request.extract_parts::<RequestId>().await;
        match Form::<T>::from_request(request, state).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(rejection) => {
                let status =
                    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { rejection.status() } else { StatusCode::BAD_REQUEST };
                Err(message(state, status, Message::BadRequest, Some(&id)))
            }
        }
    }
}

/// A page for whoever is logged in, or for anybody.
pub fn page(state: &State, who: Option<&LoggedIn>, status: StatusCode, page: &impl Page) -> Response {
    let frame = who.map_or_else(|| state.frame(), |who| who.frame(state));
    (status, Html(page.html(&frame))).into_response()
}

/// A plain message, with the reference when there is something to find in the log.
pub fn message(state: &State, status: StatusCode, message: Message, id: Option<&RequestId>) -> Response {
    message_to(state, None, status, message, id)
}

/// A plain message to somebody logged in.
pub fn message_to(state: &State, who: Option<&LoggedIn>, status: StatusCode, message: Message, id: Option<&RequestId>) -> Response {
    page(state, who, status, &MessagePage { message, reference: id.map(RequestId::reference) })
}

/// The registry failed: nothing was shown and nothing half-written. The cause goes to the log only.
pub fn unavailable(state: &State, error: &Unavailable, id: &RequestId) -> Response {
    tracing::error!(request = id.0, cause = error.cause(), "the registry is unavailable");
    message(state, StatusCode::SERVICE_UNAVAILABLE, Message::Unavailable, Some(id))
}

/// 303 See Other, to one of our own addresses.
pub fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}
