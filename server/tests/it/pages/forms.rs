//! Forms: what is wrong with what was typed, old settings, replays, other sites.

use super::desk::{Desk, person, role};
use axum::body::Body;
use axum::http::{Request, StatusCode};

#[tokio::test]
async fn each_mistake_in_a_number_has_its_own_words_and_comes_back_with_what_was_typed_and_never_in_an_address() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let before = desk.entries().await;
    let mut seen = std::collections::BTreeSet::new();
    for typed in ["", "99900x0018", "999 000 001", "999 000 00188", "999 000 0019", "QQ 12 34 56 C"] {
        let posted = receptionist.find(typed, "general-practice").await;
        let path = posted.location();
        assert!(path.starts_with("/find?form=") && !path.contains("999"), "{path}");
        let form = receptionist.get(&path).await;
        assert!(form.body.contains("<title>Error: "), "{typed}");
        assert!(form.says("There is a problem"));
        assert!(typed.is_empty() || form.body.contains(&format!("value=\"{typed}\"")), "{typed}");
        let words = form
            .body
            .split_once("href=\"#nhs_number\"")
            .unwrap()
            .1
            .split_once('>')
            .unwrap()
            .1
            .split('<')
            .next()
            .unwrap()
            .to_owned();
        assert!(seen.insert(words.clone()), "{typed}: {words} was said before");
        let again = receptionist.get(&path).await;
        assert!(!again.body.contains("Error: "), "given back once");
    }
    assert_eq!(desk.entries().await, before);
}

#[tokio::test]
async fn separators_are_taken_as_people_type_them() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let number = desk.number("cpp");
    for typed in [
        format!("{} {} {}", &number[..3], &number[3..6], &number[6..]),
        format!("{}-{}-{}", &number[..3], &number[3..6], &number[6..]),
        format!("  {number}\u{a0}"),
    ] {
        let posted = receptionist.find(&typed, "general-practice").await;
        assert_eq!(receptionist.follow(posted).await.answer(), Some("current"), "{typed:?}");
    }
}

#[tokio::test]
async fn a_form_made_under_another_setting_is_refused_with_an_explanation_and_nothing_is_looked_up() {
    let desk = Desk::open().await;
    let both = desk.log_in(&person("910000000905", &[role("910000000915", "R8001", "DEM10", &["B0107", "B0170"])])).await;
    assert_eq!(both.get("/").await.location(), "/care-setting");
    let choice = both.get("/care-setting").await;
    assert!(!choice.body.contains("checked"), "nothing is preselected: {}", choice.body);
    assert_eq!(both.post("/care-setting", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(both.post("/care-setting", &[("setting", "dentistry")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    both.post("/care-setting", &[("setting", "community-paediatrics")]).await;
    assert!(both.get("/find").await.says("Silent: social care is not told. Every look is recorded."));
    both.post("/care-setting", &[("setting", "emergency-department")]).await;
    let before = desk.entries().await;
    let posted = both.find(desk.number("cpp"), "community-paediatrics").await;
    let shown = both.follow(posted).await;
    assert!(shown.says("Community paediatrics") && shown.says("Emergency department"), "{}", shown.body);
    assert!(shown.body.contains(desk.number("cpp")), "what was typed is not lost");
    assert_eq!((shown.answer(), desk.entries().await, desk.notifications().await), (None, before, 0));
    let confirm = both.find(desk.number("cpp"), "emergency-department").await.location();
    both.post("/care-setting", &[("setting", "community-paediatrics")]).await;
    let before = desk.entries().await;
    let opened = both.post(&confirm, &[("setting", "emergency-department")]).await;
    assert_eq!(opened.status, StatusCode::CONFLICT);
    assert!(opened.says("Your care setting has changed") && opened.says("You now work in Community paediatrics"));
    assert_eq!((desk.entries().await, desk.notifications().await), (before, 0));
}

#[tokio::test]
async fn the_same_form_with_another_number_is_a_new_access_and_never_the_old_answer() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let request = uuid::Uuid::new_v4().to_string();
    let first = receptionist
        .post("/find", &[("nhs_number", desk.number("cpp")), ("request", &request), ("setting", "general-practice")])
        .await;
    let again = receptionist
        .post("/find", &[("nhs_number", desk.number("cpp")), ("request", &request), ("setting", "general-practice")])
        .await;
    assert_eq!(first.location(), again.location());
    let other = receptionist
        .post("/find", &[("nhs_number", desk.number("none")), ("request", &request), ("setting", "general-practice")])
        .await;
    assert_ne!(first.location(), other.location());
    assert_eq!(receptionist.follow(other).await.answer(), Some("none"));
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let before = desk.entries().await;
    for (name, value) in [
        ("origin", "http://localhost.evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for path in ["/find", "/log-out", "/role", "/care-setting", "/session", "/lookups/x/confirm", "/lookups/x/wrong-person"] {
            let request = Request::post(path)
                .header("host", "localhost")
                .header("cookie", format!("__Host-session={}", receptionist.cookie))
                .header("content-type", "application/x-www-form-urlencoded")
                .header(name, value)
                .body(Body::from(format!("nhs_number={}&setting=general-practice", desk.number("cpp"))))
                .unwrap();
            assert_eq!(desk.send(request).await.status, StatusCode::FORBIDDEN, "{name}: {value} {path}");
        }
    }
    assert_eq!(desk.entries().await, before);
    assert_eq!(receptionist.get("/find").await.status, StatusCode::OK, "still logged in");
}

#[tokio::test]
async fn forms_that_do_not_read_get_a_plain_page() {
    let desk = Desk::open().await;
    let receptionist = desk.receptionist().await;
    let send = |kind: &'static str, body: Vec<u8>| {
        let cookie = format!("__Host-session={}", receptionist.cookie);
        let request = Request::post("/find").header("host", "localhost").header("cookie", cookie).header("content-type", kind);
        desk.send(request.header("origin", "http://localhost").body(Body::from(body)).unwrap())
    };
    let table = [
        ("application/json", b"{}".to_vec(), 400),
        ("application/x-www-form-urlencoded", b"nhs_number=1&nhs_number=2".to_vec(), 400),
        ("application/x-www-form-urlencoded", b"nhs_number=%FF%FE".to_vec(), 303),
        ("application/x-www-form-urlencoded", vec![b'a'; 20_000], 413),
        ("application/x-www-form-urlencoded", b"nhs_number=9990000018&request=not-a-uuid&setting=general-practice".to_vec(), 400),
    ];
    for (kind, body, status) in table {
        let answer = send(kind, body.clone()).await;
        assert_eq!(answer.status.as_u16(), status, "{kind} {}", String::from_utf8_lossy(&body[..body.len().min(60)]));
        assert!(answer.status != StatusCode::BAD_REQUEST || answer.body.contains("<h1"), "a plain page");
    }
}

#[tokio::test]
async fn an_organisation_can_ask_for_a_date_of_birth_and_nothing_is_shown_when_it_differs() {
    let desk = Desk::open().await;
    let careful = desk.log_in(&person("910000000906", &[role("910000000916", "R8001", "Y04321", &["B0170"])])).await;
    let form = careful.get("/find").await;
    assert!(form.body.contains("name=\"born-day\""), "{}", form.body);
    let number = desk.number("cpp");
    let ask = |day: &'static str, month: &'static str, year: &'static str| {
        let careful = careful.clone();
        async move {
            let request = uuid::Uuid::new_v4().to_string();
            let fields = [
                ("nhs_number", number),
                ("request", &request),
                ("setting", "general-practice"),
                ("born-day", day),
                ("born-month", month),
                ("born-year", year),
            ];
            let posted = careful.post("/find", &fields).await;
            careful.follow(posted).await
        }
    };
    let before = desk.entries().await;
    for (day, month, year) in [("", "", ""), ("31", "2", "2018"), ("x", "1", "2018")] {
        let shown = ask(day, month, year).await;
        assert!(shown.body.contains("Error: ") && shown.answer().is_none(), "{day}/{month}/{year}");
    }
    assert_eq!(desk.entries().await, before);
    let shown = ask("1", "1", "1999").await;
    assert!(shown.body.contains("Error: ") && shown.answer().is_none());
    assert_eq!(desk.acts_since(before).await, ["look-up date-of-birth-differs"]);
}
