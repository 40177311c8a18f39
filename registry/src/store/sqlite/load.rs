//! Writing the demonstration cases into SQLite.

use super::rows::millis;
use crate::demonstration::{ChildLine, Demonstration};
use crate::store::{StoreError, Stored};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::{Sqlite, Transaction, query};

pub(super) async fn load(tx: &mut Transaction<'static, Sqlite>, demonstration: &Demonstration) -> Stored<()> {
    for statement in [
        "DELETE FROM access_history WHERE lookup IS NULL",
        "DELETE FROM plans",
        "DELETE FROM people",
        "DELETE FROM authorities",
        "DELETE FROM organisations",
    ] {
        query(statement).execute(&mut **tx).await?;
    }
    for authority in &demonstration.authorities {
        query("INSERT INTO authorities (code, name, office_phone, emergency_phone, agreement, last_file) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&authority.code)
            .bind(&authority.name)
            .bind(&authority.office_phone)
            .bind(&authority.emergency_phone)
            .bind(authority.agreement)
            .bind(&authority.last_file)
            .execute(&mut **tx)
            .await?;
    }
    for organisation in &demonstration.organisations {
        let settings = serde_json::to_string(&organisation.settings).map_err(|_| StoreError::Corrupt("list of care settings"))?;
        query("INSERT INTO organisations (ods, name, settings, ask_born) VALUES ($1, $2, $3, $4)")
            .bind(&organisation.ods)
            .bind(&organisation.name)
            .bind(settings)
            .bind(organisation.ask_born)
            .execute(&mut **tx)
            .await?;
    }
    let midnight = demonstration.today.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
    for child in demonstration.children.iter().filter(|child| !child.absent) {
        add_child(tx, child, midnight).await?;
    }
    Ok(())
}

async fn add_child(tx: &mut Transaction<'static, Sqlite>, child: &ChildLine, midnight: Timestamp) -> Stored<()> {
    let number = child.nhs_number.digits();
    let gender = child.gender.word().to_lowercase();
    query(
        "INSERT INTO people (nhs_number, family, given, title, gender, born, address, gp, restricted, died, replaced_by, invalidated)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(&number)
    .bind(&child.family)
    .bind(&child.given)
    .bind(&child.title)
    .bind(gender)
    .bind(&child.born)
    .bind(&child.address)
    .bind(&child.gp)
    .bind(child.restricted)
    .bind(&child.died)
    .bind(child.replaced_by.map(cpis::NhsNumber::digits))
    .bind(child.invalidated)
    .execute(&mut **tx)
    .await?;
    for plan in &child.plans {
        query("INSERT INTO plans (nhs_number, authority, local_id, kind, start, end, sent) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(&number)
            .bind(&plan.authority)
            .bind(&plan.local_id)
            .bind(plan.kind().code())
            .bind(&plan.start)
            .bind(&plan.end)
            .bind(&plan.sent)
            .execute(&mut **tx)
            .await?;
    }
    for access in &child.history {
        let at = access.moment(midnight).ok_or(StoreError::Corrupt("time of an access"))?;
        query("INSERT INTO access_history (nhs_number, at, person, role, organisation) VALUES ($1, $2, $3, $4, $5)")
            .bind(&number)
            .bind(millis(at))
            .bind(&access.person)
            .bind(&access.role)
            .bind(&access.organisation)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
