//! Whose number is this? The index of people, the chain of replaced numbers, and the audited identification before a notifying read.

use crate::access::{Access, LookedUp};
use crate::answer::{Answer, AnswerFacts, History, IdentifiedFacts, Sealed};
use crate::audit::{Act, Receipt};
use crate::store::{LookupRow, PersonRow, StoreError, Transaction};
use crate::{Registry, Unavailable};
use cpis::{Action, AnswerKind, CareSetting, NhsNumber, Person, UnknownReason, may};

/// No real chain of replacements is longer; a longer one is a loop or damage.
const LONGEST_CHAIN: usize = 16;

/// What the index of people says about a number.
pub(crate) enum Subject {
    /// A person, their present number first among all numbers whose statuses are theirs.
    Known { person: Box<Person>, numbers: Vec<NhsNumber>, changed: bool },
    /// The row does not read: the status is shown and the gap named.
    Unreadable { numbers: Vec<NhsNumber> },
    /// Nobody can be confirmed.
    Unknown(UnknownReason),
}

impl Registry {
    /// The first step of a notifying read: audits who was looked for and keeps the banner for the confirm page. Reads no status.
    pub async fn identify(&self, access: &Access) -> Result<LookedUp, Unavailable> {
        let mut tx = self.store.begin().await?;
        let outcome = self.identify_within(&mut *tx, access).await?;
        tx.commit().await?;
        Ok(outcome)
    }

    async fn identify_within(&self, tx: &mut dyn Transaction, access: &Access) -> Result<LookedUp, StoreError> {
        if let Some(refused) = self.refuse(tx, access, Act::Identify).await? {
            return Ok(refused);
        }
        let key = access.idempotency_key(&self.key, Act::Identify);
        if let Some(id) = tx.repeated(&key).await? {
            return Self::again(tx, access, id).await;
        }
        let id = uuid::Uuid::new_v4().to_string();
        let subject = find_subject(tx, access.nhs_number).await?;
        if self.born_differs(tx, access, &subject, Act::Identify).await? {
            return Ok(LookedUp::BornMismatch);
        }
        tx.remember_request(&key, &id, access.at).await?;
        let unknown = match &subject {
            Subject::Unreadable { .. } if access.born.is_some() => Some(UnknownReason::Unreadable),
            subject => subject.unknown(),
        };
        if let Some(reason) = unknown {
            let entry = access.entry(Act::Identify, AnswerKind::Unknown.word(), vec![self.key.child(access.nhs_number)]);
            let receipt = self.append(tx, &entry).await?;
            let facts = unknown_answer(access, id, reason, receipt);
            access.seal(tx, &facts.id, &Sealed::Answer(facts.clone())).await?;
            return Ok(LookedUp::Answered(Answer(facts)));
        }
        let (person, numbers, changed) = match subject {
            Subject::Known { person, numbers, changed } => (Some(*person), numbers, changed),
            Subject::Unreadable { numbers } => (None, numbers, false),
            Subject::Unknown(_) => (None, Vec::new(), false),
        };
        let children = numbers.iter().map(|n| self.key.child(*n)).collect();
        self.append(tx, &access.entry(Act::Identify, "identified", children)).await?;
        let facts = IdentifiedFacts {
            id: id.clone(),
            person,
            asked: access.nhs_number,
            number_changed: changed,
            request: access.request.clone(),
        };
        access.seal(tx, &id, &Sealed::Identified(facts)).await?;
        Ok(LookedUp::Confirm(id))
    }

    /// Checks the role's codes and that the organisation works in the setting; a refusal is audited too.
    pub(crate) async fn refuse(&self, tx: &mut dyn Transaction, access: &Access, act: Act) -> Result<Option<LookedUp>, StoreError> {
        let role = &access.reader.clinician.role;
        let setting: &'static CareSetting = access.reader.setting;
        let refusal = match may(role, Action::LookUp(setting)) {
            Err(refusal) => refusal,
            Ok(()) => match tx.organisation(&role.organisation.code.0).await? {
                Some(organisation) if organisation.settings.contains(&setting) => return Ok(None),
                Some(_) => cpis::Refusal::SettingNotOfOrganisation,
                None => cpis::Refusal::OrganisationNotSetUp,
            },
        };
        let entry = access.entry(act, &format!("refused:{refusal}"), vec![self.key.child(access.nhs_number)]);
        self.append(tx, &entry).await?;
        Ok(Some(LookedUp::Refused(refusal)))
    }

    /// Compares the typed date of birth, when there is one, before anything is shown (ruling 17). Audits a difference.
    pub(crate) async fn born_differs(
        &self,
        tx: &mut dyn Transaction,
        access: &Access,
        subject: &Subject,
        act: Act,
    ) -> Result<bool, StoreError> {
        let (Some(typed), Subject::Known { person, numbers, .. }) = (access.born, subject) else { return Ok(false) };
        if person.born.is_none_or(|held| held.agrees_with(typed)) {
            return Ok(false);
        }
        let children = numbers.iter().map(|n| self.key.child(*n)).collect();
        self.append(tx, &access.entry(act, "date-of-birth-differs", children)).await?;
        Ok(true)
    }

    /// The same request again: what it showed, while it is kept for this session; never a new access.
    pub(crate) async fn again(tx: &mut dyn Transaction, access: &Access, id: String) -> Result<LookedUp, StoreError> {
        let row = tx.lookup(&id).await?.filter(|row| row.is_for(&access.reader, access.at));
        Ok(match row.map(|row| serde_json::from_str::<Sealed>(&row.sealed)) {
            Some(Ok(Sealed::Answer(facts))) => LookedUp::Answered(Answer(facts)),
            Some(Ok(Sealed::Identified(_))) => LookedUp::Confirm(id),
            Some(Err(_)) => return Err(StoreError::Corrupt("sealed answer")),
            None => LookedUp::Repeated(id),
        })
    }
}

impl Subject {
    pub(crate) fn unknown(&self) -> Option<UnknownReason> {
        match self {
            Self::Unknown(reason) => Some(*reason),
            Self::Known { .. } | Self::Unreadable { .. } => None,
        }
    }
}

impl Access {
    /// Keeps what is shown for the session that looked (ruling 2).
    pub(crate) async fn seal(&self, tx: &mut dyn Transaction, id: &str, sealed: &Sealed) -> Result<(), StoreError> {
        let row = LookupRow {
            id: id.to_owned(),
            session: self.reader.session.clone(),
            role: self.reader.clinician.role.id.clone(),
            setting: self.reader.setting.id.to_owned(),
            request: self.request.clone(),
            sealed: serde_json::to_string(sealed).map_err(|_| StoreError::Corrupt("answer"))?,
            at: self.at,
        };
        tx.put_lookup(&row).await
    }
}

/// An answer that could not be given.
pub(crate) fn unknown_answer(access: &Access, id: String, reason: UnknownReason, receipt: Receipt) -> AnswerFacts {
    AnswerFacts {
        id,
        kind: AnswerKind::Unknown,
        unknown: Some(reason),
        person: None,
        asked: access.nhs_number,
        number_changed: false,
        decision: None,
        authorities: Vec::new(),
        history: History::NotShown,
        recipients: Vec::new(),
        setting: access.reader.setting.id.to_owned(),
        at: access.at,
        receipt,
        wrong_person: false,
    }
}

/// Finds the person behind a number: explicit replacements are followed, loops are not, and every number that leads to the
/// same person counts (ruling 21). Where the chain is too long or does not read, statuses may be missed: the person is unreadable.
pub(crate) async fn find_subject(tx: &mut dyn Transaction, asked: NhsNumber) -> Result<Subject, StoreError> {
    let mut path = vec![asked];
    let found = loop {
        let at = path[path.len() - 1];
        match tx.person(at).await {
            Err(StoreError::Corrupt(_)) => return Ok(Subject::Unreadable { numbers: path }),
            Err(error) => return Err(error),
            Ok(None) => return Ok(Subject::Unknown(UnknownReason::NotOnIndex)),
            Ok(Some(PersonRow { replaced_by: Some(next), .. })) if !path.contains(&next) => {
                if path.len() == LONGEST_CHAIN {
                    return Ok(Subject::Unreadable { numbers: path });
                }
                path.push(next);
            }
            Ok(Some(row)) => break row,
        }
    };
    if found.invalidated && found.replaced_by.is_none() {
        return Ok(Subject::Unknown(UnknownReason::Invalidated));
    }
    let person = found.person.as_readable();
    path.reverse();
    Ok(match all_numbers_of(tx, path).await? {
        (numbers, true) => Subject::Known { changed: person.nhs_number != asked, person: Box::new(person), numbers },
        (numbers, false) => Subject::Unreadable { numbers },
    })
}

/// Adds every number that any of these replaced; `false` when some may be missing.
async fn all_numbers_of(tx: &mut dyn Transaction, mut numbers: Vec<NhsNumber>) -> Result<(Vec<NhsNumber>, bool), StoreError> {
    let mut next = 0;
    while let Some(number) = numbers.get(next).copied() {
        let earlier = match tx.numbers_replaced_by(number).await {
            Ok(earlier) => earlier,
            Err(StoreError::Corrupt(_)) => return Ok((numbers, false)),
            Err(error) => return Err(error),
        };
        for number in earlier {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        if numbers.len() > LONGEST_CHAIN {
            return Ok((numbers, false));
        }
        next += 1;
    }
    Ok((numbers, true))
}
