//! Which stored statement a written one means: by id, by its words, or none.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, id, quote};

/// The ids of an article's statements by their quotes and speakers, in text order.
fn by_quote(app: &TestApp) -> Vec<(String, String)> {
    let rows = app.rows("/v1/articles/one/statements?limit=100");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.iter()
        .map(|row| {
            (
                format!("{} {}", text(&row["quote"]), text(&row["speaker"]["slug"])),
                text(&row["id"]),
            )
        })
        .collect()
}

#[test]
fn a_statement_is_found_by_its_words() {
    let app = TestApp::new();
    let article = Article::new("one").paragraphs(&["Baa, moo."]);
    app.store(&[article
        .clone()
        .statement(quote("Baa", "Bo"))
        .statement(quote("moo", "Cy"))
        .line()]);
    let before = by_quote(&app);
    app.store(&[article
        .statement(quote("moo", "Cy"))
        .statement(quote("Baa", "Dee"))
        .line()]);
    let after = by_quote(&app);
    assert_eq!((&after[0].1, &after[1].1), (&before[0].1, &before[1].1));
    assert_eq!(
        (after[0].0.as_str(), after[1].0.as_str()),
        ("Baa dee", "moo cy")
    );
}

#[test]
fn a_statement_is_found_by_its_id_whatever_its_words() {
    let app = TestApp::new();
    let said = |words: &str| and(&quote(words, "Bo"), "id", id(1));
    app.store(&[Article::new("one").statement(said("Baa")).line()]);
    app.store(&[Article::new("one").statement(said("Moo")).line()]);
    assert_eq!(by_quote(&app), [("Moo bo".to_owned(), id(1))]);
    assert_eq!(
        app.json(&format!("/v1/statements/{}", id(1)))["revision"],
        2
    );
    let elsewhere = Article::new("two").statement(said("Moo"));
    assert_eq!(app.refuse(elsewhere.line()), ["/statements/0/id id_taken"]);
}

#[test]
fn the_nth_of_equal_quotes_is_the_nth() {
    let app = TestApp::new();
    let article = Article::new("one").paragraphs(&["yes yes yes"]);
    let three = |by: [&str; 3]| {
        by.iter().fold(article.clone(), |article, by| {
            article.statement(quote("yes", by))
        })
    };
    app.store(&[three(["Ann", "Bo", "Cy"]).line()]);
    let before = by_quote(&app);
    app.store(&[three(["Ann", "Dee", "Cy"]).line()]);
    let after = by_quote(&app);
    let ids = |statements: &[(String, String)]| {
        statements.iter().map(|s| s.1.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&after), ids(&before));
    assert_eq!(after[1].0, "yes dee");
    let given = and(
        &quote("yes", "Eve"),
        "anchor",
        json!({"block": 0, "start": 8, "end": 11, "exact": "yes"}),
    );
    app.store(&[article.statement(given).line()]);
    assert_eq!(
        by_quote(&app),
        [("yes eve".to_owned(), before[2].1.clone())],
        "the one at that place"
    );
}

#[test]
fn an_id_is_matched_before_any_words_are() {
    let app = TestApp::new();
    let article = Article::new("one").paragraphs(&["yes yes"]);
    let (first, second) = (
        and(&quote("yes", "Ann"), "id", id(1)),
        and(&quote("yes", "Bo"), "id", id(2)),
    );
    app.store(&[article
        .clone()
        .statement(first.clone())
        .statement(second)
        .line()]);
    app.store(&[article
        .statement(quote("yes", "Cy"))
        .statement(first)
        .line()]);
    let after = by_quote(&app);
    assert_eq!(after.len(), 2, "{after:?}");
    let mut ids: Vec<&String> = after.iter().map(|(_, id)| id).collect();
    ids.sort();
    assert_eq!(ids, [&id(1), &id(2)]);
    assert!(after.contains(&("yes ann".to_owned(), id(1))), "{after:?}");
}

#[test]
fn unlisted_statements_go_unless_they_were_extracted() {
    let app = TestApp::new();
    let of = |number: u32, words: &str, origin: &str| {
        and(
            &and(&quote(words, "Bo"), "id", id(number)),
            "origin",
            origin,
        )
    };
    let article = Article::new("one").paragraphs(&["a b c d e"]);
    let full = article
        .clone()
        .statement(of(1, "a", "editor"))
        .statement(of(2, "b", "import"));
    app.store(&[full
        .statement(of(3, "c", "extracted"))
        .statement(of(4, "d", "editor"))
        .line()]);
    app.store(&[article.clone().statement(quote("d", "Bo")).line()]);
    assert_eq!(
        by_quote(&app),
        [("c bo".to_owned(), id(3)), ("d bo".to_owned(), id(4))]
    );
    for gone in [1, 2] {
        app.get(&format!("/v1/statements/{}", id(gone)))
            .problem(410, "gone");
    }
    let revived = article.clone().statement(of(1, "a", "editor"));
    assert_eq!(app.refuse(revived.line()), ["/statements/0/id deleted"]);
    app.store(&[article.line()]);
    assert_eq!(by_quote(&app), [("c bo".to_owned(), id(3))]);
    assert_eq!(
        app.json("/v1/articles/one")["statements"][0]["origin"],
        "extracted"
    );
}

#[test]
fn words_that_a_statement_leaves_are_for_another_that_stood_nowhere() {
    let app = TestApp::new();
    let of = |number: u32, words: &str| {
        and(
            &and(&quote(words, "Bo"), "id", id(number)),
            "origin",
            "extracted",
        )
    };
    let anchored =
        |number: u32| app.json(&format!("/v1/statements/{}", id(number)))["anchor"].is_object();
    let article = Article::new("one").paragraphs(&["yes"]);
    let first = and(&quote("yes", "Ann"), "id", id(1));
    let all = article
        .clone()
        .statement(first)
        .statement(of(2, "yes"))
        .statement(of(3, "yes"));
    app.store(&[all.line()]);
    assert_eq!([1, 2, 3].map(anchored), [true, false, false]);
    // What was extracted stays, though it is not listed.
    app.store(&[article.line()]);
    assert_eq!([2, 3].map(anchored), [true, false]);
    let key = app.key(Scope::Publish);
    app.delete(&format!("/v1/statements/{}", id(2)))
        .by(&key)
        .of_revision(2)
        .done();
    assert!(anchored(3));
    assert_eq!(app.findings(), Vec::<String>::new());
}
