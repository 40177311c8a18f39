//! Who may do what: a role's activity codes, the care settings they open, and the refusals, each of which is audited.

use crate::care_setting::{CareSetting, POLICIES, Read};
use crate::clinician::{RoleProfile, SEE_RESTRICTED, VIEW_AND_NOTIFY, VIEW_SILENTLY};
use serde::{Deserialize, Serialize};

/// Something a role may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Look up a child in a setting, with whatever that setting does.
    LookUp(&'static CareSetting),
    /// See who looked the child up in unscheduled care.
    SeeAccessHistory,
    /// See that history of a restricted person, for a reason.
    SeeRestrictedHistory,
}

/// Why something is not permitted. The name of the variant, in lower case with dashes, is what the audit records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Privacy officers and Caldicott guardians have desks of their own (ruling 39).
    #[error("oversight-role")]
    OversightRole,
    /// The role holds neither B0107 nor B0170.
    #[error("no-activity-code")]
    NoActivityCode,
    /// A silent read was claimed without B0170 (ruling 11).
    #[error("silent-not-permitted")]
    SilentNotPermitted,
    /// A notifying read was claimed without B0107 (ruling 11).
    #[error("notifying-not-permitted")]
    NotifyingNotPermitted,
    /// The organisation does not work in this setting.
    #[error("setting-not-of-organisation")]
    SettingNotOfOrganisation,
    /// The organisation has not been set up here; unknown never means default (rule 23).
    #[error("organisation-not-set-up")]
    OrganisationNotSetUp,
    /// Administrative roles see no access history (ruling 14).
    #[error("administrative-role")]
    AdministrativeRole,
    /// Restricted people's history needs B1611 (ruling 15).
    #[error("restricted-record")]
    RestrictedRecord,
}

/// May this role do this?
pub fn may(role: &RoleProfile, action: Action) -> Result<(), Refusal> {
    if role.is_oversight() {
        return Err(Refusal::OversightRole);
    }
    let (silent, notifying) = (role.permits(VIEW_SILENTLY), role.permits(VIEW_AND_NOTIFY));
    if !silent && !notifying {
        return Err(Refusal::NoActivityCode);
    }
    match action {
        Action::LookUp(setting) => match setting.read {
            Read::Silent if !silent => Err(Refusal::SilentNotPermitted),
            Read::Notifying if !notifying => Err(Refusal::NotifyingNotPermitted),
            Read::Silent | Read::Notifying => Ok(()),
        },
        Action::SeeAccessHistory | Action::SeeRestrictedHistory if role.is_administrative() => Err(Refusal::AdministrativeRole),
        Action::SeeRestrictedHistory if !role.permits(SEE_RESTRICTED) => Err(Refusal::RestrictedRecord),
        Action::SeeAccessHistory | Action::SeeRestrictedHistory => Ok(()),
    }
}

/// The settings a role may work in: those its codes permit, narrowed to those its organisation is set up for (decision D3).
/// `organisation` is `None` when the organisation is not known here.
pub fn usable_settings(
    role: &RoleProfile,
    organisation: Option<&[&'static CareSetting]>,
) -> Result<Vec<&'static CareSetting>, Refusal> {
    may(role, Action::SeeAccessHistory)
        .or_else(|refusal| if refusal == Refusal::AdministrativeRole { Ok(()) } else { Err(refusal) })?;
    let configured = organisation.ok_or(Refusal::OrganisationNotSetUp)?;
    let usable: Vec<_> = POLICIES.iter().filter(|s| configured.contains(s) && may(role, Action::LookUp(s)).is_ok()).collect();
    if usable.is_empty() { Err(Refusal::SettingNotOfOrganisation) } else { Ok(usable) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinician::{ActivityCode, JobRole};
    use crate::organisation::{OdsCode, Organisation};
    use std::fmt::Write as _;

    fn role(job: &str, codes: &[&str]) -> RoleProfile {
        RoleProfile {
            id: "0910000100101".into(),
            job: JobRole { code: job.into(), name: job.into() },
            organisation: Organisation { code: OdsCode("Y01234".into()), name: "Riverside Surgery".into() },
            activities: codes.iter().map(|c| ActivityCode((*c).into())).collect(),
        }
    }

    /// A cell of the picture in words that a reviewer reads.
    fn cell(may: Result<(), Refusal>) -> &'static str {
        match may {
            Ok(()) => "✔",
            Err(Refusal::OversightRole) => "✘ oversight only",
            Err(Refusal::NoActivityCode) => "✘ needs B0107 or B0170",
            Err(Refusal::SilentNotPermitted) => "✘ needs B0170",
            Err(Refusal::NotifyingNotPermitted) => "✘ needs B0107",
            Err(Refusal::SettingNotOfOrganisation) => "✘ not worked in here",
            Err(Refusal::OrganisationNotSetUp) => "✘ not set up here",
            Err(Refusal::AdministrativeRole) => "✘ administrative role",
            Err(Refusal::RestrictedRecord) => "✘ needs B1611",
        }
    }

    #[test]
    fn the_role_and_action_table_is_what_the_clinical_reviewer_signed() {
        let roles = [
            ("Nurse, B0170 (silent only)", role("R8001", &["B0170"])),
            ("Nurse, B0107 (notifying only)", role("R8001", &["B0107"])),
            ("Nurse, both codes", role("R8001", &["B0107", "B0170"])),
            ("Doctor, B0107 and B1611", role("R8000", &["B0107", "B1611"])),
            ("Receptionist, B0170", role("R8009", &["B0170"])),
            ("Receptionist, B0170 and B1611", role("R8009", &["B0170", "B1611"])),
            ("Nurse, no CP-IS code", role("R8001", &["B0264"])),
            ("Privacy officer, B0107", role("R0001", &["B0264", "B0016", "B0107"])),
            ("Caldicott guardian, B0107", role("R5105", &["B0264", "B0107"])),
        ];
        let actions = [
            ("look up silently", Action::LookUp(CareSetting::find("general-practice").unwrap())),
            ("look up and notify", Action::LookUp(CareSetting::find("emergency-department").unwrap())),
            ("see access history", Action::SeeAccessHistory),
            ("… of a restricted person", Action::SeeRestrictedHistory),
        ];
        let mut picture = format!("{:<32}", "role");
        for (name, _) in actions {
            write!(picture, "{name:<26}").unwrap();
        }
        for (name, role) in &roles {
            write!(picture, "\n{name:<32}").unwrap();
            for (_, action) in actions {
                write!(picture, "{:<26}", cell(may(role, action))).unwrap();
            }
        }
        let trimmed: Vec<_> = picture.lines().map(str::trim_end).collect();
        insta::assert_snapshot!("who_may_do_what", trimmed.join("\n"));
    }

    #[test]
    fn an_unknown_organisation_opens_no_setting() {
        assert_eq!(usable_settings(&role("R8001", &["B0170"]), None), Err(Refusal::OrganisationNotSetUp));
    }

    #[test]
    fn the_organisation_narrows_what_the_codes_permit() {
        let (gp, ed) = (CareSetting::find("general-practice").unwrap(), CareSetting::find("emergency-department").unwrap());
        let both = role("R8001", &["B0107", "B0170"]);
        assert_eq!(usable_settings(&both, Some(&[gp, ed])).unwrap(), [gp, ed]);
        assert_eq!(usable_settings(&role("R8001", &["B0170"]), Some(&[gp, ed])).unwrap(), [gp]);
        assert_eq!(usable_settings(&role("R8001", &["B0107"]), Some(&[gp])), Err(Refusal::SettingNotOfOrganisation));
        assert_eq!(usable_settings(&role("R8001", &[]), Some(&[gp])), Err(Refusal::NoActivityCode));
        assert_eq!(usable_settings(&role("R8009", &["B0170"]), Some(&[gp])).unwrap(), [gp]);
    }
}
