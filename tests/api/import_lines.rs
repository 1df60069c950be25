//! NDJSON line by line: what is wrong with one line is told with its number and costs no other line.
use isnad::transfer::ImportError;
use serde_json::{Value, json};

use crate::support::app::ndjson;
use crate::support::{Article, Imported, TestApp, quote};

fn article(n: usize) -> Value {
    Article::new(&format!("one-{n}"))
        .statement(quote("Baa.", "Bo"))
        .line()
}

fn wrong_lines(imported: &Imported) -> Vec<u64> {
    imported.faults.iter().map(|fault| fault.line).collect()
}

#[test]
fn a_bad_line_does_not_lose_its_neighbours() {
    let app = TestApp::new();
    let text = [
        article(1).to_string(),
        "{\"slug\": ".to_owned(),
        article(2).to_string(),
        Article::new("three").with("title", "").line().to_string(),
        Article::new("four")
            .with("outlet", json!({"slug": "none"}))
            .line()
            .to_string(),
        article(5).to_string(),
        "[]".to_owned(),
        "7".to_owned(),
        "\u{feff}{}".to_owned(),
        json!({"type": "person", "name": "x"}).to_string(),
        json!({"type": "article", "title": "x"}).to_string(),
        article(6).to_string(),
    ];
    let imported = app.import_text(&text.join("\n"), false);
    assert!(imported.result.is_ok());
    assert_eq!(wrong_lines(&imported), [2, 4, 5, 7, 8, 9, 10, 11]);
    assert_eq!((imported.report.created, imported.report.failed), (4, 8));
    assert_eq!(imported.faults_of(2), [" invalid_json"]);
    assert_eq!(imported.faults_of(5), ["/outlet unknown_reference"]);
    assert_eq!(imported.faults_of(10), ["/type invalid_value"]);
    let mut slugs = app.column("/v1/articles", "slug");
    slugs.sort();
    assert_eq!(slugs, ["one-1", "one-2", "one-5", "one-6"]);
}

#[test]
fn many_lines_with_a_bad_one_here_and_there_are_all_stored_but_those() {
    let app = TestApp::new();
    let line = |n: usize| match n % 97 {
        13 => json!({"slug": "x"}),
        _ => Article::new(&format!("one-{n}")).line(),
    };
    let lines: Vec<Value> = (1..=600).map(line).collect();
    let imported = app.import(&lines);
    let bad: Vec<u64> = (1..=600).filter(|n| n % 97 == 13).collect();
    assert_eq!(wrong_lines(&imported), bad);
    assert_eq!(imported.report.created, 600 - bad.len() as u64);
    assert_eq!(
        app.json("/v1/meta")["counts"]["articles"],
        imported.report.created
    );
}

#[test]
fn strict_stops_at_the_first_bad_line_and_keeps_what_stood_before() {
    let app = TestApp::new();
    let lines = [
        article(1),
        article(2),
        Article::new("x")
            .with("outlet", json!({"slug": "none"}))
            .line(),
        article(3),
    ];
    let imported = app.import_text(&ndjson(&lines), true);
    assert!(
        matches!(imported.result, Err(ImportError::Strict)),
        "{:?}",
        imported.result
    );
    assert_eq!(wrong_lines(&imported), [3]);
    assert_eq!((imported.report.created, imported.report.failed), (2, 1));
    assert_eq!(app.rows("/v1/articles").len(), 2);
    let imported = app.import_text(&format!("{}\nnonsense\n{}", article(4), article(5)), true);
    assert_eq!(
        (imported.report.created, wrong_lines(&imported)),
        (1, vec![2])
    );
}

#[test]
fn a_line_may_be_2_mib_long_and_not_longer() {
    let app = TestApp::new();
    const BOUND: usize = 2 * 1024 * 1024;
    let padded = |slug: &str, length: usize| {
        let line = Article::new(slug).line().to_string();
        format!("{line}{}", " ".repeat(length - line.len()))
    };
    let text = [
        padded("at-the-bound", BOUND),
        padded("over-it", BOUND + 1),
        article(1).to_string(),
    ]
    .join("\n");
    let imported = app.import_text(&text, false);
    assert_eq!(
        (imported.report.created, wrong_lines(&imported)),
        (2, vec![2])
    );
    assert_eq!(imported.faults_of(2), [" too_long"]);
    assert!(
        imported.details().contains(&BOUND.to_string()),
        "{}",
        imported.details()
    );
    app.get("/v1/articles/at-the-bound");
}

#[test]
fn a_byte_order_mark_crlf_and_empty_lines_do_not_matter() {
    let app = TestApp::new();
    let text = format!(
        "\u{feff}{}\r\n\r\n  \t\n{}\r\nwrong\r\n\n",
        article(1),
        article(2)
    );
    let imported = app.import_text(&text, false);
    assert_eq!(
        (imported.report.created, wrong_lines(&imported)),
        (2, vec![5]),
        "empty lines are counted"
    );
    for nothing in ["", "\n", "\u{feff}", "\r\n\r\n"] {
        let imported = app.import_text(nothing, true);
        assert!(
            imported.result.is_ok() && imported.faults.is_empty(),
            "{nothing:?}"
        );
    }
    let imported = app.import_text(&article(3).to_string(), true);
    assert_eq!(imported.report.created, 1, "the last line needs no end");
}

#[test]
fn two_documents_on_a_line_are_a_bad_line() {
    let app = TestApp::new();
    let imported = app.import_text(&format!("{} {}\n", article(1), article(2)), false);
    assert_eq!(imported.faults_of(1), [" invalid_json"]);
}

#[test]
fn a_member_given_twice_is_a_bad_line() {
    let app = TestApp::new();
    let line = article(1)
        .to_string()
        .replacen('{', "{\"title\":\"First\",", 1);
    let imported = app.import_text(&line, false);
    assert_eq!((imported.report.failed, imported.report.created), (1, 0));
}

#[test]
fn half_a_surrogate_pair_and_bytes_that_are_no_text_are_bad_lines() {
    let app = TestApp::new();
    let half = article(1).to_string().replace("Title of one-1", "\\ud83d");
    assert_eq!(
        app.import_text(&half, false).faults_of(1),
        [" invalid_json"]
    );
    let whole = article(1)
        .to_string()
        .replace("Title of one-1", "\\ud83d\\ude00");
    assert_eq!(app.import_text(&whole, false).report.created, 1);
    assert_eq!(app.json("/v1/articles/one-1")["title"], "😀");
}

#[test]
fn deeply_nested_nonsense_is_a_bad_line() {
    let app = TestApp::new();
    let deep = format!(
        "{{\"direction\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let imported = app.import_text(&deep, false);
    assert_eq!((imported.report.failed, imported.report.created), (1, 0));
}

#[test]
fn lines_of_one_import_find_each_other() {
    let app = TestApp::new();
    let record =
        json!({"type": "speaker", "slug": "bo", "name": "Bo Tower", "aliases": ["B. Tower"]});
    let report = app.store(&[
        record.clone(),
        Article::new("one")
            .statement(quote("Baa.", "b. tower"))
            .line(),
        Article::new("one")
            .statement(quote("Baa.", "Bo Tower"))
            .line(),
        record,
    ]);
    assert_eq!((report.created, report.unchanged), (2, 2));
    assert_eq!(app.column("/v1/speakers", "slug"), ["bo"]);
}

#[test]
fn the_report_says_what_became_of_each_line() {
    let app = TestApp::new();
    let draft = Article::new("draft").draft().line();
    let unkeyed = Article::new("x").without("slug").line();
    let changed = Article::new("one-1").with("title", "Changed").line();
    let report = app.store(&[
        article(1),
        changed.clone(),
        changed,
        draft.clone(),
        draft,
        unkeyed,
    ]);
    assert_eq!(
        (
            report.created,
            report.updated,
            report.unchanged,
            report.failed
        ),
        (3, 1, 2, 0)
    );
    assert_eq!((report.drafts, report.without_key), (2, 1));
}

#[test]
fn a_tombstone_says_what_was_deleted() {
    let app = TestApp::new();
    for (line, mut wanted) in [
        (
            json!({"type": "deleted"}),
            vec!["/id required", "/thing required"],
        ),
        (
            json!({"type": "deleted", "thing": "article", "id": "x"}),
            vec!["/id invalid_id"],
        ),
        (
            json!({"type": "deleted", "thing": "goat", "id": "x"}),
            vec!["/thing invalid_document"],
        ),
        (
            json!({"type": "deleted", "thing": "tag", "id": crate::support::id(1), "slugs": ["a b"]}),
            vec!["/slugs/0 invalid_slug"],
        ),
    ] {
        let mut faults = app.refuse(line);
        faults.sort();
        wanted.sort_unstable();
        assert_eq!(faults, wanted);
    }
}
