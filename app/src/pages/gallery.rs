//! Every page in every state worth looking at, for tests and for the eye.

use super::samples::{answers, at, authorities, child, mother, number, setting, today};
use super::*;
use crate::frame::{Assets, Frame, Page, SessionClock, Who};
use cpis::{CareSetting, OdsCode, Organisation};

/// A page's name, the frame it stands in, and the page.
type Shown = (String, Frame, Box<dyn Page>);

/// A frame of somebody logged in, in this setting.
pub(crate) fn frame(setting: Option<&'static CareSetting>) -> Frame {
    let (name, role, place, code) = if setting.is_some_and(CareSetting::notifies) {
        ("Tom Adeyemi", "Staff nurse", "Northfield General Hospital", "RXX01")
    } else {
        ("Priya Nair", "General practitioner", "Riverside Surgery", "Y01234")
    };
    let who = Who {
        name: name.into(),
        role: role.into(),
        organisation: Organisation { code: OdsCode(code.into()), name: place.into() },
        setting,
        may_change_role: true,
        may_change_setting: true,
    };
    Frame { who: Some(who), session: Some(SessionClock { idle_seconds: 900, seconds_left_at_most: 43_200 }), ..nobody() }
}

/// A frame of nobody logged in.
pub(crate) fn nobody() -> Frame {
    let assets = Assets { css: "/assets/style.css".into(), wake: Some("/assets/wake.js".into()) };
    Frame { assets, demonstration: true, who: None, session: None }
}

/// Every page in every state worth looking at: name, frame, page.
pub(crate) fn all() -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for (name, page) in answers() {
        all.push((name.to_owned(), frame(Some(page.setting)), Box::new(page)));
    }
    all.extend(finding());
    all.extend(choosing());
    all.extend(saying());
    all
}

fn finding() -> Vec<Shown> {
    let (gp, ed) = (setting("general-practice"), setting("emergency-department"));
    let find = |setting| FindPage {
        request: "b1".into(),
        setting,
        ask_born: false,
        typed: TypedFind::default(),
        errors: vec![],
        notice: None,
    };
    let wrong =
        TypedFind { nhs_number: "999 024 0273".into(), born_day: "31".into(), born_month: "2".into(), born_year: "2018".into() };
    let mut pages: Vec<Shown> = vec![
        ("find".into(), frame(Some(gp)), Box::new(find(gp))),
        (
            "find-notifying".into(),
            frame(Some(ed)),
            Box::new(FindPage { notice: Some(FindNotice::SettingChanged { from: gp }), ..find(ed) }),
        ),
        (
            "find-two-errors".into(),
            frame(Some(gp)),
            Box::new(FindPage {
                ask_born: true,
                typed: wrong.clone(),
                errors: vec![FindError::Number(cpis::NhsNumberError::CheckDigit), FindError::BornNotADate],
                notice: Some(FindNotice::KeptAfterLogIn),
                ..find(gp)
            }),
        ),
    ];
    for error in [FindError::BornMissing, FindError::BornMismatch, FindError::Number(cpis::NhsNumberError::TooShort)] {
        pages.push((
            format!("find-{error:?}"),
            frame(Some(gp)),
            Box::new(FindPage { ask_born: true, errors: vec![error], ..find(gp) }),
        ));
    }
    pages.extend(opening(&wrong));
    pages
}

fn opening(wrong: &TypedFind) -> Vec<Shown> {
    let (gp, ed) = (setting("general-practice"), setting("emergency-department"));
    let confirm = ConfirmPage {
        id: "a1".into(),
        person: Some(child()),
        asked: child().nhs_number,
        number_changed: false,
        setting: ed,
        today: today(),
    };
    let changed = ConfirmPage { person: Some(mother()), asked: number("9990402132"), number_changed: true, ..confirm.clone() };
    let failed = CouldNotCheckPage {
        request: "b1".into(),
        number: "999 024 0272".into(),
        setting: gp,
        at: at(),
        reference: "7K4M-2QXD-92".into(),
        contacts: authorities(),
        contacts_as_of: Some(at()),
        office_open: true,
        lookup: None,
        born: Some(wrong.clone()),
    };
    let opening = CouldNotCheckPage { setting: ed, lookup: Some("a1".into()), contacts: vec![], born: None, ..failed.clone() };
    vec![
        ("confirm".into(), frame(Some(ed)), Box::new(confirm)),
        ("confirm-changed".into(), frame(Some(ed)), Box::new(changed)),
        ("could-not-check".into(), frame(Some(gp)), Box::new(failed)),
        ("could-not-check-opening".into(), frame(Some(ed)), Box::new(opening)),
    ]
}

fn choosing() -> Vec<Shown> {
    use cpis::{POLICIES, Read, Refusal};
    let role = |id: &str, job: &str, organisation: &str, effect| RoleChoice {
        id: id.into(),
        job: job.into(),
        organisation: organisation.into(),
        effect,
    };
    let roles = vec![
        role("1", "Staff nurse", "Northfield General Hospital", Ok(vec![Read::Notifying])),
        role("2", "Community nurse", "Riverside Community Trust", Ok(vec![Read::Silent, Read::Notifying])),
        role("3", "Clerk", "Elsewhere Surgery", Err(Refusal::NoActivityCode)),
    ];
    let some: Vec<_> =
        POLICIES.iter().filter(|s| ["emergency-department", "community-paediatrics", "maternity"].contains(&s.id)).collect();
    let held = vec![("Clerk".to_owned(), "Elsewhere Surgery".to_owned())];
    vec![
        ("role".into(), frame(None), Box::new(RolePage { roles: roles.clone(), error: false })),
        ("role-error".into(), frame(None), Box::new(RolePage { roles, error: true })),
        ("care-setting".into(), frame(None), Box::new(CareSettingPage { settings: some.clone(), current: None, error: false })),
        (
            "care-setting-error".into(),
            frame(Some(some[0])),
            Box::new(CareSettingPage { settings: POLICIES.iter().collect(), current: Some(some[0]), error: true }),
        ),
        (
            "no-access".into(),
            frame(None),
            Box::new(NoAccessPage { reason: NoAccess::Refused(Refusal::NoActivityCode), held: held.clone() }),
        ),
        ("no-access-roles".into(), frame(None), Box::new(NoAccessPage { reason: NoAccess::NoRoles, held: vec![] })),
        ("no-access-desk".into(), frame(None), Box::new(NoAccessPage { reason: NoAccess::ForAnotherDesk, held })),
    ]
}

fn saying() -> Vec<Shown> {
    let gp = setting("general-practice");
    let mut pages: Vec<Shown> = vec![
        ("start".into(), nobody(), Box::new(StartPage { notice: None })),
        (
            "contacts".into(),
            frame(Some(gp)),
            Box::new(ContactsPage { authorities: authorities(), as_of: Some(at()), office_open: false }),
        ),
        ("contacts-empty".into(), nobody(), Box::new(ContactsPage { authorities: vec![], as_of: None, office_open: false })),
        ("wrong-person".into(), frame(Some(gp)), Box::new(WrongPersonPage { notified: vec![], office_open: true })),
        ("wrong-person-told".into(), frame(Some(gp)), Box::new(WrongPersonPage { notified: authorities(), office_open: false })),
        ("timed-out".into(), nobody(), Box::new(TimedOutPage::default())),
        ("put-away".into(), nobody(), Box::new(TimedOutPage { still_logged_in: true })),
        ("help".into(), nobody(), Box::new(HelpPage)),
        ("accessibility".into(), nobody(), Box::new(AccessibilityPage)),
        ("privacy".into(), frame(Some(gp)), Box::new(PrivacyPage)),
        ("cookies".into(), nobody(), Box::new(CookiesPage)),
        ("whats-new".into(), nobody(), Box::new(WhatsNewPage)),
    ];
    for notice in [StartNotice::LoggedOut, StartNotice::TimedOut, StartNotice::LoggedInElsewhere, StartNotice::EndedByProvider] {
        pages.push((format!("start-{notice:?}"), nobody(), Box::new(StartPage { notice: Some(notice) })));
    }
    let messages = [
        Message::NotFound,
        Message::AnswerGone,
        Message::AnswerUnavailable,
        Message::SettingChanged { now: gp },
        Message::LogInRefused(LogInProblem::Expired),
        Message::LogInRefused(LogInProblem::Cancelled),
        Message::LogInRefused(LogInProblem::Assurance),
        Message::LogInRefused(LogInProblem::Refused),
        Message::LogInUnavailable,
        Message::Unavailable,
        Message::BadRequest,
        Message::ForeignForm,
        Message::WrongMethod,
    ];
    for (i, message) in messages.into_iter().enumerate() {
        let who = if i < 4 { frame(Some(gp)) } else { nobody() };
        pages.push((
            format!("message-{i}"),
            who,
            Box::new(MessagePage { message, reference: (i > 3).then(|| "7K4M-2QXD-93".to_owned()) }),
        ));
    }
    pages
}
