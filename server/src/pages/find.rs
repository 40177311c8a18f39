//! Finding a child: the form, what is wrong with what was typed, and the look-up itself.

use super::start;
use crate::answering::{Posted, RequestId, message_to, page, see_other};
use crate::logged_in::{AtWork, Visitor};
use crate::state::{Shared, State};
use app::{CouldNotCheckPage, FindError, FindNotice, FindPage, Message, TypedFind, paths};
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cpis::{CareSetting, NhsNumber};
use jiff::civil::Date;
use registry::{Access, Door, EndedWhy, KeptForm, LookedUp, Unavailable};
use serde::{Deserialize, Serialize};

/// What may stand in the address of the form: the one-time id under which typed values wait.
#[derive(Deserialize)]
pub struct Kept {
    /// That id.
    pub form: Option<String>,
    /// The person has just logged out.
    #[serde(rename = "logged-out")]
    pub logged_out: Option<String>,
}

/// The find form as posted. Every field may be missing: a hand-made form is answered, not refused.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Found {
    /// What was typed as the NHS number.
    #[serde(rename = "nhs_number")]
    pub nhs_number: String,
    /// The form's one-time id.
    pub request: String,
    /// The setting the form was made under.
    pub setting: String,
    /// Day of birth.
    pub born_day: String,
    /// Month of birth.
    pub born_month: String,
    /// Year of birth.
    pub born_year: String,
}

/// What waits to be given back.
#[derive(Default, Deserialize, Serialize)]
pub(super) struct Waiting {
    pub(super) typed: Found,
    pub(super) show_errors: bool,
    pub(super) born_mismatch: bool,
}

/// `GET /find`.
pub async fn show(Extract(state): Extract<Shared>, work: AtWork, query: Query<Kept>) -> Response {
    form(&state, &work, query.0.form.as_deref()).await
}

/// The form: empty, or with what was typed before.
pub(super) async fn form(state: &State, work: &AtWork, kept: Option<&str>) -> Response {
    let now = work.who.now;
    let waiting: Result<Option<Waiting>, Unavailable> = match kept {
        Some(id) => state.registry.take_form(id, &work.who.session.id, now).await,
        None => Ok(None),
    };
    let lost: Result<Option<Found>, Unavailable> = match waiting {
        Ok(None) => state.registry.take_lost_form(&work.clinician, now).await,
        _ => Ok(None),
    };
    let (waiting, notice) = match (waiting, lost) {
        (Ok(Some(waiting)), _) => {
            let made_under = CareSetting::find(&waiting.typed.setting).filter(|made| *made != work.setting);
            (waiting, made_under.map(|from| FindNotice::SettingChanged { from }))
        }
        (_, Ok(Some(typed))) => (Waiting { typed, ..Waiting::default() }, Some(FindNotice::KeptAfterLogIn)),
        _ => (Waiting::default(), None),
    };
    find_page(state, work, StatusCode::OK, &waiting, notice).await
}

async fn find_page(state: &State, work: &AtWork, status: StatusCode, waiting: &Waiting, notice: Option<FindNotice>) -> Response {
    // If it cannot be read whether a date of birth is asked for, it is asked for.
    let ask_born = state.registry.asks_born(&work.clinician.role).await.unwrap_or(true);
    let mut errors = if waiting.show_errors { waiting.typed.read(ask_born).err().unwrap_or_default() } else { Vec::new() };
    if waiting.born_mismatch {
        errors.push(FindError::BornMismatch);
    }
    let typed = &waiting.typed;
    let found = FindPage {
        request: uuid::Uuid::new_v4().to_string(),
        setting: work.setting,
        ask_born,
        typed: TypedFind {
            nhs_number: typed.nhs_number.clone(),
            born_day: typed.born_day.clone(),
            born_month: typed.born_month.clone(),
            born_year: typed.born_year.clone(),
        },
        errors,
        notice,
    };
    page(state, Some(&work.who), status, &found)
}

/// `POST /find`.
pub async fn find(Extract(state): Extract<Shared>, id: RequestId, visitor: FoundVisitor, Posted(found): Posted<Found>) -> Response {
    let visitor = match visitor.0 {
        Ok(visitor) => visitor,
        // Nobody can be known while the registry is away; the typed number is given back to try again.
        Err(error) => return could_not_check(&state, None, &found, None, &error, &id),
    };
    let who = match visitor {
        Visitor::LoggedIn(who) => who,
        // Whoever logged out meant to leave nothing behind.
        Visitor::Over { why, uid, role } if why != EndedWhy::LoggedOut => {
            return keep_lost(&state, &found, &uid, role.as_deref()).await;
        }
        Visitor::Over { .. } | Visitor::Nobody => return start::go(),
    };
    state.registry.touch(&who.session, who.now).await;
    match who.at_work() {
        Ok(work) => look(&state, &work, found, &id).await,
        Err(elsewhere) => see_other(elsewhere.1),
    }
}

async fn look(state: &State, work: &AtWork, found: Found, id: &RequestId) -> Response {
    if !found.setting.is_empty() && CareSetting::find(&found.setting).is_none() {
        return message_to(state, Some(&work.who), StatusCode::BAD_REQUEST, Message::BadRequest, Some(id));
    }
    if CareSetting::find(&found.setting).is_some_and(|made_under| made_under != work.setting) {
        return give_back(state, work, Waiting { typed: found, ..Waiting::default() }).await;
    }
    let ask_born = match state.registry.asks_born(&work.clinician.role).await {
        Ok(asked) => asked,
        Err(error) => return could_not_check(state, Some(work), &found, None, &error, id),
    };
    let Ok((nhs_number, born)) = found.read(ask_born) else {
        return give_back(state, work, Waiting { typed: found, show_errors: true, born_mismatch: false }).await;
    };
    let request = match uuid::Uuid::parse_str(&found.request) {
        Ok(request) => request,
        Err(_) if found.request.is_empty() => uuid::Uuid::new_v4(),
        Err(_) => return message_to(state, Some(&work.who), StatusCode::BAD_REQUEST, Message::BadRequest, Some(id)),
    };
    let access =
        Access { reader: work.reader(), at: work.who.now, request: request.to_string(), nhs_number, born, door: Door::Portal };
    let outcome =
        if work.setting.notifies() { state.registry.identify(&access).await } else { state.registry.look_up(&access).await };
    match outcome {
        Ok(LookedUp::Answered(answer)) => see_other(&paths::lookup(&answer.id)),
        Ok(LookedUp::Confirm(lookup)) => see_other(&paths::confirm(&lookup)),
        Ok(LookedUp::Repeated(lookup)) => see_other(&paths::lookup(&lookup)),
        Ok(LookedUp::BornMismatch) => {
            give_back(state, work, Waiting { typed: found, show_errors: false, born_mismatch: true }).await
        }
        Ok(LookedUp::Refused(refusal)) => super::choices::refused(state, &work.who, refusal),
        Err(error) => could_not_check(state, Some(work), &found, None, &error, id),
    }
}

/// Gives the form back with what was typed: after a redirect, under a one-time id; at once if that id cannot be written.
async fn give_back(state: &State, work: &AtWork, waiting: Waiting) -> Response {
    let whose = KeptForm::Session { id: &work.who.session.id, clinician: &work.clinician };
    match state.registry.keep_form(whose, &waiting, work.who.now).await {
        Ok(id) => see_other(&format!("{}?form={id}", paths::find())),
        Err(_) => find_page(state, work, StatusCode::UNPROCESSABLE_ENTITY, &waiting, None).await,
    }
}

/// "Stay logged in" pressed in the find form: what was typed comes back, unjudged.
pub(super) async fn stay(state: &State, work: &AtWork, typed: Found) -> Response {
    give_back(state, work, Waiting { typed, ..Waiting::default() }).await
}

/// The session was lost in mid-form: what was typed waits for the same person and role (ruling 35).
pub(super) async fn keep_lost(state: &State, found: &Found, uid: &str, role: Option<&str>) -> Response {
    if let Some(role) = role
        && let Err(error) = state.registry.keep_form(KeptForm::Lost { uid, role }, found, state.clock.now()).await
    {
        tracing::warn!(cause = error.cause(), "a lost form could not be kept");
    }
    start::go()
}

/// CP-IS could not be checked: never "nothing found". The same request id is used to try again.
pub(super) fn could_not_check(
    state: &State,
    work: Option<&AtWork>,
    found: &Found,
    lookup: Option<&str>,
    error: &Unavailable,
    id: &RequestId,
) -> Response {
    tracing::error!(request = id.0, cause = error.cause(), "a look-up could not be made");
    let contacts = state.registry.contacts();
    let now = state.clock.now();
    let born = TypedFind {
        nhs_number: found.nhs_number.clone(),
        born_day: found.born_day.clone(),
        born_month: found.born_month.clone(),
        born_year: found.born_year.clone(),
    };
    let Some(setting) = work.map(|work| work.setting).or_else(|| CareSetting::find(&found.setting)) else {
        return crate::answering::unavailable(state, error, id);
    };
    let shown = CouldNotCheckPage {
        number: found.nhs_number.clone(),
        request: found.request.clone(),
        setting,
        at: now,
        reference: id.reference(),
        contacts_as_of: contacts.as_ref().map(|contacts| contacts.as_of),
        contacts: contacts.map(|contacts| contacts.authorities.clone()).unwrap_or_default(),
        office_open: state.days.office_open(now),
        lookup: lookup.map(str::to_owned),
        born: Some(born).filter(|born| !born.born_year.is_empty()),
    };
    page(state, work.map(|work| &work.who), StatusCode::SERVICE_UNAVAILABLE, &shown).into_response()
}

impl Found {
    /// Reads what was typed, or everything that is wrong with it.
    fn read(&self, ask_born: bool) -> Result<(NhsNumber, Option<Date>), Vec<FindError>> {
        let number = NhsNumber::parse(&self.nhs_number).map_err(FindError::Number);
        let born = if ask_born { self.born().map(Some) } else { Ok(None) };
        match (number, born) {
            (Ok(number), Ok(born)) => Ok((number, born)),
            (number, born) => Err(number.err().into_iter().chain(born.err()).collect()),
        }
    }

    fn born(&self) -> Result<Date, FindError> {
        let parts = [&self.born_day, &self.born_month, &self.born_year].map(|part| part.trim());
        if parts.iter().all(|part| part.is_empty()) {
            return Err(FindError::BornMissing);
        }
        let [day, month, year] = parts;
        let read = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
        read().filter(|date| date.year() >= 1880).ok_or(FindError::BornNotADate)
    }
}

/// Whoever posted the find form; the failure to tell is kept, because the form's own page answers it.
pub struct FoundVisitor(Result<Visitor, Unavailable>);

impl axum::extract::FromRequestParts<Shared> for FoundVisitor {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut axum::http::request::Parts, state: &Shared) -> Result<Self, Self::Rejection> {
        let RequestId(id) = RequestId::from_request_parts(parts, state).await?;
        Ok(Self(crate::logged_in::visitor(state, &parts.headers, RequestId(id)).await))
    }
}
