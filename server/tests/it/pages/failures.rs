//! When the registry fails: "could not check" with the phones, never "nothing found", and nothing half-done.

use super::desk::Desk;
use axum::http::StatusCode;
use std::process::Command;

/// Holds the database's write lock in another process until it is dropped.
struct Locked(std::process::Child);

impl Locked {
    fn hold(path: &std::path::Path) -> Self {
        use std::io::{BufRead as _, BufReader};
        const SCRIPT: &str = "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1],isolation_level=None)\nc.execute('BEGIN EXCLUSIVE')\nprint('held',flush=True)\nsys.stdin.read()";
        let mut child = Command::new("python3")
            .args(["-c", SCRIPT])
            .arg(path)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "held\n");
        Self(child)
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_locked_registry_is_could_not_check_with_phones_and_trying_again_is_one_access() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    receptionist.get("/find").await;
    let request = uuid::Uuid::new_v4().to_string();
    let form = [("nhs_number", desk.number("cpp")), ("request", request.as_str()), ("setting", "general-practice")];
    let before = desk.entries().await;
    let failed = {
        let _locked = Locked::hold(&desk.database);
        receptionist.post("/find", &form).await
    };
    assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!((failed.answer(), failed.told()), (Some("unknown"), Some("nobody")));
    assert!(failed.body.contains("tel:") || failed.body.contains("/contacts"));
    assert!(failed.body.contains(&request), "the same request id is used to try again");
    assert!(!failed.says("No child protection information found"));
    assert_eq!(desk.entries().await, before);
    let again = receptionist.post("/find", &form).await;
    assert_eq!(receptionist.follow(again).await.answer(), Some("current"));
    assert_eq!(desk.entries().await, before + 1);
}

#[tokio::test]
async fn a_notifying_read_that_could_not_be_written_tells_nobody_and_can_be_tried_again() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let confirm = nurse.find(desk.number("cpp"), "emergency-department").await.location();
    let failed = {
        let _locked = Locked::hold(&desk.database);
        nurse.post(&confirm, &[]).await
    };
    assert_eq!((failed.status, failed.answer()), (StatusCode::SERVICE_UNAVAILABLE, Some("unknown")));
    assert_eq!(desk.notifications().await, 0);
    let opened = nurse.post(&confirm, &[]).await;
    assert_eq!(nurse.follow(opened).await.answer(), Some("current"));
    assert_eq!(desk.notifications().await, 1);
}

#[tokio::test]
async fn logging_out_works_while_nothing_can_be_written() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let locked = Locked::hold(&desk.database);
    assert!(receptionist.post("/log-out", &[]).await.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(receptionist.get("/find").await.location(), "/", "this node forgot at once");
    drop(locked);
    assert_eq!(receptionist.get("/find").await.location(), "/");
}

#[tokio::test]
async fn the_phones_are_there_without_logging_in_and_without_the_registry() {
    let desk = Desk::open().await;
    let nobody = super::desk::Browser { desk: &desk, cookie: String::new() };
    let _locked = Locked::hold(&desk.database);
    let page = nobody.get("/contacts").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says("Sheffield") && page.body.contains("tel:"));
}

#[tokio::test]
async fn a_server_that_cannot_write_is_not_ready() {
    let desk = Desk::open().await;
    let nobody = super::desk::Browser { desk: &desk, cookie: String::new() };
    assert_eq!(nobody.get("/health/ready").await.body, "ready\n");
    let _locked = Locked::hold(&desk.database);
    assert_eq!(nobody.get("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(nobody.get("/health/live").await.status, StatusCode::OK);
}
