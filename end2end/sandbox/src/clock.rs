//! The sandbox's one look at the clock.

use jiff::Timestamp;

/// The time now.
#[expect(clippy::disallowed_methods, reason = "this is where the time comes from")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The time now in whole seconds since 1970, as tokens carry it.
pub(crate) fn seconds() -> i64 {
    now().as_second()
}
