//! A registry on a file of its own with the demonstration children, made-up staff, and a second connection for what no code may do.

use crate::{Access, Answer, AuditKey, Claimed, Demonstration, Door, LookedUp, Reader, Registry, SessionState, SessionToken};
use cpis::{ActivityCode, CareSetting, Identity, JobRole, NhsNumber, OdsCode, Organisation, RoleProfile};
use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, query, query_scalar};
use std::path::PathBuf;
use std::sync::Arc;

const CASES: &str = include_str!("../../../end2end/sandbox/demonstration.json");

/// The moment at which everything happens unless a test says later. Not a whole millisecond: the store keeps milliseconds.
pub(super) fn now() -> Timestamp {
    "2026-11-22T14:05:06.123456789Z".parse().unwrap()
}

/// So many seconds after [`now`].
pub(super) fn after(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

pub(super) fn key() -> AuditKey {
    AuditKey::new([42; 32])
}

/// Rows of each table that a look-up may write to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) audit: i64,
    pub(super) history: i64,
    pub(super) outbox: i64,
    pub(super) lookups: i64,
    pub(super) requests: i64,
}

pub(super) struct Bench {
    pub(super) registry: Arc<Registry>,
    pub(super) raw: SqlitePool,
    pub(super) path: PathBuf,
    cases: serde_json::Value,
    _folder: tempfile::TempDir,
}

impl Bench {
    /// A new registry with the demonstration children as of [`now`].
    pub(super) async fn new() -> Self {
        let bench = Self::empty().await;
        let demonstration = Demonstration::read(CASES, now()).unwrap();
        bench.registry.load_demonstration(&demonstration).await.unwrap();
        bench
    }

    /// A new registry that holds nothing.
    pub(super) async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("registry.sqlite");
        let registry = Registry::open(&format!("sqlite:{}", path.display()), key()).await.unwrap();
        // Neither durable nor bound by foreign keys: it plays the vandal and the accident.
        let options = SqliteConnectOptions::new().filename(&path).foreign_keys(false).synchronous(SqliteSynchronous::Off);
        let raw = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        Self { registry: Arc::new(registry), raw, path, cases: serde_json::from_str(CASES).unwrap(), _folder: folder }
    }

    /// The lines of the demonstration file.
    pub(super) fn children(&self) -> &[serde_json::Value] {
        self.cases["children"].as_array().unwrap()
    }

    /// The number of a demonstration case.
    pub(super) fn case(&self, case: &str) -> NhsNumber {
        let line = self.children().iter().find(|line| line["case"] == case).unwrap_or_else(|| panic!("no case {case}"));
        NhsNumber::parse(line["nhs_number"].as_str().unwrap()).unwrap()
    }

    /// Runs a statement beside the registry.
    pub(super) async fn sql(&self, statement: impl Into<String>) {
        query(AssertSqlSafe(statement.into())).execute(&self.raw).await.unwrap();
    }

    /// The first column of every row, as bytes.
    pub(super) async fn bytes(&self, statement: &'static str) -> Vec<Vec<u8>> {
        query_scalar(statement).fetch_all(&self.raw).await.unwrap()
    }

    async fn count(&self, table: &str) -> i64 {
        query_scalar(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"))).fetch_one(&self.raw).await.unwrap()
    }

    /// How many rows there are now.
    pub(super) async fn rows(&self) -> Rows {
        Rows {
            audit: self.count("audit").await,
            history: self.count("access_history").await,
            outbox: self.count("outbox").await,
            lookups: self.count("lookups").await,
            requests: self.count("idempotency").await,
        }
    }

    /// How many rows were added since.
    pub(super) async fn added(&self, before: Rows) -> Rows {
        let after = self.rows().await;
        Rows {
            audit: after.audit - before.audit,
            history: after.history - before.history,
            outbox: after.outbox - before.outbox,
            lookups: after.lookups - before.lookups,
            requests: after.requests - before.requests,
        }
    }

    /// Adds somebody to the index of people.
    pub(super) async fn add_person(&self, number: NhsNumber, replaced_by: Option<NhsNumber>) {
        let replaced_by = replaced_by.map_or("NULL".to_owned(), |number| format!("'{}'", number.digits()));
        self.sql(format!(
            "INSERT INTO people (nhs_number, family, given, gender, born, restricted, replaced_by, invalidated)
             VALUES ('{}', 'QUILLFEATHER', 'Morwenna', 'female', '2018-08-06', 0, {replaced_by}, 0)",
            number.digits()
        ))
        .await;
    }

    /// Adds a current child protection plan.
    pub(super) async fn add_plan(&self, number: NhsNumber, authority: &str) {
        self.sql(format!(
            "INSERT INTO plans (nhs_number, authority, kind, start, sent)
             VALUES ('{}', '{authority}', '342191000000101', '2026-01-01', '2026-11-20')",
            number.digits()
        ))
        .await;
    }

    /// Logs somebody in and gives their live session's reader; the role must have one setting, or name it.
    pub(super) async fn reader(&self, uid: &str, role: RoleProfile, setting: Option<&str>) -> (SessionToken, Reader) {
        let identity = identity(uid, vec![role]);
        let token = self.registry.log_in(&identity, Some(&format!("sid-{uid}")), "request", now()).await.unwrap();
        if let Some(setting) = setting {
            self.registry.choose_setting(&token, setting, "request", now()).await.unwrap();
        }
        let reader = self.reader_of(&token).await;
        (token, reader)
    }

    /// The reader behind a live token.
    pub(super) async fn reader_of(&self, token: &SessionToken) -> Reader {
        match self.registry.session(token, now()).await.unwrap() {
            SessionState::Live(session) => {
                Reader { clinician: session.clinician().unwrap(), setting: session.setting.unwrap(), session: session.id }
            }
            other => panic!("{other:?}"),
        }
    }

    /// A nurse in general practice: silent.
    pub(super) async fn gp_nurse(&self) -> Reader {
        self.reader("910000000001", role("0910000000001", "R8001", &["B0170"], "Y01234"), None).await.1
    }

    /// A nurse in an emergency department: notifying.
    pub(super) async fn ed_nurse(&self) -> Reader {
        self.reader("910000000002", role("0910000000002", "R8001", &["B0107"], "DEM01"), None).await.1
    }

    /// A doctor there who may read restricted histories.
    pub(super) async fn ed_doctor(&self) -> Reader {
        self.reader("910000000003", role("0910000000003", "R8000", &["B0107", "B1611"], "DEM01"), None).await.1
    }

    /// A silent look-up that must be answered.
    pub(super) async fn look_up(&self, reader: &Reader, number: NhsNumber, request: &str) -> Answer {
        answered(self.registry.look_up(&access(reader, number, request)).await.unwrap())
    }

    /// Both steps of a notifying read, which must be answered; an answer instead of the confirm page counts.
    pub(super) async fn notifying(&self, reader: &Reader, number: NhsNumber, request: &str) -> Answer {
        match self.registry.identify(&access(reader, number, request)).await.unwrap() {
            LookedUp::Confirm(id) => answered(self.registry.confirm(&id, reader, after(5)).await.unwrap().unwrap()),
            other => answered(other),
        }
    }

    /// Everything that waits to be sent at this moment, claimed.
    pub(super) async fn waiting(&self, at: Timestamp) -> Vec<Claimed> {
        self.registry.claim(at, 1000).await.unwrap()
    }
}

/// A request to look.
pub(super) fn access(reader: &Reader, nhs_number: NhsNumber, request: &str) -> Access {
    Access { reader: reader.clone(), at: now(), request: request.to_owned(), nhs_number, born: None, door: Door::Portal }
}

pub(super) fn answered(outcome: LookedUp) -> Answer {
    match outcome {
        LookedUp::Answered(answer) => answer,
        other => panic!("{other:?}"),
    }
}

pub(super) fn confirm_id(outcome: LookedUp) -> String {
    match outcome {
        LookedUp::Confirm(id) => id,
        other => panic!("{other:?}"),
    }
}

/// A made-up person with these roles.
pub(super) fn identity(uid: &str, roles: Vec<RoleProfile>) -> Identity {
    Identity { uid: uid.to_owned(), name: "Philippa Thistlewood".into(), roles, selected_role: None }
}

/// A role with these activity codes at this organisation.
pub(super) fn role(id: &str, job: &str, codes: &[&str], ods: &str) -> RoleProfile {
    RoleProfile {
        id: id.to_owned(),
        job: JobRole { code: job.to_owned(), name: "Staff nurse".into() },
        organisation: Organisation { code: OdsCode(ods.to_owned()), name: "AS THE LOG-IN SERVICE WRITES IT".into() },
        activities: codes.iter().map(|code| ActivityCode((*code).to_owned())).collect(),
    }
}

pub(super) fn setting(id: &str) -> &'static CareSetting {
    CareSetting::find(id).unwrap()
}

/// The n-th number that is in no demonstration file.
pub(super) fn made_up(n: u32) -> NhsNumber {
    (999_500_000 + n * 10..).find_map(|nine| (0..10).find_map(|last| NhsNumber::parse(&format!("{nine}{last}")).ok())).unwrap()
}
