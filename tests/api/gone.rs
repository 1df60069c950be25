//! What was public once and is not any more, and what never was.
use serde_json::json;

use crate::support::newsroom::{HIDDEN, NOTE, REASON, newsroom};
use crate::support::{Article, TestApp, id, quote};

#[test]
fn what_was_never_public_is_not_found() {
    let app = TestApp::with(&newsroom());
    for key in [
        format!("articles/draft-{HIDDEN}"),
        format!("articles/{}", id(150)),
        format!("articles/future-{HIDDEN}"),
        format!("articles/never-public-{HIDDEN}"),
        format!("articles/{}/statements", id(150)),
        format!("articles/future-{HIDDEN}/statements"),
        format!("articles/{}/related", id(150)),
        format!("articles/future-{HIDDEN}/related"),
        format!("speakers/nobody-{HIDDEN}/timeline"),
        format!("speakers/{}/timeline", id(350)),
        format!("statements/{}", id(160)),
        format!("statements/{}", id(161)),
        format!("statements/{}", id(162)),
        format!("speakers/nobody-{HIDDEN}"),
        format!("speakers/{}", id(350)),
        format!("outlets/nothing-{HIDDEN}"),
        format!("tags/{}", id(450)),
        "articles/unknown".to_owned(),
        "articles/مجهول".to_owned(),
        format!("articles/{}", id(999)),
        format!("speakers/{}", id(100)),
        "statements/piece-0".to_owned(),
        "outlets/%20".to_owned(),
        "tags/%FF".to_owned(),
        "tags/a%2Fb".to_owned(),
        "speakers/ada-quill'--".to_owned(),
    ] {
        let response = app.get(&format!("/v1/{key}"));
        let problem = response.problem(404, "not_found");
        assert!(!problem["detail"].to_string().contains(HIDDEN), "{key}");
        assert_eq!(response.etag(), "", "{key}");
        let any = [("If-None-Match", "*")];
        let response = app.get_with(&format!("/v1/{key}"), &any);
        assert_eq!(
            response.status, 404,
            "nothing is there that a client could have: {key}"
        );
    }
}

#[test]
fn what_was_public_and_is_withdrawn_is_gone_with_its_reason() {
    let app = TestApp::with(&newsroom());
    for key in [id(152), format!("withdrawn-{HIDDEN}")] {
        for uri in [
            format!("/v1/articles/{key}"),
            format!("/v1/articles/{key}/statements"),
            format!("/v1/articles/{key}/related"),
        ] {
            let problem = app.get(&uri).problem(410, "gone");
            assert!(problem["detail"].as_str().unwrap().contains(REASON));
        }
    }
    let app = TestApp::new();
    let article = Article::new("one").statement(quote("Well.", "Bo Tower"));
    app.store(&[article.clone().line()]);
    let statement = app.column("/v1/statements", "id").remove(0);
    app.store(&[article
        .with("status", "withdrawn")
        .with("reason", REASON)
        .line()]);
    let uri = format!("/v1/statements/{statement}");
    for uri in ["/v1/articles/one", "/v1/articles/one/statements", &uri] {
        let problem = app.get(uri).problem(410, "gone");
        assert!(
            problem["detail"].as_str().unwrap().contains(REASON),
            "{uri}"
        );
        assert_eq!(app.head(uri).status, 410);
    }
    app.get("/v1/speakers/bo-tower").problem(404, "not_found");
    for list in ["articles", "statements", "speakers", "outlets", "tags"] {
        assert_eq!(app.rows(&format!("/v1/{list}")).len(), 0, "{list}");
    }
}

#[test]
fn what_is_public_again_is_there_again() {
    let app = TestApp::new();
    let article = Article::new("one").statement(quote("Well.", "Bo Tower"));
    app.store(&[article.clone().line()]);
    let before = app.json("/v1/articles/one");
    app.store(&[article.clone().with("status", "withdrawn").line()]);
    let problem = app.get("/v1/articles/one").problem(410, "gone");
    assert!(!problem["detail"].as_str().unwrap().is_empty());
    app.store(&[article.line()]);
    let mut after = app.json("/v1/articles/one");
    assert_eq!(after["revision"], 3);
    for member in ["revision", "updated_at"] {
        after[member] = before[member].clone();
    }
    assert_eq!(after, before);
    assert_eq!(app.column("/v1/speakers", "slug"), ["bo-tower"]);
}

#[test]
fn an_article_set_back_to_draft_is_not_found() {
    let app = TestApp::new();
    let article = Article::new("one").statement(quote("Well.", "Bo Tower"));
    app.store(&[article.clone().line()]);
    let statement = app.column("/v1/statements", "id").remove(0);
    app.store(&[article.with("status", "draft").line()]);
    app.get("/v1/articles/one").problem(404, "not_found");
    app.get(&format!("/v1/statements/{statement}"))
        .problem(404, "not_found");
    app.get("/v1/outlets/the-sarmila-lantern")
        .problem(404, "not_found");
}

#[test]
fn a_retracted_statement_is_gone_with_its_note() {
    let app = TestApp::with(&newsroom());
    let problem = app
        .get(&format!("/v1/statements/{}", id(163)))
        .problem(410, "gone");
    assert!(problem["detail"].as_str().unwrap().contains(NOTE));
    let app = TestApp::new();
    let said =
        json!({"id": id(1), "quote": "Well.", "form": "direct", "speaker": {"name": "Bo Tower"}});
    let article = Article::new("one");
    app.store(&[article.clone().statement(said.clone()).line()]);
    let mut retracted = said;
    retracted["status"] = "retracted".into();
    retracted["note"] = NOTE.into();
    app.store(&[article.statement(retracted).line()]);
    let problem = app
        .get(&format!("/v1/statements/{}", id(1)))
        .problem(410, "gone");
    assert!(problem["detail"].as_str().unwrap().contains(NOTE));
    assert_eq!(app.json("/v1/articles/one")["statement_count"], 0);
    assert_eq!(app.json("/v1/articles/one")["statements"], json!([]));
    app.get("/v1/speakers/bo-tower").problem(404, "not_found");
}

#[test]
fn a_deleted_statement_is_gone_if_it_was_ever_seen() {
    let app = TestApp::new();
    let said = |number: u32, status: &str| json!({"id": id(number), "quote": "Well.", "form": "direct", "speaker": {"name": "Bo"}, "status": status});
    let article = Article::new("one");
    let full = article
        .clone()
        .statement(said(1, "published"))
        .statement(said(2, "rejected"));
    app.store(&[full.line()]);
    app.store(&[article.line()]);
    app.get(&format!("/v1/statements/{}", id(1)))
        .problem(410, "gone");
    app.get(&format!("/v1/statements/{}", id(2)))
        .problem(404, "not_found");
}

#[test]
fn a_tombstone_tells_that_a_thing_was_deleted_and_why() {
    let app = TestApp::new();
    let dead = |thing: &str, number: u32, public: bool| {
        json!({"type": "deleted", "thing": thing, "id": id(number), "slugs": [format!("dead-{thing}-{number}")],
            "reason": REASON, "deleted_at": "2026-01-01T00:00:00Z", "was_public": public})
    };
    for (thing, number) in [("article", 1), ("speaker", 2), ("outlet", 3), ("tag", 4)] {
        app.store(&[dead(thing, number, true), dead(thing, number + 10, false)]);
        for key in [id(number), format!("dead-{thing}-{number}")] {
            let problem = app.get(&format!("/v1/{thing}s/{key}")).problem(410, "gone");
            assert!(problem["detail"].as_str().unwrap().contains(REASON));
        }
        for key in [id(number + 10), format!("dead-{thing}-{}", number + 10)] {
            app.get(&format!("/v1/{thing}s/{key}"))
                .problem(404, "not_found");
        }
    }
}

#[test]
fn an_import_may_tell_later_that_a_thing_was_public_once() {
    let app = TestApp::new();
    let withdrawn = Article::new("one")
        .with("status", "withdrawn")
        .with("reason", REASON);
    app.store(&[withdrawn.clone().line()]);
    app.get("/v1/articles/one").problem(404, "not_found");
    app.store(&[withdrawn.with("was_public", true).line()]);
    app.get("/v1/articles/one").problem(410, "gone");
    let said = json!({"id": id(1), "quote": "Well.", "form": "direct", "speaker": {"name": "Bo"}, "status": "retracted"});
    app.store(&[Article::new("two").statement(said.clone()).line()]);
    app.get(&format!("/v1/statements/{}", id(1)))
        .problem(404, "not_found");
    let mut said = said;
    said["was_public"] = true.into();
    app.store(&[Article::new("two").statement(said).line()]);
    app.get(&format!("/v1/statements/{}", id(1)))
        .problem(410, "gone");
}
