//! Why a log-in was refused: a code for the audit, and which plain page to show. Never a word of any token.

use super::claims::is_identifier;

/// What the person is told. Each has its own page and HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The attempt is too old, was already used, or was started in another browser: start again.
    Expired,
    /// They, or the log-in service, stopped it.
    Cancelled,
    /// The identity check or the authenticator is not strong enough for this service.
    Assurance,
    /// Anything else: what came back could not be trusted.
    Refused,
    /// The log-in service did not answer.
    Unavailable,
}

/// One reason, by the check that refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogInRefusal {
    /// `state` missing, different, used already, or older than ten minutes.
    State,
    /// The provider answered `access_denied`.
    Cancelled,
    /// The provider answered another error, or neither a code nor an error.
    ProviderError,
    /// Discovery failed, a request timed out, or the provider answered 5xx.
    Unavailable,
    /// The token endpoint answered `invalid_grant`: a code that was used, has expired or belongs to another attempt.
    ReplayedCode,
    /// The token endpoint did not accept who we are.
    ClientRefused,
    /// The token endpoint's answer cannot be read, or lacks a token.
    TokenResponse,
    /// The ID token is not a JWT with the required claims.
    IdToken,
    /// Signed with anything but RS256, or not signed.
    Algorithm,
    /// No key of the provider fits the `kid`.
    Key,
    /// The signature is wrong.
    Signature,
    /// Issued by somebody else, compared as the raw string.
    Issuer,
    /// Meant for somebody else.
    Audience,
    /// `azp` names another client.
    AuthorisedParty,
    /// `exp` has passed.
    Expired,
    /// `iat` is in the future or too old.
    IssuedAt,
    /// `nonce` missing or not ours.
    Nonce,
    /// `acr` missing or not one of those we accept.
    AuthenticationContext,
    /// `auth_time` missing, in the future or more than five minutes ago.
    AuthenticationTime,
    /// `id_assurance_level` missing or too low.
    IdentityAssurance,
    /// `authentication_assurance_level` missing or too low.
    AuthenticationAssurance,
    /// `at_hash` does not belong to the access token.
    AccessTokenHash,
    /// The user information is about somebody else.
    SubjectMismatch,
    /// The user information cannot be read or carries no usable person identifier.
    UserInfo,
    /// The user information was signed, and not properly.
    UserInfoSignature,
}

impl LogInRefusal {
    /// What the audit records: lower case with dashes, never changed once released.
    pub fn code(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Cancelled => "cancelled",
            Self::ProviderError => "provider-error",
            Self::Unavailable => "unavailable",
            Self::ReplayedCode => "replayed-code",
            Self::ClientRefused => "client-refused",
            Self::TokenResponse => "token-response",
            Self::IdToken => "id-token",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::AuthorisedParty => "authorised-party",
            Self::Expired => "expired",
            Self::IssuedAt => "issued-at",
            Self::Nonce => "nonce",
            Self::AuthenticationContext => "authentication-context",
            Self::AuthenticationTime => "authentication-time",
            Self::IdentityAssurance => "assurance",
            Self::AuthenticationAssurance => "authentication-assurance",
            Self::AccessTokenHash => "access-token-hash",
            Self::SubjectMismatch => "subject-mismatch",
            Self::UserInfo => "userinfo",
            Self::UserInfoSignature => "userinfo-signature",
        }
    }

    /// Which page to show.
    pub fn problem(self) -> Problem {
        match self {
            Self::State | Self::ReplayedCode | Self::Expired | Self::AuthenticationTime => Problem::Expired,
            Self::Cancelled => Problem::Cancelled,
            Self::IdentityAssurance | Self::AuthenticationAssurance | Self::AuthenticationContext => Problem::Assurance,
            Self::Unavailable => Problem::Unavailable,
            _ => Problem::Refused,
        }
    }
}

/// A refusal, with whom it concerns once a verified ID token has said so.
#[derive(Clone, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub reason: LogInRefusal,
    /// The `sub` of an ID token whose signature, issuer and audience were right; for the audit only.
    pub person: Option<String>,
}

impl Refused {
    /// A refusal of the person a verified token names. A name that could break a line of the log is left out.
    pub(super) fn of(reason: LogInRefusal, subject: &str) -> Self {
        Self { reason, person: is_identifier(subject).then(|| subject.to_owned()) }
    }
}

impl From<LogInRefusal> for Refused {
    fn from(reason: LogInRefusal) -> Self {
        Self { reason, person: None }
    }
}

impl std::fmt::Debug for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Refused({})", self.reason.code())
    }
}
