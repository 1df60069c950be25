//! `/v1/keys`: keys are listed, made and revoked over HTTP.
use std::collections::BTreeSet;

use actix_web::http::Method;
use isnad::domain::moment::Moment;
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::keys::TestKey;
use crate::support::newsroom::newsroom;
use crate::support::response::{Response, errors};

impl TestApp {
    #[track_caller]
    fn make_key(&self, by: &TestKey, wanted: &Value) -> Response {
        let (name, value) = by.header();
        let headers = [(name, value.as_str()), ("Content-Type", "application/json")];
        let body = wanted.to_string().into_bytes();
        self.send_body(Method::POST, "/v1/keys", &headers, body)
    }

    #[track_caller]
    fn revoke_key(&self, by: &TestKey, prefix: &str) -> Response {
        let (name, value) = by.header();
        self.send(
            Method::DELETE,
            &format!("/v1/keys/{prefix}"),
            &[(name, &value)],
        )
    }

    fn prefix(&self, key: &TestKey) -> String {
        self.kept_key(&key.name).prefix
    }
}

/// A key as it was made.
fn made(response: &Response) -> TestKey {
    assert_eq!(response.status, 201, "{}", response.text());
    let made = response.json();
    TestKey {
        name: made["name"].as_str().unwrap().to_owned(),
        secret: made["secret"].as_str().unwrap().to_owned(),
    }
}

#[test]
fn a_key_that_is_made_works_and_its_secret_is_shown_this_once() {
    let app = TestApp::with(&newsroom());
    let before = app.sequences();
    let admin = app.key(Scope::Admin);
    let wanted =
        json!({"name": "مكتب", "scope": "read", "expires_at": "2999-01-01T00:00:00+02:00"});
    let response = app.make_key(&admin, &wanted);
    let key = made(&response);
    let shown = response.json();
    let prefix = shown["prefix"].as_str().unwrap();
    assert!(key.secret.starts_with(prefix) && prefix.len() == 14);
    assert_eq!(shown["expires_at"], "2998-12-31T22:00:00.000Z");
    assert_eq!(response.header("cache-control"), "no-store");
    assert_eq!(response.header("location"), format!("/v1/keys/{prefix}"));
    let headers = [("Authorization", format!("Bearer {}", key.secret))];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let read = app.get_with("/v1/articles?min_sequence=1", &headers);
    assert_eq!(read.status, 200, "it reaches as far as was asked");
    app.make_key(&key, &json!({"name": "more", "scope": "read"}))
        .problem(403, "missing_scope");
    let kept = app.get_by(&admin, &response.header("location"));
    assert_eq!(kept.json()["name"], "مكتب");
    for response in [&kept, &app.get_by(&admin, "/v1/keys")] {
        assert!(!response.everything().contains(&key.secret[prefix.len()..]));
    }
    assert_eq!(app.sequences(), before, "keys are no content");
}

#[test]
fn the_list_has_all_keys_in_the_order_in_which_they_were_made_and_nothing_secret() {
    let app = TestApp::new();
    let admin = app.key(Scope::Admin);
    app.key_named("expired", Scope::Read, Some(Moment(1)));
    app.key_named("revoked", Scope::Write, None);
    app.revoke("revoked");
    let response = app.get_by(&admin, "/v1/keys");
    assert_eq!(response.header("cache-control"), "private, no-store");
    let keys = response.json()["data"].as_array().unwrap().clone();
    let names: Vec<&str> = keys
        .iter()
        .map(|key| key["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, [&admin.name, "expired", "revoked"]);
    let members: BTreeSet<&str> = keys[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let known = [
        "created_at",
        "expires_at",
        "last_used_at",
        "name",
        "prefix",
        "revoked_at",
        "scope",
    ];
    assert_eq!(members, BTreeSet::from(known));
    assert_eq!(keys[1]["expires_at"], "1970-01-01T00:00:00.001Z");
    assert_eq!(keys[0]["revoked_at"], Value::Null);
    assert!(keys[2]["revoked_at"].is_string());
    // Its tag is of what it says: making a key changes it, though no sequence moves.
    let etag = response.etag();
    let (name, value) = admin.header();
    let known = [(name, value.as_str()), ("If-None-Match", etag.as_str())];
    // The use of the key may have been noted meanwhile.
    let again = app.get_with("/v1/keys", &known);
    assert!(again.status == 304 || again.json()["data"][0]["last_used_at"].is_string());
    app.key(Scope::None);
    assert_eq!(app.get_with("/v1/keys", &known).status, 200);
}

#[test]
fn who_may_not_manage_keys_is_told_before_anything_else_of_the_request_is_looked_at() {
    let app = TestApp::new();
    let calls = [
        (Method::GET, "/v1/keys?x=1"),
        (Method::GET, "/v1/keys/isnad_none?x=1"),
        (Method::POST, "/v1/keys?x=1"),
        (Method::DELETE, "/v1/keys/isnad_none?x=1"),
    ];
    for (method, uri) in &calls {
        app.send_body(method.clone(), uri, &[], b"{".to_vec())
            .problem(401, "key_required");
    }
    for scope in [Scope::None, Scope::Read, Scope::Write, Scope::Publish] {
        let key = app.key(scope);
        let (name, value) = key.header();
        for (method, uri) in &calls {
            let response = app.send_body(method.clone(), uri, &[(name, &value)], b"{".to_vec());
            let problem = response.problem(403, "missing_scope");
            assert!(problem["detail"].as_str().unwrap().contains("`admin`"));
        }
    }
}

#[test]
fn what_is_wrong_with_a_wanted_key_is_said_all_at_once() {
    let app = TestApp::new();
    let admin = app.key(Scope::Admin);
    for (wanted, faults) in [
        (json!({}), vec!["/scope required", "/name required"]),
        (
            json!({"name": "isnad_x", "scope": "read", "expires_at": "2001-01-01T00:00:00Z"}),
            vec!["/name invalid_value", "/expires_at invalid_value"],
        ),
        (
            json!({"name": "a", "scope": "read", "expires_at": "soon"}),
            vec!["/expires_at invalid_moment"],
        ),
        (
            json!({"name": "a", "scope": "all"}),
            vec!["/scope invalid_document"],
        ),
        (
            json!({"name": "a", "scope": "read", "secret": "isnad_mine"}),
            vec!["/secret unknown_field"],
        ),
        (
            json!({"name": "a".repeat(301), "scope": "read"}),
            vec!["/name too_long"],
        ),
    ] {
        let problem = app
            .make_key(&admin, &wanted)
            .problem(422, "invalid_document");
        assert_eq!(errors(&problem), faults, "{wanted}");
    }
    let (name, value) = admin.header();
    let json = [(name, value.as_str()), ("Content-Type", "application/json")];
    let send = |headers: &[(&str, &str)], body: &str| {
        app.send_body(Method::POST, "/v1/keys", headers, body.into())
    };
    send(&json, "{").problem(400, "invalid_json");
    send(&json[..1], "{}").problem(415, "unsupported_media_type");
    let problem = app
        .make_key(&admin, &json!({"name": admin.name, "scope": "read"}))
        .problem(409, "conflict");
    assert_eq!(errors(&problem), ["/name name_taken"]);
    assert_eq!(
        app.get_by(&admin, "/v1/keys").json()["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_key_that_is_revoked_opens_nothing_and_stays_revoked() {
    let app = TestApp::new();
    let (admin, other) = (app.key(Scope::Admin), app.key(Scope::Publish));
    let prefix = app.prefix(&other);
    assert_eq!(app.get_by(&other, "/v1/articles").status, 200);
    let response = app.revoke_key(&admin, &prefix);
    assert_eq!((response.status, response.body.len()), (204, 0));
    app.get_by(&other, "/v1/articles")
        .problem(401, "invalid_key");
    let since = app.kept_key(&other.name).revoked_at;
    assert_eq!(app.revoke_key(&admin, &prefix).status, 204);
    assert_eq!(app.kept_key(&other.name).revoked_at, since);
    // Neither a name nor a secret is what a key is called by.
    for unknown in ["isnad_AAAAAAAA", &other.name, &other.secret, "%25", "x"] {
        app.revoke_key(&admin, unknown).problem(404, "not_found");
        app.get_by(&admin, &format!("/v1/keys/{unknown}"))
            .problem(404, "not_found");
    }
}

#[test]
fn a_key_may_revoke_itself_unless_it_is_the_last_that_can_make_another() {
    let app = TestApp::new();
    let (one, other) = (
        app.key_named("one", Scope::Admin, None),
        app.key_named("other", Scope::Admin, None),
    );
    app.key_named("expired", Scope::Admin, Some(Moment(1)));
    app.key(Scope::Publish);
    assert_eq!(app.revoke_key(&one, &app.prefix(&one)).status, 204);
    app.get_by(&one, "/v1/keys").problem(401, "invalid_key");
    let problem = app
        .revoke_key(&other, &app.prefix(&other))
        .problem(409, "conflict");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("last good key")
    );
    assert_eq!(app.kept_key("other").revoked_at, None);
    // What is no good any more is no last good one.
    let expired = app.kept_key("expired").prefix;
    assert_eq!(app.revoke_key(&other, &expired).status, 204);
    let third = made(&app.make_key(&other, &json!({"name": "third", "scope": "admin"})));
    assert_eq!(app.revoke_key(&other, &app.prefix(&other)).status, 204);
    assert_eq!(app.get_by(&third, "/v1/keys").status, 200);
}

#[test]
fn what_one_process_makes_and_revokes_the_others_know_at_once() {
    let one = TestApp::new();
    let other = one.beside();
    let admin = one.key(Scope::Admin);
    let key = made(&one.make_key(&admin, &json!({"name": "desk", "scope": "read"})));
    assert_eq!(other.get_by(&key, "/v1/articles").status, 200);
    assert_eq!(one.revoke_key(&admin, &one.prefix(&key)).status, 204);
    other
        .get_by(&key, "/v1/articles")
        .problem(401, "invalid_key");
}
