//! The demonstration cases and personas: invented throughout, complete, and fitting each other.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use std::collections::HashSet;

use cpis::NhsNumber;
use serde_json::Value;

/// Every case something outside relies on, and a dozen spare ones.
const CASES: &str = "none cpp lac ucpp-adult cpp-and-lac two-authorities ended-within ended-beyond restricted restricted-none \
    superseded superseded-new invalidated deceased not-on-index turns-18-today history-30 future-start ends-today ended-365 ended-366 \
    ucpp-ended-within ucpp-ended-beyond ucpp-long unknown-kind no-office-phone not-sharing partial-birth long-name apostrophe-name \
    born-mismatch baby bulk-01 bulk-02 bulk-03 bulk-04 bulk-05 bulk-06 bulk-07 bulk-08 bulk-09 bulk-10 bulk-11 bulk-12";

const SETTINGS: [&str; 17] = [
    "general-practice",
    "camhs",
    "sexual-assault-referral-centre",
    "termination-of-pregnancy",
    "school-nursing-health-visiting",
    "community-paediatrics",
    "dentistry",
    "emergency-department",
    "urgent-treatment-centre",
    "walk-in-centre",
    "minor-injury-unit",
    "gp-out-of-hours",
    "ambulance",
    "nhs-111",
    "paediatric-ward",
    "maternity",
    "direct-admission",
];

fn demonstration() -> Value {
    serde_json::from_str(include_str!("../demonstration.json")).unwrap()
}

fn personas() -> Vec<Value> {
    serde_json::from_str(include_str!("../src/personas.json")).unwrap()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a Vec<Value> {
    of[name].as_array().unwrap()
}

fn texts<'a>(of: &'a [Value], name: &str) -> Vec<&'a str> {
    of.iter().map(|one| one[name].as_str().unwrap()).collect()
}

#[test]
fn every_case_is_there_once() {
    let demonstration = demonstration();
    let mut cases = texts(list(&demonstration, "children"), "case");
    let mut expected: Vec<&str> = CASES.split_whitespace().collect();
    cases.sort_unstable();
    expected.sort_unstable();
    assert_eq!(cases, expected);
}

#[test]
fn every_nhs_number_is_a_test_number_and_there_once() {
    let demonstration = demonstration();
    let numbers = texts(list(&demonstration, "children"), "nhs_number");
    for number in &numbers {
        assert!(number.starts_with("999") && NhsNumber::parse(number).is_ok(), "{number}");
    }
    assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), numbers.len());
}

#[test]
fn a_replaced_number_is_replaced_by_a_child_of_the_list() {
    let demonstration = demonstration();
    let children = list(&demonstration, "children");
    let numbers = texts(children, "nhs_number");
    let replaced: Vec<&str> = children.iter().filter_map(|child| child["replaced_by"].as_str()).collect();
    assert_eq!(replaced.len(), 1);
    assert!(replaced.iter().all(|number| numbers.contains(number)));
}

#[test]
fn every_status_is_of_an_authority_of_the_list_and_has_its_own_id() {
    let demonstration = demonstration();
    let codes: HashSet<&str> = texts(list(&demonstration, "authorities"), "code").into_iter().collect();
    let present = list(&demonstration, "children").iter().filter(|child| child["absent"] != true);
    let plans: Vec<&Value> = present.flat_map(|child| list(child, "plans")).collect();
    assert!(plans.iter().all(|plan| codes.contains(plan["authority"].as_str().unwrap())));
    let ids: HashSet<&str> = plans.iter().map(|plan| plan["local_id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), plans.len());
}

#[test]
fn the_authorities_are_englands_with_invented_phones_all_different() {
    let demonstration = demonstration();
    let authorities = list(&demonstration, "authorities");
    assert_eq!(authorities.len(), 153);
    assert_eq!(texts(authorities, "name").into_iter().collect::<HashSet<_>>().len(), 153);
    let of = |name: &str| authorities.iter().find(|one| one["name"].as_str().unwrap().starts_with(name)).unwrap();
    assert_eq!(of("Rutland")["agreement"], false);
    assert_eq!(of("Torbay")["last_file"], "-9d");
    assert!(of("Calderdale")["office_phone"].is_null());
    let phones: Vec<&str> =
        authorities.iter().flat_map(|one| [&one["office_phone"], &one["emergency_phone"]]).filter_map(Value::as_str).collect();
    assert_eq!(phones.len(), 305);
    assert_eq!(phones.iter().collect::<HashSet<_>>().len(), 305);
    assert_eq!(phones.into_iter().find(|phone| !is_for_drama(phone)), None);
}

/// Whether a number is one of those the regulator keeps free for drama.
fn is_for_drama(phone: &str) -> bool {
    const PREFIXES: [&str; 11] = [
        "01632960", "01134960", "01144960", "01154960", "01164960", "01174960", "01214960", "01514960", "01614960", "01914980",
        "02079460",
    ];
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    digits.len() == 11 && PREFIXES.iter().any(|prefix| digits.starts_with(prefix))
}

#[test]
fn every_date_is_one_the_importer_reads() {
    let demonstration = demonstration();
    for child in list(&demonstration, "children").iter().filter(|child| child["absent"] != true) {
        let plans = list(child, "plans").iter().flat_map(|plan| [&plan["start"], &plan["end"], &plan["sent"]]);
        let history = list(child, "history").iter().map(|row| &row["at"]);
        for date in [&child["born"], &child["died"]].into_iter().chain(plans).chain(history) {
            assert!(date.as_str().is_none_or(is_date), "{} {date}", child["case"]);
        }
    }
}

/// `0d`, `-120d`, `14d`, `-2m`, `-8y`, `-8y3m`, `2019-05-01`, `2011-04` or `2011`.
fn is_date(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let relative = text.strip_prefix('-').unwrap_or(text);
    if let Some(number) = relative.strip_suffix(['d', 'm', 'y']) {
        return number.split('y').all(digits);
    }
    text.split('-').map(str::len).eq([4, 2, 2].into_iter().take(text.split('-').count())) && text.split('-').all(digits)
}

#[test]
fn every_organisation_of_a_persona_is_set_up_with_settings_that_exist() {
    let demonstration = demonstration();
    let organisations = list(&demonstration, "organisations");
    for organisation in organisations {
        let settings = list(organisation, "settings");
        assert!(!settings.is_empty());
        assert!(settings.iter().all(|setting| SETTINGS.contains(&setting.as_str().unwrap())));
    }
    let known = texts(organisations, "ods");
    for persona in personas() {
        let roles = &persona["userinfo"]["nhsid_nrbac_roles"];
        let several = roles.as_array().cloned().unwrap_or_else(|| vec![roles.clone()]);
        assert!(several.iter().all(|role| known.contains(&role["org_code"].as_str().unwrap())), "{}", persona["id"]);
    }
}

#[test]
fn every_persona_and_role_has_its_own_id() {
    let personas = personas();
    let ids: HashSet<&str> = texts(&personas, "id").into_iter().collect();
    assert_eq!(ids.len(), personas.len());
    let wanted = "gp-receptionist second-gp-receptionist gp-clinician gp-careful camhs-nurse sarc-nurse top-nurse school-nurse \
        health-visitor community-paediatrician dentist ed-nurse ed-sensitive midwife paramedic two-settings two-roles two-roles-selected \
        no-roles no-code low-assurance low-authentication roles-as-object privacy-officer caldicott-guardian";
    assert_eq!(wanted.split_whitespace().find(|id| !ids.contains(id)), None);
    let subjects: HashSet<&str> = personas.iter().map(|one| one["userinfo"]["sub"].as_str().unwrap()).collect();
    assert_eq!(subjects.len(), personas.len());
    let roles: Vec<String> = personas
        .iter()
        .flat_map(|one| {
            let roles = &one["userinfo"]["nhsid_nrbac_roles"];
            roles.as_array().cloned().unwrap_or_else(|| vec![roles.clone()])
        })
        .map(|role| role["person_roleid"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(roles.iter().collect::<HashSet<_>>().len(), roles.len());
}
