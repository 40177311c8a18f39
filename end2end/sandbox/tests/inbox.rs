//! The inbox, its faults, and the pages a person presses buttons on.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

#[expect(dead_code, reason = "the inbox needs no log-in")]
mod stand;

use serde_json::{Value, json};
use stand::Stand;

fn notification(id: &str) -> Value {
    json!({
        "id": id, "authority": "DEMO-001", "nhs_number": "9990000026", "at": "2026-11-22T09:14:00Z",
        "person": "Siobhan O'Rourke", "role": "Staff Nurse", "organisation": "Northfield <General>",
    })
}

async fn send(stand: &Stand, id: &str) -> (u16, String) {
    let answer = stand.post("/inbox/DEMO-001", &notification(id)).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn ids(stand: &Stand) -> Vec<String> {
    let attempts = stand.get("/inbox.json").await;
    attempts.as_array().unwrap().iter().map(|attempt| attempt["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_inbox_echoes_the_id_and_keeps_every_attempt() {
    let stand = Stand::start().await;
    for id in ["one", "two", "one"] {
        assert_eq!(send(&stand, id).await, (200, format!("{{\"id\":\"{id}\"}}")));
    }
    assert_eq!(ids(&stand).await, ["one", "two", "one"]);
    let attempts = stand.get("/inbox.json").await;
    let mut first = attempts[0].clone();
    assert!(first.as_object_mut().unwrap().remove("received_at").unwrap().is_string());
    assert_eq!(first, notification("one"));
    let page = stand.client.get(format!("{}/inbox", stand.home)).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Sheffield City Council") && page.contains("999 000 0026"));
    assert!(page.contains("O&#39;Rourke") && page.contains("&lt;General&gt;"));
    let emptied = stand.client.delete(format!("{}/inbox.json", stand.home)).send().await.unwrap();
    assert_eq!(emptied.status(), 204);
    assert!(ids(&stand).await.is_empty());
}

#[tokio::test]
async fn a_notification_for_another_authority_is_refused() {
    let stand = Stand::start().await;
    assert_eq!(stand.post("/inbox/DEMO-002", &notification("one")).await.status(), 422);
    assert!(ids(&stand).await.is_empty());
}

#[tokio::test]
async fn the_inbox_fails_as_it_is_told_and_for_the_authority_it_is_told() {
    let stand = Stand::start().await;
    for (fault, status, kept) in [("down", 503, 0), ("refuse", 422, 0), ("garbage", 200, 1), ("wrong-id", 200, 2)] {
        stand.post("/faults", &json!({ "inbox": fault })).await;
        let (answered, body) = send(&stand, "one").await;
        assert_eq!(answered, status, "{fault}");
        assert!(!body.contains("one"), "{fault}");
        assert_eq!(ids(&stand).await.len(), kept, "{fault}");
    }
    stand.post("/faults", &json!({ "inbox": "down", "authority": "DEMO-002" })).await;
    assert_eq!(send(&stand, "one").await.0, 200);
}

#[tokio::test]
async fn faults_are_changed_one_by_one_and_put_right_together() {
    let stand = Stand::start().await;
    stand.post("/faults", &json!({ "inbox": "down" })).await;
    stand.post("/faults", &json!({ "token_endpoint": "down" })).await;
    let now = stand.post("/faults", &json!({})).await.json::<Value>().await.unwrap();
    assert_eq!((&now["inbox"], &now["token_endpoint"]), (&json!("down"), &json!("down")));
    for wrong in [json!({ "inbox": "sideways" }), json!({ "reset": true, "weather": "bad" })] {
        assert_eq!(stand.post("/faults", &wrong).await.status(), 400);
    }
    assert_eq!(stand.get("/faults").await["inbox"], "down");
    let form = stand.client.post(format!("{}/faults", stand.home)).form(&[("reset", "true")]);
    assert_eq!(form.send().await.unwrap().status(), 303);
    let now = stand.get("/faults").await;
    assert_eq!((&now["inbox"], &now["provider"]), (&json!("up"), &json!("up")));
}

#[tokio::test]
async fn the_first_page_lists_children_personas_and_faults() {
    let stand = Stand::start().await;
    let answer = stand.client.get(&stand.home).send().await.unwrap();
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let page = answer.text().await.unwrap();
    for expected in ["nothing here is real", "999 000 0018", "not-on-index", "gp-receptionist", "up (now)", "wrong-subject<"] {
        assert!(page.contains(expected), "{expected}");
    }
}
