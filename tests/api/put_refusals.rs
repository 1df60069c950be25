//! Writing an article under its id: who may not, what stands in the way, and what nobody learns by it.
use actix_web::http::Method;
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::response::errors;
use crate::support::{Article, id, quote};

fn uri(number: u32) -> String {
    format!("/v1/articles/{}", id(number))
}

#[test]
fn who_may_not_write_is_told_so_before_the_request_is_looked_at() {
    let app = TestApp::new();
    let nonsense = || {
        app.put_bytes(&format!("{}?no_such=1", uri(1)), "{\"title\":")
            .with("If-Match", "x")
    };
    let response = nonsense().send();
    response.problem(401, "key_required");
    assert_eq!(
        response.header("www-authenticate"),
        "Bearer realm=\"isnad\""
    );
    let stranger = nonsense().with("Authorization", &format!("Bearer isnad_{}", "A".repeat(43)));
    stranger.send().problem(401, "invalid_key");
    for scope in [Scope::None, Scope::Read] {
        let response = nonsense().by(&app.key(scope)).send();
        let problem = response.problem(403, "missing_scope");
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.contains("`write`") && detail.contains(scope.as_str()),
            "{detail}"
        );
        assert_eq!(
            response.header("www-authenticate"),
            "Bearer realm=\"isnad\", error=\"insufficient_scope\", scope=\"write\""
        );
    }
    for scope in [Scope::Write, Scope::Publish, Scope::Admin] {
        nonsense()
            .by(&app.key(scope))
            .send()
            .problem(400, "unknown_parameter");
    }
}

#[test]
fn what_the_public_would_see_takes_the_right_to_publish() {
    let app = TestApp::new();
    let (writer, publisher) = (app.key(Scope::Write), app.key(Scope::Publish));
    let draft = Article::new("ferry").draft();
    let published = Article::new("ferry");
    let scheduled = Article::new("ferry").published("2999-01-01T00:00:00Z");
    let withdrawn = published.clone().with("status", "withdrawn");
    let refused = |before: &str, document: &Article, revision: u32| {
        let response = app
            .put(&uri(1), document.clone())
            .by(&writer)
            .of_revision(revision)
            .send();
        let problem = response.problem(403, "missing_scope");
        assert!(
            problem["detail"].as_str().unwrap().contains("`publish`"),
            "{before}"
        );
        assert!(
            response
                .header("www-authenticate")
                .contains("scope=\"publish\"")
        );
    };
    // A new one, and then from each state to each.
    for live in [&published, &scheduled, &withdrawn] {
        let response = app.put(&uri(1), live.clone()).by(&writer).send();
        response.problem(403, "missing_scope");
    }
    app.put(&uri(1), draft.clone()).by(&writer).taken(201);
    let mut revision = 1;
    let before = app.export();
    for live in [&published, &scheduled, &withdrawn] {
        refused("draft", live, revision);
    }
    assert_eq!(app.export(), before, "nothing is left of what was refused");
    for (name, live) in [
        ("published", &published),
        ("scheduled", &scheduled),
        ("withdrawn", &withdrawn),
    ] {
        app.put(&uri(1), live.clone())
            .by(&publisher)
            .of_revision(revision)
            .taken(200);
        revision += 1;
        refused(name, &live.clone().with("title", "Another"), revision);
        refused(name, &draft, revision);
        // The same again is no change.
        app.put(&uri(1), live.clone()).by(&writer).taken(200);
    }
}

#[test]
fn a_statement_that_the_public_knew_is_not_deleted_without_the_right_to_publish() {
    let app = TestApp::new();
    let (writer, publisher) = (app.key(Scope::Write), app.key(Scope::Publish));
    let said = Article::new("ferry").statement(quote("two goats", "Bo Tower"));
    app.put(&uri(1), said.clone()).by(&publisher).taken(201);
    let statement = app.json(&uri(1))["statements"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    app.put(&uri(1), said.clone().with("status", "draft"))
        .by(&publisher)
        .of_revision(1)
        .taken(200);
    let address = format!("/v1/statements/{statement}");
    assert_eq!(app.get(&address).status, 404);
    let silent = said.with("status", "draft").with("statements", json!([]));
    let response = app
        .put(&uri(1), silent.clone())
        .by(&writer)
        .of_revision(2)
        .send();
    response.problem(403, "missing_scope");
    assert_eq!(app.get(&address).status, 404);
    app.put(&uri(1), silent)
        .by(&publisher)
        .of_revision(2)
        .taken(200);
    assert_eq!(app.get(&address).status, 410);
}

#[test]
fn a_change_without_the_present_revision_is_refused_and_told_which_that_is() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    app.put(&uri(1), Article::new("ferry")).by(&key).taken(201);
    let second = Article::new("ferry").with("title", "Second");
    app.put(&uri(1), second).by(&key).of_revision(1).taken(200);
    let before = app.export();
    let third = || {
        app.put(&uri(1), Article::new("ferry").with("title", "Third"))
            .by(&key)
    };
    for (put, status, code) in [
        (third(), 428, "precondition_required"),
        (third().with("If-Match", "*"), 428, "precondition_required"),
        (third().of_revision(1), 412, "precondition_failed"),
        (third().of_revision(3), 412, "precondition_failed"),
        (third().of_revision("2x"), 412, "precondition_failed"),
        (third().of_revision("1-abc"), 412, "precondition_failed"),
    ] {
        let response = put.send();
        let problem = response.problem(status, code);
        assert!(
            problem["detail"].as_str().unwrap().contains('2'),
            "{problem}"
        );
        assert_eq!(
            response.etag(),
            "\"2\"",
            "the present one, for the next try"
        );
    }
    for wrong in ["2", "\"2", "goats", "*, \"2\""] {
        third()
            .with("If-Match", wrong)
            .send()
            .problem(400, "invalid_request");
    }
    assert_eq!(app.export(), before);
    // Of what is not there, no revision is the present one.
    for tag in ["\"1\"", "*"] {
        let put = app.put(&uri(2), Article::new("other")).by(&key);
        let response = put.with("If-Match", tag).send();
        response.problem(412, "precondition_failed");
        assert_eq!(response.etag(), "");
    }
}

#[test]
fn what_was_deleted_is_never_revived() {
    let app = TestApp::with(&[
        json!({"type": "deleted", "thing": "article", "id": id(1), "slugs": ["ferry"], "was_public": true, "reason": "The goats asked."}),
        json!({"type": "deleted", "thing": "article", "id": id(2), "slugs": []}),
    ]);
    let key = app.key(Scope::Write);
    let put = |number| {
        app.put(&uri(number), Article::new("new").draft())
            .by(&key)
            .send()
    };
    let problem = put(1).problem(410, "gone");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("The goats asked.")
    );
    put(2).problem(410, "gone");
    // Nor is its slug given away.
    let other = app
        .put(&uri(3), Article::new("ferry").draft())
        .by(&key)
        .send();
    assert_eq!(
        errors(&other.problem(409, "conflict")),
        ["/slug slug_taken"]
    );
}

#[test]
fn what_another_article_has_is_a_conflict() {
    let reference =
        |value: &str| json!([{"type": "guid", "value": "free"}, {"type": "guid", "value": value}]);
    let app = TestApp::with(&[
        Article::new("ferry")
            .with("id", id(1))
            .with("references", reference("a"))
            .with("former_slugs", json!(["boat"]))
            .with("former_ids", json!([id(9)]))
            .into(),
        Article::new("other")
            .with("id", id(2))
            .with("references", json!([]))
            .into(),
    ]);
    let key = app.key(Scope::Publish);
    let before = app.export();
    let put = |number: u32, article: Article| {
        let put = app.put(&uri(number), article).by(&key);
        let put = if number == 2 { put.of_revision(1) } else { put };
        errors(&put.send().problem(409, "conflict"))
    };
    for number in [2, 3] {
        assert_eq!(put(number, Article::new("ferry")), ["/slug slug_taken"]);
        assert_eq!(put(number, Article::new("boat")), ["/slug slug_taken"]);
        let taken = Article::new("new").with("references", reference("a"));
        assert_eq!(
            put(number, taken),
            [
                "/references/0 reference_taken",
                "/references/1 reference_taken"
            ]
        );
    }
    assert_eq!(put(9, Article::new("new")), ["/id id_taken"]);
    assert_eq!(app.export(), before);
    // Its own are no conflict.
    let own = Article::new("boat").with("references", reference("b"));
    app.put(&uri(1), own).by(&key).of_revision(1).taken(200);
}

#[test]
fn an_article_is_put_under_its_id_and_nothing_else() {
    let app = TestApp::with(&newsroom());
    let key = app.key(Scope::Publish);
    for wrong in ["piece-1", "9", "0198c1a05b7e7c3a9d51000000000101"] {
        let response = app
            .put(&format!("/v1/articles/{wrong}"), Article::new("new"))
            .by(&key)
            .send();
        let problem = response.problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], "article");
    }
    // However the id is spelled, it is one.
    let shouted = format!("/v1/articles/{}", id(1).to_uppercase());
    assert_eq!(
        app.put(&shouted, Article::new("new")).by(&key).taken(201)["id"],
        id(1)
    );
    for (method, uri, allowed) in [
        (Method::PUT, "/v1/articles", "GET, HEAD, POST, OPTIONS"),
        (Method::PUT, "/v1/meta", "GET, HEAD, OPTIONS"),
        (
            Method::POST,
            "/v1/articles/piece-1",
            "GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
        ),
    ] {
        let response = app.send(method, uri, &[]);
        response.problem(405, "method_not_allowed");
        assert_eq!(response.header("allow"), allowed);
    }
}

#[test]
fn who_has_no_key_learns_nothing_by_trying_to_write() {
    let app = TestApp::with(&newsroom());
    let key_of_the_public = app.key(Scope::None);
    let mut answers = Vec::new();
    // Public, draft, scheduled, withdrawn, never public, nothing at all: with and without conditions and conflicts.
    for number in [101, 150, 151, 152, 153, 999] {
        for slug in ["piece-1".to_owned(), format!("draft-{HIDDEN}")] {
            for tag in ["\"1\"", "\"7\"", "*"] {
                let put = || {
                    app.put(&uri(number), Article::new(&slug))
                        .with("If-Match", tag)
                };
                let (keyless, public) = (put().send(), put().by(&key_of_the_public).send());
                keyless.problem(401, "key_required");
                public.problem(403, "missing_scope");
                for response in [&keyless, &public] {
                    assert!(!response.everything().contains(HIDDEN));
                }
                let seen = |response: &crate::support::Response| {
                    let mut problem = response.json();
                    problem["instance"] = Value::Null;
                    problem["request_id"] = Value::Null;
                    (problem, response.etag(), response.header("x-sequence"))
                };
                answers.push((seen(&keyless), seen(&public)));
            }
        }
    }
    answers.dedup();
    assert_eq!(
        answers.len(),
        1,
        "the same, whatever there is: {answers:#?}"
    );
}
