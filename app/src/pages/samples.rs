//! Made-up people and answers, for tests and for looking at: numbers of the 999 range, telephone numbers of the drama ranges.

use super::{AnswerPage, History};
use cpis::{
    AccessRecord, AnswerKind, AuthorityCode, CareSetting, Gap, GapReason, Gender, LocalAuthority, NhsNumber, PartialDate, Person,
    PersonName, Phone, Plan, PlanKind, Told, decide,
};
use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) fn today() -> Date {
    "2026-11-23".parse().unwrap()
}

pub(crate) fn at() -> Timestamp {
    "2026-11-23T09:14:00Z".parse().unwrap()
}

pub(crate) fn number(text: &str) -> NhsNumber {
    NhsNumber::parse(text).unwrap()
}

pub(crate) fn setting(id: &str) -> &'static CareSetting {
    CareSetting::find(id).unwrap()
}

pub(crate) fn child() -> Person {
    Person {
        nhs_number: number("9990240272"),
        name: Some(PersonName { family: "Okonjo".into(), given: "Daniel".into(), title: None }),
        born: PartialDate::parse("2018-08-06").ok(),
        gender: Gender::Male,
        address: Some("14 Example Street, Sheffield".into()),
        gp: Some("Riverside Surgery".into()),
        restricted: false,
        died: None,
    }
}

pub(crate) fn mother() -> Person {
    Person {
        nhs_number: number("9990000050"),
        name: Some(PersonName {
            family: "Featherstonehaugh-Cholmondeley".into(),
            given: "Alexandrina Wilhelmina".into(),
            title: Some("Ms".into()),
        }),
        born: PartialDate::parse("1999-02-14").ok(),
        gender: Gender::Female,
        ..child()
    }
}

pub(crate) fn authority(code: &str, name: &str, office: Option<&str>, emergency: Option<&str>) -> LocalAuthority {
    LocalAuthority {
        code: AuthorityCode(code.into()),
        name: name.into(),
        office_phone: office.map(|p| Phone(p.into())),
        emergency_phone: emergency.map(|p| Phone(p.into())),
        agreement_in_force: true,
        last_file: Some(today()),
    }
}

pub(crate) fn authorities() -> Vec<LocalAuthority> {
    vec![
        authority("D01", "Sheffield City Council", Some("0114 496 0101"), Some("0114 496 0199")),
        authority("D02", "Wigan Council", None, Some("0161 496 0299")),
    ]
}

pub(crate) fn gaps() -> Vec<Gap> {
    let last = "2026-11-18".parse().unwrap();
    vec![
        Gap {
            authority: authority("D03", "Rutland County Council", Some("01632 960222"), Some("01632 960229")),
            reason: GapReason::NotSharing,
        },
        Gap { authority: authority("D04", "Torbay Council", None, Some("01632 960339")), reason: GapReason::Late { last } },
    ]
}

fn plan(kind: &str, authority: &str, start: &str, end: Option<&str>) -> Plan {
    Plan {
        kind: PlanKind::from_code(kind),
        authority: AuthorityCode(authority.into()),
        start: start.parse().unwrap(),
        end: end.map(|d| d.parse().unwrap()),
        sent: "2026-11-22".parse().unwrap(),
    }
}

fn history() -> History {
    let row = |at: &str, person: &str, role: &str, organisation: &str| AccessRecord {
        at: at.parse().unwrap(),
        person: person.into(),
        role: role.into(),
        organisation: organisation.into(),
    };
    History::Rows(vec![
        row("2026-11-14T23:42:00Z", "Tom Adeyemi", "Staff nurse", "Northfield General Hospital"),
        row("2026-10-02T05:05:00Z", "Lena Hart", "Clinical practitioner", "Ferrier Road Urgent Treatment Centre"),
    ])
}

const CPP: &str = "342191000000101";
const LAC: &str = "764841000000100";
const UNBORN: &str = "818901000000100";

/// An answer about somebody with these statuses.
fn answer(person: Person, plans: &[Plan]) -> AnswerPage {
    let decision = decide(plans, person.born, today());
    let shown = decision.shows_a_status();
    AnswerPage {
        id: "3f2a9c1e-0000-4000-8000-000000000001".into(),
        answer: decision.answer(),
        asked: person.nhs_number,
        person: Some(person.as_readable()),
        number_changed: false,
        authorities: authorities().into_iter().filter(|a| decision.statuses().any(|s| s.authority == a.code)).collect(),
        decision: Some(decision),
        unknown: None,
        history: if shown { history() } else { History::NotShown },
        told: Vec::new(),
        worst: Told::Nobody,
        setting: setting("general-practice"),
        at: at(),
        today: today(),
        reference: "7K4M-2QXD-91".into(),
        receipt_proof: "entry 1042 · leaf 5f3a77c0b1d2e4f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e".into(),
        gaps: Some(gaps()),
        administrative: false,
        office_open: true,
        wrong_person_reported: false,
        demonstration: true,
    }
}

fn unknown(reason: cpis::UnknownReason) -> AnswerPage {
    AnswerPage { answer: AnswerKind::Unknown, person: None, decision: None, unknown: Some(reason), ..answer(child(), &[]) }
}

/// Answers of every kind, by name.
pub(crate) fn answers() -> Vec<(&'static str, AnswerPage)> {
    [told_answers(), status_answers(), none_answers(), special_answers()].concat()
}

/// A plan from one authority and a looked-after status from another.
fn two() -> [Plan; 2] {
    [plan(CPP, "D01", "2026-03-12", None), plan(LAC, "D02", "2025-01-09", None)]
}

fn told_answers() -> Vec<(&'static str, AnswerPage)> {
    let told = |state: Told| vec![("Sheffield City Council".to_owned(), Told::Delivered), ("Wigan Council".to_owned(), state)];
    let ed = setting("emergency-department");
    let two = two();
    vec![
        ("answer-current", answer(child(), &two[..1])),
        (
            "answer-two-told",
            AnswerPage {
                told: told(Told::Pending),
                worst: Told::Pending,
                setting: ed,
                office_open: false,
                ..answer(child(), &two)
            },
        ),
        ("answer-told-failed", AnswerPage { told: told(Told::Failed), worst: Told::Failed, setting: ed, ..answer(child(), &two) }),
        (
            "answer-told-not-known",
            AnswerPage { told: told(Told::NotKnown), worst: Told::NotKnown, setting: ed, ..answer(child(), &two) },
        ),
        (
            "answer-told-delivered",
            AnswerPage {
                told: vec![("Sheffield City Council".into(), Told::Delivered)],
                worst: Told::Delivered,
                setting: ed,
                ..answer(child(), &two[..1])
            },
        ),
    ]
}

fn status_answers() -> Vec<(&'static str, AnswerPage)> {
    let two = two();
    vec![
        ("answer-lac", answer(child(), &two[1..])),
        ("answer-unborn", answer(mother(), &[plan(UNBORN, "D01", "2025-12-01", None)])),
        (
            "answer-unborn-and-plan",
            answer(mother(), &[plan(UNBORN, "D01", "2026-09-01", Some("2026-12-24")), plan("999", "D07", "2026-10-01", None)]),
        ),
        ("answer-future", answer(child(), &[plan(CPP, "D01", "2026-12-01", None)])),
        (
            "answer-current-and-ended",
            answer(child(), &[plan(CPP, "D01", "2026-03-12", None), plan(LAC, "D02", "2024-01-09", Some("2026-06-03"))]),
        ),
        ("answer-ended", answer(child(), &[plan(LAC, "D02", "2024-01-09", Some("2026-06-03"))])),
        (
            "answer-ended-at-18",
            answer(Person { born: PartialDate::parse("2008-11-23").ok(), ..child() }, &[plan(LAC, "D02", "2024-01-09", None)]),
        ),
    ]
}

fn none_answers() -> Vec<(&'static str, AnswerPage)> {
    let mut many = gaps();
    many.extend((0..20).map(|n| Gap {
        authority: authority("D9", &format!("Made-up Council {n}"), None, Some("01632 960400")),
        reason: GapReason::NothingSent,
    }));
    vec![
        ("answer-none", answer(child(), &[])),
        ("answer-none-many-gaps", AnswerPage { gaps: Some(many), wrong_person_reported: true, ..answer(child(), &[]) }),
        ("answer-none-baby", answer(Person { born: PartialDate::parse("2026-11-01").ok(), ..child() }, &[])),
        ("answer-none-restricted", answer(Person { restricted: true, ..child() }, &[])),
    ]
}

fn special_answers() -> Vec<(&'static str, AnswerPage)> {
    let two = two();
    vec![
        (
            "answer-restricted",
            AnswerPage {
                history: History::Restricted { with_reason: true },
                ..answer(Person { restricted: true, ..child() }, &two[..1])
            },
        ),
        (
            "answer-administrative",
            AnswerPage { administrative: true, history: History::NotForThisRole, ..answer(child(), &two[..1]) },
        ),
        ("answer-sensitive", AnswerPage { setting: setting("sexual-assault-referral-centre"), ..answer(child(), &two[..1]) }),
        ("answer-deceased", answer(Person { died: PartialDate::parse("2026-06-03").ok(), ..child() }, &[])),
        ("answer-superseded", AnswerPage { asked: number("9990402132"), number_changed: true, ..answer(child(), &two[..1]) }),
        (
            "answer-history-unavailable",
            AnswerPage { history: History::Unavailable, person: None, authorities: vec![], ..answer(child(), &two[..1]) },
        ),
        ("answer-history-empty", AnswerPage { history: History::Rows(vec![]), ..answer(child(), &two[..1]) }),
        ("answer-not-on-index", unknown(cpis::UnknownReason::NotOnIndex)),
        ("answer-invalidated", unknown(cpis::UnknownReason::Invalidated)),
        ("answer-unreadable", AnswerPage { person: Some(child()), ..unknown(cpis::UnknownReason::Unreadable) }),
    ]
}
