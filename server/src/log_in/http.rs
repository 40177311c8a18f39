//! The only way this service speaks to the provider: no redirects, and answers of bounded size.

use super::settings::is_loopback;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::pin::Pin;
use std::time::Duration;

/// No honest answer comes near this: a person with forty roles has about 40 kB of user information.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// An HTTP client that can be lied to without harm.
#[derive(Clone)]
pub(super) struct Http(reqwest::Client);

/// Why there is no answer. Says nothing of what was sent or received.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// No connection, a broken answer, or too slow.
    #[error("no answer")]
    NoAnswer,
    /// More than [`LARGEST_ANSWER`].
    #[error("the answer is too large")]
    TooLarge,
}

impl Http {
    /// Redirects are never followed: an answer must come from the address we asked (server-side request forgery).
    pub(super) fn new(issuer: &str, patience: Duration) -> reqwest::Result<Self> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(patience)
            .timeout(patience)
            .https_only(issuer.starts_with("https:"));
        // A proxy of the surroundings must not be asked for an address that means "this machine".
        if reqwest::Url::parse(issuer).is_ok_and(|url| is_loopback(&url)) {
            builder = builder.no_proxy();
        }
        Ok(Self(builder.build()?))
    }

    /// Sends one request and reads the whole answer.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(|_| HttpError::NoAnswer)?;
        let mut answer = self.0.execute(request).await.map_err(|_| HttpError::NoAnswer)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| HttpError::NoAnswer)? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
