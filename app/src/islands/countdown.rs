//! When a session ends, and what to show and say on the way there: pure, by the times it is given.
#![cfg_attr(not(any(feature = "hydrate", test)), expect(dead_code, reason = "counted in the browser only"))]

/// Seconds before the end at which the warning is shown.
const WARN_AT: u32 = 120;
/// Seconds before the end at which the time left is said aloud; few, so that a screen reader is not talked over.
const SAID_AT: [u32; 4] = [WARN_AT, 60, 30, 10];

/// The two ends of a session, in milliseconds since 1970: for want of activity, and in any case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ends {
    pub(super) idle: u64,
    pub(super) at_most: u64,
}

/// A session's remaining time as one tab knows it.
#[derive(Clone, Debug)]
pub(super) struct Countdown {
    ends: Ends,
    idle_seconds: u32,
    said: usize,
}

/// What to do at one moment.
#[derive(Debug, PartialEq)]
pub(super) enum Moment {
    /// More than two minutes are left: no banner.
    Quiet,
    /// The banner stands, with the time left in words; `aloud` when a screen reader should hear it now.
    Warn { left: String, aloud: bool },
    /// The session has ended.
    Ended,
}

impl Countdown {
    /// A session last used at `now` (milliseconds), which ends after `idle_seconds` unused and in any case after `max_seconds`.
    pub(super) fn starting(now: u64, idle_seconds: u32, max_seconds: u32) -> Self {
        let ends = Ends { idle: later(now, idle_seconds), at_most: later(now, max_seconds) };
        Self { ends, idle_seconds, said: 0 }
    }

    /// The session was used at `now`. Says whether that left more than the warning time.
    pub(super) fn used(&mut self, now: u64) -> bool {
        self.ends.idle = later(now, self.idle_seconds);
        self.left(now) > WARN_AT
    }

    /// Another tab of the same browser knows of later ends.
    pub(super) fn heard(&mut self, other: Ends) {
        self.ends.idle = self.ends.idle.max(other.idle);
        self.ends.at_most = self.ends.at_most.max(other.at_most);
    }

    /// The ends, to tell other tabs.
    pub(super) fn ends(&self) -> Ends {
        self.ends
    }

    /// What to do at `now`; each spoken time is said once.
    pub(super) fn at(&mut self, now: u64) -> Moment {
        let left = self.left(now);
        let reached = SAID_AT.iter().filter(|at| left <= **at).count();
        let aloud = reached > self.said;
        self.said = reached;
        match left {
            0 => Moment::Ended,
            1..=WARN_AT => Moment::Warn { left: in_words(left), aloud },
            _ => Moment::Quiet,
        }
    }

    /// Whole seconds left, rounded up, so that 0 means ended.
    fn left(&self, now: u64) -> u32 {
        let left = self.ends.idle.min(self.ends.at_most).saturating_sub(now);
        u32::try_from(left.div_ceil(1000)).unwrap_or(u32::MAX)
    }
}

fn later(now: u64, seconds: u32) -> u64 {
    now + u64::from(seconds) * 1000
}

/// "2 minutes", "1 minute 5 seconds", "10 seconds".
fn in_words(seconds: u32) -> String {
    let count = |n: u32, unit: &str| if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") };
    match (seconds / 60, seconds % 60) {
        (0, s) => count(s, "second"),
        (m, 0) => count(m, "minute"),
        (m, s) => format!("{} {}", count(m, "minute"), count(s, "second")),
    }
}

impl std::fmt::Display for Ends {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.idle, self.at_most)
    }
}

impl std::str::FromStr for Ends {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (idle, at_most) = text.split_once(' ').unwrap_or((text, ""));
        Ok(Self { idle: idle.parse()?, at_most: at_most.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::{Countdown, Ends, Moment};

    /// Seconds after the start, in the countdown's milliseconds.
    fn after(seconds: u32) -> u64 {
        u64::from(seconds) * 1000
    }

    fn warn(left: &str, aloud: bool) -> Moment {
        Moment::Warn { left: left.to_owned(), aloud }
    }

    #[test]
    fn the_banner_stands_for_the_last_two_minutes_and_speaks_four_times() {
        let mut countdown = Countdown::starting(0, 900, 43_200);
        let aloud: Vec<u32> = (0..900).filter(|s| matches!(countdown.at(after(*s)), Moment::Warn { aloud: true, .. })).collect();
        assert_eq!(aloud, [780, 840, 870, 890]);
        let mut countdown = Countdown::starting(0, 900, 43_200);
        assert_eq!(countdown.at(after(779)), Moment::Quiet);
        assert_eq!(countdown.at(after(780)), warn("2 minutes", true));
        assert_eq!(countdown.at(after(781)), warn("1 minute 59 seconds", false));
        assert_eq!(countdown.at(after(899)), warn("1 second", true));
        assert_eq!(countdown.at(after(900)), Moment::Ended);
    }

    #[test]
    fn a_laptop_that_slept_through_the_end_finds_the_session_ended() {
        let mut countdown = Countdown::starting(0, 900, 43_200);
        assert_eq!(countdown.at(after(100_000)), Moment::Ended);
    }

    #[test]
    fn using_the_session_starts_the_count_again_and_it_will_speak_again() {
        let mut countdown = Countdown::starting(0, 900, 43_200);
        assert_eq!(countdown.at(after(840)), warn("1 minute", true));
        assert!(countdown.used(after(850)));
        assert_eq!(countdown.at(after(850)), Moment::Quiet);
        assert_eq!(countdown.at(after(850 + 780)), warn("2 minutes", true));
    }

    #[test]
    fn using_the_session_does_not_move_its_last_end() {
        let mut countdown = Countdown::starting(0, 900, 600);
        assert!(!countdown.used(after(500)));
        assert_eq!(countdown.at(after(600)), Moment::Ended);
    }

    #[test]
    fn another_tab_can_only_move_the_ends_later() {
        let mut countdown = Countdown::starting(0, 900, 43_200);
        countdown.heard(Ends { idle: after(100), at_most: after(200) });
        assert_eq!(countdown.at(after(700)), Moment::Quiet);
        countdown.heard(Ends { idle: after(1_000), at_most: after(43_200) });
        assert_eq!(countdown.ends(), Ends { idle: after(1_000), at_most: after(43_200) });
        assert_eq!(countdown.at(after(900)), warn("1 minute 40 seconds", true));
    }

    #[test]
    fn ends_survive_the_way_to_another_tab_and_nonsense_is_refused() {
        let ends = Ends { idle: 1_795_000_000_123, at_most: 1_795_000_900_000 };
        assert_eq!(ends.to_string().parse(), Ok(ends));
        assert!("".parse::<Ends>().is_err());
        assert!("1.5 2".parse::<Ends>().is_err());
    }
}
