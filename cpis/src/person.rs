//! Demographics as a reader may see them: restricted people without address or GP, partial dates, deceased people.

use crate::calendar;
use crate::nhs_number::NhsNumber;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date of which only the year, or the year and month, may be known: `2018`, `2018-08` or `2018-08-06`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartialDate {
    /// A whole date.
    Day(Date),
    /// Year and month (1 to 12).
    Month(i16, i8),
    /// Year only.
    Year(i16),
}

/// The text is not a date of any of the three forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date, a month or a year")]
pub struct NotADate;

impl PartialDate {
    /// Reads the three forms.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let year = |t: &str| t.parse::<i16>().ok().filter(|y| (1850..=2200).contains(y)).ok_or(NotADate);
        match text.len() {
            4 => year(text).map(Self::Year),
            7 if text.as_bytes()[4] == b'-' => {
                let month = text.get(5..).and_then(|m| m.parse::<i8>().ok()).filter(|m| (1..=12).contains(m)).ok_or(NotADate)?;
                Ok(Self::Month(year(text.get(..4).ok_or(NotADate)?)?, month))
            }
            10 => text.parse().map(Self::Day).map_err(|_| NotADate),
            _ => Err(NotADate),
        }
    }

    /// The whole date, when it is known.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month(..) | Self::Year(_) => None,
        }
    }

    /// Could somebody whose date this is have given that day? Compared as far as it is known.
    pub fn agrees_with(self, day: Date) -> bool {
        match self {
            Self::Day(date) => date == day,
            Self::Month(year, month) => (year, month) == (day.year(), day.month()),
            Self::Year(year) => year == day.year(),
        }
    }

    /// "6 August 2018", "August 2018" or "2018".
    pub fn long(self) -> String {
        match self {
            Self::Day(date) => calendar::long_date(date),
            Self::Month(year, month) => format!("{} {year}", calendar::month_name(month)),
            Self::Year(year) => year.to_string(),
        }
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        match date {
            PartialDate::Day(date) => date.to_string(),
            PartialDate::Month(year, month) => format!("{year:04}-{month:02}"),
            PartialDate::Year(year) => format!("{year:04}"),
        }
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        Self::parse(&text)
    }
}

/// Administrative gender as the demographics service holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Other.
    Other,
    /// Not known.
    Unknown,
}

impl Gender {
    /// The word on the banner.
    pub fn word(self) -> &'static str {
        match self {
            Self::Female => "Female",
            Self::Male => "Male",
            Self::Other => "Other",
            Self::Unknown => "Not known",
        }
    }
}

/// A person's name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// Family name.
    pub family: String,
    /// Given names.
    pub given: String,
    /// Title, when there is one.
    pub title: Option<String>,
}

impl PersonName {
    /// `FAMILY, Given (Title)` as the common user interface asks (CUI PAB).
    pub fn banner(&self) -> String {
        let family = self.family.to_uppercase();
        match &self.title {
            Some(title) => format!("{family}, {} ({title})", self.given),
            None => format!("{family}, {}", self.given),
        }
    }
}

/// What the index of people holds about one person. `Debug` shows nothing of them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their NHS number.
    pub nhs_number: NhsNumber,
    /// Their name; a restricted record may have none.
    pub name: Option<PersonName>,
    /// When they were born.
    pub born: Option<PartialDate>,
    /// Gender.
    pub gender: Gender,
    /// Address on one line; never present when restricted.
    pub address: Option<String>,
    /// GP practice; never present when restricted.
    pub gp: Option<String>,
    /// The record is restricted (S-flag).
    pub restricted: bool,
    /// When they died.
    pub died: Option<PartialDate>,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

impl Person {
    /// The same person as a reader may see them: a restricted record loses its address and GP whatever the index holds (ruling 15).
    #[must_use]
    pub fn as_readable(mut self) -> Self {
        if self.restricted {
            self.address = None;
            self.gp = None;
        }
        self
    }

    /// Age in whole years on a day, or at death; unknown for partial dates.
    pub fn age_on(&self, today: Date) -> Option<i16> {
        let born = self.born?.day()?;
        let until = match self.died {
            Some(died) => died.day()?,
            None => today,
        };
        let years = until.year() - born.year();
        let had_birthday = calendar::birthday(born, years)? <= until;
        Some(if had_birthday { years } else { years - 1 }).filter(|age| *age >= 0)
    }

    /// Age in the words of the banner: "3 weeks", "14 months", "8 years".
    pub fn age_words(&self, today: Date) -> Option<String> {
        let years = self.age_on(today)?;
        let born = self.born?.day()?;
        let until = self.died.and_then(PartialDate::day).unwrap_or(today);
        let plural = |n: i32, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
        let span = born.until((jiff::Unit::Month, until)).ok()?;
        if years >= 2 {
            return Some(plural(years.into(), "year"));
        }
        if span.get_months() >= 3 {
            return Some(plural(span.get_months(), "month"));
        }
        let days = born.until(until).ok()?.get_days();
        Some(if days >= 14 { plural(days / 7, "week") } else { plural(days, "day") })
    }

    /// Is this an adult on a day, so far as the birth date tells?
    pub fn is_adult(&self, today: Date) -> bool {
        self.age_on(today).is_some_and(|age| age >= 18)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(born: &str) -> Person {
        Person {
            nhs_number: NhsNumber::parse("9990240272").unwrap(),
            name: Some(PersonName { family: "Okonjo".into(), given: "Daniel".into(), title: None }),
            born: PartialDate::parse(born).ok(),
            gender: Gender::Male,
            address: Some("1 Example Street".into()),
            gp: Some("Riverside Surgery".into()),
            restricted: false,
            died: None,
        }
    }

    #[test]
    fn a_restricted_person_has_no_address_and_no_gp() {
        let seen = Person { restricted: true, ..person("2018-08-06") }.as_readable();
        assert_eq!((seen.address, seen.gp), (None, None));
        assert!(person("2018-08-06").as_readable().address.is_some());
    }

    #[test]
    fn ages_are_said_as_a_nurse_would_say_them() {
        let today: Date = "2026-11-22".parse().unwrap();
        let table = [
            ("2018-08-06", Some("8 years")),
            ("2008-11-22", Some("18 years")),
            ("2008-11-23", Some("17 years")),
            ("2025-09-22", Some("14 months")),
            ("2026-11-01", Some("3 weeks")),
            ("2026-11-21", Some("1 day")),
            ("2018", None),
            ("2018-08", None),
        ];
        for (born, words) in table {
            assert_eq!(person(born).age_words(today).as_deref(), words, "{born}");
        }
    }

    #[test]
    fn dates_of_three_precisions_round_trip_and_nonsense_does_not_read() {
        for text in ["2018", "2018-08", "2018-08-06"] {
            assert_eq!(String::from(PartialDate::parse(text).unwrap()), text);
        }
        for text in ["", "18", "2018-13", "2018-02-30", "201808", "20180806", "é018-1"] {
            assert!(PartialDate::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_partial_date_agrees_with_every_day_in_it_and_no_other() {
        let table = [
            ("2018", "2018-12-31", true),
            ("2018", "2019-01-01", false),
            ("2018-08", "2018-08-31", true),
            ("2018-08", "2018-09-01", false),
            ("2018-08-06", "2018-08-06", true),
            ("2018-08-06", "2018-08-07", false),
        ];
        for (held, typed, agrees) in table {
            assert_eq!(PartialDate::parse(held).unwrap().agrees_with(typed.parse().unwrap()), agrees, "{held} {typed}");
        }
    }

    #[test]
    fn debug_shows_nobody() {
        assert_eq!(format!("{:?}", person("2018")), "Person(…)");
    }
}
