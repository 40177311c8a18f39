//! An authority's inbox that is down, answers rubbish, echoes another id or refuses: nothing counts as delivered that was not, nothing is lost.

use super::processes::{Programs, get, post};
use reqwest::StatusCode;
use serde_json::json;

struct Ward {
    programs: Programs,
    nurse: String,
    numbers: Vec<String>,
}

impl Ward {
    async fn open() -> Self {
        let programs = Programs::start(&[]).await;
        let children = programs.sandbox("/children.json").await;
        let bulk = children.as_array().unwrap().iter().filter(|child| child["case"].as_str().unwrap().starts_with("bulk-"));
        let numbers = bulk.map(|child| child["nhs_number"].as_str().unwrap().to_owned()).collect();
        let nurse = programs.log_in("ed-nurse").await;
        Self { programs, nurse, numbers }
    }

    async fn fault(&self, inbox: &str) {
        let url = format!("http://localhost:{}/faults", self.programs.sandbox_port);
        let set = self.programs.client.post(url).json(&json!({ "inbox": inbox })).send().await.unwrap();
        assert!(set.status().is_success());
    }

    /// Opens one more child; the address of the answer.
    async fn open_one(&mut self) -> String {
        let (number, request) = (self.numbers.pop().unwrap(), uuid::Uuid::new_v4().to_string());
        let form = [("nhs_number", number.as_str()), ("request", &request), ("setting", "emergency-department")];
        let client = &self.programs.client;
        let (_, confirm, _) = post(client, &self.programs.url("/find"), &self.nurse, &form).await.unwrap();
        let (status, answer, _) = post(client, &self.programs.url(&confirm), &self.nurse, &[]).await.unwrap();
        assert_eq!(status, StatusCode::SEE_OTHER);
        answer
    }

    async fn told(&self, answer: &str) -> String {
        let (_, _, body) = get(&self.programs.client, &self.programs.url(answer), Some(&self.nurse)).await.unwrap();
        body.split_once("data-told=\"").unwrap().1.split('"').next().unwrap().to_owned()
    }

    async fn becomes(&self, answer: &str, word: &str) {
        for _ in 0..600 {
            if self.told(answer).await == word {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{} never became {word}", self.told(answer).await);
    }

    /// Waits until the outbox shows that something went wrong with a delivery.
    async fn was_tried(&self, why: &str) {
        for _ in 0..600 {
            if self.programs.prints(&["outbox", "pending"]).1.contains(why) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("never tried: {}", self.programs.prints(&["outbox", "pending"]).1);
    }
}

#[tokio::test]
async fn nothing_counts_as_delivered_until_the_receiver_echoes_its_id() {
    let mut ward = Ward::open().await;
    for (fault, why) in [("down", "answered 503"), ("garbage", "did not echo"), ("wrong-id", "echoed another id")] {
        ward.fault(fault).await;
        let answer = ward.open_one().await;
        ward.was_tried(why).await;
        assert_eq!(ward.told(&answer).await, "pending", "{fault}");
        ward.fault("up").await;
        ward.becomes(&answer, "delivered").await;
    }
    let (_, outbox) = ward.programs.prints(&["outbox", "undeliverable"]);
    assert!(outbox.contains("delivered: 3") && !outbox.contains("undeliverable: "), "{outbox}");
}

#[tokio::test]
async fn a_notification_refused_for_good_is_visible_and_holds_up_no_other() {
    let mut ward = Ward::open().await;
    ward.fault("refuse").await;
    let refused = ward.open_one().await;
    ward.becomes(&refused, "failed").await;
    ward.fault("up").await;
    let next = ward.open_one().await;
    ward.becomes(&next, "delivered").await;
    assert_eq!(ward.told(&refused).await, "failed");
    let (_, outbox) = ward.programs.prints(&["outbox", "undeliverable"]);
    assert!(outbox.contains("undeliverable: 1") && outbox.contains("refused with 422"), "{outbox}");
}

#[tokio::test]
async fn what_was_committed_before_a_kill_is_delivered_after_it_once_by_id() {
    let mut ward = Ward::open().await;
    ward.fault("down").await;
    let answer = ward.open_one().await;
    ward.programs.kill_server();
    ward.fault("up").await;
    ward.programs.start_server().await;
    ward.becomes(&answer, "delivered").await;
    let inbox = ward.programs.sandbox("/inbox.json").await;
    let ids: std::collections::BTreeSet<&str> = inbox.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 1, "{inbox}");
}
