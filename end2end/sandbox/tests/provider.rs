//! The provider, spoken to as the portal speaks to it.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

mod stand;

use openidconnect::core::CoreProviderMetadata;
use serde_json::{Value, json};
use stand::{Stand, returned, sign};

#[tokio::test]
async fn discovery_names_the_issuer_with_its_port_and_what_is_supported() {
    let stand = Stand::start().await;
    let issuer = format!("http://localhost:{}/openam/oauth2/realms/root/realms/oidc", stand.settings.port);
    let found = stand.get("/openam/oauth2/realms/root/realms/oidc/.well-known/openid-configuration").await;
    assert_eq!(found["issuer"], issuer);
    assert_eq!(found["token_endpoint"], format!("{issuer}/access_token"));
    assert_eq!(found["authorization_endpoint"], format!("{issuer}/authorize"));
    assert_eq!(found["response_types_supported"], json!(["code"]));
    assert_eq!(found["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(found["backchannel_logout_session_supported"], true);
    serde_json::from_value::<CoreProviderMetadata>(found).unwrap();
    let keys = stand.get("/openam/oauth2/realms/root/realms/oidc/connect/jwk_uri").await;
    let id = keys["keys"][0]["kid"].as_str().unwrap();
    assert!(['/', '+', '='].iter().all(|sign| id.contains(*sign)));
    assert_eq!(keys["keys"][0]["alg"], "RS256");
    assert_eq!(keys["keys"][0]["use"], "sig");
    assert!(keys["keys"][0].get("d").is_none());
}

#[tokio::test]
async fn a_receptionist_logs_in_with_code_pkce_and_signed_assertion() {
    let stand = Stand::start().await;
    let (claims, tokens, userinfo) = stand.log_in("gp-receptionist").await;
    assert_eq!(tokens["expires_in"], 3599);
    assert_eq!(claims["iss"], stand.settings.issuer());
    assert_eq!(claims["aud"], stand.settings.client_id);
    assert_eq!(claims["azp"], stand.settings.client_id);
    assert_eq!(claims["nonce"], "a nonce");
    assert_eq!(claims["acr"], "AAL2_OR_AAL3_ANY");
    assert_eq!(claims["id_assurance_level"], 3);
    assert_eq!(claims["sub"], userinfo["sub"]);
    assert_eq!(claims["amr"], json!(["N3_SMARTCARD"]));
    assert!(claims["sid"].is_string() && claims["at_hash"].is_string() && claims["auth_time"].is_i64());
    let role = &userinfo["nhsid_nrbac_roles"][0];
    assert_eq!(role["org_code"], "Y01234");
    assert_eq!(role["activity_codes"], json!(["B0264", "B0170"]));
    assert!(role["role_code"].as_str().unwrap().ends_with(":R8009"));
    assert_eq!(claims["selected_roleid"], role["person_roleid"]);
    assert_eq!(userinfo["selected_roleid"], role["person_roleid"]);
    assert_eq!(userinfo["nhsid_user_orgs"][0]["org_code"], "Y01234");
    let directory = stand.get(&format!("/role-directory/{}", role["person_roleid"].as_str().unwrap())).await;
    assert_eq!(directory["organisation"]["ods"], "Y01234");
    assert_eq!(directory["activity_codes"], role["activity_codes"]);
}

#[tokio::test]
async fn two_roles_are_left_to_the_portal_or_chosen_at_the_provider() {
    let stand = Stand::start().await;
    let (claims, _, userinfo) = stand.log_in("two-roles").await;
    assert!(claims.get("selected_roleid").is_none() && userinfo.get("selected_roleid").is_none());
    assert_eq!(userinfo["nhsid_nrbac_roles"].as_array().unwrap().len(), 2);

    let mut request = stand.request();
    let asked = stand.press(&request, "persona", "two-roles-selected").await;
    assert_eq!(asked.status(), 200);
    let page = asked.text().await.unwrap();
    assert_eq!(page.matches("name=\"role\"").count(), 2);
    let role = page.split("name=\"role\" value=\"").nth(2).unwrap().split('"').next().unwrap();
    request.insert("persona", "two-roles-selected".to_owned());
    let answer = stand.press(&request, "role", role).await;
    let (claims, _, userinfo) = stand.finish(&returned(&answer)["code"]).await;
    assert_eq!(claims["selected_roleid"], role);
    assert_eq!(userinfo["nhsid_nrbac_roles"][1]["person_roleid"], role);
}

#[tokio::test]
async fn claims_come_in_every_shape_cis2_sends() {
    let stand = Stand::start().await;
    let (_, _, userinfo) = stand.log_in("roles-as-object").await;
    assert!(userinfo["nhsid_nrbac_roles"].is_object());
    let (_, _, userinfo) = stand.log_in("roles-without-activities").await;
    assert!(userinfo["nhsid_nrbac_roles"][0].get("activities").is_none());
    let (_, _, userinfo) = stand.log_in("no-roles").await;
    assert_eq!(userinfo["nhsid_nrbac_roles"], json!([]));
    let (claims, ..) = stand.log_in("gp-clinician").await;
    assert_eq!(claims["authentication_assurance_level"], "3");
    let (claims, _, userinfo) = stand.log_in("school-nurse").await;
    assert!(claims["selected_roleid"].as_str().unwrap().starts_with('0'));
    assert_eq!(userinfo["nhsid_nrbac_roles"][0]["person_roleid"], claims["selected_roleid"]);
    let (claims, ..) = stand.log_in("low-assurance").await;
    assert_eq!(claims["id_assurance_level"], 2);
    let (claims, ..) = stand.log_in("low-authentication").await;
    assert_eq!((&claims["acr"], &claims["authentication_assurance_level"]), (&json!("AAL1_USERPASS"), &json!(1)));
}

#[tokio::test]
async fn claims_are_given_only_for_the_scopes_asked() {
    let stand = Stand::start().await;
    let mut request = stand.request();
    request.insert("scope", "openid".to_owned());
    let answer = stand.press(&request, "persona", "gp-receptionist").await;
    let (claims, _, userinfo) = stand.finish(&returned(&answer)["code"]).await;
    assert!(claims.get("selected_roleid").is_none());
    assert_eq!(userinfo.as_object().unwrap().keys().collect::<Vec<_>>(), ["sub"]);
}

#[tokio::test]
async fn a_request_that_cannot_be_trusted_is_not_sent_back() {
    let stand = Stand::start().await;
    for (name, value) in [("client_id", "another"), ("redirect_uri", "http://localhost:3000/elsewhere")] {
        let mut request = stand.request();
        request.insert(name, value.to_owned());
        let answer = stand.press(&request, "persona", "dentist").await;
        assert_eq!(answer.status(), 400, "{name}");
        assert!(answer.headers().get("location").is_none());
    }
}

#[tokio::test]
async fn a_wrong_request_is_sent_back_with_its_error() {
    let stand = Stand::start().await;
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "profile", "invalid_scope"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
    ] {
        let mut request = stand.request();
        request.insert(name, value.to_owned());
        let address = format!("{}/authorize", stand.settings.issuer());
        let answer = stand.client.get(address).query(&request).send().await.unwrap();
        assert_eq!(answer.status(), 302, "{name}");
        let returned = returned(&answer);
        assert_eq!((returned["error"].as_str(), returned["state"].as_str()), (error, "a state"));
    }
    let cancelled = stand.press(&stand.request(), "cancel", "yes").await;
    assert_eq!(returned(&cancelled)["error"], "access_denied");
}

#[tokio::test]
async fn a_code_is_good_once_and_only_with_its_verifier_and_address() {
    let stand = Stand::start().await;
    let code = stand.code("dentist").await;
    assert_eq!(stand.exchange(&stand.token_form(&code, &stand.assertion())).await.0, 200);
    let (status, body) = stand.exchange(&stand.token_form(&code, &stand.assertion())).await;
    assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
    for (name, value) in [("code_verifier", "wrong"), ("redirect_uri", "http://localhost/"), ("code", "unknown")] {
        let code = stand.code("dentist").await;
        let mut form = stand.token_form(&code, &stand.assertion());
        form.insert(name, value.to_owned());
        let (status, body) = stand.exchange(&form).await;
        assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")), "{name}");
    }
}

#[tokio::test]
async fn a_wrong_assertion_is_refused_in_cis2s_words() {
    let stand = Stand::start().await;
    let issuer = stand.settings.issuer();
    for (claim, value) in [
        ("iss", json!("another")),
        ("sub", json!("another")),
        ("aud", json!(issuer)),
        ("aud", json!(format!("{}/", stand.settings.token_endpoint()))),
        ("exp", json!(stand::now() - 60)),
        ("exp", json!(stand::now() + 3600)),
        ("iat", json!(stand::now() + 600)),
        ("jti", Value::Null),
    ] {
        let mut assertion = stand.assertion();
        assertion[claim] = value;
        refused(&stand, &sign("RS512", &assertion)).await;
    }
    let good = sign("RS256", &stand.assertion());
    refused(&stand, &good.replace('.', "..")).await;
    refused(&stand, &sign("RS384", &stand.assertion())).await;
    refused(&stand, "").await;
    let (message, _) = good.rsplit_once('.').unwrap();
    let another = sign("RS256", &stand.assertion());
    refused(&stand, &format!("{message}.{}", another.rsplit_once('.').unwrap().1)).await;
    let (status, body) = attempt(&stand, &good).await;
    assert_eq!(status, 200, "{body}");
    refused(&stand, &good).await;
}

async fn attempt(stand: &Stand, assertion: &str) -> (u16, Value) {
    let code = stand.code("dentist").await;
    let mut form = stand.token_form(&code, &stand.assertion());
    form.insert("client_assertion", assertion.to_owned());
    stand.exchange(&form).await
}

async fn refused(stand: &Stand, assertion: &str) {
    let expected = json!({ "error": "invalid_client", "error_description": "JWT is not valid" });
    assert_eq!(attempt(stand, assertion).await, (400, expected));
}

#[tokio::test]
async fn the_end_of_a_session_reaches_the_portal_as_a_signed_logout_token() {
    let stand = Stand::start().await;
    let (claims, tokens, _) = stand.log_in("ed-nurse").await;
    stand.log_in("dentist").await;
    let answer = stand.post("/log-out-person", &json!({ "persona": "ed-nurse" })).await;
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["sent"], json!([{ "sid": claims["sid"], "status": 200 }]));
    let [token] = stand.logout_tokens().try_into().expect("one logout token");
    let told = stand.verified(&token).await.expect("a good signature");
    assert_eq!((&told["sid"], &told["sub"], &told["iss"]), (&claims["sid"], &claims["sub"], &claims["iss"]));
    assert_eq!(told["aud"], stand.settings.client_id);
    assert!(told["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
    assert!(told.get("nonce").is_none() && told["jti"].is_string() && told["iat"].is_i64());
    let userinfo = stand.client.get(format!("{}/userinfo", stand.settings.issuer()));
    let userinfo = userinfo.bearer_auth(tokens["access_token"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(userinfo.status(), 401);
    let again: Value = stand.post("/log-out-person", &json!({ "persona": "ed-nurse" })).await.json().await.unwrap();
    assert_eq!(again["sent"], json!([]));
}

#[tokio::test]
async fn a_test_can_have_any_claims_signed() {
    let stand = Stand::start().await;
    let claims = json!({ "sub": "anyone" });
    let token = stand.post("/sign", &json!({ "claims": claims })).await.text().await.unwrap();
    assert_eq!(stand.verified(&token).await, Some(claims.clone()));
    let spoilt = stand.post("/sign", &json!({ "claims": claims, "spoil": true })).await.text().await.unwrap();
    assert_eq!(stand.verified(&spoilt).await, None);
    let unsigned = stand.post("/sign", &json!({ "claims": claims, "header": { "alg": "none" } })).await;
    assert!(unsigned.text().await.unwrap().ends_with('.'));
}

#[tokio::test]
async fn the_provider_lies_when_it_is_told_to() {
    let stand = Stand::start().await;
    let fault = async |body: Value| assert_eq!(stand.post("/faults", &body).await.status(), 200);
    fault(json!({ "provider": "lying-issuer" })).await;
    assert_ne!(stand.log_in("dentist").await.0["iss"], stand.settings.issuer());
    fault(json!({ "provider": "wrong-nonce" })).await;
    assert_ne!(stand.log_in("dentist").await.0["nonce"], "a nonce");
    fault(json!({ "provider": "wrong-subject" })).await;
    let (claims, _, userinfo) = stand.log_in("dentist").await;
    assert_ne!(claims["sub"], userinfo["sub"]);
    fault(json!({ "provider": "bad-signature" })).await;
    let code = stand.code("dentist").await;
    let (_, tokens) = stand.exchange(&stand.token_form(&code, &stand.assertion())).await;
    assert_eq!(stand.verified(tokens["id_token"].as_str().unwrap()).await, None);
    fault(json!({ "provider": "up", "claims": { "azp": null, "acr": "odd" }, "userinfo": { "title": null } })).await;
    let (claims, _, userinfo) = stand.log_in("dentist").await;
    assert!(claims.get("azp").is_none() && userinfo.get("title").is_none());
    assert_eq!(claims["acr"], "odd");
    fault(json!({ "reset": true, "provider": "down" })).await;
    let address = format!("{}/.well-known/openid-configuration", stand.settings.issuer());
    assert_eq!(stand.client.get(address).send().await.unwrap().status(), 503);
    assert_eq!(stand.get("/faults").await["claims"], json!({}));
}
