//! One status: what it is, from when to when, who is responsible for it, and how to reach them.

use super::phones;
use crate::nhs::summary_list::{row, summary_list};
use crate::wording;
use cpis::{LocalAuthority, PlanKind, Standing, Status, calendar};
use leptos::prelude::*;

/// A status with what is known of its authority.
pub struct StatusCard<'a> {
    /// The status.
    pub status: &'a Status,
    /// `None` when its contacts could not be read.
    pub authority: Option<&'a LocalAuthority>,
    /// The office line is open now.
    pub office_open: bool,
    /// Its authority is not printed (ruling 15).
    pub place_is_secret: bool,
    /// Several statuses stand on the page, so each has its own heading.
    pub headed: bool,
}

impl StatusCard<'_> {
    /// The card.
    pub fn view(&self) -> AnyView {
        let title = kind_words(&self.status.kind);
        let title = if self.is_ended() { format!("{title}, ended") } else { title };
        let mut rows = Vec::with_capacity(3);
        let heading = if self.headed {
            Some(view! { <h2 class="text-22 mt-6 mb-2">{title}</h2> })
        } else {
            rows.push(row(if self.is_plan() { "Plan" } else { "Status" }, title));
            None
        };
        rows.push(row(if self.starts_later() { "Starts" } else { "Started" }, calendar::long_date(self.status.start)));
        rows.push(row(if self.is_ended() { "Ended" } else { "Ends" }, self.ends()));
        let mut whom = vec![self.responsible()];
        if let Some(authority) = self.authority {
            whom.extend(phones::rows(authority, self.office_open));
        }
        let whom = summary_list(whom);
        // A restricted person's authority says where they live: it stays off paper (ruling 15).
        let whom = if self.place_is_secret { view! { <div class="print:hidden">{whom}</div> }.into_any() } else { whom };
        view! { <div class="app-card">{heading}{summary_list(rows)}{whom}{self.means()}</div> }.into_any()
    }

    fn is_ended(&self) -> bool {
        matches!(self.status.standing, Standing::Ended { .. })
    }

    fn is_plan(&self) -> bool {
        matches!(self.status.kind, PlanKind::ChildProtection | PlanKind::UnbornChildProtection)
    }

    fn starts_later(&self) -> bool {
        matches!(self.status.standing, Standing::Current { starts_later: true, .. })
    }

    fn ends(&self) -> String {
        match self.status.standing {
            // What the code means is not known, so neither is what its end date means.
            Standing::Current { ends: Some(day), .. } if matches!(self.status.kind, PlanKind::Unrecognised(_)) => {
                format!("End date sent: {}", calendar::long_date(day))
            }
            Standing::Current { ends: Some(day), .. } => format!("Ends on {}", calendar::long_date(day)),
            Standing::Current { ends: None, .. } => {
                format!("No end date sent. Current when last updated on {}", calendar::long_date(self.status.sent))
            }
            Standing::Ended { on, at_eighteen: true } => format!("{}, on {}", wording::ENDED_AT_EIGHTEEN, calendar::long_date(on)),
            Standing::Ended { on, .. } => calendar::long_date(on),
            Standing::NoLongerShown => String::new(),
        }
    }

    fn responsible(&self) -> AnyView {
        let name = self.authority.map_or_else(
            || format!("{}. {}", self.status.authority.0, wording::PHONES_UNREADABLE),
            |authority| authority.name.clone(),
        );
        let sent = self.authority.map_or_else(
            || format!("As sent on {}", calendar::long_date(self.status.sent)),
            |authority| format!("As sent by {}, {}", authority.name, calendar::long_date(self.status.sent)),
        );
        let text = view! {
            <strong>{name}</strong>
            <span class="block text-16 text-grey-1">{sent}</span>
        };
        row("Responsible authority", text)
    }

    /// What this status does and does not mean.
    fn means(&self) -> AnyView {
        let confirm = matches!(self.status.standing, Standing::Current { confirm: true, .. });
        let words = match (&self.status.kind, self.is_ended()) {
            (PlanKind::UnbornChildProtection, false) if confirm => wording::UNBORN_CONFIRM,
            (PlanKind::LookedAfter, false) => wording::LOOKED_AFTER_MEANS,
            _ => return ().into_any(),
        };
        view! { <p class="mt-3 mb-0">{words}</p> }.into_any()
    }
}

/// The kind in words: looked after is never called a plan (ruling 19).
pub fn kind_words(kind: &PlanKind) -> String {
    match kind {
        PlanKind::ChildProtection => "Child protection plan".into(),
        PlanKind::LookedAfter => "Looked after".into(),
        PlanKind::UnbornChildProtection => "Unborn baby's child protection plan".into(),
        PlanKind::Unrecognised(code) => format!("{} (code {code})", wording::UNRECOGNISED),
    }
}
