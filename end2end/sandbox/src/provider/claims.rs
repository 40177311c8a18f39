//! What the provider says about a person: the ID token and userinfo, in CIS2's shapes (identity.md 1.4).

use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::keys::ProviderKey;
use super::{Grant, stated_issuer};
use crate::faults::{ProviderFault, overlay};
use crate::{Sandbox, Shared, clock, lock};

/// The scopes the provider knows.
pub(super) const SCOPES: [&str; 8] =
    ["openid", "profile", "email", "nhsperson", "nationalrbacaccess", "associatedorgs", "selectedrole", "changedrole"];

/// The claims the provider may send.
pub(super) const SUPPORTED: [&str; 17] = [
    "sub",
    "acr",
    "amr",
    "auth_time",
    "sid",
    "id_assurance_level",
    "authentication_assurance_level",
    "selected_roleid",
    "name",
    "given_name",
    "family_name",
    "title",
    "uid",
    "email",
    "nhsid_useruid",
    "nhsid_nrbac_roles",
    "nhsid_user_orgs",
];

/// Seconds for which an ID token is good.
const LIVES: i64 = 3600;

/// The signed ID token of a grant, with the faults switched on; `None` when it cannot be signed.
pub(super) fn id_token(sandbox: &Sandbox, grant: &Grant, sid: &str, code: &str, access_token: &str) -> Option<String> {
    let persona = sandbox.personas.iter().find(|persona| persona.id == grant.persona)?;
    let issuer = stated_issuer(sandbox);
    let faults = lock(&sandbox.faults).clone();
    let now = clock::seconds();
    let mut claims = object(json!({
        "iss": issuer,
        "sub": persona.subject(),
        "aud": sandbox.settings.client_id,
        "azp": sandbox.settings.client_id,
        "iat": now,
        "exp": now + LIVES,
        "auth_time": grant.auth_time,
        "acr": grant.acr,
        "amr": [persona.amr],
        "sid": sid,
        "at_hash": half_hash(access_token),
        "c_hash": half_hash(code),
        "s_hash": half_hash(&grant.state),
        "id_assurance_level": persona.id_assurance_level,
        "authentication_assurance_level": persona.authentication_assurance_level,
        "auditTrackingId": format!("{}-{now}", Uuid::new_v4()),
        "org.forgerock.openidconnect.ops": half_hash(sid),
        "realm": "/oidc",
        "tokenName": "id_token",
        "tokenType": "JWTToken",
    }));
    if let Some(nonce) = &grant.nonce {
        claims.insert("nonce".to_owned(), json!(nonce));
    }
    if faults.provider == ProviderFault::WrongNonce {
        claims.insert("nonce".to_owned(), json!(Uuid::new_v4()));
    }
    if let Some(role) = &grant.role {
        claims.insert("selected_roleid".to_owned(), json!(role));
    }
    overlay(&mut claims, &faults.claims);
    let mut header = ProviderKey::header();
    overlay(&mut header, &faults.header);
    let token = sandbox.key.sign(&header, &claims).ok()?;
    Some(if faults.provider == ProviderFault::BadSignature { ProviderKey::spoil(&token) } else { token })
}

/// The left half of a SHA-256, as `at_hash` and its like are made (`OpenID` Connect Core 3.1.3.6).
fn half_hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(text.as_bytes())[..16])
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Userinfo, below the issuer.
pub(super) fn endpoint() -> Router<Shared> {
    Router::new().route("/userinfo", get(userinfo).post(userinfo))
}

async fn userinfo(State(sandbox): State<Shared>, headers: HeaderMap) -> Response {
    let Some(mut claims) = bearer(&headers).and_then(|token| opened_by(&sandbox, token)) else {
        let challenge = [(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
        return (StatusCode::UNAUTHORIZED, challenge, Json(json!({ "error": "invalid_token" }))).into_response();
    };
    let faults = lock(&sandbox.faults).clone();
    if faults.provider == ProviderFault::WrongSubject {
        claims.insert("sub".to_owned(), json!("910000009999"));
    }
    overlay(&mut claims, &faults.userinfo);
    ([(CACHE_CONTROL, "no-store")], Json(claims)).into_response()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// The claims that an access token opens.
fn opened_by(sandbox: &Sandbox, token: &str) -> Option<Map<String, Value>> {
    let memory = lock(&sandbox.provider);
    let access = memory.access.get(token).filter(|access| access.until > clock::seconds())?;
    let persona = sandbox.personas.iter().find(|persona| persona.id == access.persona)?;
    let mut claims: Map<String, Value> = persona
        .userinfo
        .iter()
        .filter(|(name, _)| scope_of(name).is_none_or(|scope| access.scope.contains(scope)))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if let Some(role) = &access.role {
        claims.insert("selected_roleid".to_owned(), json!(role));
    }
    Some(claims)
}

/// The scope that must be asked for to be given a claim; `None` when `openid` is enough.
fn scope_of(claim: &str) -> Option<&'static str> {
    match claim {
        "name" | "given_name" | "family_name" | "uid" => Some("profile"),
        "email" => Some("email"),
        "nhsid_useruid" | "title" | "display_name" | "idassurancelevel" => Some("nhsperson"),
        "nhsid_nrbac_roles" => Some("nationalrbacaccess"),
        "nhsid_user_orgs" => Some("associatedorgs"),
        _ => None,
    }
}
