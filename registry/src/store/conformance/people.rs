//! People, statuses, authorities and organisations as they are held.

use super::{Backend, load, number};
use crate::store::{Store, StoreError, Stored};
use cpis::{CareSetting, Gender, PartialDate, Plan, PlanKind};
use std::sync::Arc;

async fn some_people(backend: &impl Backend) -> Arc<dyn Store> {
    let store = backend.store();
    let text = format!(
        r#"{{"authorities": [
            {{"code": "B", "name": "Zeal", "office_phone": null, "emergency_phone": "01632 960001", "agreement": false, "last_file": null}},
            {{"code": "A", "name": "Yarrow", "office_phone": "01632 960002", "emergency_phone": null, "agreement": true, "last_file": "-1d"}}],
         "organisations": [
            {{"ods": "Y1", "name": "Surgery", "settings": ["general-practice", "a setting of tomorrow", "dentistry"], "ask_born": true}}],
         "children": [
            {{"nhs_number": "{0}", "family": "QUILLFEATHER", "given": "Morwenna", "title": "Ms", "gender": "female", "born": "2018-08",
              "address": "1 Orchard Row", "gp": "Surgery", "restricted": false, "died": "2026-01-02",
              "plans": [{{"kind": "CPP", "authority": "A", "local_id": "1", "start": "-9d", "end": "+9d", "sent": "-1d"}},
                        {{"kind": "777", "authority": "B", "local_id": null, "start": "-8d", "end": null, "sent": "0d"}}],
              "history": [{{"at": "-1d", "time": "09:30", "person": "P", "role": "R", "organisation": "O"}}]}},
            {{"nhs_number": "{1}", "restricted": true, "invalidated": true, "replaced_by": "{0}"}},
            {{"nhs_number": "{2}", "replaced_by": "{0}"}},
            {{"nhs_number": "{3}", "absent": true}}]}}"#,
        number(0).digits(),
        number(1).digits(),
        number(2).digits(),
        number(3).digits(),
    );
    load(&store, &text).await;
    store
}

pub(super) async fn people_are_found_by_number_with_every_field(backend: &impl Backend) {
    let store = some_people(backend).await;
    let mut tx = store.begin().await.unwrap();
    let row = tx.person(number(0)).await.unwrap().unwrap();
    let name = row.person.name.unwrap();
    assert_eq!((name.family.as_str(), name.given.as_str(), name.title.as_deref()), ("QUILLFEATHER", "Morwenna", Some("Ms")));
    assert_eq!((row.person.nhs_number, row.person.gender), (number(0), Gender::Female));
    assert_eq!((row.person.born, row.person.died), (PartialDate::parse("2018-08").ok(), PartialDate::parse("2026-01-02").ok()));
    assert_eq!((row.person.address.as_deref(), row.person.gp.as_deref()), (Some("1 Orchard Row"), Some("Surgery")));
    assert!(!row.person.restricted && !row.invalidated && row.replaced_by.is_none());
    let bare = tx.person(number(1)).await.unwrap().unwrap();
    assert!(bare.person.restricted && bare.invalidated && bare.person.name.is_none() && bare.person.born.is_none());
    assert_eq!(bare.person.gender, Gender::Unknown);
    assert!(tx.person(number(3)).await.unwrap().is_none());
}

pub(super) async fn replaced_numbers_are_found_both_ways(backend: &impl Backend) {
    let store = some_people(backend).await;
    let mut tx = store.begin().await.unwrap();
    assert_eq!(tx.person(number(1)).await.unwrap().unwrap().replaced_by, Some(number(0)));
    let mut earlier = tx.numbers_replaced_by(number(0)).await.unwrap();
    earlier.sort_unstable();
    assert_eq!(earlier, [number(1), number(2)]);
    assert!(tx.numbers_replaced_by(number(1)).await.unwrap().is_empty());
}

pub(super) async fn statuses_come_with_their_authority(backend: &impl Backend) {
    let store = some_people(backend).await;
    let mut tx = store.begin().await.unwrap();
    let mut rows = tx.plans(number(0)).await.unwrap();
    rows.sort_by(|a, b| a.authority.code.cmp(&b.authority.code));
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let (one, other) = (&rows[0], &rows[1]);
    let expected = Plan {
        kind: PlanKind::ChildProtection,
        authority: one.authority.code.clone(),
        start: day("2026-11-13"),
        end: Some(day("2026-12-01")),
        sent: day("2026-11-21"),
    };
    assert_eq!(one.plan, expected);
    assert_eq!((one.authority.name.as_str(), one.authority.agreement_in_force), ("Yarrow", true));
    assert_eq!((&other.plan.kind, other.plan.end), (&PlanKind::Unrecognised("777".into()), None));
    assert_eq!((other.authority.agreement_in_force, other.authority.last_file), (false, None));
    assert!(tx.plans(number(1)).await.unwrap().is_empty());
}

fn is_damage<T>(read: &Stored<T>) -> bool {
    matches!(read, Err(StoreError::Corrupt(_)))
}

pub(super) async fn what_does_not_read_is_damage_and_not_a_failing_database(backend: &impl Backend) {
    let store = some_people(backend).await;
    for statement in [
        "UPDATE people SET born = 'spring'",
        "UPDATE plans SET start = 'spring'",
        "UPDATE access_history SET at = 9223372036854775807",
        "UPDATE organisations SET settings = 'all of them'",
    ] {
        assert!(backend.past_the_store(statement).await.unwrap() > 0, "{statement}");
    }
    let mut tx = store.begin().await.unwrap();
    assert!(is_damage(&tx.person(number(0)).await));
    assert!(is_damage(&tx.plans(number(0)).await));
    assert!(is_damage(&tx.history(&[number(0)], None, 9).await));
    assert!(is_damage(&tx.organisation("Y1").await));
    assert!(is_damage(&store.organisation("Y1").await));
    drop(tx);
    backend.past_the_store("UPDATE people SET nhs_number = '12' WHERE replaced_by IS NOT NULL AND restricted = 1").await.unwrap();
    assert!(is_damage(&store.begin().await.unwrap().numbers_replaced_by(number(0)).await));
}

pub(super) async fn organisations_are_the_same_inside_and_outside_a_transaction(backend: &impl Backend) {
    let store = some_people(backend).await;
    let outside = store.organisation("Y1").await.unwrap().unwrap();
    let mut tx = store.begin().await.unwrap();
    let inside = tx.organisation("Y1").await.unwrap().unwrap();
    for found in [outside, inside] {
        assert_eq!((found.name.as_str(), found.ask_born), ("Surgery", true));
        let known = [CareSetting::find("general-practice").unwrap(), CareSetting::find("dentistry").unwrap()];
        assert_eq!(found.settings, known, "a setting this build does not know opens nothing");
    }
    assert!(tx.organisation("Y2").await.unwrap().is_none() && store.organisation("Y2").await.unwrap().is_none());
}

pub(super) async fn authorities_come_in_the_order_of_their_names(backend: &impl Backend) {
    let store = some_people(backend).await;
    let found = store.authorities().await.unwrap();
    let said: Vec<_> = found
        .iter()
        .map(|a| (a.name.as_str(), a.office_phone.as_ref().map(|p| p.0.as_str()), a.emergency_phone.as_ref().map(|p| p.0.as_str())))
        .collect();
    assert_eq!(said, [("Yarrow", Some("01632 960002"), None), ("Zeal", None, Some("01632 960001"))]);
}
