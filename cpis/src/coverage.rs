//! The coverage notice: which authorities a check does not cover today, the same for everyone, whoever was looked up (ruling 22).

use crate::calendar::WorkingDays;
use crate::organisation::LocalAuthority;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A feed is late when more than this many working days have passed since its last applied file (ruling 22).
pub const LATE_AFTER_WORKING_DAYS: usize = 2;

/// An authority that a check does not fully cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The authority, with its phones.
    pub authority: LocalAuthority,
    /// Why it is not covered.
    pub reason: GapReason,
}

/// Why an authority is not covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GapReason {
    /// No agreement in force: what it sends is held and not shown.
    NotSharing,
    /// It shares, and has not sent anything yet.
    NothingSent,
    /// Its last applied file is too old.
    Late {
        /// The London date of that file.
        last: Date,
    },
}

/// The gaps of the day, in the order of the authorities given.
pub fn gaps(authorities: &[LocalAuthority], today: Date, days: &WorkingDays) -> Vec<Gap> {
    authorities
        .iter()
        .filter_map(|authority| {
            let reason = if authority.agreement_in_force {
                match authority.last_file {
                    None => GapReason::NothingSent,
                    Some(last) if days.since(last, today) > LATE_AFTER_WORKING_DAYS => GapReason::Late { last },
                    Some(_) => return None,
                }
            } else {
                GapReason::NotSharing
            };
            Some(Gap { authority: authority.clone(), reason })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::AuthorityCode;

    fn authority(name: &str, agreement_in_force: bool, last_file: Option<&str>) -> LocalAuthority {
        LocalAuthority {
            code: AuthorityCode(name.into()),
            name: name.into(),
            office_phone: None,
            emergency_phone: None,
            agreement_in_force,
            last_file: last_file.map(|d| d.parse().unwrap()),
        }
    }

    #[test]
    fn an_authority_is_named_when_it_does_not_share_or_its_last_file_is_over_two_working_days_old() {
        let all = [
            authority("Rutland", false, Some("2026-11-23")),
            authority("Torbay", true, Some("2026-11-18")),
            authority("Friday", true, Some("2026-11-19")),
            authority("Fresh", true, Some("2026-11-23")),
            authority("Silent", true, None),
        ];
        let found = gaps(&all, "2026-11-23".parse().unwrap(), &WorkingDays::default());
        let said: Vec<_> = found.iter().map(|gap| (gap.authority.name.as_str(), gap.reason)).collect();
        let last = "2026-11-18".parse().unwrap();
        assert_eq!(
            said,
            [("Rutland", GapReason::NotSharing), ("Torbay", GapReason::Late { last }), ("Silent", GapReason::NothingSent)]
        );
    }
}
