//! The one place where the time is asked for; everything else is told it.

use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock: the machine's, or one that a test sets.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's.
    System,
    /// Stands still until it is set: Unix milliseconds.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at this moment, and the handle that sets it.
    pub fn at(moment: Timestamp) -> (Self, Arc<AtomicI64>) {
        let millis = Arc::new(AtomicI64::new(moment.as_millisecond()));
        (Self::Set(millis.clone()), millis)
    }

    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes from")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Set(millis) => Timestamp::from_millisecond(millis.load(Ordering::SeqCst)).unwrap_or_default(),
        }
    }
}
