//! A portal of its own for each test, with the demonstration cases, a clock that stands still, and people who are logged in.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use cpis::clinician::Identity;
use cpis::{ActivityCode, JobRole, OdsCode, Organisation, RoleProfile};
use jiff::{SignedDuration, Timestamp};
use registry::{AuditKey, Demonstration, Registry};
use server::assets::Site;
use server::clock::Clock;
use server::log_in::{ClientAuthentication, Provider, Settings};
use server::state::{Shared, State};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt as _;

/// A Monday morning.
pub(crate) const MORNING: &str = "2026-11-23T09:14:00Z";

pub(crate) struct Desk {
    pub(crate) state: Shared,
    pub(crate) database: PathBuf,
    clock: Arc<AtomicI64>,
    router: Router,
    numbers: BTreeMap<String, String>,
    _folder: tempfile::TempDir,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A browser: a cookie and a desk.
#[derive(Clone)]
pub(crate) struct Browser<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) cookie: String,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("registry.db");
        let (clock, handle) = Clock::at(MORNING.parse().unwrap());
        let registry = Registry::open(&format!("sqlite:{}", database.display()), AuditKey::new([7; 32])).await.unwrap();
        let text = include_str!("../../../../end2end/sandbox/demonstration.json");
        registry.load_demonstration(&Demonstration::read(text, clock.now()).unwrap()).await.unwrap();
        registry.refresh_contacts(clock.now()).await.unwrap();
        let log_in = Settings::new(
            "http://localhost:9/nobody".into(),
            "client".into(),
            "http://localhost/log-in/callback".into(),
            ClientAuthentication::Secret("secret".into()),
        );
        let state = Arc::new(State {
            registry,
            clock,
            provider: Provider::new(log_in).unwrap(),
            site: Site::read(folder.path()),
            demonstration: true,
            days: cpis::calendar::WorkingDays::default(),
            https: false,
        });
        let cases: serde_json::Value = serde_json::from_str(text).unwrap();
        let numbers = cases["children"].as_array().unwrap().iter();
        let numbers =
            numbers.map(|c| (c["case"].as_str().unwrap().to_owned(), c["nhs_number"].as_str().unwrap().to_owned())).collect();
        let router = server::router::router(&state);
        Self { state, database, clock: handle, router, numbers, _folder: folder }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.state.clock.now()
    }

    pub(crate) fn later(&self, seconds: i64) {
        self.clock.fetch_add(SignedDuration::from_secs(seconds).as_secs() * 1000, Ordering::SeqCst);
    }

    /// The NHS number of a demonstration case.
    pub(crate) fn number(&self, case: &str) -> &str {
        &self.numbers[case]
    }

    pub(crate) async fn log_in(&self, identity: &Identity) -> Browser<'_> {
        let token = self.state.registry.log_in(identity, Some("sid-1"), "request", self.now()).await.unwrap();
        Browser { desk: self, cookie: token.0 }
    }

    pub(crate) async fn receptionist(&self) -> Browser<'_> {
        self.log_in(&person("910000000901", &[role("910000000911", "R8009", "Y01234", &["B0170"])])).await
    }

    pub(crate) async fn nurse(&self) -> Browser<'_> {
        self.log_in(&person("910000000902", &[role("910000000912", "R8001", "DEM01", &["B0107"])])).await
    }

    /// How many entries the audit log holds.
    pub(crate) async fn entries(&self) -> u64 {
        self.state.registry.audit_size().await.unwrap()
    }

    /// The last entries' act and answer.
    pub(crate) async fn acts_since(&self, from: u64) -> Vec<String> {
        let entries = self.state.registry.audit_entries(from, 1000).await.unwrap();
        entries.iter().map(|fields| format!("{} {}", fields[1], fields[2])).collect()
    }

    /// How many notifications wait.
    pub(crate) async fn notifications(&self) -> usize {
        self.state.registry.outbox("pending", 1000).await.unwrap().len()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 1 << 22).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

pub(crate) fn role(id: &str, job: &str, ods: &str, codes: &[&str]) -> RoleProfile {
    RoleProfile {
        id: id.into(),
        job: JobRole { code: job.into(), name: format!("Role {job}") },
        organisation: Organisation { code: OdsCode(ods.into()), name: "SAID BY THE PROVIDER".into() },
        activities: codes.iter().map(|code| ActivityCode((*code).into())).collect(),
    }
}

pub(crate) fn person(uid: &str, roles: &[RoleProfile]) -> Identity {
    Identity { uid: uid.into(), name: "Robin Testperson".into(), roles: roles.to_vec(), selected_role: None }
}

impl Browser<'_> {
    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost")
            .header("cookie", format!("__Host-session={}", self.cookie))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.desk.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        let request = self
            .request("POST", path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "http://localhost");
        self.desk.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    /// Posts the find form with a request id of one's own.
    pub(crate) async fn find(&self, number: &str, setting: &str) -> Answer {
        let request = uuid::Uuid::new_v4().to_string();
        self.post("/find", &[("nhs_number", number), ("request", &request), ("setting", setting)]).await
    }

    /// Follows a redirect to the page it leads to.
    pub(crate) async fn follow(&self, answer: Answer) -> Answer {
        self.get(&answer.location()).await
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"-_.".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

impl Answer {
    pub(crate) fn location(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    /// The word of `data-answer`, if the page has one.
    pub(crate) fn answer(&self) -> Option<&str> {
        attribute(&self.body, "data-answer")
    }

    /// The word of `data-told`, if the page has one.
    pub(crate) fn told(&self) -> Option<&str> {
        attribute(&self.body, "data-told")
    }

    pub(crate) fn says(&self, words: &str) -> bool {
        self.body.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&").contains(words)
    }
}

fn attribute<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    body.split_once(&format!("{name}=\""))?.1.split('"').next()
}
