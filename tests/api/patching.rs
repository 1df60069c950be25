//! Changing some of an article by a merge patch: what is changed, what stays, what becomes of the anchors.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::response::errors;
use crate::support::{Article, id, quote};

const FERRY: &str = "/v1/articles/ferry";

/// A published article with most of what an article can have, and a key that may change it.
fn ferry() -> (TestApp, crate::support::keys::TestKey) {
    let app = TestApp::with(&[Article::new("ferry")
        .with("id", id(1))
        .with("summary", "A ferry leaves.")
        .with("dateline", "SARMILA")
        .with(
            "image",
            json!({"url": "https://img.example/a.jpg", "alt": "A ferry", "credit": "Ada"}),
        )
        .with("authors", json!([{"name": "Ada Quill"}]))
        .with("references", json!([{"type": "wire", "value": "1"}]))
        .with("translation_group", id(50))
        .tags(&["Ferries", "Goats"])
        .paragraphs(&["“Two goats,” said Bo Tower.", "Nobody saw the captain."])
        .statement(quote("Two goats,", "Bo Tower"))
        .line()]);
    let key = app.key(Scope::Publish);
    (app, key)
}

#[test]
fn what_a_patch_names_is_changed_and_all_else_stays() {
    let (app, key) = ferry();
    let before = app.json(FERRY);
    let patch = json!({"title": "Another title", "summary": null, "image": {"credit": null, "alt": "The ferry"},
        "tags": [{"name": "Ferries"}], "authors": []});
    let receipt = app.patch(FERRY, patch).by(&key).of_revision(1).taken(200);
    assert_eq!(
        (&receipt["outcome"], &receipt["revision"]),
        (&"updated".into(), &2.into())
    );
    let mut expected = before.clone();
    expected["title"] = "Another title".into();
    expected["summary"] = Value::Null;
    expected["image"] = json!({"url": "https://img.example/a.jpg", "alt": "The ferry"});
    expected["tags"] = json!([before["tags"][0]]);
    expected["authors"] = json!([]);
    expected["revision"] = 2.into();
    let after = app.json(FERRY);
    expected["updated_at"] = after["updated_at"].clone();
    expected["statements"][0]["article"]["title"] = "Another title".into();
    assert_eq!(after, expected);
}

#[test]
fn an_empty_patch_and_one_that_says_what_is_so_change_nothing() {
    let (app, key) = ferry();
    let before = (app.sequences(), app.export());
    for patch in [
        json!({}),
        json!({"title": "Title of ferry", "translations": [], "statement_count": 9, "id": id(1)}),
        json!({"statements": null, "slug": null}),
        app.json(FERRY),
    ] {
        let receipt = app.patch(FERRY, patch).by(&key).of_revision(1).taken(200);
        assert_eq!(receipt["outcome"], "unchanged");
    }
    assert_eq!((app.sequences(), app.export()), before);
}

#[test]
fn a_reference_is_replaced_and_not_put_together_of_two() {
    let (app, key) = ferry();
    let patch = json!({"outlet": {"name": "The Gull"}});
    app.patch(FERRY, patch).by(&key).of_revision(1).taken(200);
    assert_eq!(app.json(FERRY)["outlet"]["slug"], "the-gull");
    assert_eq!(
        app.json("/v1/articles?outlet=the-sarmila-lantern")["data"],
        json!([])
    );
}

#[test]
fn a_patch_of_the_text_answers_what_became_of_each_anchor() {
    let (app, key) = ferry();
    let statement = |receipt: &Value| receipt["statements"][0]["anchor"].clone();
    let patch = |text: &str, revision: i64| {
        let body = json!([{"type": "paragraph", "text": text}]);
        let receipt = app
            .patch(FERRY, json!({"body": body}))
            .by(&key)
            .of_revision(revision)
            .taken(200);
        statement(&receipt)
    };
    assert_eq!(patch("Then Bo Tower said “Two goats,” again.", 1), "ok");
    assert_eq!(patch("Two goats, and two more: Two goats,", 2), "moved");
    assert_eq!(patch("Nothing is left.", 3), "orphaned");
    let receipt = app
        .patch(FERRY, json!({"text": "Here: Two goats, after all."}))
        .by(&key)
        .of_revision(4)
        .taken(200);
    assert_eq!(statement(&receipt), "ok");
    assert_eq!(app.json(FERRY)["statements"][0]["anchor"]["start"], 6);
}

#[test]
fn statements_that_are_named_are_all_there_are() {
    let (app, key) = ferry();
    let known = app.json(FERRY)["statements"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let patch = json!({"statements": [quote("Nobody saw the captain.", "Ada Quill")]});
    app.patch(FERRY, patch).by(&key).of_revision(1).taken(200);
    let statements = app.json(FERRY)["statements"].as_array().unwrap().clone();
    assert_eq!(statements.len(), 1);
    assert_eq!(statements[0]["speaker"]["name"], "Ada Quill");
    app.get(&format!("/v1/statements/{known}"))
        .problem(410, "gone");
}

#[test]
fn a_date_is_taken_away_from_a_draft_and_made_anew_for_what_is_published() {
    let (app, key) = ferry();
    let patch = |patch: Value, revision: i64| {
        app.patch(FERRY, patch)
            .by(&key)
            .of_revision(revision)
            .taken(200)
    };
    patch(json!({"status": "draft", "published_at": null}), 1);
    assert!(!app.export().contains("\"published_at\""));
    app.get(FERRY).problem(404, "not_found");
    patch(json!({"status": "published"}), 2);
    let served = app.json(FERRY);
    assert!(
        served["published_at"].as_str().unwrap() > "2026-04",
        "{}",
        served["published_at"]
    );
    // One to come schedules it.
    patch(json!({"published_at": "2999-01-01T00:00:00Z"}), 3);
    app.get(FERRY).problem(404, "not_found");
    let withdrawn = json!({"status": "withdrawn", "reason": "The goats asked."});
    patch(withdrawn, 4);
    let problem = app.get(FERRY).problem(410, "gone");
    assert!(problem.to_string().contains("The goats asked."));
}

#[test]
fn a_slug_is_changed_and_the_former_one_leads_on() {
    let (app, key) = ferry();
    app.patch(FERRY, json!({"slug": "heron"}))
        .by(&key)
        .of_revision(1)
        .taken(200);
    let response = app.get(FERRY);
    assert_eq!(
        (response.status, response.header("location")),
        (308, format!("/v1/articles/{}", id(1)))
    );
    // Who writes to the former address is led on, too.
    let response = app
        .patch(FERRY, json!({"title": "x"}))
        .by(&key)
        .of_revision(2)
        .send();
    assert_eq!(
        (response.status, response.header("location")),
        (308, format!("/v1/articles/{}", id(1)))
    );
    app.patch("/v1/articles/heron", json!({"slug": "ferry"}))
        .by(&key)
        .of_revision(2)
        .taken(200);
    assert_eq!(app.get(FERRY).status, 200);
}

#[test]
fn what_a_patch_makes_wrong_is_refused_and_points_there() {
    let (app, key) = ferry();
    let before = app.export();
    for (patch, error) in [
        (json!({"title": null}), "/title required"),
        (json!({"title": 5}), "/title invalid_document"),
        (json!({"titel": "x"}), "/titel unknown_field"),
        (json!({"body": null}), "/body required"),
        (
            json!({"image": {"url": "javascript:x"}}),
            "/image/url invalid_url",
        ),
        (
            json!({"outlet": {"url": "https://gull.example/"}}),
            "/outlet required",
        ),
        (json!({"outlet": null}), "/outlet required"),
        (json!({"body": [], "text": "x"}), "/text invalid_body"),
        (
            json!({"statements": [{"quote": "x"}]}),
            "/statements/0/form required",
        ),
        (json!({"id": id(2)}), "/id id_mismatch"),
    ] {
        let response = app
            .patch(FERRY, patch.clone())
            .by(&key)
            .of_revision(1)
            .send();
        let problem = response.problem(422, "invalid_document");
        assert!(
            errors(&problem).contains(&error.to_owned()),
            "{patch}: {problem}"
        );
    }
    for (patch, status, code) in [
        ("[1]", 422, "invalid_document"),
        ("\"x\"", 422, "invalid_document"),
        ("{", 400, "invalid_json"),
    ] {
        let request = app
            .write(actix_web::http::Method::PATCH, FERRY, patch)
            .by(&key);
        let request = request
            .with("Content-Type", "application/json")
            .of_revision(1);
        request.send().problem(status, code);
    }
    let text = app
        .write(actix_web::http::Method::PATCH, FERRY, "{}")
        .by(&key);
    text.with("Content-Type", "text/plain")
        .send()
        .problem(415, "unsupported_media_type");
    assert_eq!(app.export(), before);
}

#[test]
fn a_patch_takes_the_present_revision_and_the_right_scope() {
    let (app, key) = ferry();
    let patch = || app.patch(FERRY, json!({"title": "x"}));
    patch().send().problem(401, "key_required");
    patch()
        .by(&app.key(Scope::Read))
        .send()
        .problem(403, "missing_scope");
    patch()
        .by(&app.key(Scope::Write))
        .of_revision(1)
        .send()
        .problem(403, "missing_scope");
    patch()
        .by(&key)
        .send()
        .problem(428, "precondition_required");
    patch()
        .by(&key)
        .with("If-Match", "*")
        .send()
        .problem(428, "precondition_required");
    let response = patch().by(&key).of_revision(2).send();
    response.problem(412, "precondition_failed");
    assert_eq!(response.etag(), "\"1\"");
    for missing in ["nothing", &id(9)] {
        let uri = format!("/v1/articles/{missing}");
        app.patch(&uri, json!({}))
            .by(&key)
            .of_revision(1)
            .send()
            .problem(404, "not_found");
    }
    patch().by(&key).of_revision(1).taken(200);
}
