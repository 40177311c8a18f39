//! Organisations: where staff work, and the local authorities that are responsible for children, with the ways to reach them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An Organisation Data Service code such as `Y01234`: one to ten letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OdsCode(pub String);

/// Where somebody works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its code.
    pub code: OdsCode,
    /// Its name as the log-in service gives it.
    pub name: String,
}

/// The code by which a local authority is known to CP-IS.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AuthorityCode(pub String);

/// A telephone number as the authority supplied it, kept with its spaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone(pub String);

impl Phone {
    /// The number for a `tel:` link: digits and a leading plus only.
    pub fn dialled(&self) -> String {
        self.0.chars().enumerate().filter(|(i, c)| c.is_ascii_digit() || (*i == 0 && *c == '+')).map(|(_, c)| c).collect()
    }
}

/// A local authority responsible for children, and how to reach it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalAuthority {
    /// Its code.
    pub code: AuthorityCode,
    /// Its name.
    pub name: String,
    /// Office-hours line; authorities may leave it out (domain notes §1.1).
    pub office_phone: Option<Phone>,
    /// Emergency duty team, nights, weekends and holidays; mandatory upstream, tolerated when missing.
    pub emergency_phone: Option<Phone>,
    /// A data sharing agreement is in force: without one its statuses are held and not shown (ruling 22).
    pub agreement_in_force: bool,
    /// The London date of the last file that was applied.
    pub last_file: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::Phone;

    #[test]
    fn a_telephone_link_holds_digits_and_a_leading_plus_only() {
        assert_eq!(Phone("0114 496 0101".into()).dialled(), "01144960101");
        assert_eq!(Phone("+44 (0)114-496+0101".into()).dialled(), "+4401144960101");
    }
}
