//! Roles in every shape in which they have been seen: what is odd is left out, and nothing fails.

use serde_json::{Value, json};
use server::log_in::claims::identity;

/// A role entry that has everything.
fn entry(id: &str) -> Value {
    json!({"person_orgid": "1", "person_roleid": id, "org_code": "A9A5A", "role_code": "S8000:G8000:R8001",
        "role_name": "\"Clinical\":\"Clinical Provision\":\"Nurse Access Role\"", "activity_codes": ["B0170"]})
}

/// The roles read from one value of the claim, as `id/job/organisation/activities`.
fn read(roles: &Value) -> Vec<String> {
    let userinfo = json!({"sub": "910000000001", "nhsid_nrbac_roles": roles,
        "nhsid_user_orgs": [{"org_code": "A9A5A", "org_name": "NORTHFIELD GENERAL HOSPITAL"}]});
    let identity = identity(userinfo.as_object().unwrap(), None).unwrap();
    let codes = |role: &cpis::RoleProfile| role.activities.iter().map(|code| code.0.clone()).collect::<Vec<_>>().join("+");
    let line = |role: &cpis::RoleProfile| {
        format!("{}/{} {}/{}/{}", role.id, role.job.code, role.job.name, role.organisation.name, codes(role))
    };
    identity.roles.iter().map(line).collect()
}

/// The entry with one member changed.
fn with(member: &str, value: Value) -> Value {
    let mut entry = entry("1");
    entry[member] = value;
    entry
}

const USUAL: &str = "1/R8001 Nurse Access Role/NORTHFIELD GENERAL HOSPITAL/B0170";

#[test]
fn roles_are_read_from_every_shape() {
    let table: Vec<(&str, Value, Vec<&str>)> = vec![
        ("an array", json!([entry("1")]), vec![USUAL]),
        ("a single object", entry("1"), vec![USUAL]),
        ("an empty array", json!([]), vec![]),
        ("null", json!(null), vec![]),
        ("a word", json!("none"), vec![]),
        ("a number", json!(3), vec![]),
        (
            "leading zeros",
            json!([entry("093895563513")]),
            vec!["093895563513/R8001 Nurse Access Role/NORTHFIELD GENERAL HOSPITAL/B0170"],
        ),
        ("a number for an id has lost its zeros", json!([with("person_roleid", json!(93_895_563_513_u64))]), vec![]),
        ("no id", json!([with("person_roleid", json!(null))]), vec![]),
        ("the same id twice", json!([entry("1"), with("activity_codes", json!(["B0107"]))]), vec![USUAL]),
        ("malformed ones between good ones", json!([7, null, {}, entry("1"), "x", []]), vec![USUAL]),
        (
            "no activities",
            json!([with("activity_codes", json!(null))]),
            vec!["1/R8001 Nurse Access Role/NORTHFIELD GENERAL HOSPITAL/"],
        ),
        (
            "one activity as a word",
            json!([with("activity_codes", json!("B0107"))]),
            vec!["1/R8001 Nurse Access Role/NORTHFIELD GENERAL HOSPITAL/B0107"],
        ),
        (
            "odd activities",
            json!([with("activity_codes", json!(["B0107", 7, null, ""]))]),
            vec!["1/R8001 Nurse Access Role/NORTHFIELD GENERAL HOSPITAL/B0107"],
        ),
        ("no job", json!([with("role_code", json!(null))]), vec![]),
        ("a job that is no code", json!([with("role_code", json!("S8000:G8000:Nurse"))]), vec![]),
        ("the job alone", json!([with("role_code", json!("R8001"))]), vec![USUAL]),
        ("no name", json!([with("role_name", json!(null))]), vec!["1/R8001 R8001/NORTHFIELD GENERAL HOSPITAL/B0170"]),
        ("a plain name", json!([with("role_name", json!("Nurse"))]), vec!["1/R8001 Nurse/NORTHFIELD GENERAL HOSPITAL/B0170"]),
        (
            "a colon in the name",
            json!([with("role_name", json!("\"A\":\"B: C\":\"D: E\""))]),
            vec!["1/R8001 D: E/NORTHFIELD GENERAL HOSPITAL/B0170"],
        ),
        (
            "an organisation without a name",
            json!([with("org_code", json!("X26A1"))]),
            vec!["1/R8001 Nurse Access Role/X26A1/B0170"],
        ),
        ("an organisation in small letters", json!([with("org_code", json!("a9a5a"))]), vec![USUAL]),
        ("an organisation that is no code", json!([with("org_code", json!("<b>"))]), vec![]),
        ("no organisation", json!([with("org_code", json!(null))]), vec![]),
    ];
    for (name, roles, expected) in table {
        assert_eq!(read(&roles), expected, "{name}");
    }
}

#[test]
fn without_the_claim_there_are_no_roles() {
    let userinfo = json!({"sub": "910000000001"});
    assert!(identity(userinfo.as_object().unwrap(), None).unwrap().roles.is_empty());
}

#[test]
fn ten_thousand_roles_are_cut_short() {
    let many: Vec<_> = (0..10_000).map(|i| entry(&i.to_string())).collect();
    assert_eq!(read(&json!(many)).len(), 200);
}

#[test]
fn organisations_are_a_single_object_too() {
    let userinfo =
        json!({"sub": "1", "nhsid_nrbac_roles": entry("1"), "nhsid_user_orgs": {"org_code": "A9A5A", "org_name": "ONE"}});
    assert_eq!(identity(userinfo.as_object().unwrap(), None).unwrap().roles[0].organisation.name, "ONE");
}

#[test]
fn the_selected_role_is_one_of_the_roles_or_none() {
    for (in_userinfo, in_token, expected) in [
        (json!("1"), None, Some("1")),
        (json!(null), Some("2"), Some("2")),
        (json!("1"), Some("2"), Some("1")),
        (json!("9"), None, None),
        (json!(null), Some("9"), None),
        (json!(1), None, None),
        (json!(null), None, None),
    ] {
        let userinfo = json!({"sub": "1", "nhsid_nrbac_roles": [entry("1"), entry("2")], "selected_roleid": in_userinfo});
        let found = identity(userinfo.as_object().unwrap(), in_token).unwrap();
        assert_eq!(found.selected_role.as_deref(), expected, "{in_userinfo} {in_token:?}");
    }
}

#[test]
fn names_are_for_people_to_read() {
    for (claims, expected) in [
        (json!({"title": "Dr", "given_name": "Priya", "family_name": "Nair", "name": "Nair Priya Dr"}), "Dr Priya Nair"),
        (json!({"given_name": "Colin", "family_name": "D'Arcy-Wren"}), "Colin D'Arcy-Wren"),
        (json!({"title": "", "given_name": " Amina ", "family_name": "Khan"}), "Amina Khan"),
        (json!({"name": "USERQ RANDOM Mr"}), "USERQ RANDOM Mr"),
        (json!({"given_name": "Only", "display_name": "Only One"}), "Only One"),
        (json!({"name": "Two\nlines\u{202E}and\u{0000}more"}), "Two lines and more"),
        (json!({"name": 7}), "910000000001"),
        (json!({}), "910000000001"),
    ] {
        let mut userinfo = claims.as_object().unwrap().clone();
        userinfo.insert("sub".into(), json!("910000000001"));
        assert_eq!(identity(&userinfo, None).unwrap().name, expected);
    }
    let long = json!({"sub": "1", "name": "x".repeat(5000)});
    assert_eq!(identity(long.as_object().unwrap(), None).unwrap().name.len(), 120);
}

#[test]
fn the_person_is_their_user_identifier() {
    for (claims, expected) in [
        (json!({"sub": "1", "nhsid_useruid": "123456789012"}), Some("123456789012")),
        (json!({"sub": "012345678901"}), Some("012345678901")),
        (json!({"sub": "1", "nhsid_useruid": 7}), Some("1")),
        (json!({"sub": "with space"}), None),
        (json!({}), None),
    ] {
        assert_eq!(identity(claims.as_object().unwrap(), None).map(|identity| identity.uid).as_deref(), expected);
    }
}
