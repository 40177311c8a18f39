//! One writer to a file, readers beside it, and nothing less durable than promised.

use super::bench::{Bench, after, key, now};
use crate::{Registry, Settlement};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};
use sqlx::{query, query_scalar};

fn url(path: &std::path::Path) -> String {
    format!("sqlite:{}", path.display())
}

#[tokio::test]
async fn a_second_writer_is_refused_and_a_reader_beside_the_writer_works() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    let Err(refused) = Registry::open(&url(&bench.path), key()).await else { panic!("a second writer was let in") };
    assert_eq!(refused.to_string(), "another process already writes to this registry");
    let beside = Registry::open_to_read(&url(&bench.path), key()).await.unwrap();
    let answer = bench.notifying(&reader, bench.case("cpp"), "request").await;
    let report = beside.verify().await.unwrap().unwrap();
    assert_eq!(report.entries, answer.receipt.position + 1);
    assert_eq!(beside.outbox_counts().await.unwrap(), [("pending".into(), 1)]);
    // It reads, and can do nothing else.
    assert!(beside.refuse_log_in("x", None, "r", now()).await.is_err());
    assert!(beside.claim(after(5), 1).await.is_err());
    let claimed = bench.waiting(after(5)).await;
    assert!(beside.settle(&claimed[0], &Settlement::Delivered, after(6)).await.is_err());
    assert_eq!(beside.audit_size().await.unwrap(), report.entries);
}

#[tokio::test]
async fn a_file_is_free_again_when_its_writer_has_gone_and_holds_what_was_answered() {
    let bench = Bench::new().await;
    let reader = bench.gp_nurse().await;
    let receipt = bench.look_up(&reader, bench.case("cpp"), "request").await.receipt.clone();
    let Bench { registry, path, .. } = &bench;
    let size = registry.audit_size().await.unwrap();
    let kept = tempfile::tempdir().unwrap();
    let copy = kept.path().join("copy.sqlite");
    bench.raw.close().await;
    {
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        let mut copied_wal = copy.as_os_str().to_owned();
        copied_wal.push("-wal");
        std::fs::copy(path, &copy).unwrap();
        std::fs::copy(wal, copied_wal).unwrap();
    }
    // What lies in the file and its log at this moment is what a crash would leave.
    let reopened = Registry::open(&url(&copy), key()).await.unwrap();
    assert_eq!(reopened.verify().await.unwrap().unwrap().entries, size);
    assert_eq!(reopened.audit_size().await.unwrap(), receipt.position + 1);
    drop(reopened);
    Registry::open(&url(&copy), key()).await.unwrap();
}

#[tokio::test]
async fn a_file_in_a_weaker_journal_mode_is_repaired_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weak.sqlite");
    let weak = SqliteConnectOptions::new().filename(&path).create_if_missing(true).journal_mode(SqliteJournalMode::Delete);
    let other = SqlitePoolOptions::new().max_connections(1).connect_with(weak).await.unwrap();
    query("CREATE TABLE something (x INTEGER)").execute(&other).await.unwrap();
    // Held by another program it cannot be repaired.
    let mut held = other.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    query("INSERT INTO something VALUES (1)").execute(&mut *held).await.unwrap();
    assert!(Registry::open(&url(&path), key()).await.is_err());
    held.rollback().await.unwrap();
    other.close().await;
    let registry = Registry::open(&url(&path), key()).await.unwrap();
    registry.ready().await.unwrap();
    let plain = SqlitePoolOptions::new().connect_with(SqliteConnectOptions::new().filename(&path)).await.unwrap();
    let mode: String = query_scalar("PRAGMA journal_mode").fetch_one(&plain).await.unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn a_name_that_is_no_registry_is_refused_in_words() {
    for name in ["", "sqlite:", "postgres://localhost/x", "registry.sqlite"] {
        let Err(refused) = Registry::open(name, key()).await else { panic!("{name} was opened") };
        assert!(refused.to_string().contains("DATABASE_URL"), "{refused}");
    }
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("not there.sqlite");
    assert!(Registry::open_to_read(&url(&missing), key()).await.is_err(), "reading creates nothing");
    std::fs::write(folder.path().join("text.sqlite"), "this is not a database, whatever its name may say").unwrap();
    assert!(Registry::open(&url(&folder.path().join("text.sqlite")), key()).await.is_err());
}

#[tokio::test]
async fn phones_are_held_in_memory_when_the_registry_fails() {
    let bench = Bench::new().await;
    assert!(bench.registry.contacts().is_none());
    bench.registry.refresh_contacts(now()).await.unwrap();
    bench.sql("UPDATE authorities SET last_file = 'someday' WHERE code = 'DEMO-002'").await;
    bench.registry.refresh_contacts(now()).await.unwrap();
    let one = bench.registry.contacts().unwrap().authorities.iter().find(|a| a.code.0 == "DEMO-002").unwrap().clone();
    assert!(one.last_file.is_none() && one.emergency_phone.is_some(), "a date that does not read costs nobody a phone");
    bench.sql("ALTER TABLE authorities RENAME TO elsewhere").await;
    assert!(bench.registry.refresh_contacts(after(60)).await.is_err());
    let held = bench.registry.contacts().unwrap();
    assert_eq!(held.as_of, now());
    assert!(held.authorities.len() > 100 && held.authorities.windows(2).all(|two| two[0].name <= two[1].name));
}

#[tokio::test]
async fn loading_the_demonstration_again_keeps_the_log_the_outbox_and_real_accesses() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    bench.notifying(&reader, bench.case("cpp"), "request").await;
    let before = bench.rows().await;
    let text = include_str!("../../../end2end/sandbox/demonstration.json");
    let demonstration = crate::Demonstration::read(text, after(86_400)).unwrap();
    bench.registry.load_demonstration(&demonstration).await.unwrap();
    assert_eq!(bench.rows().await, before);
    for broken in ["", "{}", r#"{"authorities":[],"organisations":[],"children":[{"nhs_number":"9990000019"}]}"#] {
        assert!(crate::Demonstration::read(broken, now()).is_err());
    }
    let strange = text.replacen("\"-8y3m\"", "\"-8y3\"", 1);
    assert!(crate::Demonstration::read(&strange, now()).is_err());
}

#[tokio::test]
async fn another_file_in_the_registrys_place_answers_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registry.sqlite");
    let registry = Registry::open(&url(&path), key()).await.unwrap();
    registry.ready().await.unwrap();
    let aside = folder.path().join("aside.sqlite");
    std::fs::rename(&path, &aside).unwrap();
    assert!(registry.ready().await.is_err(), "removed");
    std::fs::copy(&aside, &path).unwrap();
    assert!(registry.ready().await.is_err(), "replaced");
    assert!(registry.refuse_log_in("state", None, "request", now()).await.is_err(), "nothing is written to either");
    assert_eq!(registry.audit_size().await.unwrap(), 0);
    std::fs::rename(&aside, &path).unwrap();
    registry.ready().await.unwrap();
}
