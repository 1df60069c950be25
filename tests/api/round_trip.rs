//! Export → import into an empty store → export gives the same bytes, and every GET the same answer.
use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp, id, quote};

/// The store that an export makes.
#[track_caller]
fn imported(export: &str) -> TestApp {
    let app = TestApp::new();
    let imported = app.import_text(export, false);
    assert!(imported.faults.is_empty(), "{}", imported.details());
    assert_eq!(imported.report.created, export.lines().count() as u64);
    app
}

/// Every address that either store can be asked, and what is answered.
fn addresses(app: &TestApp) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    for (list, sorts) in [
        (
            "articles",
            &["-published_at", "published_at", "-updated_at"][..],
        ),
        ("statements", &["-published_at", "-said_at", "said_at"]),
        ("speakers", &["-statement_count", "name"]),
        ("outlets", &["-article_count", "name"]),
        ("tags", &["-article_count", "name"]),
    ] {
        for sort in sorts {
            let mut next = Some(format!("/v1/{list}?sort={sort}&limit=3&count=true"));
            while let Some(uri) = next {
                next = app.get(&uri).link("next");
                addresses.insert(uri);
            }
        }
        let include = if list == "articles" {
            "&include=body,statements,translations"
        } else {
            ""
        };
        addresses.insert(format!("/v1/{list}?limit=100{include}"));
    }
    // Whatever the export names: ids, slugs, former ones, dead ones.
    for line in app.export().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let kind = match line["type"].as_str() {
            None => "article",
            Some("deleted") => line["thing"].as_str().unwrap(),
            Some(kind) => kind,
        };
        let keys =
            ["id", "slug", "former_slugs", "former_ids", "slugs"].map(|member| &line[member]);
        for key in keys.into_iter().flat_map(texts) {
            addresses.insert(format!("/v1/{kind}s/{key}"));
            if kind == "article" {
                addresses.insert(format!("/v1/articles/{key}/statements?limit=100"));
            }
        }
        for statement in line["statements"].as_array().into_iter().flatten() {
            addresses.insert(format!(
                "/v1/statements/{}",
                statement["id"].as_str().unwrap()
            ));
        }
    }
    addresses
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect(),
    }
}

/// Holds that a store comes out of its export as it went in.
#[track_caller]
fn survives(first: &TestApp) {
    first.tick();
    let export = first.export();
    assert_eq!(first.export(), export, "an export changes nothing");
    let second = imported(&export);
    assert_eq!(second.export(), export);
    let addresses = addresses(first);
    assert_eq!(addresses, self::addresses(&second));
    for uri in &addresses {
        let (one, other) = (first.get(uri), second.get(uri));
        assert_eq!(one.status, other.status, "{uri}: {}", other.text());
        assert_eq!(one.header("location"), other.header("location"), "{uri}");
        if one.status < 400 {
            assert_eq!(one.text(), other.text(), "{uri}");
        } else {
            assert_eq!(one.json()["detail"], other.json()["detail"], "{uri}");
        }
    }
    let meta = |app: &TestApp| and(&app.json("/v1/meta"), "public_sequence", 0);
    assert_eq!(meta(first), meta(&second));
    // And into the store that it came from.
    let sequences = first.sequences();
    let again = first.import_text(&export, true);
    assert!(again.faults.is_empty(), "{}", again.details());
    assert_eq!(again.report.unchanged, export.lines().count() as u64);
    assert_eq!(first.sequences(), sequences);
}

#[test]
fn the_samples_survive() {
    let app = TestApp::with_samples();
    assert!(app.rows("/v1/articles").len() > 5);
    survives(&app);
}

#[test]
fn a_newsroom_with_hidden_things_survives() {
    let app = TestApp::with(&newsroom());
    assert!(app.export().contains(HIDDEN));
    survives(&app);
}

#[test]
fn an_empty_store_survives() {
    let app = TestApp::new();
    assert_eq!(app.export(), "");
    survives(&app);
}

#[test]
fn a_store_with_a_past_survives() {
    let app = TestApp::new();
    let said = |number: u32, words: &str| and(&quote(words, "Bo Tower"), "id", id(number));
    let article = Article::new("one")
        .with("id", id(1))
        .paragraphs(&["Ann: yes. Bo: no. Cy: maybe."]);
    let article = article
        .statement(said(11, "yes"))
        .statement(said(12, "no"))
        .statement(said(13, "maybe"));
    app.store(&[
        json!({"type": "speaker", "id": id(21), "slug": "ann", "name": "Ann", "names": {"ar": "آن"}, "aliases": ["A. Bell"]}),
        article.clone().line(),
        Article::new("two").with("id", id(2)).line(),
        Article::new("three").with("id", id(3)).statement(said(31, "three")).line(),
    ]);
    // Renamed twice, and back to its first slug.
    for slug in ["uno", "eins", "one"] {
        app.store(&[article.clone().with("slug", slug).line()]);
    }
    app.store(&[json!({"type": "speaker", "id": id(21), "slug": "anna", "name": "Anna", "aliases": ["Ann", "آن"]})]);
    // One statement orphaned, one deleted, one retracted with a note, one moved.
    let retracted = and(
        &and(&said(13, "maybe"), "status", "retracted"),
        "note",
        "She never said so.",
    );
    let edited = article
        .clone()
        .with("statements", json!([said(11, "yes"), retracted]));
    app.store(&[edited
        .clone()
        .without("statements")
        .paragraphs(&["Ann: hm. Bo: no. Cy: maybe. Dee: maybe."])
        .line()]);
    app.store(&[edited
        .paragraphs(&["Ann: hm. Bo: no. Cy: maybe. Dee: maybe."])
        .without("statements")
        .with("title", "Hm")
        .line()]);
    app.store(&[Article::new("two")
        .with("id", id(2))
        .with("status", "withdrawn")
        .with("reason", "A hoax.")
        .line()]);
    app.store(&[Article::new("three")
        .with("id", id(3))
        .with("status", "draft")
        .line()]);
    app.store(&[
        json!({"type": "deleted", "thing": "article", "id": id(4), "slugs": ["four", "fore", id(5)], "reason": "By mistake.", "was_public": true}),
        json!({"type": "deleted", "thing": "outlet", "id": id(6), "slugs": ["dead-outlet"]}),
        json!({"type": "deleted", "thing": "statement", "id": id(7), "reason": "Not his words.", "was_public": true}),
    ]);
    survives(&app);
    assert!(app.export().contains("orphaned"));
}

#[test]
fn deleted_and_retracted_statements_survive() {
    let app = TestApp::new();
    let said = |number: u32, words: &str| and(&quote(words, "Bo Tower"), "id", id(number));
    let article = Article::new("one").paragraphs(&["yes no maybe"]);
    app.store(&[article
        .clone()
        .statement(said(1, "yes"))
        .statement(said(2, "no"))
        .statement(said(3, "maybe"))
        .line()]);
    let retracted = and(
        &and(&said(1, "yes"), "status", "retracted"),
        "note",
        "Nobody said so.",
    );
    let proposed = and(
        &and(&said(4, "maybe not"), "status", "proposed"),
        "origin",
        "extracted",
    );
    app.store(&[article
        .statement(retracted)
        .statement(said(3, "maybe"))
        .statement(proposed)
        .line()]);
    app.get(&format!("/v1/statements/{}", id(2)))
        .problem(410, "gone");
    survives(&app);
}

#[test]
fn an_orphan_cut_between_bidi_controls_survives() {
    let app = TestApp::new();
    let article = Article::new("one").statement(quote("نعم قطعا", "Bo"));
    app.store(&[article
        .clone()
        .paragraphs(&["He said \u{2067}نعم قطعا\u{2069} twice."])
        .line()]);
    app.store(&[article
        .without("statements")
        .paragraphs(&["He said nothing."])
        .line()]);
    assert!(app.export().contains("orphaned"));
    survives(&app);
}

#[test]
fn fragments_between_bidi_controls_survive() {
    let app = TestApp::new();
    let article = Article::new("one").paragraphs(&["He: \u{2067}نعم”، قال، “قطعا\u{2069}."]);
    app.store(&[article
        .statement(quote("\u{2067}نعم … قطعا\u{2069}", "Bo"))
        .line()]);
    assert!(app.export().contains("continued"));
    survives(&app);
}

#[test]
fn repeated_words_survive_with_their_places() {
    let app = TestApp::new();
    let article = Article::new("one")
        .with("title", "yes")
        .paragraphs(&["yes yes", "yes"]);
    let article = (0..5).fold(article, |article, n| {
        article.statement(quote("yes", &format!("Bo {n}")))
    });
    app.store(&[article.clone().line()]);
    survives(&app);
    app.store(&[article.without("statements").paragraphs(&["yes"]).line()]);
    survives(&app);
}

#[test]
fn names_and_slugs_of_every_kind_survive() {
    let app = TestApp::new();
    app.store(&[
        Article::new("x").without("slug").with("title", "عنوان").tags(&["وسم", "Ünïcode", "!!!", "???"]).line(),
        Article::new("x").without("slug").with("title", "عنوان").with("outlet", json!({"name": "???"})).line(),
        Article::new("a.b_c~d").statement(quote("\"\\ \u{2028} \u{7f} \t", "Bo \"The\" \\ Bell")).line(),
        json!({"type": "tag", "name": "Kept though nobody uses it", "names": {"zh-Hant": "繁體", "ar-EG": "مصر"}, "kind": "event"}),
    ]);
    survives(&app);
}
