//! The look-up, one transaction: permit, same request seen?, read, decide, audit, history, outbox, commit. Nothing else reads a plan.

use crate::access::{Access, LookedUp, Reader};
use crate::answer::{Answer, AnswerFacts, History, Sealed};
use crate::audit::Act;
use crate::identify::{Subject, find_subject, unknown_answer};
use crate::store::{PlanRow, StoreError, Transaction};
use crate::{Registry, Unavailable};
use cpis::calendar::london_date;
use cpis::{
    AccessRecord, Action, AnswerKind, Decision, HISTORY_LENGTH, LocalAuthority, NhsNumber, Notification, Person, Plan, Refusal,
    UnknownReason, decide, may,
};
use jiff::Timestamp;

/// What was read and decided, before it is written.
struct Read {
    person: Option<Person>,
    numbers: Vec<NhsNumber>,
    changed: bool,
    decision: Decision,
    authorities: Vec<LocalAuthority>,
}

impl Registry {
    /// Looks a child up. In a notifying setting call [`Registry::identify`] and then [`Registry::confirm`] instead.
    /// When this returns an answer, its audit entry, its history row and its notifications are durable.
    pub async fn look_up(&self, access: &Access) -> Result<LookedUp, Unavailable> {
        let mut tx = self.store.begin().await?;
        let id = uuid::Uuid::new_v4().to_string();
        let outcome = self.look_up_within(&mut *tx, access, id).await?;
        tx.commit().await?;
        self.ring_for(&outcome);
        Ok(outcome)
    }

    /// The second step of a notifying read: opens what [`Registry::identify`] prepared under this id, once. Again gives the same answer.
    /// `None`: there is nothing under this id for this reader.
    pub async fn confirm(&self, id: &str, reader: &Reader, at: Timestamp) -> Result<Option<LookedUp>, Unavailable> {
        let mut tx = self.store.begin().await?;
        let Some(row) = tx.lookup(id).await?.filter(|row| row.is_for(reader, at)) else { return Ok(None) };
        let outcome = match serde_json::from_str::<Sealed>(&row.sealed).map_err(|_| StoreError::Corrupt("sealed answer"))? {
            Sealed::Answer(facts) => LookedUp::Answered(Answer(facts)),
            Sealed::Identified(facts) => {
                let access = Access {
                    reader: reader.clone(),
                    at,
                    request: row.request,
                    nhs_number: facts.asked,
                    born: None,
                    door: crate::audit::Door::Portal,
                };
                self.look_up_within(&mut *tx, &access, row.id).await?
            }
        };
        tx.commit().await?;
        self.ring_for(&outcome);
        Ok(Some(outcome))
    }

    async fn look_up_within(&self, tx: &mut dyn Transaction, access: &Access, id: String) -> Result<LookedUp, StoreError> {
        if let Some(refused) = self.refuse(tx, access, Act::LookUp).await? {
            return Ok(refused);
        }
        let key = access.idempotency_key(&self.key, Act::LookUp);
        if let Some(id) = tx.repeated(&key).await? {
            return Self::again(tx, access, id).await;
        }
        let subject = find_subject(tx, access.nhs_number).await?;
        if self.born_differs(tx, access, &subject, Act::LookUp).await? {
            return Ok(LookedUp::BornMismatch);
        }
        tx.remember_request(&key, &id, access.at).await?;
        let facts = match read(tx, access, subject).await? {
            Ok(read) => self.account_for(tx, access, id, read).await?,
            Err(reason) => {
                let entry = access.entry(Act::LookUp, AnswerKind::Unknown.word(), vec![self.key.child(access.nhs_number)]);
                let receipt = self.append(tx, &entry).await?;
                unknown_answer(access, id, reason, receipt)
            }
        };
        access.seal(tx, &facts.id, &Sealed::Answer(facts.clone())).await?;
        Ok(LookedUp::Answered(Answer(facts)))
    }

    /// Writes who looked, and, for a notifying read of somebody with a status, the history row and one notification per authority.
    async fn account_for(
        &self,
        tx: &mut dyn Transaction,
        access: &Access,
        id: String,
        read: Read,
    ) -> Result<AnswerFacts, StoreError> {
        let setting = access.reader.setting;
        let children = read.numbers.iter().map(|n| self.key.child(*n)).collect();
        let receipt = self.append(tx, &access.entry(Act::LookUp, read.decision.answer().word(), children)).await?;
        // The state before this access (ruling 24).
        let history = history(tx, access, &read).await?;
        let present = read.person.as_ref().map_or(access.nhs_number, |person| person.nhs_number);
        let recipients: Vec<_> = read.decision.recipients(setting.read).into_iter().collect();
        if read.decision.joins_history(setting.read) {
            tx.add_history(present, &access.record(), &id).await?;
        }
        for authority in &recipients {
            let AccessRecord { at, person, role, organisation } = access.record();
            let notification = Notification {
                id: uuid::Uuid::new_v4().to_string(),
                authority: authority.clone(),
                nhs_number: present,
                at,
                person,
                role,
                organisation,
            };
            tx.add_notification(&id, &notification).await?;
        }
        Ok(AnswerFacts {
            id,
            kind: read.decision.answer(),
            unknown: None,
            person: read.person,
            asked: access.nhs_number,
            number_changed: read.changed,
            decision: Some(read.decision),
            authorities: read.authorities,
            history,
            recipients,
            setting: setting.id.to_owned(),
            at: access.at,
            receipt,
            wrong_person: false,
        })
    }

    fn ring_for(&self, outcome: &LookedUp) {
        if matches!(outcome, LookedUp::Answered(answer) if !answer.recipients.is_empty()) {
            self.bell.notify_one();
        }
    }
}

impl Access {
    /// This access as the history and the notification tell it.
    fn record(&self) -> AccessRecord {
        let clinician = &self.reader.clinician;
        AccessRecord {
            at: self.at,
            person: clinician.name.clone(),
            role: clinician.role.job.name.clone(),
            organisation: clinician.role.organisation.name.clone(),
        }
    }
}

/// Reads the statuses and decides. `Err` is an answer too: it could not be checked, and why (ruling 18).
async fn read(tx: &mut dyn Transaction, access: &Access, subject: Subject) -> Result<Result<Read, UnknownReason>, StoreError> {
    let (person, numbers, changed) = match subject {
        Subject::Unknown(reason) => return Ok(Err(reason)),
        // A date of birth was typed to be compared, and cannot be (ruling 17).
        Subject::Unreadable { .. } if access.born.is_some() => return Ok(Err(UnknownReason::Unreadable)),
        Subject::Known { person, numbers, changed } => (Some(*person), numbers, changed),
        Subject::Unreadable { numbers } => (None, numbers, false),
    };
    let mut rows: Vec<PlanRow> = Vec::new();
    for number in &numbers {
        match tx.plans(*number).await {
            Ok(found) => rows.extend(found),
            Err(StoreError::Corrupt(what)) => {
                tracing::error!(what, "a stored status does not read");
                return Ok(Err(UnknownReason::Unreadable));
            }
            Err(error) => return Err(error),
        }
    }
    // Held and not shown without an agreement (ruling 22).
    rows.retain(|row| row.authority.agreement_in_force);
    let plans: Vec<Plan> = rows.iter().map(|row| row.plan.clone()).collect();
    let born = person.as_ref().and_then(|person| person.born);
    let decision = decide(&plans, born, london_date(access.at));
    if person.is_none() && decision.current.is_empty() {
        // Without demographics other numbers of this person may be missed: never "nothing found", and never only "ended".
        return Ok(Err(UnknownReason::Unreadable));
    }
    let mut authorities: Vec<LocalAuthority> = Vec::new();
    for authority in rows.into_iter().map(|row| row.authority) {
        let is_shown = decision.statuses().any(|status| status.authority == authority.code);
        if is_shown && !authorities.contains(&authority) {
            authorities.push(authority);
        }
    }
    Ok(Ok(Read { person, numbers, changed, decision, authorities }))
}

/// The access history as this reader may see it (rulings 14, 15 and 24).
async fn history(tx: &mut dyn Transaction, access: &Access, read: &Read) -> Result<History, StoreError> {
    if !read.decision.shows_a_status() {
        return Ok(History::NotShown);
    }
    let role = &access.reader.clinician.role;
    if may(role, Action::SeeAccessHistory) == Err(Refusal::AdministrativeRole) {
        return Ok(History::NotForThisRole);
    }
    // Without demographics nobody can tell whether the record is restricted.
    if read.person.as_ref().is_none_or(|person| person.restricted) {
        return Ok(History::Restricted { with_reason: may(role, Action::SeeRestrictedHistory).is_ok() && read.person.is_some() });
    }
    match tx.history(&read.numbers, None, HISTORY_LENGTH).await {
        Ok(rows) => Ok(History::Rows(rows)),
        Err(StoreError::Corrupt(_)) => Ok(History::Unavailable),
        Err(error) => Err(error),
    }
}
