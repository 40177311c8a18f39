//! F1: the server is killed with -9 again and again under load, and four ledgers must agree: answers seen, audit entries, outbox, deliveries.
//!
//! Sizes: `KILLS` (default 6) and `ACCESSES` (default 1,200, the least number of accesses tried); `./test kill` runs 50 and 20,000.

use super::processes::{Programs, get, post};
use reqwest::{Client, StatusCode};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::Mutex;

/// What a client saw of one access.
#[derive(Clone, Debug)]
struct Seen {
    request: String,
    notifying: bool,
}

#[derive(Default)]
struct Ledger {
    answered: Mutex<Vec<Seen>>,
    tried: AtomicU64,
    stop: AtomicBool,
}

#[expect(clippy::disallowed_methods, reason = "the size of a test is set from outside")]
fn size(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_no_answer_lacks_its_entry_and_no_notification_is_lost_doubled_or_silent() {
    let (kills, accesses) = (size("KILLS", 6), size("ACCESSES", 1_200));
    let mut programs = Programs::start(&[]).await;
    let number = number(&programs).await;
    let silent = programs.log_in("gp-receptionist").await;
    let notifying = programs.log_in("ed-nurse").await;
    let ledger = Arc::new(Ledger::default());
    let base = programs.url("");
    let workers: Vec<_> = (0..32)
        .map(|n| {
            let (base, number, ledger) = (base.clone(), number.clone(), ledger.clone());
            let session = if n % 2 == 0 { silent.clone() } else { notifying.clone() };
            tokio::spawn(work(programs.client.clone(), base, session, number, n % 2 == 1, ledger))
        })
        .collect();
    for kill in 0..kills {
        // A different number of accesses between kills, so that they fall at different moments.
        let until = accesses * (kill + 1) / (kills + 1) + (kill * 7919) % 13;
        while ledger.tried.load(Ordering::SeqCst) < until {
            tokio::time::sleep(std::time::Duration::from_millis(3)).await;
        }
        programs.kill_server();
        programs.start_server().await;
    }
    while ledger.tried.load(Ordering::SeqCst) < accesses {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    ledger.stop.store(true, Ordering::SeqCst);
    for worker in workers {
        worker.await.unwrap();
    }
    judge(&programs, &ledger, kills).await;
}

/// The child every access is about: one current plan of one authority.
async fn number(programs: &Programs) -> String {
    let children = programs.sandbox("/children.json").await;
    let child = children.as_array().unwrap().iter().find(|child| child["case"] == "cpp").unwrap();
    child["nhs_number"].as_str().unwrap().to_owned()
}

async fn work(client: Client, base: String, session: String, number: String, notifying: bool, ledger: Arc<Ledger>) {
    let setting = if notifying { "emergency-department" } else { "general-practice" };
    while !ledger.stop.load(Ordering::SeqCst) {
        let request = uuid::Uuid::new_v4().to_string();
        ledger.tried.fetch_add(1, Ordering::SeqCst);
        let form = [("nhs_number", number.as_str()), ("request", &request), ("setting", setting)];
        if attempt(&client, &base, &session, &form, notifying).await.is_none() {
            // Not answered: tried again with the same request id, as a browser's user would.
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            if attempt(&client, &base, &session, &form, notifying).await.is_none() {
                continue;
            }
        }
        ledger.answered.lock().await.push(Seen { request, notifying });
    }
}

/// One look-up to the end: `Some` only when an answer was read.
async fn attempt(client: &Client, base: &str, session: &str, form: &[(&str, &str)], notifying: bool) -> Option<()> {
    let (status, mut location, _) = post(client, &format!("{base}/find"), session, form).await?;
    if status != StatusCode::SEE_OTHER || !location.starts_with("/lookups/") {
        return None;
    }
    if notifying {
        let (status, next, _) = post(client, &format!("{base}{location}"), session, &[]).await?;
        if status != StatusCode::SEE_OTHER {
            return None;
        }
        location = next;
    }
    let (status, _, body) = get(client, &format!("{base}{location}"), Some(session)).await?;
    (status == StatusCode::OK && body.contains("data-answer=\"current\"")).then_some(())
}

async fn judge(programs: &Programs, ledger: &Ledger, kills: u64) {
    let answered = ledger.answered.lock().await.clone();
    let (holds, said) = programs.prints(&["audit", "verify"]);
    assert!(holds, "{said}");
    let (_, listing) = programs.prints(&["audit", "list"]);
    let mut audited: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut notifying_reads = 0;
    for line in listing.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields[2] == "look-up" {
            audited.entry(fields[9].to_owned()).or_default().push(fields[7].to_owned());
            notifying_reads += usize::from(fields[7] == "emergency-department");
        }
    }
    for seen in &answered {
        let entries = audited.get(&seen.request).map_or(&[][..], Vec::as_slice);
        let setting = if seen.notifying { "emergency-department" } else { "general-practice" };
        assert_eq!(entries, [setting], "an answered access has exactly one entry: {}", seen.request);
    }
    let delivered = drained(programs).await;
    let ids: BTreeSet<&str> = delivered.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), notifying_reads, "one notification per notifying read, by id");
    let by_receptionist = delivered.iter().filter(|row| row["organisation"] == "Riverside Surgery").count();
    assert_eq!(by_receptionist, 0, "a silent read tells nobody");
    let tried = ledger.tried.load(Ordering::SeqCst);
    println!(
        "kills {kills}, accesses tried {tried}, answered {}, look-ups audited {}, notifications {} in {} deliveries: 0 answered without entry, 0 lost, 0 doubled by id, 0 for silent reads",
        answered.len(),
        audited.values().map(Vec::len).sum::<usize>(),
        ids.len(),
        delivered.len(),
    );
    // A loop that answers hardly anything would prove nothing.
    assert!(answered.len() as u64 * 10 >= tried * 8, "{} of {tried} answered", answered.len());
}

/// Every delivery, once nothing waits any more.
async fn drained(programs: &Programs) -> Vec<serde_json::Value> {
    for _ in 0..1200 {
        let (_, outbox) = programs.prints(&["outbox", "pending"]);
        if !outbox.contains("pending: ") {
            assert!(!outbox.contains("undeliverable: "), "{outbox}");
            return programs.sandbox("/inbox.json").await.as_array().unwrap().clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("notifications still wait: {}", programs.log());
}
