//! Writing an article under its id: what is made, what is changed, and what the writer is told.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::{Article, id, quote};

fn uri(number: u32) -> String {
    format!("/v1/articles/{}", id(number))
}

/// What the public gets, without what every write of it changes.
fn public(app: &TestApp, number: u32) -> Value {
    app.json(&uri(number))
}

#[test]
fn an_unknown_id_makes_an_article_and_says_where_it_is() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let article = Article::new("ferry")
        .paragraphs(&["“Two goats,” said Bo Tower."])
        .statement(quote("Two goats,", "Bo Tower"))
        .statement(quote("three goats", "Bo Tower"));
    let response = app.put(&uri(1), article).by(&key).send();
    assert_eq!(response.status, 201, "{}", response.text());
    assert_eq!(response.header("location"), uri(1));
    assert_eq!(response.etag(), "\"1\"");
    assert_eq!(
        response.header("x-sequence"),
        app.sequences().all.to_string()
    );
    let receipt = response.json();
    let served = public(&app, 1);
    assert_eq!(served["statements"][0]["origin"], "editor");
    assert_eq!(
        receipt,
        json!({"id": id(1), "slug": "ferry", "status": "published", "revision": 1, "outcome": "created", "statements": [
            {"id": served["statements"][0]["id"], "anchor": "ok"},
            {"id": served["statements"][1]["id"], "anchor": "absent"},
        ]})
    );
}

#[test]
fn the_same_again_writes_nothing_and_tells_the_present_sequence() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let article = Article::new("ferry")
        .without("slug")
        .without("published_at")
        .statement(quote("two goats", "Bo Tower"));
    let first = app.put(&uri(1), article.clone()).by(&key).taken(201);
    let (before, served) = (app.sequences(), public(&app, 1));
    // Whatever revision the client thinks there is: the outcome is the one it wants.
    for tag in [None, Some("1"), Some("7")] {
        let put = app.put(&uri(1), article.clone()).by(&key);
        let put = match tag {
            Some(tag) => put.of_revision(tag),
            None => put,
        };
        let response = put.send();
        assert_eq!(response.status, 200, "{}", response.text());
        assert_eq!(response.header("x-sequence"), before.all.to_string());
        let receipt = response.json();
        assert_eq!(receipt["outcome"], "unchanged");
        assert_eq!(receipt["statements"], first["statements"]);
    }
    assert_eq!((app.sequences(), public(&app, 1)), (before, served));
}

#[test]
fn a_change_takes_any_tag_of_the_present_revision() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    app.put(&uri(1), Article::new("ferry")).by(&key).taken(201);
    let titled = |title: &str| Article::new("ferry").with("title", title);
    let tags: [&dyn Fn(&TestApp) -> String; 5] = [
        &|_| "\"1\"".into(),
        &|app| app.get(&uri(1)).etag(),
        &|app| app.get_with(&uri(1), &[("Accept-Encoding", "gzip")]).etag(),
        &|app| format!("W/{}", app.get(&uri(1)).etag()),
        &|app| {
            format!(
                "\"1\", {}",
                app.get(&format!("{}?fields=id", uri(1))).etag()
            )
        },
    ];
    for (at, tag) in tags.iter().enumerate() {
        let put = app.put(&uri(1), titled(&format!("Title {at}"))).by(&key);
        let receipt = put.with("If-Match", &tag(&app)).taken(200);
        assert_eq!(receipt["outcome"], "updated");
        assert_eq!(receipt["revision"], at + 2);
        assert_eq!(public(&app, 1)["title"], format!("Title {at}"));
    }
}

#[test]
fn what_was_read_can_be_sent_back_and_changes_nothing() {
    let app = TestApp::with_samples();
    let key = app.key(Scope::Publish);
    let before = app.sequences();
    let mut differing = Vec::new();
    for slug in app.column("/v1/articles?limit=100", "slug") {
        let article = app.json(&format!("/v1/articles/{slug}"));
        let uri = format!("/v1/articles/{}", article["id"].as_str().unwrap());
        let response = app.put(&uri, article).by(&key).send();
        match response.status {
            200 => assert_eq!(response.json()["outcome"], "unchanged", "{slug}"),
            _ => differing.push((response.status, uri)),
        }
    }
    // One has a statement that the public does not see: without it, the article is another. Nothing is lost unasked.
    let retracted = "/v1/articles/019ed4d8-3640-7100-a027-effbcfc6e9cd".to_owned();
    assert_eq!(differing, [(428, retracted)]);
    assert_eq!(app.sequences(), before);
}

#[test]
fn what_the_server_owns_is_passed_over() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let owned = Article::new("ferry")
        .with("revision", 9)
        .with("created_at", "2001-01-01T00:00:00Z")
        .with("updated_at", "2001-01-01T00:00:00Z")
        .with("direction", "rtl")
        .with("statement_count", 7)
        .with("translations", json!(["x"]))
        .with("former_slugs", json!(["goats"]))
        .with("former_ids", json!([id(9)]))
        .with("was_public", true)
        .statement(json!({"quote": "two goats", "form": "direct", "speaker": {"name": "Bo Tower"}, "position": 4,
            "revision": 9, "created_at": "2001-01-01T00:00:00Z", "was_public": true}));
    app.put(&uri(1), owned).by(&key).taken(201);
    let served = public(&app, 1);
    let statement = &served["statements"][0];
    for (thing, member) in [(&served, "revision"), (statement, "revision")] {
        assert_eq!(thing[member], 1);
    }
    for thing in [&served, statement] {
        assert!(thing["created_at"].as_str().unwrap() > "2020", "{thing}");
    }
    assert_eq!(
        (&served["direction"], &statement["position"]),
        (&"ltr".into(), &0.into())
    );
    assert_eq!(app.get("/v1/articles/goats").status, 404);
    // A draft was never public, whatever it says.
    let draft = Article::new("draft")
        .draft()
        .with("was_public", true)
        .with("status", "withdrawn");
    app.put(&uri(2), draft).by(&key).taken(201);
    assert_eq!(app.get(&uri(2)).status, 404);
}

#[test]
fn slug_date_and_statements_stay_where_they_are_left_out() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let article = Article::new("ferry").statement(quote("two goats", "Bo Tower"));
    let first = app.put(&uri(1), article).by(&key).taken(201);
    let bare = Article::new("ferry")
        .with("title", "Another title")
        .without("slug")
        .without("published_at")
        .without("statements");
    let second = app.put(&uri(1), bare).by(&key).of_revision(1).taken(200);
    assert_eq!(second["slug"], "ferry");
    assert_eq!(second["statements"], first["statements"]);
    assert_eq!(public(&app, 1)["published_at"], "2026-03-01T08:00:00.000Z");
}

#[test]
fn the_receipt_tells_what_became_of_each_anchor() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let statements = ["one oar", "two oars", "three oars", "no oars at all"];
    let mut article = Article::new("oars").paragraphs(&["one oar, two oars, three oars."]);
    for words in statements {
        article = article.statement(quote(words, "Bo Tower"));
    }
    app.put(&uri(1), article.clone()).by(&key).taken(201);
    let edited = article.without("statements").paragraphs(&[
        "two oars again.",
        "Now one oar. And two oars, and a two oars.",
    ]);
    let receipt = app.put(&uri(1), edited).by(&key).of_revision(1).taken(200);
    let served = public(&app, 1);
    let became = |words: &str| {
        let all = served["statements"].as_array().unwrap();
        let statement = all.iter().find(|one| one["quote"] == words).unwrap();
        let receipts = receipt["statements"].as_array().unwrap();
        let found = receipts.iter().find(|one| one["id"] == statement["id"]);
        found.unwrap()["anchor"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        statements.map(became),
        ["ok", "moved", "orphaned", "absent"]
    );
    // Read and sent back, the orphan stays one, and what moved is still to be looked at.
    let again = app.put(&uri(1), served.clone()).by(&key).taken(200);
    assert_eq!(again["outcome"], "unchanged");
    // Who leaves the state out has looked.
    let mut confirmed = served;
    for statement in confirmed["statements"].as_array_mut().unwrap() {
        if statement["anchor"]["state"] == "moved" {
            statement["anchor"].as_object_mut().unwrap().remove("state");
        }
    }
    let receipt = app
        .put(&uri(1), confirmed)
        .by(&key)
        .of_revision(2)
        .taken(200);
    let states: Vec<&str> = receipt["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["anchor"].as_str().unwrap())
        .collect();
    assert!(
        !states.contains(&"moved") && states.contains(&"orphaned"),
        "{states:?}"
    );
}

#[test]
fn nobody_makes_up_an_orphan() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let lost = json!({"quote": "never said", "form": "direct", "speaker": {"name": "Bo Tower"}, "anchor":
        {"in": "body", "block": 0, "start": 0, "end": 10, "exact": "never said", "prefix": "", "suffix": "", "state": "orphaned"}});
    let draft = Article::new("ferry").draft().statement(lost);
    let receipt = app.put(&uri(1), draft).by(&key).taken(201);
    assert_eq!(receipt["statements"][0]["anchor"], "absent");
}

#[test]
fn drafts_are_written_and_nobody_sees_them() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let before = app.sequences();
    let draft = Article::new("secret-ferry").draft().tags(&["Hidden tag"]);
    app.put(&uri(1), draft.clone()).by(&key).taken(201);
    let changed = draft.with("title", "Another");
    app.put(&uri(1), changed).by(&key).of_revision(1).taken(200);
    assert_eq!(app.sequences().public, before.public);
    assert_eq!(app.sequences().all, before.all + 2);
    for uri in [&uri(1), "/v1/articles/secret-ferry", "/v1/tags/hidden-tag"] {
        assert_eq!(app.get(uri).status, 404);
    }
    assert_eq!(app.rows("/v1/articles").len(), 0);
}

#[test]
fn an_article_that_came_due_is_shown_when_it_is_written_and_its_tag_is_good() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let soon = isnad::domain::moment::Moment(isnad::domain::moment::Moment::now().0 + 150);
    let article = Article::new("ferry").published(&soon.to_string());
    let first = app.put(&uri(1), article.clone()).by(&key).taken(201);
    while isnad::domain::moment::Moment::now() <= soon {
        std::thread::yield_now();
    }
    let again = app.put(&uri(1), article).by(&key).taken(200);
    assert_eq!(
        (&again["outcome"], &again["revision"]),
        (&"unchanged".into(), &first["revision"])
    );
    assert_eq!(app.get(&uri(1)).status, 200);
}
