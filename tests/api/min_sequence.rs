//! Reading what one has written: `X-Sequence` of a write, given back as `min_sequence`.
use isnad::keys::types::Scope;

use crate::support::lists::{List, on_every_list};
use crate::support::newsroom::newsroom;
use crate::support::{Article, TestApp, id};

on_every_list!(takes_the_sequence_of_a_write_from_who_may_read_everything);

fn takes_the_sequence_of_a_write_from_who_may_read_everything(list: &List) {
    let app = TestApp::with(&newsroom());
    let last = app.sequences().all;
    let reader = app.key(Scope::Read);
    let plain = app.get(&list.with("limit=2"));
    for sequence in [0, 1, last] {
        let uri = list.with(&format!("limit=2&min_sequence={sequence}"));
        let response = app.get_by(&reader, &uri);
        assert_eq!(response.status, 200, "{uri}");
        assert_eq!(response.json()["data"], plain.json()["data"]);
        assert_eq!(
            response.json()["page"],
            plain.json()["page"],
            "a cursor is good with it or without"
        );
    }
}

/// An item of each kind, and a series.
const ITEMS: [&str; 5] = [
    "/v1/articles/piece-2",
    "/v1/speakers/ada-quill",
    "/v1/outlets/lantern",
    "/v1/tags/ferries",
    "/v1/speakers/ada-quill/timeline",
];

fn since(uri: &str, sequence: impl std::fmt::Display) -> String {
    format!("{uri}?min_sequence={sequence}")
}

#[test]
fn an_item_is_read_by_it_too() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    for uri in ITEMS {
        let response = app.get_by(&reader, &since(uri, app.sequences().all));
        assert_eq!(response.body, app.get(uri).body, "{uri}");
    }
}

#[test]
fn without_a_key_that_may_read_everything_it_is_refused() {
    let app = TestApp::with(&newsroom());
    let none = app.key(Scope::None);
    for uri in ITEMS
        .into_iter()
        .chain(["/v1/articles", "/v1/articles/piece-0/statements"])
    {
        app.get(&since(uri, 1)).problem(401, "key_required");
        let problem = app
            .get_by(&none, &since(uri, 1))
            .problem(403, "missing_scope");
        assert!(problem["detail"].as_str().unwrap().contains("`read`"));
    }
}

#[test]
fn one_of_no_write_yet_is_refused_by_name() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    for uri in [
        "/v1/articles",
        "/v1/articles/piece-0",
        "/v1/articles/none-such",
    ] {
        let problem = app
            .get_by(&reader, &since(uri, app.sequences().all + 1))
            .problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], "min_sequence");
    }
    for wrong in ["-1", "x", "1.5", "99999999999999999999", "%2B1"] {
        let problem = app
            .get_by(&reader, &since("/v1/articles", wrong))
            .problem(400, "invalid_parameter");
        assert!(
            problem["detail"].as_str().unwrap().contains("X-Sequence"),
            "{problem}"
        );
    }
}

#[test]
fn a_write_answers_the_sequence_by_which_it_is_read() {
    let app = TestApp::new();
    let editor = app.key(Scope::Publish);
    let article = Article::new("one").line();
    let uri = format!("/v1/articles/{}", id(1));
    let written = app.put(&uri, article).by(&editor).send();
    assert_eq!(written.status, 201, "{}", written.text());
    let sequence = written.header("x-sequence");
    assert_eq!(sequence, app.sequences().all.to_string());
    let read = app.get_by(&editor, &since(&uri, sequence));
    assert_eq!(read.json()["slug"], "one");
}
