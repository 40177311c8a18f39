//! Who somebody is and which roles they hold, read from CIS2's user information with patience: what is odd is left out, nothing fails.

use cpis::{ActivityCode, Identity, JobRole, OdsCode, Organisation, RoleProfile};
use serde_json::{Map, Value};

/// More than anybody holds; the rest is left out.
const MOST_ROLES: usize = 200;
/// The longest text that is kept of a name, in characters.
const LONGEST_TEXT: usize = 120;

/// The person, or nothing when there is no usable identifier. `selected` is the ID token's `selected_roleid`; the user information's
/// own stands above it, and one that names none of the roles counts as absent (domain notes §1.5).
pub fn identity(userinfo: &Map<String, Value>, selected: Option<&str>) -> Option<Identity> {
    let uid = ["nhsid_useruid", "sub"].iter().find_map(|claim| identifier(userinfo.get(*claim)))?;
    let roles = roles(userinfo);
    let selected_role = identifier(userinfo.get("selected_roleid"))
        .or_else(|| selected.map(ToOwned::to_owned))
        .filter(|id| roles.iter().any(|role| role.id == *id));
    let name = name(userinfo).unwrap_or_else(|| uid.clone());
    Some(Identity { uid, name, roles, selected_role })
}

/// `Dr Priya Nair` from its parts; else the whole name as given, which may be in another order.
fn name(userinfo: &Map<String, Value>) -> Option<String> {
    let part = |claim| text(userinfo.get(claim));
    match (part("given_name"), part("family_name")) {
        (Some(given), Some(family)) => {
            let parts: Vec<_> = [part("title"), Some(given), Some(family)].into_iter().flatten().collect();
            Some(parts.join(" "))
        }
        _ => part("display_name").or_else(|| part("name")),
    }
}

/// The roles, in the order given; a malformed one, or one seen before, is left out.
fn roles(userinfo: &Map<String, Value>) -> Vec<RoleProfile> {
    let mut roles: Vec<RoleProfile> = Vec::new();
    for entry in objects(userinfo.get("nhsid_nrbac_roles")).take(MOST_ROLES) {
        if let Some(role) = role(entry, userinfo)
            && roles.iter().all(|known| known.id != role.id)
        {
            roles.push(role);
        }
    }
    roles
}

fn role(entry: &Map<String, Value>, userinfo: &Map<String, Value>) -> Option<RoleProfile> {
    let code = entry.get("role_code").and_then(Value::as_str).and_then(job_code)?;
    let name = text(entry.get("role_name")).and_then(|triple| job_name(&triple)).unwrap_or_else(|| code.clone());
    Some(RoleProfile {
        id: identifier(entry.get("person_roleid"))?,
        job: JobRole { code, name },
        organisation: organisation(ods_code(entry.get("org_code"))?, userinfo),
        activities: activities(entry.get("activity_codes")),
    })
}

/// The `R` part of `S8000:G8000:R8001`. Without it a role cannot be judged, so it is no role.
fn job_code(code: &str) -> Option<String> {
    let part = code.rsplit(':').next()?.trim();
    let digits = part.strip_prefix('R')?;
    (!digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|digit| digit.is_ascii_digit())).then(|| part.to_owned())
}

/// The third part of `"Clinical":"Clinical Provision":"Nurse Access Role"`, without its quotes; or the whole, when it is no triple.
fn job_name(triple: &str) -> Option<String> {
    let mut parts = triple.trim().trim_matches('"').split("\":\"");
    let name = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(_), Some(third), None) => third.to_owned(),
        _ => triple.replace('"', ""),
    };
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// One to ten letters and digits, in capitals.
fn ods_code(claim: Option<&Value>) -> Option<OdsCode> {
    let code = claim?.as_str()?.trim();
    let well_formed = (1..=10).contains(&code.len()) && code.bytes().all(|c| c.is_ascii_alphanumeric());
    well_formed.then(|| OdsCode(code.to_ascii_uppercase()))
}

/// The name comes from another claim, by the code; without one the code is shown.
fn organisation(code: OdsCode, userinfo: &Map<String, Value>) -> Organisation {
    let name = ["nhsid_user_orgs", "nhsid_org_memberships", "nhsid_org_roles"]
        .iter()
        .flat_map(|claim| objects(userinfo.get(*claim)))
        .find(|entry| ods_code(entry.get("org_code")).as_ref() == Some(&code))
        .and_then(|entry| text(entry.get("org_name")));
    Organisation { name: name.unwrap_or_else(|| code.0.clone()), code }
}

fn activities(claim: Option<&Value>) -> Vec<ActivityCode> {
    let codes: &[Value] = match claim {
        Some(Value::Array(codes)) => codes,
        Some(one @ Value::String(_)) => std::slice::from_ref(one),
        _ => &[],
    };
    codes.iter().filter_map(|code| identifier(Some(code))).map(ActivityCode).collect()
}

/// A single object or an array of them: integrators have seen both.
fn objects(claim: Option<&Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let entries: &[Value] = match claim {
        Some(Value::Array(entries)) => entries,
        Some(one @ Value::Object(_)) => std::slice::from_ref(one),
        _ => &[],
    };
    entries.iter().filter_map(Value::as_object)
}

/// An identifier, letter by letter as given: a number would have lost its leading zeros, so only a string will do.
fn identifier(claim: Option<&Value>) -> Option<String> {
    let id = claim?.as_str()?;
    is_identifier(id).then(|| id.to_owned())
}

/// May this stand in the audit log, in a table, or in a line of text? Letters, digits and `-_.`, at most 64.
pub(super) fn is_identifier(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_.".contains(&c))
}

/// Words to show: no control or direction characters, single spaces, not too long, not empty.
fn text(claim: Option<&Value>) -> Option<String> {
    let shown: String = claim?.as_str()?.chars().map(|c| if is_shown(c) { c } else { ' ' }).take(LONGEST_TEXT).collect();
    let words: Vec<_> = shown.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Characters that reverse or hide text could make one name read as another.
fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
