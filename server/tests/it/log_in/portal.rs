//! A portal of its own for each test: a registry in a folder that goes away, a clock that stands still, and a provider that may lie.

use super::liar::{Liar, NONCE, VERIFIER, now};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::SignedDuration;
use registry::{AuditKey, LogInAttempt, Registry, SessionState, SessionToken};
use server::assets::Site;
use server::clock::Clock;
use server::state::{Shared, State};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt as _;

/// A cookie value of the right shape.
pub(crate) const COOKIE: &str = "0123456789012345678901234567890123456789abc";
pub(crate) const STATE: &str = "the-state-of-this-attempt";

pub(crate) struct Portal {
    pub(crate) state: Shared,
    pub(crate) liar: Liar,
    clock: Arc<AtomicI64>,
    router: Router,
    _folder: tempfile::TempDir,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) caching: Option<String>,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: String,
}

impl Answer {
    /// The value this answer gives a cookie; empty when it takes it away.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let line = self.cookies.iter().find(|line| line.starts_with(&format!("{name}=")))?;
        Some(line.split(';').next().unwrap().split_once('=').unwrap().1)
    }
}

impl Portal {
    pub(crate) async fn open() -> Self {
        let liar = Liar::start().await;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("registry.db").display());
        let (clock, handle) = Clock::at(now());
        let state = Arc::new(State {
            registry: Registry::open(&url, AuditKey::new([7; 32])).await.unwrap(),
            clock,
            provider: liar.provider(),
            site: Site::read(folder.path()),
            demonstration: false,
            days: cpis::calendar::WorkingDays::new(Vec::new()),
            https: false,
        });
        let router = server::router::router(&state);
        Self { state, liar, clock: handle, router, _folder: folder }
    }

    /// Lets time pass.
    pub(crate) fn later(&self, seconds: i64) {
        let moved = now() + SignedDuration::from_secs(seconds);
        self.clock.store(moved.as_millisecond(), Ordering::SeqCst);
    }

    /// Sends somebody on their way with the secrets the honest provider expects, under [`COOKIE`] and [`STATE`].
    pub(crate) async fn set_out(&self) {
        let attempt = LogInAttempt { state: STATE.into(), nonce: NONCE.into(), verifier: VERIFIER.into() };
        self.state.registry.begin_log_in(COOKIE, &attempt, self.state.clock.now()).await.unwrap();
    }

    /// Comes back from the provider with these parameters and, if any, this log-in cookie.
    pub(crate) async fn come_back(&self, query: &str, cookie: Option<&str>) -> Answer {
        let mut request = Request::get(format!("/log-in/callback?{query}"));
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, format!("other=1; __Host-log-in={cookie}"));
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post_form(&self, path: &str, form: String) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form)).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let text = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, location, caching) = (response.status(), text(header::LOCATION), text(header::CACHE_CONTROL));
        let cookies =
            response.headers().get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned()).collect();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Answer { status, location, caching, cookies, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// Logs the usual person in; the session cookie's value.
    pub(crate) async fn log_in(&self) -> String {
        self.set_out().await;
        let answer = self.come_back(&format!("code=good-code&state={STATE}"), Some(COOKIE)).await;
        answer.cookie("__Host-session").expect("logged in").to_owned()
    }

    /// What a session cookie stands for now.
    pub(crate) async fn session(&self, token: &str) -> SessionState {
        self.state.registry.session(&SessionToken(token.into()), self.state.clock.now()).await.unwrap()
    }

    /// The reasons of the refused log-ins in the audit log, oldest first, each with the person it names.
    pub(crate) async fn refusals(&self) -> Vec<(String, String)> {
        let entries = self.state.registry.audit_entries(0, 10_000).await.unwrap();
        let refused = entries.into_iter().filter_map(|entry| {
            let act = entry.iter().position(|field| field == "log-in-refused")?;
            Some((entry[act + 1].clone(), entry[act + 2].clone()))
        });
        refused.collect()
    }
}
