//! A store that is copied is the same store: every row of every table, on whatever engine.
use std::collections::BTreeMap;

use actix_web::http::Method;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{SqliteConnection, sql_query};
use isnad::database::{Database, Progress};
use isnad::domain::moment::Moment;
use isnad::keys::types::Scope;
use isnad::writing::reindex;
use serde_json::json;

use crate::support::newsroom::{hidden, newsroom};
use crate::support::{Article, TestApp, id, speaker};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every row of every table of an SQLite store.
fn rows(app: &TestApp) -> BTreeMap<String, Vec<String>> {
    let mut connection = SqliteConnection::establish(&app.url()).unwrap();
    let mut lines = |sql: &str| -> Vec<String> {
        let lines: Vec<Line> = sql_query(sql).load(&mut connection).unwrap();
        lines.into_iter().map(|row| row.line).collect()
    };
    let tables = lines(
        "SELECT name AS line FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' \
         AND name NOT LIKE '%\\_terms%' ESCAPE '\\' AND name NOT LIKE '%\\_places' ESCAPE '\\' \
         AND name NOT IN ('article_words', 'statement_words', 'search_words')",
    );
    tables
        .into_iter()
        .map(|table| {
            let columns = lines(&format!(
                "SELECT group_concat('quote(\"' || name || '\")', ' || '' '' || ') AS line FROM pragma_table_info('{table}')"
            ));
            let rows = lines(&format!("SELECT {} AS line FROM {table} ORDER BY 1", columns[0]));
            (table, rows)
        })
        .collect()
}

/// A store with something in every table.
fn full() -> TestApp {
    let app = TestApp::on_sqlite();
    let tag = json!({"type": "tag", "id": id(600), "name": "Bells", "former_slugs": ["chimes"]});
    let gone = json!({"type": "deleted", "thing": "article", "id": id(601), "deleted_at": "2026-03-01T00:00:00Z", "reason": "doubled"});
    app.store(&[tag, gone]);
    app.store(&[newsroom(), hidden()].concat());
    let key = app.key(Scope::Publish);
    // What was written, and what it was before.
    app.post("/v1/articles", Article::new("bells").with("id", id(602)))
        .by(&key)
        .with("Idempotency-Key", "bells")
        .taken(201);
    app.patch("/v1/articles/bells", json!({"title": "Two bells"}))
        .by(&key)
        .of_revision(1)
        .taken(200);
    let made = app.send_by(&key, Method::POST, "/v1/articles/bells/preview", "");
    assert_eq!(made.status, 201, "{}", made.text());
    // What is renamed leaves documents to be rendered again.
    app.store(&[json!({"type": "outlet", "slug": "lantern", "name": "The New Lantern"})]);
    let rows = rows(&app);
    let empty: Vec<_> = rows.iter().filter(|(_, rows)| rows.is_empty()).collect();
    assert!(empty.is_empty(), "nothing in {empty:?}");
    app
}

fn copy(from: &Database, to: &Database) -> Option<u64> {
    let mut progress = Vec::new();
    let copied = from
        .copy_to(to, &mut |now: Progress| progress.push((now.rows, now.of)))
        .unwrap();
    // What things are found by is not copied.
    while reindex::some(to, Moment(0)).unwrap() > 0 {}
    if let Some(rows) = copied {
        assert!(progress.is_sorted());
        assert_eq!(progress.last(), Some(&(rows, rows)));
    }
    copied
}

/// What is seen from outside is the same too, and writing goes on.
fn is_the_same_and_goes_on(one: &TestApp, other: &TestApp) {
    assert_eq!(one.export(), other.export());
    assert_eq!(one.sequences(), other.sequences());
    for uri in [
        "/v1/articles?count=true",
        "/v1/statements",
        "/v1/speakers",
        "/v1/meta",
    ] {
        let (ours, theirs) = (one.get(uri), other.get(uri));
        assert_eq!(ours.text(), theirs.text());
        assert_eq!(ours.header("etag"), theirs.header("etag"), "{uri}");
    }
    let more = Article::new("after-the-copy").tags(&["A new tag"]);
    for app in [one, other] {
        app.store(&[more.clone().line(), speaker("nobody", "Nobody before")]);
        assert_eq!(app.findings(), Vec::<String>::new());
    }
}

#[test]
fn on_one_engine_every_row_is_copied() {
    let (from, to) = (full(), TestApp::on_sqlite());
    let before = rows(&from);
    let count: usize = before.values().map(Vec::len).sum();
    // The one row of `store` is there already.
    assert_eq!(copy(&from.database, &to.database), Some(count as u64 - 1));
    assert_eq!(before, rows(&to));
    is_the_same_and_goes_on(&from, &to);
}

#[cfg(feature = "postgres")]
#[test]
fn there_and_back_every_row_is_copied() {
    let (from, back) = (full(), TestApp::on_sqlite());
    let there = TestApp::on_postgres();
    copy(&from.database, &there.database).unwrap();
    copy(&there.database, &back.database).unwrap();
    assert_eq!(rows(&from), rows(&back));
    is_the_same_and_goes_on(&from, &there);
}

#[test]
fn a_store_that_is_not_empty_is_left_alone() {
    let (from, to) = (full(), TestApp::new());
    to.store(&[Article::new("mine").line()]);
    let before = to.export();
    assert_eq!(copy(&from.database, &to.database), None);
    assert_eq!(to.export(), before);
}

#[test]
fn what_fails_half_way_leaves_nothing() {
    let (from, mut to) = (full(), TestApp::on_sqlite());
    to.tamper("CREATE TRIGGER no BEFORE INSERT ON tombstones BEGIN SELECT raise(ABORT, 'no'); END");
    let empty = rows(&to);
    let copied = from.database.copy_to(&to.database, &mut |_| {});
    assert!(copied.unwrap_err().to_string().contains("no"));
    assert_eq!(rows(&to), empty);
}
