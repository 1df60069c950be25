//! `POST /v1/import`: what is taken, what is answered, and what a key may bring in.
use actix_web::http::Method;
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::{TestApp, ndjson};
use crate::support::keys::TestKey;
use crate::support::response::Response;
use crate::support::{Article, id, quote};

const NDJSON: &str = "application/x-ndjson";

fn send(app: &TestApp, key: Option<&TestKey>, query: &str, kind: &str, text: &str) -> Response {
    let mut headers = vec![("Content-Type", kind)];
    let authorization = key.map(|key| key.header().1);
    headers.extend(
        authorization
            .iter()
            .map(|value| ("Authorization", value.as_str())),
    );
    app.send_body(
        Method::POST,
        &format!("/v1/import{query}"),
        &headers,
        text.as_bytes().to_vec(),
    )
}

/// The lines of the answer, and the last one by itself.
fn import(app: &TestApp, key: &TestKey, lines: &[Value]) -> (Vec<Value>, Value) {
    let response = send(app, Some(key), "", NDJSON, &ndjson(lines));
    assert_eq!(response.status, 200, "{}", response.text());
    let text = response.text();
    let mut results: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = results.pop().unwrap();
    (results, last)
}

fn outcomes(results: &[Value]) -> Vec<&str> {
    results
        .iter()
        .map(|result| result["outcome"].as_str().unwrap())
        .collect()
}

#[test]
fn each_line_has_its_result_in_order_and_the_last_sums_up() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let draft = Article::new("draft").draft().line();
    let unkeyed =
        json!({"language": "en", "title": "Unkeyed", "text": "x", "outlet": {"name": "A"}});
    let text = [
        json!({"type": "speaker", "name": "Bo", "slug": "bo"}).to_string(),
        String::new(),
        Article::new("one")
            .statement(quote("Baa.", "Bo"))
            .line()
            .to_string(),
        "{\"slug\": ".to_owned(),
        draft.to_string(),
        json!({"type": "deleted", "thing": "tag", "id": id(9), "slugs": ["gone"]}).to_string(),
        unkeyed.to_string(),
        Article::new("two").with("title", "").line().to_string(),
    ]
    .join("\n");
    let response = send(&app, Some(&key), "", NDJSON, &text);
    assert_eq!(response.header("content-type"), NDJSON);
    assert_eq!(response.header("cache-control"), "no-store");
    let text = response.text();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told = |line: &Value| {
        let outcome = line["outcome"].as_str().unwrap();
        let thing = line["thing"].as_str().unwrap_or("-");
        format!("{} {outcome} {thing}", line["line"])
    };
    let results: Vec<String> = lines[..7].iter().map(told).collect();
    assert_eq!(
        results,
        [
            "1 created speaker",
            "3 created article",
            "4 failed -",
            "5 created article",
            "6 created tag",
            "7 created article",
            "8 failed -"
        ]
    );
    assert_eq!(
        (&lines[0]["slug"], &lines[0]["revision"]),
        (&"bo".into(), &1.into())
    );
    let one = app.json("/v1/articles/one");
    assert_eq!(
        (&lines[1]["id"], &lines[1]["slug"]),
        (&one["id"], &one["slug"])
    );
    assert_eq!(lines[2]["errors"][0]["code"], "invalid_json");
    assert_eq!(
        (&lines[6]["errors"][0]["pointer"], lines[6].get("id")),
        (&"/title".into(), None)
    );
    let sequence = app.sequences().all;
    let last = json!({"done": true, "created": 5, "updated": 0, "unchanged": 0, "failed": 2, "drafts": 2,
        "without_key": 1, "sequence": sequence});
    assert_eq!(lines[7], last);
}

#[test]
fn what_is_there_is_changed_or_told_to_be_the_same() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let one = |title: &str| Article::new("one").with("title", title).line();
    import(&app, &key, &[one("First")]);
    let before = app.sequences();
    let (results, last) = import(&app, &key, &[one("First")]);
    assert_eq!(outcomes(&results), ["unchanged"]);
    assert_eq!(
        (results[0]["revision"].clone(), app.sequences()),
        (1.into(), before)
    );
    assert_eq!(last["sequence"], before.all);
    let (results, _) = import(&app, &key, &[one("Second"), one("Second")]);
    assert_eq!(outcomes(&results), ["updated", "unchanged"]);
    assert_eq!(results[1]["revision"], 2);
    assert_eq!(app.json("/v1/articles/one")["title"], "Second");
}

#[test]
fn it_stores_what_the_command_stores() {
    let (by_command, by_request) = (TestApp::new(), TestApp::new());
    // Ids are given, so that both are the same; what the server owns is left out.
    let lines: Vec<Value> = (1..=300)
        .map(|number| match number % 50 {
            7 => json!({"slug": format!("wrong-{number}")}),
            _ => Article::new(&format!("one-{number}"))
                .with("id", id(number))
                .line(),
        })
        .collect();
    let report = by_command.import(&lines).report;
    let (results, last) = import(&by_request, &by_request.key(Scope::Admin), &lines);
    assert_eq!(results.len(), 300);
    assert_eq!(
        (&last["created"], &last["failed"]),
        (&report.created.into(), &report.failed.into())
    );
    let stripped = |app: &TestApp| {
        let export = app.export();
        let lines = export.lines().filter(|line| !line.contains("\"type\""));
        let lines = lines.map(|line| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            for member in ["created_at", "updated_at", "outlet"] {
                line.as_object_mut().unwrap().remove(member);
            }
            line
        });
        lines.collect::<Vec<Value>>()
    };
    assert_eq!(stripped(&by_request), stripped(&by_command));
}

#[test]
fn what_the_server_owns_is_passed_over() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let line = Article::new("one")
        .with("revision", 7)
        .with("created_at", "2001-01-01T00:00:00Z")
        .with("updated_at", "2001-01-01T00:00:00Z")
        .with("former_slugs", json!(["before"]))
        .statement(quote("Baa.", "Bo"))
        .line();
    let withdrawn = Article::new("two")
        .with("status", "withdrawn")
        .with("was_public", true)
        .line();
    let speaker = json!({"type": "speaker", "name": "Ulla", "slug": "ulla", "revision": 9, "former_slugs": ["ull"]});
    let deleted = json!({"type": "deleted", "thing": "article", "id": id(8), "slugs": ["eight"], "was_public": true});
    let (results, _) = import(&app, &key, &[line, withdrawn, speaker, deleted]);
    assert_eq!(outcomes(&results), ["created"; 4]);
    let one = app.json("/v1/articles/one");
    assert_eq!(one["revision"], 1);
    assert!(!one["created_at"].as_str().unwrap().starts_with("2001"));
    assert_eq!(one["statements"][0]["origin"], "import");
    for hidden in ["before", "two", "eight"] {
        app.get(&format!("/v1/articles/{hidden}"))
            .problem(404, "not_found");
    }
    assert_eq!(results[2]["revision"], 1);
}

#[test]
fn a_line_that_the_public_would_see_takes_the_right_to_publish_and_fails_alone() {
    let app = TestApp::new();
    let (writer, publisher) = (app.key(Scope::Write), app.key(Scope::Publish));
    let live = Article::new("live").statement(quote("Baa.", "Bo"));
    import(
        &app,
        &publisher,
        &[
            live.clone().line(),
            json!({"type": "speaker", "slug": "ulla", "name": "Ulla"}),
        ],
    );
    let before = app.json("/v1/articles/live");
    let draft = |slug: &str| Article::new(slug).draft().line();
    let public = app.sequences().public;
    let (results, last) = import(
        &app,
        &writer,
        &[
            draft("one"),
            Article::new("new").line(),
            live.clone().with("title", "Changed").line(),
            live.clone().draft().line(),
            json!({"type": "speaker", "slug": "bo", "name": "Bobo"}),
            json!({"type": "speaker", "slug": "ulla", "name": "Ulla", "aliases": ["Ull"]}),
            Article::new("later")
                .published("2999-01-01T00:00:00Z")
                .line(),
            live.line(),
            draft("two"),
        ],
    );
    assert_eq!(
        outcomes(&results),
        [
            "created",
            "failed",
            "failed",
            "failed",
            "failed",
            "updated",
            "failed",
            "unchanged",
            "created"
        ]
    );
    for failed in results
        .iter()
        .filter(|result| result["outcome"] == "failed")
    {
        assert_eq!(failed["errors"][0]["code"], "missing_scope", "{failed}");
    }
    assert_eq!((&last["done"], &last["failed"]), (&true.into(), &5.into()));
    assert_eq!(app.json("/v1/articles/live"), before);
    assert_eq!(app.sequences().public, public);
}

#[test]
fn who_may_not_write_and_what_is_no_ndjson_are_refused() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    send(&app, None, "?no_such=1", "text/csv", "x").problem(401, "key_required");
    for scope in [Scope::None, Scope::Read] {
        send(&app, Some(&app.key(scope)), "", NDJSON, "x").problem(403, "missing_scope");
    }
    send(&app, Some(&key), "?no_such=1", NDJSON, "").problem(400, "unknown_parameter");
    send(&app, Some(&key), "?strict=maybe", NDJSON, "").problem(400, "invalid_parameter");
    for kind in [
        "application/json",
        "text/plain",
        "application/x-ndjson; charset=latin1",
        "",
    ] {
        let refused = send(&app, Some(&key), "", kind, "");
        let problem = refused.problem(415, "unsupported_media_type");
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .contains("application/x-ndjson")
        );
    }
    for kind in [
        "application/ndjson",
        "Application/JSONL",
        "application/x-ndjson; charset=utf-8",
    ] {
        assert_eq!(send(&app, Some(&key), "", kind, "").status, 200, "{kind}");
    }
    assert_eq!(app.sequences().all, 0);
}

#[test]
fn strict_stops_at_the_first_wrong_line_and_keeps_what_stood_before() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let lines = ndjson(&[
        Article::new("one").line(),
        json!({}),
        Article::new("two").line(),
    ]);
    let text = send(&app, Some(&key), "?strict=true", NDJSON, &lines).text();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(outcomes(&lines[..2]), ["created", "failed"]);
    assert_eq!(
        (&lines[2]["done"], &lines[2]["code"]),
        (&false.into(), &"invalid_document".into())
    );
    assert_eq!(app.column("/v1/articles", "slug"), ["one"]);
}

#[test]
fn a_database_that_fails_ends_the_import_with_a_word() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let held = app.hold_writes();
    let (results, last) = import(&app, &key, &[Article::new("one").line()]);
    drop(held);
    assert!(results.is_empty(), "{results:?}");
    assert_eq!(
        (&last["done"], &last["code"]),
        (&false.into(), &"database_busy".into())
    );
    assert!(app.rows("/v1/articles").is_empty());
}
