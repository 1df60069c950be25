//! Where words stand: found, verified, and found again after an edit.
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, quote};

#[track_caller]
fn statements(article: &Article) -> Vec<Value> {
    let app = TestApp::with(&[article.clone().line()]);
    app.json("/v1/articles/one")["statements"]
        .as_array()
        .unwrap()
        .clone()
}

#[track_caller]
fn anchor(article: &Article) -> Value {
    statements(article)[0]["anchor"].clone()
}

/// Where an anchor stands, shortly.
pub fn place(anchor: &Value) -> String {
    let member = |name: &str| anchor.get(name).map(|value| format!(" {name} {value}"));
    let place = [
        member("block"),
        member("item"),
        member("start"),
        member("end"),
    ];
    let place = place.into_iter().flatten().collect::<String>();
    format!("{}{place}", anchor["in"].as_str().unwrap())
}

#[test]
fn a_quote_is_looked_for_in_the_body_then_the_title_then_the_summary() {
    let article = Article::new("one")
        .with("title", "Baa! said the goat")
        .with("summary", "It said moo.");
    let article = article.paragraphs(&["Nothing here.", "A goat said baa and 😀 baa."]);
    for (words, wanted) in [
        ("baa", "body block 1 start 12 end 15"),
        ("Baa!", "title start 0 end 4"),
        ("moo", "summary start 8 end 11"),
        ("😀 baa", "body block 1 start 20 end 26"),
    ] {
        assert_eq!(
            place(&anchor(&article.clone().statement(quote(words, "Goat")))),
            wanted
        );
    }
    let elsewhere = statements(&article.statement(quote("quack", "Duck")));
    assert_eq!(elsewhere[0].get("anchor"), None, "an editor's paraphrase");
}

#[test]
fn lists_and_quotes_are_looked_through_and_captions_are_not() {
    let article = Article::new("one").with("title", "Goats").without("text").with("body", json!([
        {"type": "image", "url": "https://a.example/", "alt": "one", "caption": "two", "credit": "three"},
        {"type": "quote", "text": "four", "caption": "five"},
        {"type": "list", "ordered": false, "items": ["six", "seven"]},
        {"type": "heading", "level": 2, "text": "eight"},
    ]));
    let found = |words: &str| {
        statements(&article.clone().statement(quote(words, "Bo")))[0]
            .get("anchor")
            .map(place)
    };
    for words in ["one", "two", "three", "five"] {
        assert_eq!(found(words), None, "{words}");
    }
    assert_eq!(found("four").unwrap(), "body block 1 start 0 end 4");
    assert_eq!(found("seven").unwrap(), "body block 2 item 1 start 0 end 5");
    assert_eq!(found("eight").unwrap(), "body block 3 start 0 end 5");
}

#[test]
fn equal_quotes_take_one_place_after_the_other() {
    let article = Article::new("one").paragraphs(&["yes, yes", "yes"]);
    let article = (0..4).fold(article, |article, _| article.statement(quote("yes", "Bo")));
    let found = statements(&article);
    let places: Vec<String> = found.iter().take(3).map(|s| place(&s["anchor"])).collect();
    assert_eq!(
        places,
        [
            "body block 0 start 0 end 3",
            "body block 0 start 5 end 8",
            "body block 1 start 0 end 3"
        ]
    );
    assert_eq!(found[3].get("anchor"), None, "there is no fourth");
    let positions: Vec<&Value> = found.iter().map(|s| &s["position"]).collect();
    assert_eq!(positions, [0, 1, 2, 3]);
}

#[test]
fn a_place_that_a_writer_gave_is_not_taken_twice() {
    let article = Article::new("one").paragraphs(&["yes, yes"]);
    let given = and(
        &quote("yes", "Bo"),
        "anchor",
        json!({"block": 0, "start": 0, "end": 3, "exact": "yes"}),
    );
    let found = statements(&article.statement(quote("yes", "Cy")).statement(given));
    let places: Vec<(String, &Value)> = found
        .iter()
        .map(|s| (place(&s["anchor"]), &s["speaker"]["name"]))
        .collect();
    assert_eq!(
        places[0],
        ("body block 0 start 0 end 3".to_owned(), &json!("Bo"))
    );
    assert_eq!(
        places[1],
        ("body block 0 start 5 end 8".to_owned(), &json!("Cy"))
    );
}

#[test]
fn fragments_make_one_anchor_that_continues() {
    let article = Article::new("one").paragraphs(&["“We came,” she said, “and saw.”", "“We won.”"]);
    let anchor = anchor(&article.statement(quote("We came … and saw … We won", "Ida")));
    assert_eq!(anchor["exact"], "We came");
    assert_eq!(
        anchor["continued"],
        json!([{"block": 0, "start": 22, "end": 29, "exact": "and saw"}, {"block": 1, "start": 1, "end": 7, "exact": "We won"}])
    );
}

#[test]
fn surroundings_are_up_to_32_units_and_cut_no_pair() {
    let paragraph = format!("{}a yes b{}", "😀".repeat(20), "😀".repeat(20));
    let anchor = anchor(
        &Article::new("one")
            .paragraphs(&[&paragraph])
            .statement(quote("yes", "Bo")),
    );
    assert_eq!(anchor["prefix"], format!("{}a ", "😀".repeat(15)));
    assert_eq!(anchor["suffix"], format!(" b{}", "😀".repeat(15)));
    assert_eq!(
        (&anchor["start"], &anchor["state"]),
        (&json!(42), &json!("ok"))
    );
    let whole = self::anchor(
        &Article::new("one")
            .paragraphs(&["yes"])
            .statement(quote("yes", "Bo")),
    );
    assert_eq!(
        (&whole["prefix"], &whole["suffix"]),
        (&json!(""), &json!(""))
    );
}

#[test]
fn a_given_anchor_is_verified_and_completed() {
    let article = Article::new("one")
        .with("summary", "yes")
        .paragraphs(&["no, yes, yes"]);
    let given = |anchor: Value| {
        article
            .clone()
            .statement(and(&quote("Yes", "Bo"), "anchor", anchor))
    };
    let found = anchor(&given(
        json!({"block": 0, "start": 9, "end": 12, "exact": "yes", "prefix": "lies", "suffix": "lies"}),
    ));
    assert_eq!(place(&found), "body block 0 start 9 end 12");
    assert_eq!(
        (&found["prefix"], &found["suffix"]),
        (&json!("no, yes, "), &json!(""))
    );
    let found = anchor(&given(
        json!({"in": "summary", "start": 0, "end": 3, "exact": "yes"}),
    ));
    assert_eq!(place(&found), "summary start 0 end 3");
}

#[test]
fn an_anchor_whose_words_do_not_stand_there_is_refused() {
    let app = TestApp::new();
    let article = Article::new("one").paragraphs(&["no, 😀 yes"]);
    for (anchor, wanted) in [
        (
            json!({"block": 0, "start": 0, "end": 3, "exact": "yes"}),
            " anchor_mismatch",
        ),
        (
            json!({"block": 0, "start": 7, "end": 99, "exact": "yes"}),
            " anchor_mismatch",
        ),
        (
            json!({"block": 0, "start": 10, "end": 7, "exact": "yes"}),
            " anchor_mismatch",
        ),
        (
            json!({"block": 0, "start": 5, "end": 10, "exact": "yes"}),
            " anchor_mismatch",
        ),
        (
            json!({"block": 9, "start": 0, "end": 2, "exact": "no"}),
            " anchor_mismatch",
        ),
        (
            json!({"block": 0, "item": 0, "start": 0, "end": 2, "exact": "no"}),
            " anchor_mismatch",
        ),
        (
            json!({"in": "summary", "start": 0, "end": 2, "exact": "no"}),
            " anchor_mismatch",
        ),
        (
            json!({"block": 0, "start": 7, "end": 10, "exact": "yes", "continued": [{"block": 0, "start": 0, "end": 2, "exact": "na"}]}),
            " anchor_mismatch",
        ),
        (
            json!({"start": 0, "end": 2, "exact": "no"}),
            "/block invalid_anchor",
        ),
        (
            json!({"in": "title", "block": 0, "start": 0, "end": 2, "exact": "no"}),
            "/block invalid_anchor",
        ),
        (
            json!({"block": 0, "end": 2, "exact": "no"}),
            "/start required",
        ),
        (json!({"block": 0, "start": 0, "end": 2}), "/exact required"),
        (
            json!({"block": 0, "start": -1, "end": 2, "exact": "no"}),
            "/start invalid_document",
        ),
        (
            json!({"in": "caption", "start": 0, "end": 2, "exact": "no"}),
            "/in invalid_document",
        ),
    ] {
        let line = article
            .clone()
            .statement(and(&quote("yes", "Bo"), "anchor", anchor.clone()));
        let faults = app.refuse(line.line());
        assert_eq!(
            faults[0],
            format!("/statements/0/anchor{wanted}"),
            "{anchor}"
        );
    }
}

#[test]
fn statements_stand_in_text_order_and_those_without_a_place_last() {
    let article = Article::new("one")
        .with("title", "tea")
        .with("summary", "soup")
        .paragraphs(&["one two", "three"]);
    let words = [
        "nowhere b",
        "three",
        "soup",
        "nowhere a",
        "two",
        "tea",
        "one",
    ];
    let article = words.iter().fold(article, |article, words| {
        article.statement(quote(words, "Bo"))
    });
    let found = statements(&article);
    let order: Vec<&str> = found.iter().map(|s| s["quote"].as_str().unwrap()).collect();
    assert_eq!(
        order,
        [
            "tea",
            "soup",
            "one",
            "two",
            "three",
            "nowhere b",
            "nowhere a"
        ]
    );
}
