//! Refusals: each is audited, says why, and shows nothing.

use super::bench::{Bench, Rows, access, key, role, setting};
use crate::audit::hex;
use crate::{LookedUp, Reader};
use cpis::Refusal;

#[tokio::test]
async fn every_refusal_is_audited_with_its_reason_and_shows_nothing() {
    let bench = Bench::new().await;
    let base = bench.gp_nurse().await;
    let number = bench.case("cpp");
    #[rustfmt::skip]
    let table: [(&[&str], &str, &str, Refusal); 8] = [
        (&["B0107"], "Y01234", "general-practice", Refusal::SilentNotPermitted),
        (&["B0107"], "DEM10", "community-paediatrics", Refusal::SilentNotPermitted),
        (&["B0170"], "DEM01", "emergency-department", Refusal::NotifyingNotPermitted),
        (&["B0264"], "Y01234", "general-practice", Refusal::NoActivityCode),
        (&[], "DEM01", "emergency-department", Refusal::NoActivityCode),
        (&["B0107", "B0170"], "Y01234", "dentistry", Refusal::SettingNotOfOrganisation),
        (&["B0107", "B0170"], "Y01234", "emergency-department", Refusal::SettingNotOfOrganisation),
        (&["B0107", "B0170"], "Y99999", "general-practice", Refusal::OrganisationNotSetUp),
    ];
    for (codes, ods, place, expected) in table {
        let mut clinician = base.clinician.clone();
        clinician.role = role(&clinician.role.id, "R8001", codes, ods);
        let reader = Reader { clinician, setting: setting(place), ..base.clone() };
        let access = access(&reader, number, "request");
        let before = bench.rows().await;
        for outcome in [bench.registry.look_up(&access).await.unwrap(), bench.registry.identify(&access).await.unwrap()] {
            assert!(matches!(outcome, LookedUp::Refused(why) if why == expected), "{codes:?} {ods} {place}: {outcome:?}");
        }
        assert_eq!(bench.added(before).await, Rows { audit: 2, ..Rows::default() }, "{codes:?} {ods} {place}");
        let size = bench.registry.audit_size().await.unwrap();
        for entry in bench.registry.audit_entries(size - 2, 2).await.unwrap() {
            let expected = format!("refused:{expected}");
            assert_eq!(
                (&entry[2], &entry[3], &entry[5], &entry[6]),
                (&expected, &reader.clinician.uid, &ods.into(), &place.into())
            );
            assert_eq!(entry[9..], [hex(&key().child(number))], "about whom");
        }
    }
}

#[tokio::test]
async fn a_permission_lost_between_the_two_steps_stops_the_second() {
    let bench = Bench::new().await;
    let reader = bench.ed_nurse().await;
    let LookedUp::Confirm(id) = bench.registry.identify(&access(&reader, bench.case("cpp"), "request")).await.unwrap() else {
        panic!("not asked to confirm")
    };
    bench.sql("UPDATE organisations SET settings = '[]' WHERE ods = 'DEM01'").await;
    let before = bench.rows().await;
    let outcome = bench.registry.confirm(&id, &reader, super::bench::now()).await.unwrap();
    assert!(matches!(outcome, Some(LookedUp::Refused(Refusal::SettingNotOfOrganisation))), "{outcome:?}");
    assert_eq!(bench.added(before).await, Rows { audit: 1, ..Rows::default() });
}

#[tokio::test]
async fn a_refused_log_in_is_audited_and_gives_a_reference() {
    let bench = Bench::new().await;
    let reference = bench.registry.refuse_log_in("nonce", None, "request", super::bench::now()).await.unwrap();
    let size = bench.registry.audit_size().await.unwrap();
    let entries = bench.registry.audit_entries(size - 1, 1).await.unwrap();
    assert_eq!((entries[0][1].as_str(), entries[0][2].as_str()), ("log-in-refused", "nonce"));
    assert!(reference.starts_with(&format!("{}-", size - 1)), "{reference}");
}
