//! Duties that hold for every address: walked over the whole router, so that a new address cannot forget them.

use super::desk::{Browser, Desk};
use axum::http::StatusCode;

/// The router's own text: every `.route("…", get(…).post(…))` in it.
fn routes() -> Vec<(String, bool, bool)> {
    let text = include_str!("../../../src/router.rs");
    let found: Vec<_> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix(".route(\"")?.split_once('"'))
        .map(|(path, methods)| (path.to_owned(), methods.contains("get("), methods.contains("post(")))
        .collect();
    assert!(found.len() >= 22, "the router's text no longer reads: {found:?}");
    found
}

/// Addresses open to everybody; this list may only shrink.
const OPEN: &[&str] = &[
    "/",
    "/log-in",
    "/log-in/callback",
    "/log-out",
    "/timed-out",
    "/contacts",
    "/accessibility",
    "/privacy",
    "/cookies",
    "/whats-new",
    "/help",
    "/log-in/back-channel-logout",
    "/log-in/jwks.json",
    "/health/live",
    "/health/ready",
    "/assets/{name}",
    "/favicon.ico",
    "/session",
];

#[tokio::test]
async fn every_address_but_the_listed_ones_sends_strangers_to_the_start_and_does_nothing() {
    let desk = Desk::open().await;
    let nobody = Browser { desk: &desk, cookie: "0".repeat(64) };
    let before = desk.entries().await;
    let mut guarded = 0;
    for (path, get, post) in routes() {
        if OPEN.contains(&path.as_str()) {
            continue;
        }
        guarded += 1;
        let path = path.replace("{id}", "00000000-0000-4000-8000-000000000000");
        if get {
            assert_eq!(nobody.get(&path).await.location(), "/", "GET {path}");
        }
        if post {
            let fields = [("nhs_number", desk.number("cpp")), ("setting", "general-practice"), ("role", "1")];
            assert_eq!(nobody.post(&path, &fields).await.location(), "/", "POST {path}");
        }
    }
    assert!(guarded >= 6);
    for open in OPEN {
        assert!(routes().iter().any(|(path, ..)| path == open), "{open} is listed and does not exist");
    }
    assert_eq!(desk.entries().await, before);
}

#[tokio::test]
async fn whatever_shows_a_child_was_audited_except_the_answer_shown_again_to_the_session_that_looked() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let confirm = nurse.find(desk.number("cpp"), "emergency-department").await.location();
    let waiting = nurse.find(desk.number("lac"), "emergency-department").await.location();
    let answer = nurse.post(&confirm, &[]).await.location();
    // The one listed exception (ruling 2), by its page and by the page that led to it.
    let shown_again = [answer.clone(), waiting.clone()];
    let people = children_names();
    for (path, get, post) in routes() {
        let ids = [&answer, &waiting].map(|path| path.split('/').nth(2).unwrap().to_owned());
        for id in &ids {
            let path = path.replace("{id}", id).replace("{name}", "none.css");
            if path == "/log-out" || path == "/log-in/callback" {
                continue;
            }
            let mut methods = Vec::new();
            if get {
                methods.push("GET");
            }
            if post {
                methods.push("POST");
            }
            for method in methods {
                let before = desk.entries().await;
                let seen = if method == "GET" {
                    nurse.get(&path).await
                } else {
                    nurse.post(&path, &[("setting", "emergency-department")]).await
                };
                let shows = seen.answer().is_some() || people.iter().any(|name| seen.says(name));
                let audited = desk.entries().await > before;
                assert!(!shows || audited || shown_again.contains(&path), "{method} {path} shows a child without an entry");
            }
        }
    }
}

fn children_names() -> Vec<String> {
    let cases: serde_json::Value = serde_json::from_str(include_str!("../../../../end2end/sandbox/demonstration.json")).unwrap();
    let families = cases["children"].as_array().unwrap().iter().filter_map(|child| child["family"].as_str());
    families.map(|family| format!("{},", family.to_uppercase())).collect()
}

#[tokio::test]
async fn every_answer_of_the_server_carries_the_strict_headers() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    for path in
        ["/", "/find", "/nowhere", "/lookups/x", "/health/live", "/assets/none.css", "/log-in/callback", "/role", "/contacts"]
    {
        let answer = nurse.get(path).await;
        let csp = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe-inline"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.headers[name], value, "{path}");
        }
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
    }
    let wrong = nurse.post("/contacts", &[]).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.body.contains("<h1"));
}

#[tokio::test]
async fn no_title_and_no_address_names_anybody() {
    let desk = Desk::open().await;
    let nurse = desk.nurse().await;
    let confirm = nurse.find(desk.number("cpp"), "emergency-department").await.location();
    let asked = nurse.get(&confirm).await;
    let answer = nurse.post(&confirm, &[]).await.location();
    let shown = nurse.get(&answer).await;
    for page in [&asked, &shown] {
        let title = page.body.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0.to_uppercase();
        assert!(
            !title.contains(desk.number("cpp")) && !children_names().iter().any(|name| title.contains(name.trim_end_matches(','))),
            "{title}"
        );
    }
    for path in [&confirm, &answer] {
        assert!(!path.contains(desk.number("cpp")));
    }
}
