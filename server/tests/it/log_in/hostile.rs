//! Every way in which a provider, or somebody between us and it, may lie: each is refused with its own code.

use super::liar::{
    CoreAlgorithm, KID, Liar, OTHER, OTHER_KID, Reply, Signing, Token, Words, exchange, key, now, public, short_key,
};
use serde_json::json;

/// What is told wrongly, how, and the code the audit then records.
pub(crate) type Case = (&'static str, fn(&mut Words), &'static str);

/// Seconds from now.
fn at(offset: i64) -> serde_json::Value {
    json!(now().as_second() + offset)
}

/// The issuer as another string that is the same URL.
fn same_url(issuer: &str) -> String {
    issuer.replacen("http:", "HTTP:", 1)
}

const SIGNATURE: &[Case] = &[
    ("alg none, no signature", |w| (w.id_token.header["alg"], w.id_token.signing) = (json!("none"), Signing::Nothing), "algorithm"),
    ("alg nOnE", |w| (w.id_token.header["alg"], w.id_token.signing) = (json!("nOnE"), Signing::Nothing), "algorithm"),
    ("no alg", |w| drop(w.id_token.header.as_object_mut().unwrap().remove("alg")), "algorithm"),
    ("alg is a number", |w| w.id_token.header["alg"] = json!(256), "algorithm"),
    ("alg rs256 in small letters", |w| w.id_token.header["alg"] = json!("rs256"), "algorithm"),
    (
        "HS256 with our public knowledge of their key",
        |w| (w.id_token.header["alg"], w.id_token.signing) = (json!("HS256"), Signing::HmacOfPublicKey),
        "algorithm",
    ),
    (
        "HS256 with the client id",
        |w| (w.id_token.header["alg"], w.id_token.signing) = (json!("HS256"), Signing::Hmac(super::liar::CLIENT_ID)),
        "algorithm",
    ),
    (
        "HS256 with an empty secret",
        |w| (w.id_token.header["alg"], w.id_token.signing) = (json!("HS256"), Signing::Hmac("")),
        "algorithm",
    ),
    (
        "HS256 with a symmetric key in the key set",
        |w| {
            w.jwks["keys"].as_array_mut().unwrap().push(json!({"kty": "oct", "kid": "oct", "k": "c2VjcmV0"}));
            w.id_token.header = json!({"alg": "HS256", "kid": "oct"});
            w.id_token.signing = Signing::Hmac("secret");
        },
        "algorithm",
    ),
    (
        "RS512 by the right key",
        |w| (w.id_token.header["alg"], w.id_token.signing) = (json!("RS512"), Signing::As(CoreAlgorithm::Rs512)),
        "algorithm",
    ),
    (
        "RS384 by the right key",
        |w| (w.id_token.header["alg"], w.id_token.signing) = (json!("RS384"), Signing::As(CoreAlgorithm::Rs384)),
        "algorithm",
    ),
    (
        "PS256 by the right key",
        |w| (w.id_token.header["alg"], w.id_token.signing) = (json!("PS256"), Signing::As(CoreAlgorithm::Ps256)),
        "algorithm",
    ),
    ("RS512 called RS256", |w| w.id_token.signing = Signing::As(CoreAlgorithm::Rs512), "signature"),
    ("PS256 called RS256", |w| w.id_token.signing = Signing::As(CoreAlgorithm::Ps256), "signature"),
    (
        "encrypted, five parts",
        |w| w.tokens["id_token"] = json!("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkExMjhHQ00ifQ.a.b.c.d"),
        "algorithm",
    ),
    ("no kid", |w| drop(w.id_token.header.as_object_mut().unwrap().remove("kid")), "key"),
    ("kid is a list", |w| w.id_token.header["kid"] = json!([KID]), "key"),
    ("unknown kid", |w| w.id_token.header["kid"] = json!("unknown"), "key"),
    (
        "the attacker's key in the header",
        |w| {
            w.id_token.header = json!({"alg": "RS256", "kid": "mine", "jwk": public(key(OTHER), "mine")});
            w.id_token.signing = Signing::With(OTHER);
        },
        "key",
    ),
    (
        "the attacker's key set in the header",
        |w| {
            w.id_token.header = json!({"alg": "RS256", "kid": "mine", "jku": format!("{}/elsewhere", w.issuer)});
            w.id_token.signing = Signing::With(OTHER);
        },
        "key",
    ),
    ("kid of another key of theirs", |w| w.id_token.header["kid"] = json!(OTHER_KID), "signature"),
    ("signed by another key under the right kid", |w| w.id_token.signing = Signing::With(OTHER), "signature"),
    (
        "claims changed after signing",
        |w| {
            w.id_token.garble = |token| {
                let mut parts: Vec<_> = token.split('.').map(ToOwned::to_owned).collect();
                let claims = base64::Engine::decode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, &parts[1]).unwrap();
                let changed = String::from_utf8(claims).unwrap().replace("910000000001", "910000000002");
                parts[1] = base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, changed);
                parts.join(".")
            }
        },
        "signature",
    ),
    ("signature cut short", |w| w.id_token.garble = |token| token[..token.len() - 2].to_owned(), "signature"),
    ("signature left out", |w| w.id_token.signing = Signing::Nothing, "signature"),
    (
        "a key of 1024 bits",
        |w| {
            let short = short_key();
            w.jwks = json!({"keys": [public(&short, KID)]});
            w.id_token.pem = Some(short);
        },
        "key",
    ),
    ("a key for encryption", |w| w.jwks["keys"][0]["use"] = json!("enc"), "key"),
    ("two keys of one name", |w| w.jwks["keys"][1]["kid"] = json!(KID), "key"),
    ("no keys", |w| w.jwks = json!({"keys": []}), "key"),
    ("a critical header nobody knows", |w| w.id_token.header["crit"] = json!(["exp"]), "id-token"),
    ("a token within a token", |w| w.id_token.header["cty"] = json!("JWT"), "id-token"),
    ("an access token by type", |w| w.id_token.header["typ"] = json!("at+jwt"), "id-token"),
    ("padded base64", |w| w.id_token.garble = |token| format!("{token}=="), "id-token"),
    ("four parts", |w| w.id_token.garble = |token| format!("{token}.e30"), "id-token"),
    ("no parts", |w| w.tokens["id_token"] = json!("abc"), "id-token"),
    ("empty", |w| w.tokens["id_token"] = json!(""), "id-token"),
    ("claims are a list", |w| w.id_token.claims = json!(["iss"]), "id-token"),
];

const CLAIMS: &[Case] = &[
    ("issuer with a slash more", |w| *w.claim("iss") = json!(format!("{}/", w.issuer)), "issuer"),
    ("issuer the same only as a URL", |w| *w.claim("iss") = json!(same_url(&w.issuer)), "issuer"),
    (
        "issuer without its port",
        |w| {
            let port = w.issuer.rsplit(':').next().unwrap().split('/').next().unwrap().to_owned();
            *w.claim("iss") = json!(w.issuer.replace(&format!(":{port}"), ""));
        },
        "issuer",
    ),
    ("issuer of another realm", |w| *w.claim("iss") = json!(w.issuer.replace("oidc", "other")), "issuer"),
    ("issuer no URL", |w| *w.claim("iss") = json!("invalid_iss_claim"), "issuer"),
    ("no issuer", |w| w.without("iss"), "issuer"),
    ("issuer a list", |w| *w.claim("iss") = json!([w.issuer]), "issuer"),
    ("audience another client", |w| *w.claim("aud") = json!("111111111111.apps.national"), "audience"),
    ("audience a beginning of ours", |w| *w.claim("aud") = json!("999999999999"), "audience"),
    ("audience ours and another", |w| *w.claim("aud") = json!([super::liar::CLIENT_ID, "other"]), "audience"),
    ("audience empty", |w| *w.claim("aud") = json!([]), "audience"),
    ("no audience", |w| w.without("aud"), "audience"),
    ("audience a number", |w| *w.claim("aud") = json!(999_999_999_999_u64), "id-token"),
    ("authorised party another client", |w| *w.claim("azp") = json!("other"), "authorised-party"),
    ("expired an hour ago", |w| *w.claim("exp") = at(-3600), "expired"),
    ("expires this second", |w| *w.claim("exp") = at(0), "expired"),
    ("expiry before 1970", |w| *w.claim("exp") = json!(-1), "expired"),
    ("no expiry", |w| w.without("exp"), "id-token"),
    ("expiry a string", |w| *w.claim("exp") = json!("2030-01-01"), "id-token"),
    ("expiry beyond time", |w| *w.claim("exp") = json!(1e300), "id-token"),
    ("issued in two minutes", |w| *w.claim("iat") = at(120), "issued-at"),
    ("issued an hour ago", |w| *w.claim("iat") = at(-3600), "issued-at"),
    ("issued in milliseconds", |w| *w.claim("iat") = json!(now().as_millisecond()), "issued-at"),
    ("no time of issue", |w| w.without("iat"), "id-token"),
    ("nonce of another attempt", |w| *w.claim("nonce") = json!("another"), "nonce"),
    ("nonce longer than ours", |w| *w.claim("nonce") = json!(format!("{}x", super::liar::NONCE)), "nonce"),
    ("nonce empty", |w| *w.claim("nonce") = json!(""), "nonce"),
    ("no nonce", |w| w.without("nonce"), "nonce"),
    ("user name and password only", |w| *w.claim("acr") = json!("AAL1_USERPASS"), "authentication-context"),
    ("an unknown context", |w| *w.claim("acr") = json!("0"), "authentication-context"),
    ("no context", |w| w.without("acr"), "authentication-context"),
    ("a list of contexts", |w| *w.claim("acr") = json!(["AAL3_ANY"]), "id-token"),
    ("authenticated seven minutes ago", |w| *w.claim("auth_time") = at(-420), "authentication-time"),
    ("authenticated in two minutes", |w| *w.claim("auth_time") = at(120), "authentication-time"),
    ("authenticated in 1970", |w| *w.claim("auth_time") = json!(0), "authentication-time"),
    ("no time of authentication", |w| w.without("auth_time"), "authentication-time"),
    ("time of authentication a string", |w| *w.claim("auth_time") = json!(now().as_second().to_string()), "id-token"),
    ("identity level 2", |w| *w.claim("id_assurance_level") = json!(2), "assurance"),
    ("identity level \"2\"", |w| *w.claim("id_assurance_level") = json!("2"), "assurance"),
    ("identity level 33", |w| *w.claim("id_assurance_level") = json!("33"), "assurance"),
    ("identity level null", |w| *w.claim("id_assurance_level") = json!(null), "assurance"),
    ("identity level true", |w| *w.claim("id_assurance_level") = json!(true), "assurance"),
    (
        "no identity level, though the user information has one",
        |w| {
            w.without("id_assurance_level");
            w.userinfo["idassurancelevel"] = json!("3");
        },
        "assurance",
    ),
    ("authentication level 1", |w| *w.claim("authentication_assurance_level") = json!(1), "authentication-assurance"),
    ("authentication level \"1\"", |w| *w.claim("authentication_assurance_level") = json!("1"), "authentication-assurance"),
    ("no authentication level", |w| w.without("authentication_assurance_level"), "authentication-assurance"),
    ("hash of another access token", |w| *w.claim("at_hash") = json!("tf_-lqpq36lwO7WmSBIJ6Q"), "access-token-hash"),
    ("another access token", |w| w.tokens["access_token"] = json!("swapped"), "access-token-hash"),
    ("no subject", |w| w.without("sub"), "id-token"),
    ("subject empty", |w| *w.claim("sub") = json!(""), "id-token"),
    ("subject a number", |w| *w.claim("sub") = json!(910_000_000_001_u64), "id-token"),
];

const USERINFO: &[Case] = &[
    ("about somebody else", |w| w.userinfo["sub"] = json!("910000000002"), "subject-mismatch"),
    ("about nobody", |w| drop(w.userinfo.as_object_mut().unwrap().remove("sub")), "subject-mismatch"),
    ("subject with a space", |w| w.userinfo["sub"] = json!("910000000001 "), "subject-mismatch"),
    ("subject a number", |w| w.userinfo["sub"] = json!(910_000_000_001_u64), "subject-mismatch"),
    (
        "no usable identifier",
        |w| {
            *w.claim("sub") = json!("nobody\r\n<script>");
            w.userinfo = json!({"sub": "nobody\r\n<script>", "nhsid_useruid": ""});
        },
        "userinfo",
    ),
    ("not let in", |w| w.userinfo_reply = Some(Reply::is(401, "application/json", "{}")), "userinfo"),
    ("out of order", |w| w.userinfo_reply = Some(Reply::is(500, "text/html", "secret words")), "unavailable"),
    ("a web page", |w| w.userinfo_reply = Some(Reply::is(200, "text/html", "<h1>Hello</h1>")), "userinfo"),
    ("broken JSON", |w| w.userinfo_reply = Some(Reply::is(200, "application/json", "{\"sub\":")), "userinfo"),
    ("a list", |w| w.userinfo_reply = Some(Reply::is(200, "application/json", "[]")), "userinfo"),
    ("two megabytes", |w| w.userinfo_reply = Some(Reply::is(200, "application/json", &" ".repeat(2 << 20))), "unavailable"),
    (
        "a redirect",
        |w| {
            w.userinfo_reply = Some(Reply { location: Some("/elsewhere"), ..Reply::is(302, "application/json", "{}") });
        },
        "userinfo",
    ),
    ("signed by another key", |w| w.signed_userinfo().signing = Signing::With(OTHER), "userinfo-signature"),
    (
        "not signed",
        |w| {
            let token = w.signed_userinfo();
            (token.header["alg"], token.signing) = (json!("none"), Signing::Nothing);
        },
        "userinfo-signature",
    ),
    (
        "signed with HS256 by the public key",
        |w| {
            let token = w.signed_userinfo();
            (token.header["alg"], token.signing) = (json!("HS256"), Signing::HmacOfPublicKey);
        },
        "userinfo-signature",
    ),
    ("signed under an unknown kid", |w| w.signed_userinfo().header["kid"] = json!("unknown"), "userinfo-signature"),
    ("signed, of another issuer", |w| w.signed_userinfo().claims["iss"] = json!("https://op.example.org"), "issuer"),
    ("signed, for another client", |w| w.signed_userinfo().claims["aud"] = json!("other"), "audience"),
    ("signed, expired", |w| w.signed_userinfo().claims["exp"] = at(-1), "expired"),
    ("signed, about somebody else", |w| w.signed_userinfo().claims["sub"] = json!("910000000002"), "subject-mismatch"),
    ("signed, really an ID token", |w| w.userinfo_token = Some(Token::new(w.id_token.claims.clone())), "userinfo"),
    ("called signed and is not a token", |w| w.userinfo_reply = Some(Reply::is(200, "application/jwt", "{}")), "userinfo"),
];

const ENDPOINTS: &[Case] = &[
    (
        "code used, expired or not ours",
        |w| {
            w.token_reply = Some(Reply::is(400, "application/json", "{\"error\":\"invalid_grant\"}"));
        },
        "replayed-code",
    ),
    (
        "does not know us",
        |w| {
            w.token_reply = Some(Reply::is(
                400,
                "application/json",
                "{\"error\":\"invalid_client\",\"error_description\":\"JWT is not valid\"}",
            ));
        },
        "client-refused",
    ),
    ("an error nobody knows", |w| w.token_reply = Some(Reply::is(418, "text/plain", "teapot")), "token-response"),
    ("an error that says it is well", |w| w.token_reply = Some(Reply::json(&json!({"error": "invalid_grant"}))), "token-response"),
    ("out of order", |w| w.token_reply = Some(Reply::is(503, "text/html", "down")), "unavailable"),
    ("a web page", |w| w.token_reply = Some(Reply::is(200, "text/html", "<h1>Log in</h1>")), "token-response"),
    (
        "a redirect",
        |w| {
            w.token_reply = Some(Reply { location: Some("/elsewhere"), ..Reply::is(307, "application/json", "{}") });
        },
        "token-response",
    ),
    ("no ID token", |w| w.tokens["id_token"] = json!(null), "token-response"),
    ("no access token", |w| drop(w.tokens.as_object_mut().unwrap().remove("access_token")), "token-response"),
    ("an access token that breaks the header", |w| w.tokens["access_token"] = json!("a\r\nX-Evil: yes"), "token-response"),
    ("another type of token", |w| w.tokens["token_type"] = json!("mac"), "token-response"),
    ("two megabytes", |w| w.token_reply = Some(Reply::is(200, "application/json", &" ".repeat(2 << 20))), "unavailable"),
    ("discovery names another issuer", |w| w.discovery["issuer"] = json!("https://op.example.org"), "unavailable"),
    ("discovery names the same issuer only as a URL", |w| w.discovery["issuer"] = json!(same_url(&w.issuer)), "unavailable"),
    ("discovery has no token endpoint", |w| w.discovery["token_endpoint"] = json!(null), "unavailable"),
    ("discovery has no userinfo endpoint", |w| w.discovery["userinfo_endpoint"] = json!(null), "unavailable"),
    ("discovery leads to a file", |w| w.discovery["token_endpoint"] = json!("file:///etc/passwd"), "unavailable"),
    (
        "discovery redirects",
        |w| {
            w.discovery_reply = Some(Reply { location: Some("/elsewhere"), ..Reply::is(302, "application/json", "{}") });
        },
        "unavailable",
    ),
    ("discovery is a web page", |w| w.discovery_reply = Some(Reply::is(200, "text/html", "<h1>Hello</h1>")), "unavailable"),
    ("keys are out of order", |w| w.jwks_reply = Some(Reply::is(500, "text/plain", "")), "unavailable"),
    ("keys are no keys", |w| w.jwks_reply = Some(Reply::is(200, "application/json", "{\"keys\": 3}")), "unavailable"),
];

/// Every case of the four tables.
pub(crate) fn cases() -> Vec<Case> {
    [SIGNATURE, CLAIMS, USERINFO, ENDPOINTS].concat()
}

/// What one case came to: the code of its refusal, or that it was let in.
async fn outcome(case: &Case) -> String {
    let liar = Liar::start().await;
    liar.bend(case.1);
    match exchange(&liar.provider()).await {
        Ok(_) => "LET IN".into(),
        Err(refused) => refused.reason.code().into(),
    }
}

#[tokio::test]
async fn every_hostile_log_in_is_refused_with_its_own_code() {
    let cases = cases();
    assert!(cases.len() >= 45, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let found = outcome(case).await;
        if found != case.2 {
            wrong.push(format!("{}: expected {}, was {found}", case.0, case.2));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[tokio::test]
async fn a_code_is_good_once() {
    let liar = Liar::start().await;
    let provider = liar.provider();
    exchange(&provider).await.unwrap();
    assert_eq!(exchange(&provider).await.unwrap_err().reason.code(), "replayed-code");
}

#[tokio::test]
async fn a_code_is_good_only_with_its_own_verifier_and_nonce() {
    for (code, verifier, nonce, expected) in [
        ("good-code", "another-verifier-0123456789-0123456789-0123", super::liar::NONCE, "replayed-code"),
        ("stolen-code", super::liar::VERIFIER, super::liar::NONCE, "replayed-code"),
        ("good-code", super::liar::VERIFIER, "the-nonce-of-another-attempt", "nonce"),
    ] {
        let provider = Liar::start().await.provider();
        assert_eq!(provider.exchange(code, verifier, nonce, now()).await.unwrap_err().reason.code(), expected, "{code}");
    }
}

#[tokio::test]
async fn a_refusal_names_the_person_only_once_the_token_is_proved() {
    for (bend, expected) in [
        ((|w| *w.claim("id_assurance_level") = json!(2)) as fn(&mut Words), Some("910000000001")),
        (|w| w.userinfo["sub"] = json!("910000000002"), Some("910000000001")),
        (|w| (*w.claim("sub"), *w.claim("acr")) = (json!("a\tb\nc"), json!("AAL3_ANY")), None),
        (|w| w.id_token.signing = Signing::With(OTHER), None),
        (|w| *w.claim("aud") = json!("other"), None),
    ] {
        let liar = Liar::start().await;
        liar.bend(bend);
        let refused = exchange(&liar.provider()).await.unwrap_err();
        assert_eq!(refused.person.as_deref(), expected, "{refused:?}");
    }
}

#[tokio::test]
async fn nothing_the_provider_says_reaches_the_words_of_a_refusal() {
    let liar = Liar::start().await;
    liar.bend(|w| *w.claim("nonce") = json!("very-secret"));
    let refused = exchange(&liar.provider()).await.unwrap_err();
    assert_eq!(format!("{refused:?}"), "Refused(nonce)");
}

#[tokio::test]
async fn hardware_asked_for_is_hardware_needed() {
    for (acr, level, expected) in [
        ("AAL3_FIDO2", json!(3), None),
        ("AAL3_ANY", json!("2"), Some("authentication-assurance")),
        ("AAL2_TOTP", json!(3), Some("authentication-context")),
        ("AAL2_OR_AAL3_ANY", json!(3), Some("authentication-context")),
    ] {
        let liar = Liar::start().await;
        liar.bend(|w| (*w.claim("acr"), *w.claim("authentication_assurance_level")) = (json!(acr), level));
        let mut settings = liar.settings();
        settings.acr_values = "AAL3_ANY".into();
        let provider = server::log_in::Provider::new(settings).unwrap();
        assert_eq!(exchange(&provider).await.err().map(|refused| refused.reason.code()), expected, "{acr}");
    }
}
