//! Making articles, and doing once what is asked twice.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::response::errors;
use crate::support::{Article, id, quote, speaker};

const ARTICLES: &str = "/v1/articles";

#[test]
fn a_post_makes_an_article_with_its_statements_and_says_where_it_is() {
    let app = TestApp::new();
    let article = Article::new("ferry")
        .without("slug")
        .paragraphs(&["“Two goats,” said Bo Tower."])
        .statement(quote("Two goats,", "Bo Tower"));
    let response = app
        .post(ARTICLES, article)
        .by(&app.key(Scope::Publish))
        .send();
    assert_eq!(response.status, 201, "{}", response.text());
    let receipt = response.json();
    let location = response.header("location");
    assert_eq!(
        location,
        format!("/v1/articles/{}", receipt["id"].as_str().unwrap())
    );
    assert_eq!(
        (response.etag(), response.header("x-sequence")),
        ("\"1\"".into(), "1".into())
    );
    assert_eq!(receipt["outcome"], "created");
    assert_eq!(receipt["slug"], "title-of-ferry");
    assert_eq!(receipt["statements"][0]["anchor"], "ok");
    let served = app.json(&location);
    assert_eq!(
        served["statements"][0]["id"],
        receipt["statements"][0]["id"]
    );
    assert_eq!(served["statements"][0]["origin"], "editor");
}

#[test]
fn what_is_posted_twice_is_there_twice() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let article = || Article::new("ferry").without("slug");
    let first = app.post(ARTICLES, article()).by(&key).taken(201);
    let second = app.post(ARTICLES, article()).by(&key).taken(201);
    assert_ne!(first["id"], second["id"]);
    assert_eq!(second["slug"], "title-of-ferry-2");
}

#[test]
fn an_id_slug_or_reference_that_is_taken_is_a_conflict() {
    let app = TestApp::with(&[
        json!({"type": "deleted", "thing": "article", "id": id(7), "slugs": ["sunk"]}),
        Article::new("ferry")
            .with("id", id(1))
            .with("references", json!([{"type": "wire", "value": "1"}]))
            .line(),
    ]);
    let key = app.key(Scope::Write);
    let before = app.export();
    for (member, value, error) in [
        ("id", json!(id(1)), "/id id_taken"),
        ("id", json!(id(7)), "/id id_taken"),
        ("slug", json!("ferry"), "/slug slug_taken"),
        ("slug", json!("sunk"), "/slug slug_taken"),
        (
            "references",
            json!([{"type": "wire", "value": "1"}]),
            "/references/0 reference_taken",
        ),
    ] {
        let draft = Article::new("new").draft().with(member, value);
        let response = app.post(ARTICLES, draft).by(&key).send();
        let problem = response.problem(409, "conflict");
        assert_eq!(errors(&problem), [error]);
    }
    assert_eq!(app.export(), before);
}

#[test]
fn only_who_may_publish_posts_what_the_public_sees() {
    let app = TestApp::new();
    let (writer, publisher) = (app.key(Scope::Write), app.key(Scope::Publish));
    for (status, at) in [
        ("published", "2026-01-01"),
        ("published", "2999-01-01"),
        ("withdrawn", "2026-01-01"),
    ] {
        let article = || {
            Article::new(&format!("{status}-{at}"))
                .with("status", status)
                .published(&format!("{at}T00:00:00Z"))
        };
        app.post(ARTICLES, article())
            .by(&writer)
            .send()
            .problem(403, "missing_scope");
        app.post(ARTICLES, article()).by(&publisher).taken(201);
    }
    app.post(ARTICLES, Article::new("draft").draft())
        .by(&writer)
        .taken(201);
    app.post(ARTICLES, Article::new("draft-2").draft())
        .by(&app.key(Scope::Read))
        .send()
        .problem(403, "missing_scope");
    app.post(ARTICLES, Article::new("draft-3").draft())
        .send()
        .problem(401, "key_required");
}

#[test]
fn a_request_that_is_sent_again_is_done_once_and_answered_the_same() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let draft = Article::new("ferry").draft().without("slug").line();
    let send = |token: &str, body: &Value| {
        app.post(ARTICLES, body.clone())
            .by(&key)
            .with("Idempotency-Key", token)
            .send()
    };
    let first = send("one", &draft);
    assert_eq!(first.status, 201);
    let before = app.export();
    // What happens meanwhile changes nothing about what was answered.
    for token in ["one", "\"one\""] {
        let again = send(token, &draft);
        assert_eq!((again.status, &again.body), (201, &first.body));
        for name in [
            "etag",
            "location",
            "x-sequence",
            "content-type",
            "cache-control",
        ] {
            assert_eq!(again.header(name), first.header(name), "{name}");
        }
    }
    assert_eq!(app.export(), before);
    let other = send("one", &Article::new("goats").draft().line());
    other.problem(422, "idempotency_mismatch");
    assert_eq!(send("two", &draft).json()["slug"], "title-of-ferry-2");
    // It names a request of one key to one path.
    let by_another = app.key(Scope::Admin);
    let receipt = app
        .post(ARTICLES, draft.clone())
        .by(&by_another)
        .with("Idempotency-Key", "one")
        .taken(201);
    assert_eq!(receipt["slug"], "title-of-ferry-3");
    app.post("/v1/speakers", json!({"name": "Bo Tower"}))
        .by(&key)
        .with("Idempotency-Key", "one")
        .taken(201);
    for wrong in ["", "two words", &"k".repeat(256)] {
        send(wrong, &draft).problem(400, "invalid_request");
    }
}

#[test]
fn what_was_refused_is_not_kept() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let send = |draft: Article| {
        app.post(ARTICLES, draft)
            .by(&key)
            .with("Idempotency-Key", "one")
            .send()
    };
    send(Article::new("ferry").draft().with("title", "")).problem(422, "invalid_document");
    send(Article::new("ferry")).problem(403, "missing_scope");
    assert_eq!(send(Article::new("ferry").draft()).status, 201);
}

#[test]
fn an_answer_is_forgotten_after_a_day() {
    let mut app = TestApp::new();
    let key = app.key(Scope::Write);
    let draft = Article::new("ferry").draft().without("slug").line();
    let send = |app: &TestApp| {
        app.post(ARTICLES, draft.clone())
            .by(&key)
            .with("Idempotency-Key", "one")
            .taken(201)
    };
    send(&app);
    app.tamper("UPDATE stored_answers SET created_at = created_at - 24 * 60 * 60 * 1000");
    assert_eq!(send(&app)["slug"], "title-of-ferry-2");
    assert_eq!(send(&app)["slug"], "title-of-ferry-2");
}

#[test]
fn a_record_is_made_once_for_each_name_unless_it_is_told_apart() {
    let app = TestApp::with(&[speaker("bo", "Bo Tower")]);
    let key = app.key(Scope::Write);
    let post = |record: Value| app.post("/v1/speakers", record).by(&key);
    let problem = post(json!({"name": "bo tower"}))
        .send()
        .problem(409, "conflict");
    assert_eq!(errors(&problem), ["/name name_taken"]);
    assert!(problem.to_string().contains("`bo`"), "{problem}");
    let made = post(json!({"name": "Bo Tower", "slug": "bo-the-younger"})).taken(201);
    assert_eq!(made["kind"], "person");
    post(json!({"name": "Bo Tower", "kind": "office"})).taken(201);
}
