//! The status rule as a table, and against a second model written day by day.

use super::*;

const CPP: &str = "342191000000101";
const LAC: &str = "764841000000100";
const UCPP: &str = "818901000000100";

fn plan(code: &str, start: &str, end: Option<&str>) -> Plan {
    Plan {
        kind: PlanKind::from_code(code),
        authority: AuthorityCode("DEMO-001".into()),
        start: start.parse().unwrap(),
        end: end.map(|d| d.parse().unwrap()),
        sent: "2026-11-22".parse().unwrap(),
    }
}

fn said(standing: Standing) -> String {
    match standing {
        Standing::Current { ends, starts_later, confirm } => {
            let end = ends.map(|d| format!(" ends {d}")).unwrap_or_default();
            format!("current{end}{}{}", if starts_later { " later" } else { "" }, if confirm { " confirm" } else { "" })
        }
        Standing::Ended { on, at_eighteen } => format!("ended {on}{}", if at_eighteen { " at 18" } else { "" }),
        Standing::NoLongerShown => "hidden".into(),
    }
}

#[test]
fn every_row_of_the_status_table_stands_as_the_rulings_say() {
    let child = "2018-08-06";
    #[rustfmt::skip]
    let table = [
        // kind, start, end, born, today, stands
        (CPP, "2026-01-01", None, child, "2026-11-22", "current"),
        (CPP, "2026-01-01", Some("2026-11-22"), child, "2026-11-22", "current ends 2026-11-22"),
        (CPP, "2026-01-01", Some("2026-11-21"), child, "2026-11-22", "ended 2026-11-21"),
        (CPP, "2025-01-01", Some("2025-11-22"), child, "2026-11-22", "ended 2025-11-22"),
        (CPP, "2025-01-01", Some("2025-11-21"), child, "2026-11-22", "hidden"),
        (LAC, "2026-12-01", None, child, "2026-11-22", "current later"),
        (LAC, "2020-01-01", Some("2027-01-01"), child, "2026-11-22", "current ends 2027-01-01"),
        (LAC, "2020-01-01", None, "2008-11-22", "2026-11-22", "ended 2026-11-22 at 18"),
        (LAC, "2020-01-01", None, "2008-11-23", "2026-11-22", "current"),
        (LAC, "2020-01-01", None, "2007-11-22", "2026-11-22", "ended 2025-11-22 at 18"),
        (LAC, "2020-01-01", None, "2007-11-21", "2026-11-22", "hidden"),
        (LAC, "2020-01-01", Some("2026-11-22"), "2008-11-22", "2026-11-22", "ended 2026-11-22 at 18"),
        (LAC, "2020-01-01", Some("2026-11-21"), "2008-11-22", "2026-11-22", "ended 2026-11-21"),
        (LAC, "2020-01-01", Some("2030-01-01"), "2008-11-20", "2026-11-22", "ended 2026-11-20 at 18"),
        (LAC, "2020-01-01", None, "2008-02-29", "2026-02-28", "current"),
        (LAC, "2020-01-01", None, "2008-02-29", "2026-03-01", "ended 2026-03-01 at 18"),
        (CPP, "2020-01-01", None, "2000", "2026-11-22", "current"),
        (CPP, "2020-01-01", None, "2000-01", "2026-11-22", "current"),
        (CPP, "2020-01-01", None, "", "2026-11-22", "current"),
        (UCPP, "2026-09-01", None, "1996-01-01", "2026-11-22", "current"),
        (UCPP, "2026-01-26", None, "1996-01-01", "2026-11-22", "current confirm"),
        (UCPP, "2026-01-27", None, "1996-01-01", "2026-11-22", "current"),
        (UCPP, "2026-01-01", Some("2026-10-25"), "1996-01-01", "2026-11-22", "ended 2026-10-25"),
        (UCPP, "2026-01-01", Some("2026-10-24"), "1996-01-01", "2026-11-22", "hidden"),
        (UCPP, "2026-06-01", Some("2026-11-22"), "2008-11-22", "2026-11-22", "current ends 2026-11-22"),
        ("999", "2020-01-01", Some("2021-01-01"), child, "2026-11-22", "current ends 2021-01-01 confirm"),
    ];
    for (code, start, end, born, today, expected) in table {
        let stands = plan(code, start, end).standing(PartialDate::parse(born).ok(), today.parse().unwrap());
        assert_eq!(said(stands), expected, "{code} {start} {end:?} {born} on {today}");
    }
}

/// The same rule written again, plainly, from the reader's end: for how many days after its last day is a status still shown?
fn second_model(kind: &str, end: Option<Date>, born: Date, today: Date) -> &'static str {
    let eighteen =
        Date::new(born.year() + 18, born.month(), born.day()).unwrap_or_else(|_| Date::new(born.year() + 18, 3, 1).unwrap());
    // The last day on which the status is in force.
    let last = match (kind == UCPP, end) {
        (true, end) => end,
        (false, Some(end)) if end < eighteen => Some(end),
        (false, _) => Some(eighteen.yesterday().unwrap()),
    };
    let Some(last) = last else { return "current" };
    if today <= last {
        return "current";
    }
    let counted_from = if kind != UCPP && end.is_none_or(|end| end >= eighteen) { eighteen } else { last };
    let days = counted_from.until(today).unwrap().get_days();
    if days <= if kind == UCPP { 28 } else { 365 } { "ended" } else { "hidden" }
}

#[test]
fn the_rule_equals_a_second_independently_written_model_for_every_day_of_forty_years() {
    let born: Date = "2008-02-29".parse().unwrap();
    let from: Date = "2000-01-01".parse().unwrap();
    let ends = [None, Some("2012-02-29"), Some("2026-02-27"), Some("2026-02-28"), Some("2026-03-01"), Some("2031-06-30")];
    for kind in [CPP, LAC, UCPP] {
        for end in ends {
            let plan = plan(kind, "2008-03-01", end);
            let (mut today, last) = (from, "2040-12-31".parse::<Date>().unwrap());
            while today <= last {
                let stands = match plan.standing(Some(PartialDate::Day(born)), today) {
                    Standing::Current { .. } => "current",
                    Standing::Ended { .. } => "ended",
                    Standing::NoLongerShown => "hidden",
                };
                assert_eq!(stands, second_model(kind, plan.end, born, today), "{kind} {end:?} on {today}");
                today = today.tomorrow().unwrap();
            }
        }
    }
}

#[test]
fn a_code_nobody_knows_survives_being_stored() {
    assert_eq!(String::from(PlanKind::from("12345".to_owned())), "12345");
    assert_eq!(PlanKind::from_code(LAC), PlanKind::LookedAfter);
}
