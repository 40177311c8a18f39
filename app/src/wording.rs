//! Every sentence a clinician acts on, in one file, so that a clinical reviewer can read them in one sitting. Words of the rulings are kept exactly.

use cpis::plan::{RETENTION_DAYS, UNBORN_RETENTION_DAYS};
use cpis::{CareSetting, GapReason, NhsNumberError, Told, UnknownReason, calendar};

/// The name of the service.
pub const SERVICE: &str = "Check child protection information";
/// What the service is (ruling "start").
pub const START: &str = "See what England's local authorities have shared with CP-IS about a child, young person or pregnant woman. It does not replace your own assessment.";
/// What is needed before starting.
pub const BEFORE_YOU_START: &str =
    "You need your smartcard or another Care Identity authenticator, and a role that lets you view CP-IS.";
/// What looking does, on the start page.
pub const BEFORE_YOU_START_TOLD: &str = "In scheduled care, social care is not told that you looked. In unscheduled care, each responsible local authority is told if CP-IS holds a status. Every look is recorded.";
/// On every page of a demonstration.
pub const DEMONSTRATION: &str = "Demonstration: these people are not real";

/// Context bar, silent settings.
pub const SILENT: &str = "Silent: social care is not told. Every look is recorded.";
/// Context bar, notifying settings.
pub const NOTIFYING: &str = "Notifying: each responsible local authority is told if CP-IS holds a status";

/// What reading in a setting does.
pub fn effect(setting: &CareSetting) -> &'static str {
    if setting.notifies() { NOTIFYING } else { SILENT }
}

/// Beneath the find form in a notifying setting.
pub const NEXT_YOU_CONFIRM: &str = "Next you see whose number this is. Nobody is told until you choose to open it.";

/// What is wrong with a typed NHS number, each with its own words.
pub fn number_error(error: NhsNumberError) -> &'static str {
    match error {
        NhsNumberError::Empty => "Enter an NHS number",
        NhsNumberError::NationalInsurance => "Enter an NHS number. This looks like a National Insurance number",
        NhsNumberError::Letters => "NHS number must only include the numbers 0 to 9. Spaces and dashes are fine",
        NhsNumberError::TooShort => "NHS number must have 10 digits. You have entered too few",
        NhsNumberError::TooLong => "NHS number must have 10 digits. You have entered too many",
        NhsNumberError::CheckDigit => {
            "Check the NHS number. It is not a possible NHS number, so a digit may be wrong or two may be swapped"
        }
    }
}

/// The optional date of birth (ruling 17).
pub const BORN_MISSING: &str = "Enter the date of birth";
/// It is no date.
pub const BORN_NOT_A_DATE: &str = "Date of birth must be a real date, for example 6 8 2018";
/// It is not that of the number's owner; says nothing else about them.
pub const BORN_MISMATCH: &str = "The date of birth does not match the one held for this NHS number. Check both";

/// Confirm page: heading.
pub const CONFIRM_HEADING: &str = "Open child protection information?";
/// Confirm page: what has happened so far.
pub const CONFIRM_NOT_YET: &str = "You have not checked yet.";
/// Confirm page: what opening does.
pub const CONFIRM_EFFECT: &str = "If CP-IS holds a current or recently ended status, every responsible local authority will be sent your name, role, organisation and the time.";
/// Confirm page: when to go on.
pub const CONFIRM_WHEN: &str = "Open it only if this person is in your care now.";
/// Confirm page: the other way.
pub const NOT_THIS_PERSON: &str = "Not this person";

/// Confirm page: the button.
pub fn open_as(setting: &CareSetting) -> String {
    format!("Open as {} and notify", setting.name)
}

/// Heading of "none".
pub const NONE_HEADING: &str = "No child protection information found on CP-IS for this NHS number";
/// First line of "none".
pub const NONE_RULES_NOTHING_OUT: &str = "This does not rule out a safeguarding concern.";
/// Why CP-IS may hold nothing (ruling "none, reasons").
pub const NONE_REASONS: [&str; 9] = [
    "a record has not been matched or sent yet",
    "the person is a newborn",
    "the record has been changed or is restricted",
    "it was sent today",
    "a local authority's file failed or is late",
    "a status ended over 12 months ago",
    "the person is 18 or over",
    "support is given without a plan and without being looked after",
    "the person lives outside England",
];
/// "None" on a baby (ruling 20).
pub const NONE_BABY: &str =
    "Also check the mother's number. Before birth and in the first weeks, a plan may be held under the mother's NHS number.";
/// "None" on a restricted record (ruling 15).
pub const NONE_RESTRICTED: &str = "This is a restricted record. CP-IS often cannot hold restricted records, so finding nothing here means less than usual. Phone children's social care where the person lives if you are worried.";

/// Heading of "could not check".
pub const UNKNOWN_HEADING: &str = "CP-IS could not be checked";
/// Never to be read as "nothing found".
pub const UNKNOWN_IS_NO_ANSWER: &str = "This is not an answer about this person.";
/// What to do when it could not be checked.
pub const UNKNOWN_PHONE: &str = "If you are worried now, phone children's social care where the person lives.";
/// The registry did not answer.
pub const UNKNOWN_TRY_AGAIN: &str =
    "The record could not be read. You can try again, or phone children's social care where the person lives.";

/// Why it could not be checked (ruling 18).
pub fn unknown_reason(reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::NotOnIndex => {
            "We cannot confirm whose number this is: it is not on the index of people. Check the number against another record."
        }
        UnknownReason::Invalidated => {
            "We cannot confirm whose number this is: it is no longer in use and has not been replaced. Find the person's present number."
        }
        UnknownReason::Unreadable => "The record of statuses could not be read. This does not mean that there is none.",
    }
}

/// Ended statuses (ruling "ended").
pub const ENDED_MEANS: &str = "Ended does not mean concerns have ended; responsibility may have moved to another authority.";
/// How long ended statuses stay. The numbers come from the rule itself.
pub fn ended_shown_for(unborn: bool) -> String {
    let days = if unborn { UNBORN_RETENTION_DAYS } else { RETENTION_DAYS };
    format!("Shown for {days} days after it ends.")
}
/// Looked after is not a plan (ruling 19).
pub const LOOKED_AFTER_MEANS: &str = "Looked after is not a plan. CP-IS does not say who has parental responsibility.";
/// A plan proves nothing about today.
pub const PLAN_MEANS: &str = "A plan does not by itself mean that today's contact is suspicious.";
/// A code this service does not know (ruling 18).
pub const UNRECOGNISED: &str = "Unrecognised status, phone the authority";
/// An old unborn plan without an end (ruling 20).
pub const UNBORN_CONFIRM: &str = "This started over 300 days ago. Confirm with the authority.";
/// A status that ended on the 18th birthday (ruling 20).
pub const ENDED_AT_EIGHTEEN: &str = "Ended at 18";
/// Several authorities (ruling 19).
pub const PHONE_EACH: &str = "local authorities are named below. Phone each.";
/// A missing telephone number (ruling 26).
pub const PHONE_NOT_SUPPLIED: &str = "Not supplied by the authority";
/// The contacts of an authority could not be read.
pub const PHONES_UNREADABLE: &str = "Its name and phone numbers could not be read";

/// What to do about somebody with a status.
pub const DO_CURRENT: &str = "Assess the person in front of you. Speak to the responsible local authority if anything worries you, and follow your safeguarding procedure.";
/// What to do about somebody whose status ended.
pub const DO_ENDED: &str = "Assess the person in front of you. If anything worries you, speak to the local authority named above and follow your safeguarding procedure.";
/// What to do when nothing was found.
pub const DO_NONE: &str = "If you are worried, follow your safeguarding procedure.";
/// Administrative roles (ruling 14).
pub const DO_ADMINISTRATIVE: &str = "Tell the clinician privately; do not discuss it at the desk.";
/// Sexual-assault and termination services (ruling 24).
pub const DO_SENSITIVE: &str = "Phoning tells the authority that this person uses this service. Decide first whether you need to.";
/// Restricted people (ruling 15).
pub const DO_RESTRICTED: &str = "Do not reveal where this child lives.";
/// The same for an adult, who is never called a child.
pub const DO_RESTRICTED_ADULT: &str = "Do not reveal where this person lives.";

/// Heading of the access history (ruling 24).
pub const HISTORY_HEADING: &str = "Looked up in unscheduled care";
/// What a look-up proves (ruling 24).
pub const HISTORY_PROVES: &str = "A look-up does not prove a visit.";
/// No rows.
pub const HISTORY_EMPTY: &str = "No earlier look-up in unscheduled care is recorded.";
/// Administrative roles (ruling 14).
pub const HISTORY_ROLE: &str = "Earlier look-ups are shown to clinical roles only.";
/// Restricted people (ruling 15).
pub const HISTORY_RESTRICTED: &str = "Earlier look-ups are withheld because this record is restricted.";
/// It could not be read (ruling 18).
pub const HISTORY_ASK: &str = "See earlier look-ups of this restricted record";
/// Asks for the reason.
pub const HISTORY_WHY: &str = "Why do you need to see them? Your reason is recorded.";
/// Shows it.
pub const HISTORY_SHOW: &str = "Show earlier look-ups";
/// When the history could not be read.
pub const HISTORY_UNREADABLE: &str = "Earlier look-ups could not be read just now. The status above is not affected.";
/// Demographics could not be read (ruling 18).
pub const PERSON_UNREADABLE: &str = "The name and date of birth could not be read. Make sure that the NHS number is this person's.";

/// Nobody was told (ruling "told nobody").
pub const TOLD_NOBODY: &str = "No local authority has been told. This look is in the audit log. If they need to know, phone.";
/// Every time somebody is told (ruling 23).
pub const TOLD_IS_NO_REFERRAL: &str = "This is not a referral and may not be read straight away. If you are worried now, phone.";

/// The state of one authority's notification (ruling 23).
pub fn told(state: Told) -> &'static str {
    match state {
        Told::Nobody => "not told",
        Told::Pending => "sending",
        Told::Delivered => "delivered to its system",
        Told::Failed => "not delivered",
        Told::NotKnown => "we do not know",
    }
}

/// The heading of the line that says who was told: the worst over authorities, `count` of them.
pub fn told_heading(worst: Told, count: usize) -> String {
    let (who, be) = if count == 1 { ("The local authority", "is") } else { ("The local authorities", "are") };
    match worst {
        Told::Nobody => TOLD_NOBODY.into(),
        Told::Pending => format!("{who} {be} being sent a notification that you looked"),
        Told::Delivered => format!(
            "A notification that you looked was delivered to the system of {}",
            if count == 1 { "the local authority" } else { "each local authority" }
        ),
        Told::Failed => "A notification that you looked was not delivered".into(),
        Told::NotKnown => "We do not know whether the local authority has been told".into(),
    }
}

/// Above both receipts (ruling 25).
pub const RECEIPT_HIDE: &str = "Hide this entry from online and proxy access before you save it.";
/// On paper only (ruling 25).
pub const PRINT_WARNING: &str = "Not valid after today. Do not leave where family can see.";
/// When the authorities could not be read.
pub const COVERAGE_UNREADABLE: &str = "Which local authorities this check does not cover could not be read just now.";
/// Heading of the coverage notice (ruling 22).
pub const NOT_COVERED: &str = "Not covered by this check";

/// Why an authority is not covered (ruling 22). Absolute dates only (ruling 25).
pub fn gap(reason: GapReason) -> String {
    match reason {
        GapReason::NotSharing => "not sharing".into(),
        GapReason::NothingSent => "nothing sent yet".into(),
        GapReason::Late { last } => format!("last update {}", calendar::long_date(last)),
    }
}

/// The number was replaced (ruling 21); `asked` and `now` are spaced numbers. On the confirm page nothing was `checked` yet.
pub fn number_changed(asked: &str, now: &str, checked: bool) -> String {
    let both = if checked { "Both numbers were checked." } else { "Both numbers are checked when you open it." };
    format!("The number has changed. You entered {asked}; this person's NHS number is now {now}. {both}")
}
/// The person has died.
pub const DECEASED: &str = "This person has died";
/// Restricted records, in the banner.
pub const RESTRICTED: &str = "Restricted record: no address, GP or phone number is shown";

/// The button that reports a wrong person (ruling 17).
pub const WRONG_PERSON: &str = "This is the wrong person";
/// After reporting (ruling 17).
pub const WRONG_PERSON_SILENT: &str =
    "It is in the audit log that this look was about the wrong person. No local authority was told of it.";
/// After reporting a notifying read (ruling 17).
pub const WRONG_PERSON_NOTIFIED: &str =
    "A local authority was told that you looked. Phone it now and say that it was the wrong person.";
/// Keep nothing of it.
pub const WRONG_PERSON_RECORD: &str = "Do not record anything about that person in the record of the person with you.";
/// The hide control (ruling 27).
pub const HIDE: &str = "Hide person and answer";
/// Its other state.
pub const SHOW: &str = "Show person and answer";
/// What stands there meanwhile.
pub const HIDDEN: &str = "The person and the answer are hidden.";
