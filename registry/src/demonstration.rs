//! The demonstration cases: a file of made-up people whose dates are re-made relative to today. Only in demonstration builds.

use crate::{Registry, Unavailable};
use cpis::calendar::{in_london, london_date};
use cpis::{Gender, NhsNumber, PartialDate, PlanKind};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::Deserialize;

/// A demonstration file, its relative dates already turned into dates.
#[derive(Clone, Debug)]
pub struct Demonstration {
    pub(crate) authorities: Vec<AuthorityLine>,
    pub(crate) organisations: Vec<OrganisationLine>,
    pub(crate) children: Vec<ChildLine>,
    pub(crate) today: Date,
}

/// What is wrong with a demonstration file.
#[derive(Debug, thiserror::Error)]
pub enum DemonstrationError {
    /// It is not JSON of the expected shape.
    #[error("the demonstration file does not read: {0}")]
    Shape(#[from] serde_json::Error),
    /// A date is neither a date nor relative to today.
    #[error("{0:?} is not a date")]
    NotADate(String),
    /// The registry could not be written.
    #[error("{0}")]
    Unavailable(#[from] Unavailable),
}

#[derive(Deserialize)]
struct File {
    authorities: Vec<AuthorityLine>,
    organisations: Vec<OrganisationLine>,
    children: Vec<ChildLine>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct AuthorityLine {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) office_phone: Option<String>,
    pub(crate) emergency_phone: Option<String>,
    pub(crate) agreement: bool,
    pub(crate) last_file: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct OrganisationLine {
    pub(crate) ods: String,
    pub(crate) name: String,
    pub(crate) settings: Vec<String>,
    pub(crate) ask_born: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ChildLine {
    pub(crate) nhs_number: NhsNumber,
    /// Listed for look-ups that must find nobody; not imported.
    #[serde(default)]
    pub(crate) absent: bool,
    #[serde(default)]
    pub(crate) family: Option<String>,
    #[serde(default)]
    pub(crate) given: Option<String>,
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default = "not_known")]
    pub(crate) gender: Gender,
    #[serde(default)]
    pub(crate) born: Option<String>,
    #[serde(default)]
    pub(crate) address: Option<String>,
    #[serde(default)]
    pub(crate) gp: Option<String>,
    #[serde(default)]
    pub(crate) restricted: bool,
    #[serde(default)]
    pub(crate) died: Option<String>,
    #[serde(default)]
    pub(crate) replaced_by: Option<NhsNumber>,
    #[serde(default)]
    pub(crate) invalidated: bool,
    #[serde(default)]
    pub(crate) plans: Vec<PlanLine>,
    #[serde(default)]
    pub(crate) history: Vec<HistoryLine>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PlanLine {
    pub(crate) kind: String,
    pub(crate) authority: String,
    pub(crate) local_id: Option<String>,
    pub(crate) start: String,
    pub(crate) end: Option<String>,
    pub(crate) sent: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct HistoryLine {
    pub(crate) at: String,
    pub(crate) time: String,
    pub(crate) person: String,
    pub(crate) role: String,
    pub(crate) organisation: String,
}

fn not_known() -> Gender {
    Gender::Unknown
}

impl Demonstration {
    /// Reads a demonstration file as of this moment.
    pub fn read(text: &str, now: Timestamp) -> Result<Self, DemonstrationError> {
        let today = london_date(now);
        let File { mut authorities, organisations, mut children } = serde_json::from_str(text)?;
        for authority in &mut authorities {
            settle_optional(&mut authority.last_file, today)?;
        }
        for child in &mut children {
            settle_optional(&mut child.born, today)?;
            settle_optional(&mut child.died, today)?;
            for plan in &mut child.plans {
                settle(&mut plan.start, today)?;
                settle(&mut plan.sent, today)?;
                settle_optional(&mut plan.end, today)?;
            }
            for access in &mut child.history {
                settle(&mut access.at, today)?;
            }
        }
        Ok(Self { authorities, organisations, children, today })
    }
}

impl PlanLine {
    pub(crate) fn kind(&self) -> PlanKind {
        match self.kind.as_str() {
            "CPP" => PlanKind::ChildProtection,
            "LAC" => PlanKind::LookedAfter,
            "UCPP" => PlanKind::UnbornChildProtection,
            code => PlanKind::from_code(code),
        }
    }
}

impl HistoryLine {
    /// The moment, its time of day being London's.
    pub(crate) fn moment(&self, now: Timestamp) -> Option<Timestamp> {
        let date: Date = self.at.parse().ok()?;
        let time: jiff::civil::Time = format!("{}:00", self.time).parse().ok()?;
        date.to_datetime(time).to_zoned(in_london(now).time_zone().clone()).ok().map(|zoned| zoned.timestamp())
    }
}

fn settle_optional(text: &mut Option<String>, today: Date) -> Result<(), DemonstrationError> {
    text.as_mut().map_or(Ok(()), |text| settle(text, today))
}

/// Turns `-8y3m`, `-120d`, `0d` or `+10d` into a date; leaves whole and partial dates alone.
fn settle(text: &mut String, today: Date) -> Result<(), DemonstrationError> {
    if PartialDate::parse(text).is_ok() {
        return Ok(());
    }
    let wrong = || DemonstrationError::NotADate(text.clone());
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mut span, mut digits) = (Span::new(), String::new());
    for c in rest.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let n: i32 = std::mem::take(&mut digits).parse().map_err(|_| wrong())?;
        span = match c {
            'y' => span.try_years(sign * n),
            'm' => span.try_months(sign * n),
            'w' => span.try_weeks(sign * n),
            'd' => span.try_days(sign * n),
            _ => return Err(wrong()),
        }
        .map_err(|_| wrong())?;
    }
    if !digits.is_empty() {
        return Err(wrong());
    }
    *text = today.checked_add(span).map_err(|_| wrong())?.to_string();
    Ok(())
}

impl Registry {
    /// Replaces people, statuses, authorities and organisations by those of a demonstration file. The audit log, the outbox and the
    /// accesses recorded by real look-ups stay.
    pub async fn load_demonstration(&self, demonstration: &Demonstration) -> Result<(), Unavailable> {
        let mut tx = self.store.begin().await?;
        tx.load_demonstration(demonstration).await?;
        tx.commit().await?;
        Ok(())
    }
}
