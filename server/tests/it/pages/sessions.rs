//! Sessions as a person meets them: timing out, a second log-in, roles and settings, and typed values that are not lost.

use super::desk::{Desk, person, role};
use axum::http::StatusCode;

#[tokio::test]
async fn a_session_ends_after_a_quarter_of_an_hour_without_a_request_and_not_before() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    desk.later(14 * 60 + 59);
    assert_eq!(receptionist.get("/find").await.status, StatusCode::OK);
    desk.later(14 * 60 + 59);
    assert_eq!(receptionist.get("/find").await.status, StatusCode::OK, "the last request counted");
    desk.later(15 * 60);
    assert_eq!(receptionist.get("/find").await.location(), "/");
    let start = receptionist.get("/").await;
    assert!(start.says("Log in with Care Identity"));
}

#[tokio::test]
async fn a_session_never_lives_longer_than_twelve_hours() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    for _ in 0..(12 * 60 / 10 - 1) {
        desk.later(600);
        assert_eq!(receptionist.get("/find").await.status, StatusCode::OK);
    }
    desk.later(599);
    assert_eq!(receptionist.get("/find").await.status, StatusCode::OK);
    desk.later(1);
    assert_eq!(receptionist.get("/find").await.location(), "/");
}

#[tokio::test]
async fn the_page_that_replaces_an_answer_counts_as_no_activity() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    desk.later(10 * 60);
    assert_eq!(receptionist.get("/timed-out").await.status, StatusCode::OK);
    desk.later(5 * 60);
    assert_eq!(receptionist.get("/find").await.location(), "/");
}

#[tokio::test]
async fn what_was_typed_when_the_session_ran_out_comes_back_to_the_same_person_and_role_and_is_not_submitted() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    desk.later(16 * 60);
    let number = desk.number("cpp");
    assert_eq!(receptionist.find(number, "general-practice").await.location(), "/");
    let other = desk.log_in(&person("910000000907", &[role("910000000917", "R8009", "Y01234", &["B0170"])])).await;
    assert!(!other.get("/find").await.body.contains(number), "not to somebody else");
    let before = desk.entries().await;
    let back = desk.receptionist().await;
    let form = back.get("/").await;
    assert!(form.body.contains(&format!("value=\"{number}\"")), "{}", form.body);
    assert_eq!(desk.acts_since(before).await.iter().filter(|act| act.starts_with("look-up")).count(), 0);
    assert!(!back.get("/").await.body.contains(number), "given back once");
}

#[tokio::test]
async fn what_was_typed_is_forgotten_after_a_quarter_of_an_hour() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    desk.later(16 * 60);
    receptionist.find(desk.number("cpp"), "general-practice").await;
    desk.later(15 * 60);
    let back = desk.receptionist().await;
    assert!(!back.get("/").await.body.contains(desk.number("cpp")));
}

#[tokio::test]
async fn a_second_log_in_ends_the_first_and_says_so() {
    let desk = Desk::open().await;
    let first = desk.receptionist().await;
    let answer = first.find(desk.number("cpp"), "general-practice").await.location();
    let second = desk.receptionist().await;
    assert_eq!(first.get(&answer).await.location(), "/");
    assert_eq!(second.get(&answer).await.status, StatusCode::NOT_FOUND, "answers go with the session that looked");
    assert_eq!(second.get("/find").await.status, StatusCode::OK);
}

#[tokio::test]
async fn staying_logged_in_keeps_what_was_typed_and_comes_back_to_the_same_page() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    desk.later(14 * 60);
    let posted =
        receptionist.post("/session", &[("nhs_number", "999 12"), ("request", "x"), ("setting", "general-practice")]).await;
    let form = receptionist.follow(posted).await;
    assert!(form.body.contains("value=\"999 12\"") && !form.body.contains("Error: "));
    desk.later(14 * 60);
    assert_eq!(receptionist.post("/session", &[("back", "contacts")]).await.location(), "/contacts");
    assert_eq!(receptionist.post("/session", &[("back", "//evil.example")]).await.location(), "/");
    desk.later(14 * 60);
    assert_eq!(receptionist.get("/find").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_new_role_is_a_new_session_cookie_and_the_old_one_is_dead() {
    let desk = Desk::open().await;
    let roles = [role("1", "R8001", "Y01234", &["B0170"]), role("2", "R8001", "DEM01", &["B0107"])];
    let two = desk.log_in(&person("910000000908", &roles)).await;
    assert_eq!(two.get("/").await.location(), "/role");
    assert_eq!(two.get("/find").await.location(), "/role");
    let chosen = two.post("/role", &[("role", "1")]).await;
    assert_eq!(chosen.location(), "/");
    let cookie = chosen.headers["set-cookie"].to_str().unwrap();
    for part in ["__Host-session=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
    assert_eq!(two.get("/find").await.location(), "/", "the old cookie is nobody's");
    let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    let now = super::desk::Browser { desk: &desk, cookie: token };
    assert_eq!(now.get("/find").await.status, StatusCode::OK);
    assert_eq!(now.post("/role", &[("role", "3")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn people_without_a_usable_role_are_told_which_codes_and_whom_to_ask() {
    let desk = Desk::open().await;
    let cases: [(&str, Vec<cpis::RoleProfile>); 4] = [
        ("910000000921", vec![]),
        ("910000000922", vec![role("1", "R8001", "Y01234", &["B0264"])]),
        ("910000000923", vec![role("1", "R0001", "Y01234", &["B0264", "B0016"])]),
        ("910000000924", vec![role("1", "R8001", "UNKNOWN1", &["B0170"])]),
    ];
    for (uid, roles) in cases {
        let visitor = desk.log_in(&person(uid, &roles)).await;
        let page = visitor.get("/").await;
        let page = if page.status == StatusCode::SEE_OTHER { visitor.follow(page).await } else { page };
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{uid}");
        assert!(page.says("Log out"), "{uid}");
        let posted = visitor.find(desk.number("cpp"), "general-practice").await;
        assert_eq!(posted.location(), "/role", "{uid}");
    }
}

#[tokio::test]
async fn logging_out_empties_the_browser_and_ends_the_session() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let out = receptionist.post("/log-out", &[]).await;
    assert!(out.headers["clear-site-data"].to_str().unwrap().contains("\"cache\""));
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(receptionist.get("/find").await.location(), "/");
}
