//! The policy: in which care setting a look-up tells social care, and in which it is silent. A table of data, signed by the clinical reviewer.

use serde::{Deserialize, Serialize};

/// Does looking tell social care?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Read {
    /// The responsible local authorities are told, and the access joins the child's history.
    Notifying,
    /// Nobody is told and no history is written; the read is audited like any other.
    Silent,
}

/// How people come to this care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Care {
    /// By appointment.
    Scheduled,
    /// Without one.
    Unscheduled,
}

/// One row of the policy: where care is given, and what reading there does.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct CareSetting {
    /// Stable identifier in forms, records and configuration.
    pub id: &'static str,
    /// The name a clinician knows it by.
    pub name: &'static str,
    /// Scheduled or unscheduled care.
    pub care: Care,
    /// What reading there does.
    pub read: Read,
    /// Attendance itself is confidential: neither the setting nor its organisation may appear in anything that leaves (ruling 24).
    pub sensitive: bool,
    /// Where the row comes from.
    pub source: &'static str,
}

const ROADMAP: &str = "CP-IS roadmap, 13 March 2024";
const PACK: &str = "NHS England assurance documentation pack";

const fn scheduled(id: &'static str, name: &'static str, sensitive: bool) -> CareSetting {
    CareSetting { id, name, care: Care::Scheduled, read: Read::Silent, sensitive, source: ROADMAP }
}

const fn unscheduled(id: &'static str, name: &'static str, source: &'static str) -> CareSetting {
    CareSetting { id, name, care: Care::Unscheduled, read: Read::Notifying, sensitive: false, source }
}

/// Every care setting there is. The seven scheduled settings are those of the CP-IS roadmap; the unscheduled ones are listed in
/// the service's domain notes §2.1.
pub const POLICIES: &[CareSetting] = &[
    scheduled("general-practice", "General practice, in hours", false),
    scheduled("camhs", "Child and adolescent mental health services", false),
    scheduled("sexual-assault-referral-centre", "Sexual assault referral centre", true),
    scheduled("termination-of-pregnancy", "Termination of pregnancy service", true),
    scheduled("school-nursing-health-visiting", "0 to 19 services: school nursing and health visiting", false),
    scheduled("community-paediatrics", "Community paediatrics", false),
    scheduled("dentistry", "Dentistry", false),
    unscheduled("emergency-department", "Emergency department", PACK),
    unscheduled("urgent-treatment-centre", "Urgent treatment centre", "NHS England RA guidance"),
    unscheduled("walk-in-centre", "Walk-in centre", PACK),
    unscheduled("minor-injury-unit", "Minor injury unit", PACK),
    unscheduled("gp-out-of-hours", "GP out of hours", PACK),
    unscheduled("ambulance", "Ambulance service", PACK),
    unscheduled("nhs-111", "NHS 111", "NHS England ICB guidance"),
    unscheduled("paediatric-ward", "Paediatric ward", PACK),
    unscheduled("maternity", "Maternity unit", PACK),
    unscheduled("direct-admission", "Direct admission", "NHS England ICB guidance"),
];

impl CareSetting {
    /// The row with this identifier.
    pub fn find(id: &str) -> Option<&'static Self> {
        POLICIES.iter().find(|setting| setting.id == id)
    }

    /// Does reading here tell the responsible authorities?
    pub fn notifies(&self) -> bool {
        self.read == Read::Notifying
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheduled_care_is_silent_and_unscheduled_care_notifies() {
        for setting in POLICIES {
            assert_eq!(setting.care == Care::Scheduled, setting.read == Read::Silent, "{}", setting.id);
        }
    }

    #[test]
    fn the_seven_settings_of_the_roadmap_are_there_and_no_identifier_is_used_twice() {
        assert_eq!(POLICIES.iter().filter(|s| s.care == Care::Scheduled).count(), 7);
        for setting in POLICIES {
            assert_eq!(POLICIES.iter().filter(|s| s.id == setting.id).count(), 1);
            assert_eq!(CareSetting::find(setting.id), Some(setting));
        }
    }

    #[test]
    fn only_silent_settings_are_sensitive() {
        assert!(POLICIES.iter().filter(|s| s.sensitive).all(|s| s.read == Read::Silent));
    }
}
