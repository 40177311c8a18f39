//! Choosing a role and a care setting: explicit, audited, and a new token whenever the role changes.

use super::{SessionToken, digest, session_entry};
use crate::audit::Act;
use crate::store::{SessionRow, StoreError};
use crate::{Registry, Unavailable};
use cpis::{CareSetting, Identity, Refusal, RoleProfile, usable_settings};
use jiff::Timestamp;

/// What a role can be used for here.
#[derive(Clone, Debug)]
pub struct RoleUse {
    /// The role.
    pub role: RoleProfile,
    /// The settings it opens, or why it opens none.
    pub settings: Result<Vec<&'static CareSetting>, Refusal>,
}

/// What came of a choice.
#[derive(Clone, Debug)]
pub enum Choice {
    /// Chosen; the session goes on under this token.
    Made(SessionToken),
    /// Not one of those offered.
    NotOffered,
}

impl RoleUse {
    /// The only setting this role opens, which needs no choosing.
    pub fn only_setting(&self) -> Option<&'static CareSetting> {
        match self.settings.as_deref() {
            Ok([only]) => Some(only),
            _ => None,
        }
    }

    /// What the audit records of choosing it.
    pub(super) fn word(&self) -> String {
        self.settings.as_ref().map_or_else(|refusal| format!("refused:{refusal}"), |_| "chosen".to_owned())
    }
}

impl Registry {
    /// Every role of a person, with what it opens here.
    pub async fn roles(&self, identity: &Identity) -> Result<Vec<RoleUse>, Unavailable> {
        let mut uses = Vec::new();
        for role in &identity.roles {
            uses.push(self.role(role).await?);
        }
        Ok(uses)
    }

    /// One role, with what it opens here.
    pub async fn role(&self, role: &RoleProfile) -> Result<RoleUse, Unavailable> {
        let organisation = self.store.organisation(&role.organisation.code.0).await?;
        let settings = usable_settings(role, organisation.as_ref().map(|o| o.settings.as_slice()));
        Ok(RoleUse { role: role.clone(), settings })
    }

    /// Does this role's organisation ask for a date of birth beside the NHS number (ruling 17)?
    pub async fn asks_born(&self, role: &RoleProfile) -> Result<bool, Unavailable> {
        Ok(self.store.organisation(&role.organisation.code.0).await?.is_some_and(|organisation| organisation.ask_born))
    }

    /// The log-in service writes organisations in capitals; where one is set up here, its own name is shown and told.
    pub(super) async fn with_names_known_here(&self, mut identity: Identity) -> Result<Identity, Unavailable> {
        for role in &mut identity.roles {
            if let Some(known) = self.store.organisation(&role.organisation.code.0).await? {
                role.organisation.name = known.name;
            }
        }
        Ok(identity)
    }

    /// The role to begin with: the one the log-in service says was selected, else the only usable one (ruling 16).
    pub(super) async fn first_role(&self, identity: &Identity) -> Result<Option<RoleUse>, Unavailable> {
        let uses = self.roles(identity).await?;
        if let Some(selected) = &identity.selected_role
            && let Some(found) = uses.iter().find(|held| held.role.id == *selected)
        {
            return Ok(Some(found.clone()));
        }
        let mut usable = uses.into_iter().filter(|held| held.settings.is_ok());
        Ok(match (usable.next(), usable.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        })
    }

    /// Acts in another role from now on: a new token, nothing carried over from the old role. Audited.
    pub async fn choose_role(
        &self,
        token: &SessionToken,
        role: &str,
        request: &str,
        now: Timestamp,
    ) -> Result<Choice, Unavailable> {
        let row = self.store.session(&digest(&token.0)).await?.filter(|row| self.why_over(row, now).is_none());
        let Some(mut row) = row else { return Ok(Choice::NotOffered) };
        let identity: Identity = serde_json::from_str(&row.identity).map_err(|_| StoreError::Corrupt("identity"))?;
        let held = match identity.roles.iter().find(|held| held.id == role) {
            Some(held) => self.role(held).await?,
            None => return self.not_offered(&row, Act::ChooseRole, role, request, now).await,
        };
        if held.settings.is_err() {
            return self.not_offered(&row, Act::ChooseRole, role, request, now).await;
        }
        let (token, was) = (SessionToken::new(), row.clone());
        row.role = Some(role.to_owned());
        row.setting = held.only_setting().map(|only| only.id.to_owned());
        let mut tx = self.store.begin().await?;
        self.append(&mut *tx, &session_entry(&row, Act::ChooseRole, "chosen", request, now)).await?;
        if let Some(setting) = &row.setting {
            self.append(&mut *tx, &session_entry(&row, Act::ChooseSetting, setting, request, now)).await?;
        }
        if !tx.choose(&was, &digest(&token.0), row.role.as_deref(), row.setting.as_deref()).await? {
            return Ok(Choice::NotOffered);
        }
        tx.commit().await?;
        Ok(Choice::Made(token))
    }

    /// What was chosen is not offered: audited, unless nothing was chosen at all.
    async fn not_offered(
        &self,
        row: &SessionRow,
        act: Act,
        chosen: &str,
        request: &str,
        now: Timestamp,
    ) -> Result<Choice, Unavailable> {
        if !chosen.is_empty() {
            let mut tx = self.store.begin().await?;
            self.append(&mut *tx, &session_entry(row, act, "refused:not-offered", request, now)).await?;
            tx.commit().await?;
        }
        Ok(Choice::NotOffered)
    }

    /// Works in another care setting from now on. Audited.
    pub async fn choose_setting(
        &self,
        token: &SessionToken,
        setting: &str,
        request: &str,
        now: Timestamp,
    ) -> Result<Choice, Unavailable> {
        let row = self.store.session(&digest(&token.0)).await?.filter(|row| self.why_over(row, now).is_none());
        let Some(mut row) = row else { return Ok(Choice::NotOffered) };
        let identity: Identity = serde_json::from_str(&row.identity).map_err(|_| StoreError::Corrupt("identity"))?;
        let Some(role) = identity.roles.iter().find(|held| Some(&held.id) == row.role.as_ref()) else {
            return Ok(Choice::NotOffered);
        };
        let offered = self.role(role).await?.settings.unwrap_or_default();
        let Some(setting) = offered.into_iter().find(|offered| offered.id == setting) else {
            return self.not_offered(&row, Act::ChooseSetting, setting, request, now).await;
        };
        let was = row.clone();
        row.setting = Some(setting.id.to_owned());
        let mut tx = self.store.begin().await?;
        self.append(&mut *tx, &session_entry(&row, Act::ChooseSetting, setting.id, request, now)).await?;
        if !tx.choose(&was, &was.token, row.role.as_deref(), row.setting.as_deref()).await? {
            return Ok(Choice::NotOffered);
        }
        tx.commit().await?;
        Ok(Choice::Made(token.clone()))
    }
}
