//! The heading of an answer: every current status by name, in one sentence (ruling 19); else the ended ones; else what was not found.

use crate::wording;
use cpis::{AnswerKind, Decision, Gender, Person, PlanKind, Standing, Status, calendar};
use jiff::civil::Date;

/// Below this age an unborn plan is not spoken of as a mother's.
const MOTHER_FROM: i16 = 10;

/// The heading. `decision` is what an answer shows; without one only "none" and "unknown" have words.
pub fn heading(kind: AnswerKind, decision: Option<&Decision>, person: Option<&Person>, today: Date) -> String {
    match (kind, decision) {
        (AnswerKind::Current, Some(decision)) => sentence(decision.current.iter().map(|s| current(s, person, today))),
        (AnswerKind::Ended, Some(decision)) => sentence(decision.ended.iter().map(|s| ended(s, person, today))),
        (AnswerKind::None, _) => wording::NONE_HEADING.to_owned(),
        (AnswerKind::Current | AnswerKind::Ended, None) | (AnswerKind::Unknown, _) => wording::UNKNOWN_HEADING.to_owned(),
    }
}

/// "Her unborn baby", "Their unborn baby", or nobody's, when the number is not a mother's.
fn unborn(person: Option<&Person>, today: Date) -> &'static str {
    match person {
        Some(person) if person.age_on(today).is_some_and(|age| age < MOTHER_FROM) => "an unborn baby",
        Some(person) if person.gender == Gender::Female => "her unborn baby",
        _ => "their unborn baby",
    }
}

fn current(status: &Status, person: Option<&Person>, today: Date) -> String {
    let words = match &status.kind {
        PlanKind::ChildProtection => "on a child protection plan".to_owned(),
        PlanKind::LookedAfter => "looked after".to_owned(),
        PlanKind::UnbornChildProtection => format!("{} is on a child protection plan", unborn(person, today)),
        PlanKind::Unrecognised(_) => lower_first(wording::UNRECOGNISED),
    };
    match status.standing {
        Standing::Current { starts_later: true, .. } => format!("{words} from {}", calendar::long_date(status.start)),
        _ => words,
    }
}

fn ended(status: &Status, person: Option<&Person>, today: Date) -> String {
    let words = match &status.kind {
        PlanKind::ChildProtection => "was on a child protection plan".to_owned(),
        PlanKind::LookedAfter => "was looked after".to_owned(),
        PlanKind::UnbornChildProtection => format!("{} was on a child protection plan", unborn(person, today)),
        PlanKind::Unrecognised(_) => "had an unrecognised status".to_owned(),
    };
    match status.standing {
        Standing::Ended { on, at_eighteen: true } => format!("{words} until their 18th birthday, {}", calendar::long_date(on)),
        Standing::Ended { on, .. } => format!("{words} until {}", calendar::long_date(on)),
        _ => words,
    }
}

/// Each part once, joined with commas and a last "and", beginning with a capital.
fn sentence(parts: impl Iterator<Item = String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for part in parts {
        if !once.contains(&part) {
            once.push(part);
        }
    }
    let text = match once.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    };
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::samples;
    use cpis::{AuthorityCode, Plan, decide};

    fn said(plans: &[(&str, &str, Option<&str>)], person: &Person) -> String {
        let today = samples::today();
        let plans: Vec<_> = plans
            .iter()
            .map(|(code, start, end)| Plan {
                kind: PlanKind::from_code(code),
                authority: AuthorityCode("A".into()),
                start: start.parse().unwrap(),
                end: end.map(|d| d.parse().unwrap()),
                sent: today,
            })
            .collect();
        let decision = decide(&plans, person.born, today);
        heading(decision.answer(), Some(&decision), Some(person), today)
    }

    #[test]
    fn the_heading_names_every_current_status_once() {
        let (cpp, lac, unborn) = ("342191000000101", "764841000000100", "818901000000100");
        let (child, mother) = (samples::child(), samples::mother());
        let start = "2026-03-12";
        assert_eq!(said(&[(cpp, start, None)], &child), "On a child protection plan");
        assert_eq!(said(&[(cpp, start, None), (cpp, "2026-04-01", None)], &child), "On a child protection plan");
        assert_eq!(said(&[(lac, start, None), (cpp, start, None)], &child), "On a child protection plan and looked after");
        assert_eq!(said(&[(unborn, start, None)], &mother), "Her unborn baby is on a child protection plan");
        assert_eq!(said(&[("1", start, None)], &child), "Unrecognised status, phone the authority");
        assert_eq!(said(&[(lac, "2026-12-01", None)], &child), "Looked after from 1 December 2026");
        assert_eq!(said(&[(lac, start, Some("2026-06-03"))], &child), "Was looked after until 3 June 2026");
        assert_eq!(said(&[], &child), wording::NONE_HEADING);
    }
}
