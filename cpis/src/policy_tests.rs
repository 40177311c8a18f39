//! The policy as a picture for the clinical reviewer: what each care setting does with each kind of status (invariant I11).

use crate::lookup::{Decision, decide};
use crate::person::PartialDate;
use crate::{AuthorityCode, CareSetting, POLICIES, Plan, PlanKind, Read};
use std::fmt::Write as _;

const TODAY: &str = "2026-11-22";

/// A heading, the code held, its end, and when the person was born.
type Held = (&'static str, Option<&'static str>, Option<&'static str>, &'static str);

/// What may be held about somebody. The start is always 1 June 2020, but for an unborn child's plan.
const KINDS: [Held; 8] = [
    ("child protection plan", Some("342191000000101"), None, "2018-08-06"),
    ("looked after", Some("764841000000100"), None, "2018-08-06"),
    ("unborn child's plan", Some("818901000000100"), None, "1996-01-01"),
    ("unknown code", Some("999001000000101"), None, "2018-08-06"),
    ("ended 30 days ago", Some("342191000000101"), Some("2026-10-23"), "2018-08-06"),
    ("turned 18 today", Some("764841000000100"), None, "2008-11-22"),
    ("ended 366 days ago", Some("342191000000101"), Some("2025-11-21"), "2018-08-06"),
    ("nothing", None, None, "2018-08-06"),
];

fn decision((_, code, end, born): Held) -> Decision {
    let plans: Vec<Plan> = code
        .iter()
        .map(|code| Plan {
            kind: PlanKind::from_code(code),
            authority: AuthorityCode("DEMO-001".into()),
            start: if *code == "818901000000100" { "2026-09-01" } else { "2020-06-01" }.parse().unwrap(),
            end: end.map(|day| day.parse().unwrap()),
            sent: TODAY.parse().unwrap(),
        })
        .collect();
    decide(&plans, PartialDate::parse(born).ok(), TODAY.parse().unwrap())
}

fn heading(picture: &mut String, question: &str) {
    write!(picture, "\n{question}\n{:<64}", "Held about the person:").unwrap();
    for (name, ..) in KINDS {
        write!(picture, "{name:<23}").unwrap();
    }
}

fn block(picture: &mut String, question: &str, cell: impl Fn(&CareSetting, &Decision) -> bool) {
    heading(picture, question);
    for setting in POLICIES {
        let effect = if setting.read == Read::Silent { "silent" } else { "notifying" };
        write!(picture, "\n{:<64}", format!("{} ({effect})", setting.name)).unwrap();
        for held in KINDS {
            write!(picture, "{:<23}", if cell(setting, &decision(held)) { "✔" } else { "✘" }).unwrap();
        }
    }
    picture.push('\n');
}

#[test]
fn the_policy_is_what_the_clinical_reviewer_signed() {
    let mut picture = String::from("✔ yes   ✘ no\n");
    heading(&mut picture, "Which answer does the page give?");
    write!(picture, "\n{:<64}", "Every care setting").unwrap();
    for held in KINDS {
        write!(picture, "{:<23}", decision(held).answer().word()).unwrap();
    }
    picture.push('\n');
    block(&mut picture, "Is a status shown to the reader?", |_, decision| decision.shows_a_status());
    block(&mut picture, "Is the responsible local authority told that somebody looked?", |setting, decision| {
        !decision.recipients(setting.read).is_empty()
    });
    block(&mut picture, "Does the look-up join the child's access history?", |setting, decision| {
        decision.joins_history(setting.read)
    });
    let trimmed: Vec<_> = picture.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("what_each_setting_does", trimmed.join("\n"));
}

#[test]
fn no_silent_setting_tells_anybody_or_writes_history_whatever_is_held() {
    for setting in POLICIES.iter().filter(|setting| setting.read == Read::Silent) {
        for held in KINDS {
            let decision = decision(held);
            assert!(decision.recipients(setting.read).is_empty(), "{} {}", setting.id, held.0);
            assert!(!decision.joins_history(setting.read), "{} {}", setting.id, held.0);
        }
    }
}
