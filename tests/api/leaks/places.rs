//! A statement's position counts published statements alone: what is hidden leaves no gap.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::{Article, TestApp, id, quote};

const LIST: &str = "/v1/articles/ferry/statements";

/// Three statements in text order, of which the second is a proposal.
fn ferry() -> TestApp {
    let mut proposed = quote("two", "Cy Gable");
    proposed["id"] = json!(id(2));
    proposed["status"] = json!("proposed");
    TestApp::with(&[Article::new("ferry")
        .paragraphs(&["one, two, three"])
        .statement(quote("three", "Bo Tower"))
        .statement(proposed)
        .statement(quote("one", "Ada Quill"))
        .line()])
}

fn places(rows: &[Value]) -> Vec<(&str, i64)> {
    let place = |row: &'_ Value| row["position"].as_i64().unwrap();
    rows.iter()
        .map(|row| (row["quote"].as_str().unwrap(), place(row)))
        .collect()
}

#[test]
fn a_proposal_leaves_no_gap_and_counts_once_it_is_published() {
    let app = ferry();
    assert_eq!(places(&app.rows(LIST)), [("one", 0), ("three", 1)]);
    let by = app.rows(&format!("{LIST}?speaker=bo-tower"));
    assert_eq!(places(&by), [("three", 1)]);
    // Who sees it sees where it would stand.
    let reader = app.key(Scope::Read);
    let page = app.json_by(&reader, &format!("{LIST}?status=proposed,published"));
    let rows = page["data"].as_array().unwrap();
    assert_eq!(places(rows), [("one", 0), ("two", 1), ("three", 1)]);
    let publish = json!({"status": "published"});
    app.patch(&format!("/v1/statements/{}", id(2)), publish)
        .by(&app.key(Scope::Publish))
        .of_revision(1)
        .taken(200);
    assert_eq!(
        places(&app.rows(LIST)),
        [("one", 0), ("two", 1), ("three", 2)]
    );
}

#[test]
fn a_store_that_counted_otherwise_is_brought_up_to_date() {
    let mut app = ferry();
    app.tamper(include_str!(
        "../../../migrations/sqlite/00000000000006_places/down.sql"
    ));
    let findings = app.findings();
    assert!(
        findings[0].contains("is not found by facet 10"),
        "{findings:?}"
    );
    app.tamper(include_str!(
        "../../../migrations/sqlite/00000000000006_places/up.sql"
    ));
    assert_eq!(app.findings(), Vec::<String>::new());
}
