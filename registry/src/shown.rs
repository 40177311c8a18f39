//! What a look-up showed, shown again to the same session, role and setting for 15 minutes without a new entry (ruling 2).

use crate::access::Reader;
use crate::answer::{Answer, AnswerFacts, History, Identified, Sealed, Shown};
use crate::audit::Act;
use crate::identify::{Subject, find_subject};
use crate::store::{LookupRow, StoreError};
use crate::{Registry, Unavailable};
use cpis::access_history::Reason;
use cpis::{Action, HISTORY_LENGTH, LocalAuthority, Told, may};
use jiff::{SignedDuration, Timestamp};

/// How long what was shown can be shown again.
const KEPT: SignedDuration = SignedDuration::from_mins(15);

impl LookupRow {
    /// Only the session that looked, in the role and setting it looked in, and not after 15 minutes.
    pub(crate) fn is_for(&self, reader: &Reader, now: Timestamp) -> bool {
        self.session == reader.session
            && self.role == reader.clinician.role.id
            && self.setting == reader.setting.id
            && now.duration_since(self.at) < KEPT
    }
}

impl Registry {
    /// What is kept under this id for this reader; `None` for anybody else, and later.
    pub async fn shown(&self, id: &str, reader: &Reader, now: Timestamp) -> Result<Option<Shown>, Unavailable> {
        let Some(row) = self.store.shown(id).await? else { return Ok(None) };
        if row.session != reader.session {
            self.refused(reader, Act::LookUp, "refused:not-theirs", now, id).await?;
        }
        if !row.is_for(reader, now) {
            return Ok(None);
        }
        Ok(Some(match unseal(&row)? {
            Sealed::Identified(facts) => Shown::Identified(Identified(facts)),
            Sealed::Answer(facts) => Shown::Answer(Answer(facts)),
        }))
    }

    /// Audits an attempt that is not permitted (rule 41 of the identity notes: failed access too).
    async fn refused(&self, reader: &Reader, act: Act, why: &str, now: Timestamp, request: &str) -> Result<(), Unavailable> {
        let mut tx = self.store.begin().await?;
        self.append(&mut *tx, &reader.entry(act, why, now, request)).await?;
        Ok(tx.commit().await?)
    }

    /// How far each authority of this answer has been told, read live; an authority without a row is "not known".
    pub async fn told(&self, answer: &Answer) -> Result<Vec<(LocalAuthority, Told)>, Unavailable> {
        let states = self.store.told(&answer.id).await?;
        let state = |code: &str| states.iter().find(|(authority, _)| authority == code).map_or(Told::NotKnown, |(_, told)| *told);
        Ok(answer
            .authorities
            .iter()
            .filter(|authority| answer.recipients.contains(&authority.code))
            .map(|authority| (authority.clone(), state(&authority.code.0)))
            .collect())
    }

    /// Records that the reader looked at the wrong person, once. `None`: nothing is kept under this id for this reader.
    pub async fn wrong_person(&self, id: &str, reader: &Reader, now: Timestamp) -> Result<Option<Answer>, Unavailable> {
        let mut tx = self.store.begin().await?;
        let Some((row, mut facts)) = answer_of(tx.lookup(id).await?, reader, now)? else { return Ok(None) };
        if !facts.wrong_person {
            facts.wrong_person = true;
            let mut entry = reader.entry(Act::WrongPerson, facts.kind.word(), now, &row.request);
            let present = facts.person.as_ref().map(|person| person.nhs_number).filter(|present| *present != facts.asked);
            entry.children = [Some(facts.asked), present].into_iter().flatten().map(|number| self.key.child(number)).collect();
            self.append(&mut *tx, &entry).await?;
            tx.put_lookup(&reseal(row, &facts)?).await?;
            tx.commit().await?;
        }
        Ok(Some(Answer(facts)))
    }

    /// Shows a restricted person's access history to a holder of B1611 who gives a reason (ruling 15); audited, with the reason.
    /// `None`: nothing is kept under this id for this reader.
    pub async fn read_restricted_history(
        &self,
        id: &str,
        reader: &Reader,
        reason: &'static Reason,
        now: Timestamp,
    ) -> Result<Option<Answer>, Unavailable> {
        let mut tx = self.store.begin().await?;
        let Some((row, mut facts)) = answer_of(tx.lookup(id).await?, reader, now)? else { return Ok(None) };
        if matches!(facts.history, History::Restricted { with_reason: true })
            && may(&reader.clinician.role, Action::SeeRestrictedHistory).is_ok()
            && let Subject::Known { numbers, .. } = find_subject(&mut *tx, facts.asked).await?
        {
            let mut entry = reader.entry(Act::ReadHistory, &format!("reason:{}", reason.id), now, &row.request);
            entry.children = numbers.iter().map(|n| self.key.child(*n)).collect();
            self.append(&mut *tx, &entry).await?;
            // The state before this access (ruling 24).
            facts.history = History::Rows(tx.history(&numbers, Some(facts.at), HISTORY_LENGTH).await?);
            tx.put_lookup(&reseal(row, &facts)?).await?;
            tx.commit().await?;
        } else if facts.history == (History::Restricted { with_reason: false }) {
            drop(tx);
            self.refused(reader, Act::ReadHistory, "refused:restricted-record", now, id).await?;
        }
        Ok(Some(Answer(facts)))
    }
}

fn unseal(row: &LookupRow) -> Result<Sealed, StoreError> {
    serde_json::from_str(&row.sealed).map_err(|_| StoreError::Corrupt("sealed answer"))
}

fn answer_of(row: Option<LookupRow>, reader: &Reader, now: Timestamp) -> Result<Option<(LookupRow, AnswerFacts)>, StoreError> {
    let Some(row) = row.filter(|row| row.is_for(reader, now)) else { return Ok(None) };
    Ok(match unseal(&row)? {
        Sealed::Answer(facts) => Some((row, facts)),
        Sealed::Identified(_) => None,
    })
}

fn reseal(row: LookupRow, facts: &AnswerFacts) -> Result<LookupRow, StoreError> {
    let sealed = serde_json::to_string(&Sealed::Answer(facts.clone())).map_err(|_| StoreError::Corrupt("answer"))?;
    Ok(LookupRow { sealed, ..row })
}
