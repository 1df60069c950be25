//! Deleting and purging articles: what is told of them, what is left, and what is never given to another.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::{Article, id, quote};

fn uri(number: u32) -> String {
    format!("/v1/articles/{}", id(number))
}

fn ferry() -> Article {
    Article::new("ferry")
        .with("id", id(1))
        .tags(&["Goats"])
        .statement(quote("two goats", "Bo Tower"))
}

#[test]
fn what_was_public_is_gone_and_says_why() {
    let app = TestApp::with(&[ferry().line()]);
    let statement = app.json(&uri(1))["statements"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let key = app.key(Scope::Publish);
    let before = app.sequences();
    app.delete(&format!("{}?reason=The goats asked.", uri(1)))
        .by(&key)
        .of_revision(1)
        .done();
    let after = app.sequences();
    assert_eq!(
        (after.all, after.public),
        (before.all + 1, before.public + 1)
    );
    for address in [
        uri(1),
        "/v1/articles/ferry".into(),
        format!("/v1/statements/{statement}"),
    ] {
        let problem = app.get(&address).problem(410, "gone");
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .ends_with("The goats asked."),
            "{problem}"
        );
    }
    // And with it what nothing else names.
    for address in [
        "/v1/speakers/bo-tower",
        "/v1/tags/goats",
        "/v1/outlets/the-sarmila-lantern",
    ] {
        app.get(address).problem(404, "not_found");
    }
    for list in [
        "/v1/articles",
        "/v1/statements",
        "/v1/speakers",
        "/v1/outlets",
        "/v1/tags",
    ] {
        assert!(app.rows(list).is_empty(), "{list}");
    }
    app.delete(&uri(1))
        .by(&key)
        .of_revision(1)
        .send()
        .problem(410, "gone");
}

#[test]
fn what_nobody_saw_leaves_no_trace_in_public() {
    let app = TestApp::with(&[ferry().draft().line()]);
    let before = app.sequences();
    app.delete("/v1/articles/ferry?reason=never mind")
        .by(&app.key(Scope::Write))
        .of_revision(1)
        .done();
    assert_eq!(app.sequences().public, before.public);
    for address in [uri(1), "/v1/articles/ferry".into()] {
        app.get(&address).problem(404, "not_found");
    }
}

#[test]
fn a_deletion_takes_the_right_scope_and_the_present_revision() {
    let app = TestApp::with(&[ferry().line()]);
    let delete = || app.delete(&uri(1));
    delete().send().problem(401, "key_required");
    delete()
        .by(&app.key(Scope::Read))
        .send()
        .problem(403, "missing_scope");
    delete()
        .by(&app.key(Scope::Write))
        .of_revision(1)
        .send()
        .problem(403, "missing_scope");
    let key = app.key(Scope::Publish);
    delete()
        .by(&key)
        .send()
        .problem(428, "precondition_required");
    delete()
        .by(&key)
        .of_revision(2)
        .send()
        .problem(412, "precondition_failed");
    app.delete(&uri(2))
        .by(&key)
        .of_revision(1)
        .send()
        .problem(404, "not_found");
    let long = format!("{}?reason={}", uri(1), "x".repeat(1001));
    app.delete(&long)
        .by(&key)
        .of_revision(1)
        .send()
        .problem(400, "invalid_parameter");
    assert_eq!(app.get(&uri(1)).status, 200);
}

#[test]
fn no_key_of_what_was_deleted_is_given_to_another() {
    let app = TestApp::with(&[ferry().line()]);
    let key = app.key(Scope::Publish);
    let statement = app.json(&uri(1))["statements"][0]["id"].clone();
    app.delete(&uri(1)).by(&key).of_revision(1).done();
    app.put(&uri(1), Article::new("new"))
        .by(&key)
        .send()
        .problem(410, "gone");
    app.post("/v1/articles", Article::new("ferry"))
        .by(&key)
        .send()
        .problem(409, "conflict");
    let again = Article::new("new")
        .statement(json!({"id": statement, "quote": "x", "form": "direct",
        "speaker": {"name": "Bo Tower"}}));
    app.post("/v1/articles", again)
        .by(&key)
        .send()
        .problem(422, "invalid_document");
    let generated = Article::new("x").without("slug").with("title", "Ferry");
    assert_eq!(
        app.post("/v1/articles", generated).by(&key).taken(201)["slug"],
        "ferry-2"
    );
    // An import neither revives it nor is stopped by it.
    assert_eq!(app.refuse(ferry().line()), ["/id deleted"]);
}

#[test]
fn a_translation_does_not_lead_to_what_was_deleted() {
    let group = id(50);
    let app = TestApp::with(&[
        ferry().with("translation_group", group.clone()).line(),
        Article::new("عبارة")
            .with("id", id(2))
            .with("language", "ar")
            .with("translation_group", group)
            .line(),
    ]);
    assert_eq!(app.json(&uri(2))["translations"][0]["slug"], "ferry");
    app.delete(&uri(1))
        .by(&app.key(Scope::Publish))
        .of_revision(1)
        .done();
    assert_eq!(app.json(&uri(2))["translations"], json!([]));
}

#[test]
fn former_states_stay_until_they_are_purged() {
    let app = TestApp::with(&[ferry().line()]);
    let (publisher, admin) = (app.key(Scope::Publish), app.key(Scope::Admin));
    app.patch(&uri(1), json!({"title": "Second"}))
        .by(&publisher)
        .of_revision(1)
        .taken(200);
    app.delete(&uri(1)).by(&publisher).of_revision(2).done();
    let revisions = format!("{}/revisions", uri(1));
    let page = app.get_by(&publisher, &revisions).json();
    assert_eq!(numbers(&page), [2, 1]);
    let state = app.get_by(&publisher, &format!("{revisions}/2")).json();
    assert_eq!(state["state"]["title"], "Second");
    let purge = format!("{}?purge=true", uri(1));
    app.delete(&purge)
        .by(&publisher)
        .send()
        .problem(403, "missing_scope");
    app.delete(&purge).by(&admin).done();
    app.get_by(&admin, &revisions).problem(404, "not_found");
    app.get(&uri(1)).problem(410, "gone");
    assert!(!app.export().contains("Second"));
}

#[test]
fn a_purge_forgets_what_requests_were_answered() {
    let app = TestApp::new();
    let admin = app.key(Scope::Admin);
    let post = || {
        app.post("/v1/articles", Article::new("secret-slug").without("id"))
            .by(&admin)
            .with("Idempotency-Key", "one")
            .send()
    };
    let made = post().json();
    let address = format!("/v1/articles/{}", made["id"].as_str().unwrap());
    app.delete(&format!("{address}?purge=true&reason=court order"))
        .by(&admin)
        .of_revision(1)
        .done();
    // The same request does not make it again.
    post().problem(410, "gone");
    app.get(&address).problem(410, "gone");
}

fn numbers(page: &Value) -> Vec<i64> {
    let rows = page["data"].as_array().unwrap();
    rows.iter()
        .map(|row| row["revision"].as_i64().unwrap())
        .collect()
}
