//! Every address of the service, each as a function; none ever carries an NHS number, a name or a token.

/// The start page; the find form itself once logged in with a care setting.
pub fn start() -> String {
    "/".into()
}

/// Sends the browser to the log-in service. A link, never a form: `form-action 'self'` would stop the redirect.
pub fn log_in() -> String {
    "/log-in".into()
}

/// Where the log-in service sends the browser back to.
pub fn log_in_callback() -> String {
    "/log-in/callback".into()
}

/// Where the log-in service ends sessions.
pub fn back_channel_log_out() -> String {
    "/log-in/back-channel-logout".into()
}

/// The public keys of our client assertions.
pub fn keys() -> String {
    "/log-in/jwks.json".into()
}

/// Ends the session (POST).
pub fn log_out() -> String {
    "/log-out".into()
}

/// Choosing a role (GET, POST).
pub fn role() -> String {
    "/role".into()
}

/// Choosing a care setting (GET, POST).
pub fn care_setting() -> String {
    "/care-setting".into()
}

/// The find form (GET, POST).
pub fn find() -> String {
    "/find".into()
}

/// An answer, by the opaque identifier of the look-up.
pub fn lookup(id: &str) -> String {
    format!("/lookups/{id}")
}

/// Before a notifying look-up is opened (GET, POST).
pub fn confirm(id: &str) -> String {
    format!("/lookups/{id}/confirm")
}

/// Reports that an answer was about the wrong person (POST).
pub fn wrong_person(id: &str) -> String {
    format!("/lookups/{id}/wrong-person")
}

/// Shows a restricted person's access history for a reason (POST).
pub fn history(id: &str) -> String {
    format!("/lookups/{id}/history")
}

/// Stays logged in (POST).
pub fn session() -> String {
    "/session".into()
}

/// After a session ran out.
pub fn timed_out() -> String {
    "/timed-out".into()
}

/// The telephone numbers of every local authority.
pub fn contacts() -> String {
    "/contacts".into()
}

/// The accessibility statement.
pub fn accessibility() -> String {
    "/accessibility".into()
}

/// The privacy notice.
pub fn privacy() -> String {
    "/privacy".into()
}

/// The cookies in use.
pub fn cookies() -> String {
    "/cookies".into()
}

/// What changed lately.
pub fn whats_new() -> String {
    "/whats-new".into()
}

/// Help.
pub fn help() -> String {
    "/help".into()
}

/// What to do without an NHS number.
pub fn help_without_a_number() -> String {
    "/help#no-number".into()
}

/// Is the process alive?
pub fn live() -> String {
    "/health/live".into()
}

/// Can it answer?
pub fn ready() -> String {
    "/health/ready".into()
}

/// A file of the browser bundle or the stylesheet.
pub fn asset(file: &str) -> String {
    format!("/assets/{file}")
}

/// Where "Stay logged in" comes back to. Travels in the hidden field `back` as a key, so that no address is ever taken from a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Back {
    /// The start page.
    Start,
    /// The find form.
    Find,
    /// The role page.
    Role,
    /// The care setting page.
    CareSetting,
    /// The telephone numbers.
    Contacts,
    /// One of the pages named in the footer, by its last word.
    Footer(&'static str),
    /// An answer.
    Lookup(String),
    /// The page before a notifying look-up is opened.
    Confirm(String),
}

const FOOTER: [&str; 5] = ["accessibility", "privacy", "cookies", "whats-new", "help"];

impl Back {
    /// The value of the hidden field.
    pub fn key(&self) -> String {
        match self {
            Self::Start => "start".into(),
            Self::Find => "find".into(),
            Self::Role => "role".into(),
            Self::CareSetting => "care-setting".into(),
            Self::Contacts => "contacts".into(),
            Self::Footer(page) => (*page).into(),
            Self::Lookup(id) => format!("lookup:{id}"),
            Self::Confirm(id) => format!("confirm:{id}"),
        }
    }

    /// Reads a key; an identifier is kept only when it is letters, digits and dashes. Anything else is `None`.
    pub fn from_key(key: &str) -> Option<Self> {
        let id = |text: &str| {
            let plain = !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            plain.then(|| text.to_owned())
        };
        Some(match key {
            "start" => Self::Start,
            "find" => Self::Find,
            "role" => Self::Role,
            "care-setting" => Self::CareSetting,
            "contacts" => Self::Contacts,
            _ => match key.split_once(':') {
                Some(("lookup", rest)) => Self::Lookup(id(rest)?),
                Some(("confirm", rest)) => Self::Confirm(id(rest)?),
                _ => Self::Footer(FOOTER.iter().find(|page| **page == key)?),
            },
        })
    }

    /// The address.
    pub fn path(&self) -> String {
        match self {
            Self::Start => start(),
            Self::Find => find(),
            Self::Role => role(),
            Self::CareSetting => care_setting(),
            Self::Contacts => contacts(),
            Self::Footer(page) => format!("/{page}"),
            Self::Lookup(id) => lookup(id),
            Self::Confirm(id) => confirm(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_where_the_outside_expects_it() {
        let all = [
            start(),
            log_in(),
            log_in_callback(),
            back_channel_log_out(),
            keys(),
            log_out(),
            role(),
            care_setting(),
            find(),
            lookup("ID"),
            confirm("ID"),
            wrong_person("ID"),
            session(),
            timed_out(),
            contacts(),
            accessibility(),
            privacy(),
            cookies(),
            whats_new(),
            help(),
            help_without_a_number(),
            live(),
            ready(),
            asset("FILE"),
        ];
        insta::assert_snapshot!("addresses", all.join("\n"));
    }

    #[test]
    fn a_way_back_round_trips_and_no_foreign_address_gets_through() {
        let ways = [Back::Start, Back::Find, Back::Footer("help"), Back::Lookup("a-1".into()), Back::Confirm("b2".into())];
        for way in ways {
            assert_eq!(Back::from_key(&way.key()), Some(way.clone()));
            assert!(way.path().starts_with('/') && !way.path().starts_with("//"));
        }
        for key in ["", "here", "//evil.example", "lookup:", "lookup:../role", "lookup:a/b", "https://evil.example/", "log-out"] {
            assert_eq!(Back::from_key(key), None, "{key}");
        }
    }
}
