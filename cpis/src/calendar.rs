//! London's calendar: what day it is there, working days, ages, and when an office line is open.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

/// The United Kingdom's clock since 1996 as a POSIX rule, so that no time zone file is read:
/// British Summer Time from 1am on the last Sunday of March to 1am UTC on the last Sunday of October.
const LONDON: &str = "GMT0BST,M3.5.0/1,M10.5.0/2";

/// The moment as London's clocks show it.
pub fn in_london(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::posix(LONDON).unwrap_or(TimeZone::UTC))
}

/// The London date of a moment: the one place where "today" comes from.
pub fn london_date(at: Timestamp) -> Date {
    in_london(at).date()
}

/// A date in the service manual's long form: "6 August 2018".
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// A moment in the service manual's form, London time: "22 November 2026, 9:14am".
pub fn long_moment(at: Timestamp) -> String {
    let local: DateTime = in_london(at).datetime();
    let (hour, half) = match local.hour() {
        0 => (12, "am"),
        h @ 1..=11 => (h, "am"),
        12 => (12, "pm"),
        h => (h - 12, "pm"),
    };
    format!("{}, {hour}:{:02}{half}", long_date(local.date()), local.minute())
}

/// The English name of a month, 1 to 12.
pub fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    usize::try_from(month - 1).ok().and_then(|i| NAMES.get(i)).copied().unwrap_or("")
}

/// The day somebody reaches an age in years; born on 29 February counts as 1 March in other years (ruling 20).
pub fn birthday(born: Date, years: i16) -> Option<Date> {
    let year = born.year().checked_add(years)?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

/// A date some days later (or earlier when negative); far beyond any calendar it stays put at the calendar's end.
pub fn plus_days(date: Date, days: i32) -> Date {
    date.saturating_add(Span::new().days(days))
}

/// Bank holidays in England and Wales as published to the end of 2028; a deployment can replace the list.
pub const BANK_HOLIDAYS: &[&str] = &[
    "2026-01-01",
    "2026-04-03",
    "2026-04-06",
    "2026-05-04",
    "2026-05-25",
    "2026-08-31",
    "2026-12-25",
    "2026-12-28",
    "2027-01-01",
    "2027-03-26",
    "2027-03-29",
    "2027-05-03",
    "2027-05-31",
    "2027-08-30",
    "2027-12-27",
    "2027-12-28",
    "2028-01-03",
    "2028-04-14",
    "2028-04-17",
    "2028-05-01",
    "2028-05-29",
    "2028-08-28",
    "2028-12-25",
    "2028-12-26",
];

/// Working days of an office: Monday to Friday, less the bank holidays given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    holidays: Vec<Date>,
}

impl WorkingDays {
    /// With the holidays given.
    pub fn new(holidays: Vec<Date>) -> Self {
        Self { holidays }
    }

    /// Is this a working day?
    pub fn is_working(&self, date: Date) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.contains(&date)
    }

    /// How many working days lie after `from`, up to and including `to` (0 when `to` is not later). Counts no further than 400 days.
    pub fn since(&self, from: Date, to: Date) -> usize {
        (1..=400).map(|n| plus_days(from, n)).take_while(|day| *day <= to).filter(|day| self.is_working(*day)).count()
    }

    /// Is an office line open: Monday to Friday, 9am to 5pm in London, not on bank holidays (ruling 26)?
    pub fn office_open(&self, at: Timestamp) -> bool {
        let local = in_london(at).datetime();
        self.is_working(local.date()) && (9..17).contains(&local.hour())
    }
}

impl Default for WorkingDays {
    fn default() -> Self {
        Self::new(BANK_HOLIDAYS.iter().filter_map(|text| text.parse().ok()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn today_is_a_london_date_on_both_sides_of_summer_midnight() {
        let table = [
            ("2026-07-01T22:59:59Z", "2026-07-01"),
            ("2026-07-01T23:00:00Z", "2026-07-02"),
            ("2026-12-01T23:59:59Z", "2026-12-01"),
            ("2026-12-02T00:00:00Z", "2026-12-02"),
            ("2026-03-29T00:59:59Z", "2026-03-29"),
            ("2026-10-24T23:30:00Z", "2026-10-25"),
            ("2026-10-25T23:30:00Z", "2026-10-25"),
        ];
        for (moment, date) in table {
            assert_eq!(london_date(at(moment)).to_string(), date, "{moment}");
        }
    }

    #[test]
    fn the_clocks_change_at_one_in_the_morning_universal_time() {
        assert_eq!(long_moment(at("2026-03-29T00:59:00Z")), "29 March 2026, 12:59am");
        assert_eq!(long_moment(at("2026-03-29T01:00:00Z")), "29 March 2026, 2:00am");
        assert_eq!(long_moment(at("2026-10-25T00:59:00Z")), "25 October 2026, 1:59am");
        assert_eq!(long_moment(at("2026-10-25T01:00:00Z")), "25 October 2026, 1:00am");
    }

    #[test]
    fn a_moment_is_written_as_the_service_manual_writes_it() {
        assert_eq!(long_moment(at("2026-11-22T09:14:59Z")), "22 November 2026, 9:14am");
        assert_eq!(long_moment(at("2026-11-22T00:05:00Z")), "22 November 2026, 12:05am");
        assert_eq!(long_moment(at("2026-11-22T12:00:00Z")), "22 November 2026, 12:00pm");
        assert_eq!(long_moment(at("2026-06-22T16:30:00Z")), "22 June 2026, 5:30pm");
    }

    #[test]
    fn a_leap_day_child_comes_of_age_on_the_first_of_march() {
        assert_eq!(birthday("2008-02-29".parse().unwrap(), 18).unwrap().to_string(), "2026-03-01");
        assert_eq!(birthday("2008-02-29".parse().unwrap(), 20).unwrap().to_string(), "2028-02-29");
    }

    #[test]
    fn office_lines_close_at_five_at_weekends_and_on_bank_holidays() {
        let days = WorkingDays::default();
        let table = [
            ("2026-11-23T08:59:00Z", false),
            ("2026-11-23T09:00:00Z", true),
            ("2026-11-23T16:59:00Z", true),
            ("2026-11-23T17:00:00Z", false),
            ("2026-11-22T11:00:00Z", false),
            ("2026-12-25T11:00:00Z", false),
            ("2026-07-01T08:00:00Z", true),
        ];
        for (moment, open) in table {
            assert_eq!(days.office_open(at(moment)), open, "{moment}");
        }
    }

    #[test]
    fn working_days_skip_weekends_and_holidays() {
        let days = WorkingDays::default();
        let count = |from: &str, to: &str| days.since(from.parse().unwrap(), to.parse().unwrap());
        assert_eq!(count("2026-11-20", "2026-11-23"), 1);
        assert_eq!(count("2026-11-19", "2026-11-23"), 2);
        assert_eq!(count("2026-12-24", "2026-12-29"), 1);
        assert_eq!(count("2026-11-23", "2026-11-23"), 0);
        assert_eq!(count("2026-11-24", "2026-11-23"), 0);
    }
}
