//! Who is asking: the logged-in person, the role they act in, and what that role permits.

use crate::organisation::Organisation;
use serde::{Deserialize, Serialize};

/// View the CP-IS flag, telling the responsible local authority (national RBAC, RA guidance).
pub const VIEW_AND_NOTIFY: &str = "B0107";
/// View the CP-IS flag without sending an Access to Service Notification (national RBAC, RA guidance).
pub const VIEW_SILENTLY: &str = "B0170";
/// Access sensitive (S) flagged records.
pub const SEE_RESTRICTED: &str = "B1611";

/// Which activities a wider activity includes. The national database is not public; these are the published inclusions.
const INCLUDES: &[(&str, &[&str])] =
    &[("B0825", &["B0820"]), ("B0570", &["B0571", "B0572"]), ("B0278", &["B0058", "B0420", "B0440"])];

/// Job roles of administrative staff, who are shown less (ruling 14). To be confirmed by a clinical reviewer.
pub const ADMINISTRATIVE_ROLES: &[&str] = &["R8006", "R8008", "R8009", "R8010", "R1720", "R1730"];

/// Job roles of oversight, who look nobody up here until their desks exist, whatever codes they hold (ruling 39):
/// privacy officer and Caldicott guardian.
pub const OVERSIGHT_ROLES: &[&str] = &["R0001", "R5105"];

/// A national RBAC activity code such as `B0170`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActivityCode(pub String);

/// A job role: the `R` part of the role code, and the name to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRole {
    /// For example `R8009`.
    pub code: String,
    /// For example `Receptionist Access Role`.
    pub name: String,
}

/// One role a person holds at one organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleProfile {
    /// `person_roleid`: a string of digits, leading zeros kept.
    pub id: String,
    /// The job role.
    pub job: JobRole,
    /// Where it is held.
    pub organisation: Organisation,
    /// The activities the Registration Authority put on it.
    pub activities: Vec<ActivityCode>,
}

impl RoleProfile {
    /// Does this role carry the activity, directly or by inclusion?
    pub fn permits(&self, activity: &str) -> bool {
        self.activities
            .iter()
            .any(|held| held.0 == activity || INCLUDES.iter().any(|(wide, narrow)| *wide == held.0 && narrow.contains(&activity)))
    }

    /// Is this a role of oversight (ruling 39)?
    pub fn is_oversight(&self) -> bool {
        OVERSIGHT_ROLES.contains(&self.job.code.as_str())
    }

    /// An administrative role sees the status, the authority and its phones, and no access history (ruling 14).
    pub fn is_administrative(&self) -> bool {
        ADMINISTRATIVE_ROLES.contains(&self.job.code.as_str())
    }
}

/// A logged-in person with every role they hold, before one is chosen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `nhsid_useruid`, twelve digits.
    pub uid: String,
    /// The name to show and to tell.
    pub name: String,
    /// Every role, in the order the log-in service gave them; may be empty.
    pub roles: Vec<RoleProfile>,
    /// The role the log-in service says was chosen there, when it says so (ruling 16).
    pub selected_role: Option<String>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({} roles)", self.roles.len())
    }
}

/// A person acting in a role.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinician {
    /// `nhsid_useruid`, twelve digits.
    pub uid: String,
    /// The name to show and to tell.
    pub name: String,
    /// The role they act in.
    pub role: RoleProfile,
}

impl std::fmt::Debug for Clinician {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clinician({}, …)", self.role.job.code)
    }
}
