//! F5: the disk is full while people work: no answer is shown, nothing is half-written, log out works, and service returns by itself.

use super::processes::{Programs, post};
use reqwest::StatusCode;
use std::process::Command;

/// The server's files may not grow past what they are now; the signal that comes with it is ignored, so that writes fail as on a full disk.
fn fill(programs: &Programs, limit: &str) {
    let done =
        Command::new("prlimit").arg(format!("--fsize={limit}:unlimited")).arg(format!("--pid={}", programs.server_id())).status();
    assert!(done.unwrap().success(), "prlimit (util-linux) is needed");
}

#[tokio::test]
async fn a_full_disk_shows_no_answer_lets_people_log_out_and_heals_by_itself() {
    let programs = Programs::start(&["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).await;
    let children = programs.sandbox("/children.json").await;
    let child = children.as_array().unwrap().iter().find(|child| child["case"] == "cpp").unwrap()["nhs_number"]
        .as_str()
        .unwrap()
        .to_owned();
    let (gp, nurse) = (programs.log_in("gp-receptionist").await, programs.log_in("ed-nurse").await);
    let look = |session: String, setting: &'static str| {
        let (client, url, child) = (programs.client.clone(), programs.url("/find"), child.clone());
        async move {
            let request = uuid::Uuid::new_v4().to_string();
            post(&client, &url, &session, &[("nhs_number", &child), ("request", &request), ("setting", setting)]).await.unwrap()
        }
    };
    assert_eq!(look(gp.clone(), "general-practice").await.0, StatusCode::SEE_OTHER);
    let (_, before) = programs.prints(&["audit", "list"]);
    fill(&programs, "1024");
    for (session, setting) in [(&gp, "general-practice"), (&nurse, "emergency-department"), (&gp, "general-practice")] {
        let (status, _, body) = look(session.clone(), setting).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{body}");
        assert!(body.contains("data-answer=\"unknown\""), "{body}");
    }
    let (status, ..) = post(&programs.client, &programs.url("/log-out"), &gp, &[]).await.unwrap();
    assert_eq!(status, StatusCode::SEE_OTHER, "log out works");
    let (status, location, _) = programs.get("/find", Some(&gp)).await.unwrap();
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/"), "and is remembered");
    fill(&programs, "unlimited");
    let (status, location, _) = look(nurse.clone(), "emergency-department").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "served again without a restart: {}", programs.log());
    assert!(location.ends_with("/confirm"), "{location}");
    let (status, _, _) = programs.get("/find", Some(&gp)).await.unwrap();
    assert_eq!(status, StatusCode::SEE_OTHER, "still logged out");
    let (holds, said) = programs.prints(&["audit", "verify"]);
    assert!(holds, "{said}");
    let (_, after) = programs.prints(&["audit", "list"]);
    let new: Vec<&str> = after.lines().skip(before.lines().count()).map(|line| line.split('\t').nth(2).unwrap()).collect();
    assert_eq!(new.iter().filter(|act| **act == "look-up").count(), 0, "nothing was half-written: {new:?}");
    let (_, inbox) = programs.prints(&["outbox", "pending"]);
    assert!(!inbox.contains("pending"), "{inbox}");
}
