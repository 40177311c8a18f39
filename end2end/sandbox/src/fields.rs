//! Reads what was posted, whether a test sent JSON or a person pressed a button on a page.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Form, FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Map, Value};

/// The posted names and values.
pub(crate) struct Fields {
    /// A form's values are all strings.
    pub(crate) values: Map<String, Value>,
    from_page: bool,
}

impl Fields {
    /// The text under `name`, if there is any.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(Value::as_str)
    }

    /// Answers a program with `answer` and sends a person back to the page at `path`.
    pub(crate) fn answer(&self, path: &str, answer: impl IntoResponse) -> Response {
        if self.from_page { Redirect::to(path).into_response() } else { answer.into_response() }
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            let Form(pairs) =
                Form::<BTreeMap<String, String>>::from_request(request, state).await.map_err(IntoResponse::into_response)?;
            let values = pairs.into_iter().map(|(name, value)| (name, Value::String(value)));
            return Ok(Self { values: values.collect(), from_page: true });
        }
        let Json(values) = Json::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        Ok(Self { values, from_page: false })
    }
}
