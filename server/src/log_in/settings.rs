//! How this service is registered with the log-in service, and how strong a log-in has to be.

use std::time::Duration;

/// `acr` values of NHS CIS2 for hardware-based authenticators (domain notes §1.2).
const AAL3: &[&str] = &["AAL3_ANY", "AAL3_IOS", "AAL3_FIDO2", "AAL3_N3_SMARTCARD", "AAL3_CIS2_SMARTCARD", "AAL3_SMARTCARD"];
/// `acr` values of NHS CIS2 for two-factor authenticators, and the one that stands for either.
const AAL2: &[&str] = &["AAL2_OR_AAL3_ANY", "AAL2_ANY", "AAL2_TOTP", "AAL2_NHSMAIL"];

/// How the provider knows that a request comes from us.
#[derive(Clone)]
pub enum ClientAuthentication {
    /// `private_key_jwt`: RSA private keys in PEM (PKCS#1 or PKCS#8). The first signs; all are published, so that keys can be changed.
    PrivateKeyJwt {
        /// The keys, at least one.
        key_pems: Vec<String>,
        /// How the assertion is signed.
        algorithm: AssertionAlgorithm,
    },
    /// `client_secret_post`; CIS2 expects a client with a secret to move away from it.
    Secret(String),
}

/// The signature of a client assertion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AssertionAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    #[default]
    Rs512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
}

/// Everything the relying party must be told.
#[derive(Clone)]
pub struct Settings {
    /// The issuer exactly as the provider writes it, with its `:443`: compared as a string, never as a URL.
    pub issuer: String,
    /// Our client identifier.
    pub client_id: String,
    /// `…/log-in/callback`, exactly as registered.
    pub redirect_uri: String,
    /// How we prove who we are.
    pub client: ClientAuthentication,
    /// What is asked of the authenticator, for example `AAL2_OR_AAL3_ANY`.
    pub acr_values: String,
    /// The least `id_assurance_level`; 3 is the highest there is.
    pub identity_assurance: u8,
    /// The longest a log-in may wait for the provider, all requests together.
    pub patience: Duration,
}

/// What is wrong with the settings.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The issuer is not a URL, or is plain HTTP to another machine.
    #[error("the issuer must be an https URL (http only on this machine)")]
    Issuer,
    /// The redirect address is not a URL, or is plain HTTP to another machine.
    #[error("the redirect address must be an https URL (http only on this machine)")]
    RedirectUri,
    /// `acr_values` names no level of AAL2 or above.
    #[error("acr_values must be one or more of CIS2's AAL2 and AAL3 values")]
    AcrValues,
    /// A signing key cannot be read, is shorter than 2048 bits, or there is none.
    #[error("signing key {0} is not an RSA private key of at least 2048 bits in PEM")]
    Key(usize),
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be made")]
    Http,
}

impl Settings {
    /// The usual settings: AAL2 or AAL3, identity checked to level 3, and a plain page within three seconds whatever happens.
    pub fn new(issuer: String, client_id: String, redirect_uri: String, client: ClientAuthentication) -> Self {
        Self {
            issuer,
            client_id,
            redirect_uri,
            client,
            acr_values: "AAL2_OR_AAL3_ANY".into(),
            identity_assurance: 3,
            patience: Duration::from_millis(2800),
        }
    }

    /// The least `authentication_assurance_level`: 2 when an AAL2 value was asked for, else 3 (rule of live relying parties).
    pub fn authentication_assurance(&self) -> u8 {
        if self.acr_values.split_ascii_whitespace().any(|value| AAL2.contains(&value)) { 2 } else { 3 }
    }

    /// Is this `acr` one that satisfies what was asked for? An AAL3 authenticator satisfies AAL2, never the other way round.
    pub fn accepts_acr(&self, acr: &str) -> bool {
        AAL3.contains(&acr) || (self.authentication_assurance() == 2 && AAL2.contains(&acr))
    }

    /// Is every asked level one we know, and at least AAL2?
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let mut asked = self.acr_values.split_ascii_whitespace().peekable();
        if asked.peek().is_none() || !asked.all(|value| AAL2.contains(&value) || AAL3.contains(&value)) {
            return Err(SettingsError::AcrValues);
        }
        if !is_safe(&self.issuer) {
            return Err(SettingsError::Issuer);
        }
        if is_safe(&self.redirect_uri) { Ok(()) } else { Err(SettingsError::RedirectUri) }
    }
}

/// HTTPS, or plain HTTP that does not leave this machine.
pub(crate) fn is_safe(address: &str) -> bool {
    reqwest::Url::parse(address).is_ok_and(|url| match url.scheme() {
        "https" => url.host_str().is_some(),
        "http" => is_loopback(&url),
        _ => false,
    })
}

/// Does the address stay on this machine?
pub(super) fn is_loopback(url: &reqwest::Url) -> bool {
    url.host_str().is_some_and(|host| {
        host == "localhost" || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str, acr_values: &str) -> Settings {
        let mut settings = Settings::new(
            issuer.into(),
            "client".into(),
            "http://localhost:3000/log-in/callback".into(),
            ClientAuthentication::Secret("s".into()),
        );
        settings.acr_values = acr_values.into();
        settings
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for (issuer, good) in [
            ("https://am.nhsidentity.spineservices.nhs.uk:443/openam", true),
            ("http://localhost:3001/openam", true),
            ("http://127.0.0.1:3001/openam", true),
            ("http://[::1]:3001/openam", true),
            ("http://am.example.org/openam", false),
            ("http://localhost.example.org/openam", false),
            ("file:///etc/passwd", false),
            ("not a url", false),
        ] {
            let found = settings(issuer, "AAL3_ANY").check();
            assert_eq!(found, if good { Ok(()) } else { Err(SettingsError::Issuer) }, "{issuer}");
        }
    }

    #[test]
    fn a_weaker_level_than_two_cannot_be_configured() {
        for weak in ["", "AAL1_USERPASS", "AAL2_ANY AAL1_USERPASS", "ANY"] {
            assert_eq!(settings("https://op.example.org", weak).check(), Err(SettingsError::AcrValues), "{weak}");
        }
    }

    #[test]
    fn asking_for_hardware_refuses_less() {
        let strict = settings("https://op.example.org", "AAL3_ANY");
        assert_eq!(strict.authentication_assurance(), 3);
        assert!(strict.accepts_acr("AAL3_FIDO2") && !strict.accepts_acr("AAL2_TOTP") && !strict.accepts_acr("AAL2_OR_AAL3_ANY"));
        let usual = settings("https://op.example.org", "AAL2_OR_AAL3_ANY");
        assert_eq!(usual.authentication_assurance(), 2);
        assert!(usual.accepts_acr("AAL3_FIDO2") && usual.accepts_acr("AAL2_TOTP") && !usual.accepts_acr("AAL1_USERPASS"));
    }
}
