//! `POST /v1/extract`: from the plain text of an article to the article, with its statements proposed.
use isnad::domain::bounds;
use isnad::keys::types::Scope;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::keys::TestKey;
use crate::support::response::{Response, errors};

const EXTRACT: &str = "/v1/extract";

const FERRY: &str = "Goats board the night ferry 🐐

“Two goats may board,” said Bo Tower, the harbour master. “A third may not.”

Ada Morrow said that the crew was tired.

Related articles

Back to top";

const WATER: &str = "السد يفتح غدا

قالت وزيرة المياه ليلى الحارثي إن السد سيفتح غدا.

وأضافت أن القرى كلها ستشرب قبل الشتاء.";

fn send(app: &TestApp, key: &TestKey, request: Value) -> Response {
    app.post(EXTRACT, request).by(key).send()
}

fn extract(app: &TestApp, request: Value) -> Value {
    let response = send(app, &app.key(Scope::Write), request);
    assert_eq!(response.status, 200, "{}", response.text());
    response.json()
}

/// What a statement is about: its words, and who said them.
fn said(statement: &Value) -> (&str, &str) {
    let mouth = &statement["attribution"][0];
    let name = mouth["unresolved"]["name"]
        .as_str()
        .or(mouth["speaker"]["name"].as_str())
        .or(mouth["anonymous"]["label"].as_str());
    (statement["quote"].as_str().unwrap(), name.unwrap())
}

fn statements(extracted: &Value) -> Vec<(&str, &str)> {
    let statements = extracted["article"]["statements"].as_array().unwrap();
    statements.iter().map(said).collect()
}

/// The words that stand where an anchor, or a piece of one, points.
fn slice(article: &Value, place: &Value, at: &Value) -> String {
    let text = match place.as_str() {
        Some("title") => article["title"].as_str(),
        _ => article["body"][at["block"].as_u64().unwrap() as usize]["text"].as_str(),
    };
    let units: Vec<u16> = text.unwrap().encode_utf16().collect();
    let range = at["start"].as_u64().unwrap() as usize..at["end"].as_u64().unwrap() as usize;
    String::from_utf16(&units[range]).unwrap()
}

/// That every anchor of the article stands where it says, and together they are the quote.
fn hold_anchors(article: &Value) {
    for statement in article["statements"].as_array().unwrap() {
        let anchor = &statement["anchor"];
        let rest = anchor["continued"].as_array();
        let pieces = [anchor].into_iter().chain(rest.into_iter().flatten());
        let words: Vec<String> = pieces
            .map(|piece| {
                let words = slice(article, &anchor["in"], piece);
                assert_eq!(piece["exact"], words);
                words
            })
            .collect();
        assert_eq!(statement["quote"], words.join(" … "));
    }
}

#[test]
fn a_text_becomes_an_article_with_every_statement_proposed() {
    let app = TestApp::new();
    let extracted = extract(&app, json!({ "text": FERRY }));
    let article = &extracted["article"];
    assert_eq!(article["language"], "en");
    assert_eq!(article["title"], "Goats board the night ferry 🐐");
    assert_eq!(article["body"].as_array().unwrap().len(), 2);
    assert_eq!(
        statements(&extracted),
        [
            ("Two goats may board, … A third may not.", "Bo Tower"),
            ("the crew was tired", "Ada Morrow"),
        ]
    );
    for statement in article["statements"].as_array().unwrap() {
        assert_eq!(statement["status"], "proposed");
        assert_eq!(statement["origin"], "extracted");
        assert!(statement["rule"].is_string());
        let confidence = statement["confidence"].as_f64().unwrap();
        assert!(confidence > 0.0 && confidence < 1.0, "{confidence}");
    }
    hold_anchors(article);
    assert_eq!(
        extracted["left_out"],
        json!(["Related articles", "Back to top"])
    );
}

#[test]
fn a_subject_that_is_not_said_again_carries_over() {
    let app = TestApp::new();
    let extracted = extract(&app, json!({ "text": WATER }));
    assert_eq!(extracted["article"]["language"], "ar");
    assert_eq!(
        statements(&extracted),
        [
            ("السد سيفتح غدا", "ليلى الحارثي"),
            ("القرى كلها ستشرب قبل الشتاء", "ليلى الحارثي"),
        ]
    );
    let second = &extracted["article"]["statements"][1]["attribution"][0];
    assert_eq!(second.get("as_named"), None, "nobody is named there");
}

#[test]
fn what_is_extracted_can_be_stored_as_it_is_and_nobody_sees_the_proposals() {
    let app = TestApp::new();
    let key = app.key(Scope::Publish);
    let request = json!({
        "text": WATER, "outlet": {"name": "صوت الوادي"}, "language": "ar-EG"
    });
    let mut article = extract(&app, request)["article"].take();
    article["status"] = json!("published");
    let receipt = app.post("/v1/articles", article).by(&key).taken(201);
    let states: Vec<&Value> = receipt["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|statement| &statement["anchor"])
        .collect();
    assert_eq!(states, ["ok", "ok"]);
    let home = format!("/v1/articles/{}", receipt["id"].as_str().unwrap());
    let public = app.json(&home);
    assert_eq!(public["language"], "ar-EG");
    assert_eq!(public["statements"], json!([]));
    assert_eq!(app.rows("/v1/statements"), [] as [Value; 0]);
    assert_eq!(app.rows("/v1/speakers"), [] as [Value; 0]);
    let proposed = app.json_by(&key, &home)["statements"].take();
    assert_eq!(proposed[0]["origin"], "extracted");
    assert_eq!(
        proposed[0]["attribution"][0]["unresolved"]["kind"],
        "person"
    );
}

#[test]
fn extracting_stores_nothing() {
    let app = TestApp::new();
    let before = app.sequences();
    let key = app.key(Scope::Write);
    let extract = || send(&app, &key, json!({ "text": FERRY })).json();
    assert_eq!(extract(), extract());
    assert_eq!(app.sequences(), before);
}

#[test]
fn names_that_one_record_has_are_given_as_that_record() {
    let app = TestApp::with(&[
        json!({"type": "speaker", "name": "Bo Tower", "slug": "bo", "kind": "person"}),
        json!({"type": "speaker", "name": "A. Morrow", "slug": "ada-the-first", "aliases": ["Ada Morrow"]}),
        json!({"type": "speaker", "name": "Another", "slug": "ada-the-second", "aliases": ["ADA MORROW"]}),
    ]);
    let extracted = extract(&app, json!({ "text": FERRY }));
    let (bo, ada) = (&extracted["names"][0], &extracted["names"][1]);
    assert_eq!(bo["record"]["slug"], "bo");
    assert_eq!(bo.get("ambiguous"), None);
    assert_eq!(ada["ambiguous"], json!(["ada-the-first", "ada-the-second"]));
    assert_eq!(ada.get("record"), None);
    let statements = &extracted["article"]["statements"];
    let mouths = [&statements[0], &statements[1]].map(|one| &one["attribution"][0]);
    assert_eq!(mouths[0]["speaker"]["slug"], "bo");
    assert_eq!(mouths[0].get("unresolved"), None);
    assert_eq!(mouths[1]["unresolved"]["name"], "Ada Morrow");
}

#[test]
fn a_body_that_carries_words_is_the_outlet_that_the_store_knows_by_its_name() {
    let app = TestApp::with(&[json!({"type": "outlet", "name": "Sarmila Lantern"})]);
    let text = "Ada Morrow said that the quay was safe, according to the Sarmila Lantern.";
    let extracted = extract(&app, json!({ "text": text }));
    let hop = &extracted["article"]["statements"][0]["attribution"][1];
    assert_eq!(hop["role"], "outlet");
    assert_eq!(hop["outlet"]["slug"], "sarmila-lantern");
    assert_eq!(extracted["names"][1]["kind"], "outlet");
}

#[test]
fn what_was_rejected_is_not_proposed_again_for_the_same_text_but_elsewhere() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let mut article = send(&app, &key, json!({ "text": WATER })).json()["article"].take();
    article["outlet"] = json!({"name": "صوت الوادي"});
    let receipt = app.post("/v1/articles", article).by(&key).taken(201);
    let first = receipt["statements"][0]["id"].as_str().unwrap();
    app.post(&format!("/v1/statements/{first}/reject"), json!({}))
        .by(&key)
        .of_revision(1)
        .taken(200);
    let again = send(&app, &key, json!({ "text": WATER })).json();
    assert_eq!(statements(&again).len(), 1);
    assert_eq!(statements(&again)[0].0, "القرى كلها ستشرب قبل الشتاء");
    assert_eq!(again["names"].as_array().unwrap().len(), 1);
    let other = WATER.replace("ليلى الحارثي", "ليلى المنصوري");
    let elsewhere = send(&app, &key, json!({ "text": other })).json();
    assert_eq!(statements(&elsewhere).len(), 2);
}

#[test]
fn a_title_that_is_given_is_the_headline_whatever_the_text_begins_with() {
    let app = TestApp::new();
    let request = json!({"title": "Bo Tower:  “No goats”", "text": "It rained. Bo Tower said that it rained."});
    let extracted = extract(&app, request);
    let article = &extracted["article"];
    assert_eq!(article["title"], "Bo Tower: “No goats”");
    assert_eq!(article["body"].as_array().unwrap().len(), 1);
    hold_anchors(article);
}

#[test]
fn it_takes_a_key_that_may_write() {
    let app = TestApp::new();
    let request = || json!({ "text": FERRY });
    app.post(EXTRACT, request())
        .send()
        .problem(401, "key_required");
    send(&app, &app.key(Scope::Read), request()).problem(403, "missing_scope");
}

#[test]
fn what_a_title_leaves_open_does_not_run_on_into_the_body() {
    let app = TestApp::new();
    let (title, rest) = ("He added “Bo Tower", "The ferry is late. Bo Tower");
    let whole = json!({ "text": format!("{title}\n{rest}") });
    let key = app.key(Scope::Write);
    for request in [whole, json!({ "title": title, "text": rest })] {
        let article = &send(&app, &key, request).json()["article"];
        assert_eq!(article["title"], title);
        hold_anchors(article);
    }
}

#[test]
fn a_title_that_is_given_is_one_whatever_it_looks_like() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    for title in ["Related articles", "He said: “The ferry", "“The ferry”."] {
        let request = json!({ "title": title, "text": "is late”, said Bo Tower." });
        let extracted = send(&app, &key, request).json();
        assert_eq!(extracted["article"]["title"], title);
        assert_eq!(extracted["left_out"], json!([]));
        hold_anchors(&extracted["article"]);
    }
}

#[test]
fn what_cannot_be_extracted_from_is_refused_with_the_reason() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let long = "word ".repeat(bounds::BLOCK);
    let lines = "A line.\n".repeat(bounds::BLOCKS + 1);
    for (request, faults) in [
        (json!({}), vec!["/text required"]),
        (json!({"text": " \n "}), vec!["/text required"]),
        (json!({"text": "a\u{0}b"}), vec!["/text invalid_text"]),
        (json!({"text": "\u{202E}abc"}), vec!["/text invalid_text"]),
        (
            json!({"text": "abc", "language": "tr"}),
            vec!["/language invalid_language"],
        ),
        (
            json!({"text": "abc", "language": "Arabic!"}),
            vec!["/language invalid_language"],
        ),
        (
            json!({"text": "abc", "title": "t".repeat(bounds::TITLE + 1)}),
            vec!["/title too_long"],
        ),
        (
            json!({"text": "abc", "outlet": {"country": "Mordor", "name": "A"}}),
            vec!["/outlet/country invalid_country"],
        ),
        (
            json!({"text": "abc", "tittle": "x"}),
            vec!["/tittle unknown_field"],
        ),
        (json!({ "text": long }), vec!["/text too_long"]),
        (json!({ "text": lines }), vec!["/text too_many"]),
    ] {
        let response = send(&app, &key, request.clone());
        let problem = response.problem(422, "invalid_document");
        let found = errors(&problem);
        assert_eq!(found, faults, "{}", problem["errors"]);
    }
}

#[test]
fn a_body_beyond_its_bound_is_refused() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let of_size = |size: usize| json!({ "text": "x".repeat(size - r#"{"text":""}"#.len()) });
    send(&app, &key, of_size(bounds::EXTRACTION + 1)).problem(413, "payload_too_large");
    send(&app, &key, of_size(bounds::EXTRACTION)).problem(422, "invalid_document");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_text_its_anchors_stand_and_it_can_be_stored(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "Bo Tower", "said", "that", "“", "”", "«", "»", "\"", "\n", ". ", ", ", "the ferry 🐐",
                "قال", "وزير المياه", "إن", "أن", "السد", "،", "وأضاف", "نقلا عن", "selon", "a déclaré", "que", "é", "e\u{301}",
                "according to", "Harbour Gazette", "he added", ":", "’", "\u{200F}", "\u{A0}",
            ]),
            1..120,
        ),
    ) {
        let app = TestApp::new();
        let text = words.join(" ");
        let response = send(&app, &app.key(Scope::Write), json!({ "text": text }));
        if text.trim().is_empty() {
            response.problem(422, "invalid_document");
        } else {
            prop_assert_eq!(response.status, 200, "{}", response.text());
            let mut article = response.json()["article"].take();
            hold_anchors(&article);
            article["outlet"] = json!({"name": "A"});
            if article["title"].is_null() {
                article["title"] = json!("T");
            }
            let stored = app.post("/v1/articles", article.clone()).by(&app.key(Scope::Publish)).send();
            prop_assert_eq!(stored.status, 201, "{}", stored.text());
        }
    }
}
