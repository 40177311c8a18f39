//! The audit log: a real one verifies, every kind of tampering is found at every position, and it names nobody.

use super::bench::{Bench, access, after, now, role};
use crate::audit::{leaf_hash, link_hash};
use crate::{AuditFault, LogInAttempt};
use sqlx::{Row, query};

/// One stored entry: position, bytes, leaf, link.
type Stored = (i64, Vec<u8>, Vec<u8>, Vec<u8>);

/// A small log of every shape of entry, its triggers taken away as a vandal would.
async fn small_log() -> (Bench, Vec<Stored>) {
    let bench = Bench::new().await;
    bench.registry.refuse_log_in("nonce", None, "r", now()).await.unwrap();
    let reader = bench.ed_nurse().await;
    bench.notifying(&reader, bench.case("superseded"), "r").await;
    drop_triggers(&bench).await;
    let rows = query("SELECT * FROM audit ORDER BY position").fetch_all(&bench.raw).await.unwrap();
    let log: Vec<Stored> =
        rows.iter().map(|row| (row.get("position"), row.get("entry"), row.get("leaf"), row.get("link"))).collect();
    assert_eq!(log.len(), 6);
    assert_eq!(bench.registry.verify().await.unwrap().unwrap().entries, 6);
    (bench, log)
}

async fn drop_triggers(bench: &Bench) {
    let triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit', 'audit_head')";
    for name in bench.bytes(triggers).await {
        bench.sql(format!("DROP TRIGGER {}", String::from_utf8(name).unwrap())).await;
    }
}

async fn write(bench: &Bench, log: &[Stored]) {
    let mut tx = bench.raw.begin().await.unwrap();
    query("DELETE FROM audit").execute(&mut *tx).await.unwrap();
    for (position, entry, leaf, link) in log {
        let insert = query("INSERT INTO audit (position, entry, leaf, link) VALUES ($1, $2, $3, $4)");
        insert.bind(position).bind(entry).bind(leaf).bind(link).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn fault_of(bench: &Bench, log: &[Stored]) -> Option<AuditFault> {
    write(bench, log).await;
    bench.registry.verify().await.unwrap().err()
}

/// Makes leaf and link of one entry right again, as somebody who knows the rules would.
fn relink(log: &mut [Stored], at: usize) {
    let before = if at == 0 { vec![0; 32] } else { log[at - 1].3.clone() };
    let leaf = leaf_hash(&log[at].1);
    log[at].2 = leaf.to_vec();
    log[at].3 = link_hash(&before, &leaf).to_vec();
}

fn renumber(log: &mut [Stored]) {
    for (position, row) in log.iter_mut().enumerate() {
        row.0 = i64::try_from(position).unwrap();
    }
}

#[tokio::test]
async fn every_changed_byte_of_every_entry_is_found_and_named() {
    let (bench, log) = small_log().await;
    for at in 0..log.len() {
        let here = u64::try_from(at).unwrap();
        for byte in 0..log[at].1.len() {
            let mut changed = log.clone();
            changed[at].1[byte] ^= 1;
            assert_eq!(fault_of(&bench, &changed).await, Some(AuditFault::Changed(here)), "byte {byte} of entry {at}");
        }
        for byte in [0, 31] {
            let mut changed = log.clone();
            changed[at].2[byte] ^= 0x80;
            assert_eq!(fault_of(&bench, &changed).await, Some(AuditFault::Changed(here)), "leaf {at}");
            let mut changed = log.clone();
            changed[at].3[byte] ^= 0x80;
            assert_eq!(fault_of(&bench, &changed).await, Some(AuditFault::Unlinked(here)), "link {at}");
        }
    }
    assert_eq!(fault_of(&bench, &log).await, None);
}

#[tokio::test]
async fn an_entry_changed_by_somebody_who_knows_the_hashes_is_found() {
    let (bench, log) = small_log().await;
    for at in 0..log.len() {
        let mut changed = log.clone();
        let bytes = changed[at].1.len();
        changed[at].1[bytes - 1] ^= 1;
        relink(&mut changed, at);
        let expected = if at + 1 == log.len() { AuditFault::Head } else { AuditFault::Unlinked(u64::try_from(at).unwrap() + 1) };
        assert_eq!(fault_of(&bench, &changed).await, Some(expected), "{at}");
        for after in at..changed.len() {
            relink(&mut changed, after);
        }
        assert_eq!(fault_of(&bench, &changed).await, Some(AuditFault::Head), "{at}, and all after it");
    }
}

#[tokio::test]
async fn a_missing_entry_is_found_at_every_position() {
    let (bench, log) = small_log().await;
    for at in 0..log.len() {
        let mut holed = log.clone();
        holed.remove(at);
        let here = u64::try_from(at).unwrap();
        let last = at + 1 == log.len();
        let expected = if last { AuditFault::Cut { found: here, said: 6 } } else { AuditFault::Missing(here) };
        assert_eq!(fault_of(&bench, &holed).await, Some(expected), "{at}");
        renumber(&mut holed);
        let expected = if last { AuditFault::Cut { found: here, said: 6 } } else { AuditFault::Unlinked(here) };
        assert_eq!(fault_of(&bench, &holed).await, Some(expected), "{at}, closed up");
        for after in at..holed.len() {
            relink(&mut holed, after);
        }
        assert_eq!(fault_of(&bench, &holed).await, Some(AuditFault::Cut { found: 5, said: 6 }), "{at}, closed up and linked again");
    }
}

#[tokio::test]
async fn an_entry_put_in_is_found_at_every_position() {
    let (bench, log) = small_log().await;
    for at in 0..=log.len() {
        let mut longer = log.clone();
        longer.insert(at, log[1].clone());
        renumber(&mut longer);
        relink(&mut longer, at);
        let expected = if at == log.len() {
            AuditFault::Cut { found: 7, said: 6 }
        } else {
            AuditFault::Unlinked(u64::try_from(at).unwrap() + 1)
        };
        // Put in last but one, the log as counted ends with a right link that is not the head's.
        let expected = if at + 1 == log.len() { AuditFault::Cut { found: 7, said: 6 } } else { expected };
        assert_eq!(fault_of(&bench, &longer).await, Some(expected), "{at}");
    }
}

#[tokio::test]
async fn entries_that_changed_places_are_found() {
    let (bench, log) = small_log().await;
    for one in 0..log.len() {
        for other in one + 1..log.len() {
            let mut mixed = log.clone();
            mixed.swap(one, other);
            renumber(&mut mixed);
            let fault = fault_of(&bench, &mixed).await;
            assert_eq!(fault, Some(AuditFault::Unlinked(u64::try_from(one).unwrap())), "{one} and {other}");
        }
    }
}

#[tokio::test]
async fn a_cut_tail_is_found_at_every_length_unless_the_head_was_cut_with_it() {
    let (bench, log) = small_log().await;
    for keep in 0..log.len() {
        let found = u64::try_from(keep).unwrap();
        assert_eq!(fault_of(&bench, &log[..keep]).await, Some(AuditFault::Cut { found, said: 6 }));
    }
    // The head's count moved back, its link not.
    bench.sql("UPDATE audit_head SET size = 4").await;
    assert_eq!(fault_of(&bench, &log[..4]).await, Some(AuditFault::Head));
    assert_eq!(fault_of(&bench, &log).await, Some(AuditFault::Cut { found: 5, said: 4 }));
    bench.sql("UPDATE audit_head SET size = 6, link = zeroblob(32)").await;
    assert_eq!(fault_of(&bench, &log).await, Some(AuditFault::Head));
}

#[tokio::test]
async fn an_empty_log_holds_and_one_longer_than_a_page_holds() {
    let bench = Bench::empty().await;
    assert_eq!(bench.registry.verify().await.unwrap().unwrap().entries, 0);
    let mut log: Vec<Stored> = Vec::new();
    let entry = crate::Reader::entry(&Bench::new().await.gp_nurse().await, crate::Act::LookUp, "none", now(), "r").canonical();
    for at in 0..2001usize {
        log.push((i64::try_from(at).unwrap(), entry.clone(), vec![], vec![]));
        relink(&mut log, at);
    }
    write_new(&bench, &log).await;
    assert_eq!(bench.registry.verify().await.unwrap().unwrap().entries, 2001);
}

async fn write_new(bench: &Bench, log: &[Stored]) {
    drop_triggers(bench).await;
    write(bench, log).await;
    query("UPDATE audit_head SET size = $1, link = $2")
        .bind(i64::try_from(log.len()).unwrap())
        .bind(&log[log.len() - 1].3)
        .execute(&bench.raw)
        .await
        .unwrap();
}

#[tokio::test]
async fn no_entry_holds_an_nhs_number_or_a_name() {
    let bench = Bench::new().await;
    let (gp, ed, doctor) = (bench.gp_nurse().await, bench.ed_nurse().await, bench.ed_doctor().await);
    for line in bench.children() {
        let number = bench.case(line["case"].as_str().unwrap());
        let silent = bench.look_up(&gp, number, "r").await;
        bench.registry.wrong_person(&silent.id, &gp, now()).await.unwrap();
        bench.notifying(&ed, number, "r").await;
        let restricted = bench.notifying(&doctor, number, "r").await;
        bench.registry.read_restricted_history(&restricted.id, &doctor, &cpis::access_history::REASONS[0], after(9)).await.unwrap();
        let born = Some("1999-01-01".parse().unwrap());
        bench.registry.look_up(&crate::Access { born, ..access(&gp, number, "born") }).await.unwrap();
    }
    let (token, _) = bench.reader("910000000051", role("0910000000051", "R8001", &["B0170"], "Y01234"), None).await;
    let attempt = LogInAttempt { state: "s".into(), nonce: "n".into(), verifier: "v".into() };
    bench.registry.begin_log_in("c", &attempt, now()).await.unwrap();
    bench.registry.refuse_log_in("issuer", Some("910000000051"), "r", now()).await.unwrap();
    bench.registry.log_out(&token, "r", now()).await.unwrap();

    let entries: Vec<Vec<u8>> = bench.bytes("SELECT entry FROM audit").await;
    assert!(entries.len() > 200);
    let all: Vec<String> = entries.iter().map(|entry| String::from_utf8_lossy(entry).to_lowercase()).collect();
    let mut banned = vec!["philippa".to_owned(), "thistlewood".into(), token.0.clone()];
    for line in bench.children() {
        let number = bench.case(line["case"].as_str().unwrap());
        banned.extend([number.digits(), number.spaced()]);
        banned.extend(["family", "given"].iter().filter_map(|field| line[*field].as_str()).map(str::to_lowercase));
    }
    for word in banned.iter().filter(|word| !word.is_empty()) {
        assert!(!all.iter().any(|entry| entry.contains(word.as_str())), "{word}");
    }
    // The same children are there under their keyed references, which need the key.
    let reference = super::bench::key().child(bench.case("cpp"));
    assert!(entries.iter().any(|entry| entry.windows(32).any(|bytes| bytes == reference)));
    let other = crate::AuditKey::new([43; 32]).child(bench.case("cpp"));
    assert_ne!(reference, other);
    assert!(bench.registry.verify().await.unwrap().is_ok());
}
