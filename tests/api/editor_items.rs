//! Single things as a key with the scope `read` sees them: hidden ones too, and all of each.
use actix_web::http::Method;
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::keys::TestKey;
use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp, id, quote};

/// Every hidden thing by one of its keys, its id, and what the public is answered.
fn hidden_things() -> Vec<(String, String, u16)> {
    let thing = |kind: &str, key: String, number: u32, status: u16| {
        (format!("/v1/{kind}/{key}"), id(number), status)
    };
    let mut things = Vec::new();
    for (slug, number, status) in [
        ("draft", 150, 404),
        ("future", 151, 404),
        ("withdrawn", 152, 410),
        ("never-public", 153, 404),
    ] {
        things.push(thing("articles", id(number), number, status));
        things.push(thing(
            "articles",
            format!("{slug}-{HIDDEN}"),
            number,
            status,
        ));
    }
    for (number, status) in [(160, 404), (161, 404), (162, 404), (163, 410)] {
        things.push(thing("statements", id(number), number, status));
    }
    for (kind, slug, number) in [
        ("speakers", "nobody", 350),
        ("outlets", "nothing", 250),
        ("tags", "nowhere", 450),
    ] {
        things.push(thing(kind, id(number), number, 404));
        things.push(thing(kind, format!("{slug}-{HIDDEN}"), number, 404));
    }
    things
}

fn readers(app: &TestApp) -> Vec<TestKey> {
    [Scope::Read, Scope::Write, Scope::Publish, Scope::Admin]
        .map(|scope| app.key(scope))
        .into()
}

#[test]
fn hidden_things_are_found_with_a_scope_and_without_one_as_ever() {
    let app = TestApp::with(&newsroom());
    let (none, readers) = (app.key(Scope::None), readers(&app));
    for (uri, id, status) in hidden_things() {
        assert_eq!(app.get(&uri).status, status, "{uri}");
        assert_eq!(app.get_by(&none, &uri).status, status, "{uri}");
        for reader in &readers {
            let response = app.get_by(reader, &uri);
            assert_eq!(response.status, 200, "{uri} by {}", reader.name);
            assert_eq!(response.json()["id"], id, "{uri}");
            assert_eq!(response.header("cache-control"), "private, no-store");
            assert_eq!(response.header("vary"), "Accept-Encoding, Authorization");
            assert!(response.etag().starts_with("\"1-"), "{}", response.etag());
        }
        let narrowed = app.get_by(&readers[0], &format!("{uri}?fields=id"));
        assert_eq!(narrowed.json(), json!({ "id": id }));
    }
}

#[test]
fn what_lies_below_hidden_things_is_there_with_a_scope() {
    let app = TestApp::with(&newsroom());
    let (none, reader) = (app.key(Scope::None), app.key(Scope::Read));
    for (key, status) in [
        (format!("articles/draft-{HIDDEN}"), 404),
        (format!("articles/{}", id(151)), 404),
        (format!("articles/{}", id(152)), 410),
    ] {
        for (tail, rows) in [("statements", 1), ("related", 0)] {
            let uri = format!("/v1/{key}/{tail}");
            assert_eq!(app.get(&uri).status, status, "{uri}");
            assert_eq!(app.get_by(&none, &uri).status, status, "{uri}");
            let page = app.json_by(&reader, &format!("{uri}?count=true"));
            assert_eq!(page["data"].as_array().unwrap().len(), rows, "{uri}");
            assert_eq!(page["page"]["total"], rows, "{uri}");
        }
    }
    let uri = format!("/v1/speakers/nobody-{HIDDEN}/timeline");
    app.get(&uri).problem(404, "not_found");
    assert_eq!(app.json_by(&reader, &uri), json!({"data": []}));
}

#[test]
fn a_draft_is_related_to_what_the_public_sees_of_its_tags() {
    let app = TestApp::new();
    app.store(&[
        Article::new("seen").tags(&["Bells"]).line(),
        Article::new("draft")
            .tags(&["Bells", "Whistles"])
            .draft()
            .line(),
        Article::new("other").tags(&["Whistles"]).draft().line(),
    ]);
    let reader = app.key(Scope::Read);
    let page = app.json_by(&reader, "/v1/articles/draft/related");
    let rows = page["data"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{page}");
    assert_eq!(rows[0]["article"]["slug"], "seen");
    app.get("/v1/articles/draft/related")
        .problem(404, "not_found");
}

#[test]
fn former_keys_of_hidden_things_lead_on_with_a_scope() {
    let app = TestApp::new();
    let draft = Article::new("draft").with("id", id(1)).draft();
    app.store(&[
        draft.clone().line(),
        draft.with("slug", "renamed").line(),
        json!({"type": "tag", "id": id(2), "name": "Bells", "former_slugs": ["chimes"], "former_ids": [id(3)]}),
    ]);
    let reader = app.key(Scope::Read);
    for (from, to) in [
        ("articles/draft", format!("articles/{}", id(1))),
        (
            "articles/draft/statements",
            format!("articles/{}/statements", id(1)),
        ),
        ("tags/chimes", format!("tags/{}", id(2))),
        (&format!("tags/{}", id(3)), format!("tags/{}", id(2))),
    ] {
        let uri = format!("/v1/{from}");
        app.get(&uri).problem(404, "not_found");
        let response = app.get_by(&reader, &uri);
        assert_eq!(response.status, 308, "{uri}");
        assert_eq!(response.header("location"), format!("/v1/{to}"));
    }
}

#[test]
fn what_was_deleted_is_gone_for_an_editor_whether_it_was_public_or_not() {
    let app = TestApp::new();
    let reader = app.key(Scope::Read);
    for (number, thing) in (1..).zip(["article", "statement", "speaker", "outlet", "tag"]) {
        app.store(&[
            json!({"type": "deleted", "thing": thing, "id": id(number), "reason": "By mistake."}),
        ]);
        let uri = format!("/v1/{thing}s/{}", id(number));
        app.get(&uri).problem(404, "not_found");
        let problem = app.get_by(&reader, &uri).problem(410, "gone");
        let detail = format!("this {thing} was deleted: By mistake.");
        assert_eq!(problem["detail"], detail);
    }
}

#[test]
fn an_article_shows_an_editor_all_its_statements_and_the_public_no_more_than_before() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let seen = app.json("/v1/articles/piece-8");
    assert_eq!(seen["statement_count"], 1);
    let all = app.json_by(&reader, "/v1/articles/piece-8");
    assert_eq!(all["statement_count"], 5);
    let statements = all["statements"].as_array().unwrap();
    let of = |number: u32| statements.iter().find(|s| s["id"] == id(number)).unwrap();
    assert_eq!(
        of(160)["attribution"][0]["unresolved"],
        json!({"name": format!("Perhaps {HIDDEN}"), "kind": "person"})
    );
    let statuses: Vec<&Value> = (160..=163).map(|number| &of(number)["status"]).collect();
    assert_eq!(statuses, ["proposed", "rejected", "retracted", "retracted"]);
    for statement in statements {
        let uri = format!("/v1/statements/{}", statement["id"].as_str().unwrap());
        assert_eq!(app.json_by(&reader, &uri), *statement);
    }
    // Its own fields are the same.
    let mut rest = all.clone();
    for member in ["statement_count", "statements"] {
        rest[member] = seen[member].clone();
    }
    assert_eq!(rest, seen);
}

#[test]
fn an_editor_who_sends_back_what_was_read_changes_nothing() {
    let app = TestApp::with(&newsroom());
    let editor = app.key(Scope::Publish);
    for number in [100, 108, 150, 151, 152, 153] {
        let uri = format!("/v1/articles/{}", id(number));
        let read = app.get_by(&editor, &uri);
        assert_eq!(read.status, 200, "{uri}");
        let written = app.put(&uri, read.json()).by(&editor).taken(200);
        assert_eq!(written["outcome"], "unchanged", "{uri}");
    }
}

#[test]
fn an_article_shows_an_editor_its_hidden_translations() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let slugs = |article: &Value| -> Vec<String> {
        let others = article["translations"].as_array().unwrap();
        let slug = |other: &Value| other["slug"].as_str().unwrap().to_owned();
        others.iter().map(slug).collect()
    };
    assert_eq!(slugs(&app.json("/v1/articles/piece-0")), ["piece-1"]);
    let (draft, future) = (format!("draft-{HIDDEN}"), format!("future-{HIDDEN}"));
    assert_eq!(
        slugs(&app.json_by(&reader, "/v1/articles/piece-0")),
        ["piece-1", &draft, &future]
    );
    assert_eq!(
        slugs(&app.json_by(&reader, &format!("/v1/articles/{draft}"))),
        ["piece-1", "piece-0", &future]
    );
}

#[test]
fn an_editor_sees_a_visible_thing_without_hidden_parts_as_the_public_does() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let statement = app.column("/v1/statements", "id").remove(0);
    for uri in [
        "/v1/articles/piece-2".to_owned(),
        format!("/v1/statements/{statement}"),
        "/v1/speakers/ada-quill".to_owned(),
        "/v1/outlets/lantern".to_owned(),
        "/v1/tags/ferries".to_owned(),
    ] {
        assert_eq!(app.get_by(&reader, &uri).body, app.get(&uri).body, "{uri}");
    }
}

#[test]
fn head_of_a_hidden_thing_has_the_headers_of_get() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    let (name, value) = reader.header();
    let uri = format!("/v1/articles/{}", id(150));
    let head = app.send(Method::HEAD, &uri, &[(name, &value)]);
    let get = app.get_by(&reader, &uri);
    assert_eq!((head.status, head.etag()), (200, get.etag()));
    assert!(head.body.is_empty());
}

#[test]
fn a_statement_of_a_hidden_article_is_shown_with_it() {
    let app = TestApp::new();
    let said =
        json!({"id": id(2), "quote": "Well.", "form": "direct", "speaker": {"name": "Bo Tower"}});
    app.store(&[Article::new("draft")
        .draft()
        .statement(said)
        .statement(quote("Ah.", "Cy Gable"))
        .line()]);
    let reader = app.key(Scope::Read);
    let statement = app.json_by(&reader, &format!("/v1/statements/{}", id(2)));
    assert_eq!(statement["article"]["slug"], "draft");
    assert_eq!(statement["article"]["published_at"], Value::Null);
    let speaker = app.json_by(&reader, "/v1/speakers/bo-tower");
    assert_eq!(
        speaker["statement_count"], 0,
        "what the public sees is counted"
    );
    assert_eq!(speaker["first_said_at"], Value::Null);
}
