//! Where words stand after an edit: found again, moved, orphaned.
use serde_json::{Value, json};

use crate::anchors::place;
use crate::support::article::and;
use crate::support::{Article, TestApp, id, quote};

/// An article with one statement, and the statement after its paragraphs became others.
#[track_caller]
fn edited(before: &[&str], words: &str, after: &[&str]) -> Value {
    let app = TestApp::new();
    let statement = and(&quote(words, "Bo"), "id", id(1));
    let article = Article::new("one");
    app.store(&[article
        .clone()
        .paragraphs(before)
        .statement(statement)
        .line()]);
    app.store(&[article.without("statements").paragraphs(after).line()]);
    app.json(&format!("/v1/statements/{}", id(1)))
}

#[test]
fn after_an_edit_words_that_stand_once_are_ok() {
    let statement = edited(
        &["He said yes."],
        "yes",
        &["First this.", "Then he said, of course, yes!"],
    );
    assert_eq!(place(&statement["anchor"]), "body block 1 start 25 end 28");
    assert_eq!(
        (
            &statement["anchor"]["state"],
            &statement["anchor"]["suffix"]
        ),
        (&json!("ok"), &json!("!"))
    );
    assert_eq!(statement["revision"], 2, "its anchor is a field of its own");
}

#[test]
fn after_an_edit_the_surroundings_tell_which_of_several_is_meant() {
    let statement = edited(
        &["Ann: yes. Bo: yes."],
        "yes",
        &["Cy: yes.", "Ann: yes. Bo: yes."],
    );
    assert_eq!(place(&statement["anchor"]), "body block 1 start 5 end 8");
    assert_eq!(statement["anchor"]["state"], "ok");
}

#[test]
fn after_an_edit_the_nearest_is_taken_where_nothing_tells_and_marked_moved() {
    let statement = edited(
        &["Ann: yes."],
        "yes",
        &["Dee: yes.", "Eve: yes.", "Fay: yes."],
    );
    assert_eq!(place(&statement["anchor"]), "body block 0 start 5 end 8");
    assert_eq!(statement["anchor"]["state"], "moved");
}

#[test]
fn after_an_edit_words_that_are_gone_leave_an_orphan_where_they_last_stood() {
    let statement = edited(&["Ann: yes."], "yes", &["Ann: no."]);
    assert_eq!(place(&statement["anchor"]), "body block 0 start 5 end 8");
    assert_eq!(
        (
            &statement["anchor"]["state"],
            &statement["anchor"]["prefix"]
        ),
        (&json!("orphaned"), &json!("Ann: "))
    );
}

#[test]
fn an_edit_elsewhere_leaves_the_statement_as_it_was() {
    let statement = edited(
        &["Ann: yes. And so on, for a long while after that."],
        "yes",
        &["Ann: yes. And so on, for a long while after what?"],
    );
    assert_eq!(
        (&statement["revision"], &statement["anchor"]["state"]),
        (&json!(1), &json!("ok"))
    );
}

#[test]
fn an_orphan_is_found_again_when_its_words_come_back() {
    let app = TestApp::new();
    let article = Article::new("one").paragraphs(&["Ann: yes."]);
    let line = |text: &str| {
        article
            .clone()
            .without("statements")
            .paragraphs(&[text])
            .line()
    };
    app.store(&[article.clone().statement(quote("yes", "Bo")).line()]);
    app.store(&[line("Ann: no.")]);
    app.store(&[line("So Ann: yes.")]);
    let anchor = app.json("/v1/articles/one")["statements"][0]["anchor"].clone();
    assert_eq!(
        (place(&anchor).as_str(), &anchor["state"]),
        ("body block 0 start 8 end 11", &json!("ok"))
    );
}

#[test]
fn an_orphan_stays_one_when_its_article_is_sent_again_without_anchors() {
    let app = TestApp::new();
    let article = Article::new("one").statement(quote("yes", "Bo"));
    app.store(&[article.clone().paragraphs(&["Ann: yes."]).line()]);
    app.store(&[article.paragraphs(&["Ann: no."]).line()]);
    let anchor = app.json("/v1/articles/one")["statements"][0]["anchor"].clone();
    assert_eq!(anchor["state"], "orphaned", "never silently gone");
}

#[test]
fn a_moved_anchor_stays_moved_until_somebody_confirms_it() {
    let app = TestApp::new();
    let article = Article::new("one").statement(quote("yes", "Bo"));
    app.store(&[article.clone().paragraphs(&["Ann: yes."]).line()]);
    let article = article.paragraphs(&["Dee: yes.", "Eve: yes."]);
    app.store(&[article.clone().line()]);
    let state =
        |app: &TestApp| app.json("/v1/articles/one")["statements"][0]["anchor"]["state"].clone();
    assert_eq!(state(&app), "moved");
    assert_eq!(app.store(&[article.clone().line()]).unchanged, 1);
    assert_eq!(state(&app), "moved");
    let confirmed = and(
        &quote("yes", "Bo"),
        "anchor",
        json!({"block": 0, "start": 5, "end": 8, "exact": "yes"}),
    );
    app.store(&[article.with("statements", json!([confirmed])).line()]);
    assert_eq!(state(&app), "ok");
    assert_eq!(app.rows("/v1/statements").len(), 1);
}

#[test]
fn words_that_the_text_did_not_have_are_found_when_it_has_them() {
    let app = TestApp::new();
    let article = Article::new("one").statement(quote("yes", "Bo"));
    app.store(&[article.clone().paragraphs(&["Ann: no."]).line()]);
    assert_eq!(app.rows("/v1/statements")[0].get("anchor"), None);
    let edited = article.without("statements").paragraphs(&["Ann: yes."]);
    app.store(&[edited.line()]);
    let anchor = app.rows("/v1/statements")[0]["anchor"].clone();
    assert_eq!(place(&anchor), "body block 0 start 5 end 8");
}
