//! How a stored row becomes one of our words, and the other way round; a row that does not read is an error, never a guess.

use super::no;
use crate::store::{AuditRow, KeptFormRow, LookupRow, OrganisationRow, PersonRow, PlanRow, SessionRow, StoreError, Stored};
use cpis::{
    AccessRecord, AuthorityCode, CareSetting, Gender, LocalAuthority, NhsNumber, PartialDate, Person, PersonName, Phone, Plan,
    PlanKind, Told,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

pub(super) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

pub(super) fn moment(millis: i64) -> Stored<Timestamp> {
    Timestamp::from_millisecond(millis).or(no("time"))
}

fn date(text: &str) -> Stored<Date> {
    text.parse().or(no("date"))
}

fn partial(text: Option<String>) -> Stored<Option<PartialDate>> {
    text.map(|t| PartialDate::parse(&t).or(no("partial date"))).transpose()
}

pub(super) fn number(text: &str) -> Stored<NhsNumber> {
    NhsNumber::parse(text).or(no("NHS number"))
}

fn bytes32(bytes: Vec<u8>) -> Stored<[u8; 32]> {
    bytes.try_into().or(no("digest"))
}

pub(super) fn person(row: &SqliteRow) -> Stored<PersonRow> {
    let family: Option<String> = row.try_get("family")?;
    let given: Option<String> = row.try_get("given")?;
    let name = match (family, given) {
        (None, None) => None,
        (family, given) => {
            Some(PersonName { family: family.unwrap_or_default(), given: given.unwrap_or_default(), title: row.try_get("title")? })
        }
    };
    let gender = match row.try_get::<String, _>("gender")?.as_str() {
        "female" => Gender::Female,
        "male" => Gender::Male,
        "other" => Gender::Other,
        _ => Gender::Unknown,
    };
    let replaced_by: Option<String> = row.try_get("replaced_by")?;
    let person = Person {
        nhs_number: number(row.try_get("nhs_number")?)?,
        name,
        born: partial(row.try_get("born")?)?,
        gender,
        address: row.try_get("address")?,
        gp: row.try_get("gp")?,
        restricted: row.try_get("restricted")?,
        died: partial(row.try_get("died")?)?,
    };
    Ok(PersonRow { person, replaced_by: replaced_by.map(|n| number(&n)).transpose()?, invalidated: row.try_get("invalidated")? })
}

pub(super) fn authority(row: &SqliteRow) -> Stored<LocalAuthority> {
    Ok(LocalAuthority {
        code: AuthorityCode(row.try_get("code")?),
        name: row.try_get("name")?,
        office_phone: row.try_get::<Option<String>, _>("office_phone")?.map(Phone),
        emergency_phone: row.try_get::<Option<String>, _>("emergency_phone")?.map(Phone),
        agreement_in_force: row.try_get("agreement")?,
        // One that does not read counts as none: the coverage notice then names the authority, and its statuses and phones stay.
        last_file: row.try_get::<Option<String>, _>("last_file")?.and_then(|t| date(&t).ok()),
    })
}

pub(super) fn plan(row: &SqliteRow) -> Stored<PlanRow> {
    // Asked for by name: SQLite's absent text would decode as an empty one, and an absent number as 0.
    if row.try_get::<Option<&str>, _>("code")?.is_none() {
        return no("authority of a status");
    }
    let authority = authority(row)?;
    let plan = Plan {
        kind: PlanKind::from_code(row.try_get("kind")?),
        authority: authority.code.clone(),
        start: date(row.try_get("start")?)?,
        end: row.try_get::<Option<String>, _>("end")?.map(|t| date(&t)).transpose()?,
        sent: date(row.try_get("sent")?)?,
    };
    Ok(PlanRow { plan, authority })
}

pub(super) fn access(row: &SqliteRow) -> Stored<AccessRecord> {
    Ok(AccessRecord {
        at: moment(row.try_get("at")?)?,
        person: row.try_get("person")?,
        role: row.try_get("role")?,
        organisation: row.try_get("organisation")?,
    })
}

pub(super) fn lookup(row: &SqliteRow) -> Stored<LookupRow> {
    Ok(LookupRow {
        id: row.try_get("id")?,
        session: row.try_get("session")?,
        role: row.try_get("role")?,
        setting: row.try_get("setting")?,
        request: row.try_get("request")?,
        sealed: row.try_get("sealed")?,
        at: moment(row.try_get("at")?)?,
    })
}

pub(super) fn session(row: &SqliteRow) -> Stored<SessionRow> {
    Ok(SessionRow {
        id: row.try_get("id")?,
        token: bytes32(row.try_get("token")?)?,
        uid: row.try_get("uid")?,
        sid: row.try_get("sid")?,
        identity: row.try_get("identity")?,
        role: row.try_get("role")?,
        setting: row.try_get("setting")?,
        began: moment(row.try_get("began")?)?,
        seen: moment(row.try_get("seen")?)?,
        ended: row.try_get::<Option<i64>, _>("ended")?.map(moment).transpose()?,
        why: row.try_get("why")?,
    })
}

pub(super) fn form(row: &SqliteRow) -> Stored<KeptFormRow> {
    Ok(KeptFormRow {
        id: row.try_get("id")?,
        session: row.try_get("session")?,
        uid: row.try_get("uid")?,
        role: row.try_get("role")?,
        typed: row.try_get("typed")?,
        at: moment(row.try_get("at")?)?,
    })
}

pub(super) fn organisation(row: &SqliteRow) -> Stored<OrganisationRow> {
    let ids: Vec<String> = serde_json::from_str(row.try_get("settings")?).or(no("list of care settings"))?;
    // A setting this build does not know opens nothing; the others stay usable.
    let settings = ids.iter().filter_map(|id| CareSetting::find(id)).collect();
    Ok(OrganisationRow { name: row.try_get("name")?, settings, ask_born: row.try_get("ask_born")? })
}

pub(super) fn audit(row: &SqliteRow) -> Stored<AuditRow> {
    let position: i64 = row.try_get("position")?;
    Ok(AuditRow {
        position: u64::try_from(position).or(no("audit position"))?,
        entry: row.try_get("entry")?,
        leaf: row.try_get("leaf")?,
        link: row.try_get("link")?,
    })
}

pub(super) fn told(state: &str) -> Told {
    match state {
        "delivered" => Told::Delivered,
        "pending" => Told::Pending,
        "undeliverable" => Told::Failed,
        _ => Told::NotKnown,
    }
}

/// Reads many rows with one reader.
pub(super) fn each<T>(rows: &[SqliteRow], read: impl Fn(&SqliteRow) -> Stored<T>) -> Result<Vec<T>, StoreError> {
    rows.iter().map(read).collect()
}
