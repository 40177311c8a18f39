//! The doors of log-in: to the provider, back from it, its back channel, and our public keys.

use super::refusal::{LogInRefusal, Problem, Refused};
use super::secret::{new_secret, pkce_challenge, same_secret};
use super::{LoggedIn, LogoutRefusal};
use crate::answering::{RequestId, message, page, see_other, unavailable};
use crate::logged_in::{SESSION_COOKIE, cookie, set_cookie};
use crate::state::Shared;
use app::{LogInProblem, Message, MessagePage, paths};
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use jiff::Timestamp;
use registry::LogInAttempt;
use serde::Deserialize;
use serde_json::json;

/// The cookie that ties the way back to the browser that set out. Lax, because the way back comes from another site.
pub const LOG_IN_COOKIE: &str = "__Host-log-in";
/// How long the way there and back may take, in seconds.
const LOG_IN_SECONDS: i64 = 600;
/// The longest authorisation code that is passed on, in bytes.
const LONGEST_CODE: usize = 4096;
/// How long the provider may keep our public keys, so that a new key is known soon.
const KEYS_KEPT: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// `GET /log-in`: sends the browser to the provider with fresh secrets; keeps their other halves under the secret in the cookie.
pub async fn begin(State(state): State<Shared>, id: RequestId) -> Response {
    let now = state.clock.now();
    let attempt = LogInAttempt { state: new_secret(), nonce: new_secret(), verifier: new_secret() };
    let challenge = pkce_challenge(&attempt.verifier);
    let address = match state.provider.authorise_url(&attempt.state, &attempt.nonce, &challenge, now).await {
        Ok(address) => address,
        Err(refusal) => {
            tracing::warn!(request = id.0, reason = refusal.code(), "log-in cannot begin");
            return message(&state, StatusCode::SERVICE_UNAVAILABLE, Message::LogInUnavailable, Some(&id));
        }
    };
    let secret = new_secret();
    if let Err(error) = state.registry.begin_log_in(&secret, &attempt, now).await {
        return unavailable(&state, &error, &id);
    }
    with_cookie(see_other(&address), &set_cookie(LOG_IN_COOKIE, &secret, Some(LOG_IN_SECONDS)))
}

/// What the provider puts into the address it sends the browser back to. Only `error` is looked at of an error, never its description.
#[derive(Default, Deserialize)]
pub struct Callback {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// `GET /log-in/callback`: lets somebody in, or says plainly that they are not. Either way the attempt is spent.
pub async fn callback(
    State(state): State<Shared>,
    id: RequestId,
    headers: HeaderMap,
    query: Result<Query<Callback>, QueryRejection>,
) -> Response {
    let now = state.clock.now();
    let answer = query.map(|Query(answer)| answer).unwrap_or_default();
    // Without our cookie this is nobody's attempt: said, counted in the log, and not audited (ruling 10).
    let Some(secret) = cookie(&headers, LOG_IN_COOKIE).filter(|secret| is_ours(secret)) else {
        tracing::info!(request = id.0, reason = LogInRefusal::State.code(), "a log-in came back without its cookie");
        return message(&state, StatusCode::BAD_REQUEST, Message::LogInRefused(LogInProblem::Expired), Some(&id));
    };
    let attempt = match state.registry.take_log_in(&secret, now).await {
        Ok(attempt) => attempt,
        Err(error) => return unavailable(&state, &error, &id),
    };
    let response = match finish(&state, attempt, answer, now).await {
        Ok(logged_in) => let_in(&state, &id, &logged_in, now).await,
        Err(refused) => refuse(&state, &id, &refused, now).await,
    };
    with_cookie(response, &set_cookie(LOG_IN_COOKIE, "", Some(0)))
}

/// Could this be a secret of ours? Anything else would let strangers write into the audit log at will.
fn is_ours(secret: &str) -> bool {
    secret.len() == 43 && secret.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
}

/// The checks that need no provider first: state, issuer (RFC 9207), error, code.
async fn finish(state: &Shared, attempt: Option<LogInAttempt>, answer: Callback, now: Timestamp) -> Result<LoggedIn, Refused> {
    let attempt = attempt.ok_or(LogInRefusal::State)?;
    if !answer.state.is_some_and(|given| same_secret(&given, &attempt.state)) {
        return Err(LogInRefusal::State.into());
    }
    if answer.iss.is_some_and(|issuer| issuer != state.provider.issuer()) {
        return Err(LogInRefusal::Issuer.into());
    }
    if let Some(error) = answer.error {
        return Err(refusal_by_provider(&error).into());
    }
    let code = answer.code.filter(|code| (1..=LONGEST_CODE).contains(&code.len())).ok_or(LogInRefusal::ProviderError)?;
    state.provider.exchange(&code, &attempt.verifier, &attempt.nonce, now).await
}

/// Which of the provider's errors is which (domain notes §1.8).
fn refusal_by_provider(error: &str) -> LogInRefusal {
    match error {
        "access_denied" => LogInRefusal::Cancelled,
        "temporarily_unavailable" | "server_error" => LogInRefusal::Unavailable,
        _ => LogInRefusal::ProviderError,
    }
}

/// Begins the session and goes to the start page, which knows what comes next.
async fn let_in(state: &Shared, id: &RequestId, logged_in: &LoggedIn, now: Timestamp) -> Response {
    match state.registry.log_in(&logged_in.identity, logged_in.sid.as_deref(), &id.0, now).await {
        Ok(token) => with_cookie(see_other(&paths::start()), &set_cookie(SESSION_COOKIE, &token.0, None)),
        Err(error) => unavailable(state, &error, id),
    }
}

/// Audits the refusal and shows its page, with the entry's reference.
async fn refuse(state: &Shared, id: &RequestId, refused: &Refused, now: Timestamp) -> Response {
    let reason = refused.reason.code();
    tracing::warn!(request = id.0, reason, "log-in refused");
    match state.registry.refuse_log_in(reason, refused.person.as_deref(), &id.0, now).await {
        Ok(reference) => {
            let (status, message) = answer_to(refused.reason.problem());
            page(state, None, status, &MessagePage { message, reference: Some(reference) })
        }
        Err(error) => unavailable(state, &error, id),
    }
}

fn answer_to(problem: Problem) -> (StatusCode, Message) {
    let refused = |status, problem| (status, Message::LogInRefused(problem));
    match problem {
        Problem::Expired => refused(StatusCode::BAD_REQUEST, LogInProblem::Expired),
        Problem::Cancelled => refused(StatusCode::BAD_REQUEST, LogInProblem::Cancelled),
        Problem::Refused => refused(StatusCode::BAD_REQUEST, LogInProblem::Refused),
        Problem::Assurance => refused(StatusCode::FORBIDDEN, LogInProblem::Assurance),
        Problem::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, Message::LogInUnavailable),
    }
}

/// The form the provider posts.
#[derive(Deserialize)]
pub struct LogoutForm {
    logout_token: String,
}

/// `POST /log-in/back-channel-logout`: ends the sessions of a log-in at the provider. It must be left out of any check of where a form
/// comes from: the provider's signature is its only authentication. A replay and an unknown session are answered like the first (ruling 16).
pub async fn back_channel_log_out(
    State(state): State<Shared>,
    id: RequestId,
    form: Result<Form<LogoutForm>, FormRejection>,
) -> Response {
    let now = state.clock.now();
    let verified = match form {
        Ok(Form(form)) => state.provider.verify_logout_token(&form.logout_token, now).await,
        Err(_) => Err(LogoutRefusal::Malformed),
    };
    let token = match verified {
        Ok(token) => token,
        Err(refusal) => {
            tracing::warn!(request = id.0, reason = %refusal, "logout token refused");
            return logout_refused(refusal);
        }
    };
    match state.registry.back_channel_log_out(&token.sid, &token.jti, now).await {
        Ok(done) => {
            tracing::info!(request = id.0, sessions = done.sessions, replayed = done.replayed, "logged out by the provider");
            json_answer(StatusCode::OK, &json!({}))
        }
        Err(error) => {
            tracing::error!(request = id.0, cause = error.cause(), "a logout token could not be acted on");
            logout_refused(LogoutRefusal::Unavailable)
        }
    }
}

fn logout_refused(refusal: LogoutRefusal) -> Response {
    let (status, error) = match refusal {
        LogoutRefusal::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"),
        _ => (StatusCode::BAD_REQUEST, "invalid_request"),
    };
    json_answer(status, &json!({"error": error, "error_description": refusal.to_string()}))
}

fn json_answer(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// `GET /log-in/jwks.json`: our public keys.
pub async fn jwks(State(state): State<Shared>) -> Response {
    ([(header::CACHE_CONTROL, KEYS_KEPT)], Json(state.provider.jwks())).into_response()
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
