//! Searching articles and statements by what they say.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::newsroom::newsroom;
use crate::support::{Article, TestApp, id, quote};

fn article(slug: &str, language: &str, title: &str, text: &str) -> Article {
    Article::new(slug)
        .with("language", language)
        .with("title", title)
        .with("text", text)
        .without("body")
}

#[track_caller]
fn found(app: &TestApp, q: &str) -> Vec<String> {
    app.column(&format!("/v1/articles?q={q}"), "slug")
}

#[test]
fn arabic_words_find_each_other_however_they_are_written() {
    let app = TestApp::with(&[
        article(
            "ferry",
            "ar",
            "العبّارات تعود",
            "قال الربّان إنّ العبّارة ستُبحر مِن المرفأ إلى بغداد. ولن يتوقف العمل.",
        )
        .line(),
        article(
            "bridge",
            "ar",
            "جسر جديد",
            "لم يُفتح الجسر بعد، فيما احتجّ السكان ببلدتهم.",
        )
        .line(),
    ]);
    for (q, slugs) in [
        ("عبارات", &["ferry"][..]),
        ("العبارة", &["ferry"]),
        ("والمرفأ", &["ferry"]),
        ("مرفا", &["ferry"]),
        ("جِسـر", &["bridge"]),
        ("العمل الربان", &["ferry"]),
        ("جسر بغداد", &[]),
    ] {
        assert_eq!(found(&app, q), slugs, "{q}");
    }
}

#[test]
fn latin_words_find_their_forms_with_and_without_accents() {
    let app = TestApp::with(&[
        article(
            "sea",
            "en",
            "Ferries return",
            "The captain's crew waited for elections.",
        )
        .line(),
        article(
            "mer",
            "fr",
            "Les élections de l’été",
            "Le capitaine n’a pas attendu l’Élysée.",
        )
        .line(),
    ]);
    for (q, slugs) in [
        ("ferry", &["sea"][..]),
        ("captain", &["sea"]),
        ("elysee", &["mer"]),
        ("ÉTÉ", &["mer"]),
        ("zeppelin", &[]),
    ] {
        assert_eq!(found(&app, q), slugs, "{q}");
    }
}

#[test]
fn words_in_quotation_marks_stand_side_by_side_and_a_minus_leaves_out() {
    let app = TestApp::with(&[
        article("one", "en", "One", "The old harbour wall fell.")
            .published("2026-03-01T00:00:00Z")
            .line(),
        article("two", "en", "Two", "The harbour is old. Its wall fell.")
            .published("2026-03-02T00:00:00Z")
            .line(),
        article("three", "en", "Three", "A wall.")
            .published("2026-03-03T00:00:00Z")
            .line(),
    ]);
    for (q, slugs) in [
        ("harbour wall", &["two", "one"][..]),
        ("\"harbour wall\"", &["one"]),
        ("\"old harbour\" wall", &["one"]),
        // Not from one text into the next.
        ("\"old its\"", &["two"]),
        ("\"one the\"", &[]),
        ("wall -harbour", &["three"]),
        ("wall -\"harbour wall\"", &["three", "two"]),
        ("-harbour", &["three"]),
        ("-\"harbour wall\"", &["three", "two"]),
    ] {
        assert_eq!(found(&app, q), slugs, "{q}");
    }
}

#[test]
fn what_matches_in_the_title_comes_first_and_the_newest_of_each() {
    let lines = [
        article("body-new", "en", "Weather", "A goat was seen.")
            .published("2026-03-09T00:00:00Z")
            .line(),
        article("body-old", "en", "Weather", "A goat was seen.")
            .published("2026-03-01T00:00:00Z")
            .line(),
        article("named", "en", "Weather", "None.")
            .tags(&["Goats"])
            .published("2026-03-02T00:00:00Z")
            .line(),
        article("title-old", "en", "Goats", "None.")
            .published("2026-03-03T00:00:00Z")
            .line(),
        article("title-new", "en", "A goat", "None.")
            .published("2026-03-04T00:00:00Z")
            .line(),
    ];
    let app = TestApp::with(&lines);
    let ranked = ["title-new", "title-old", "named", "body-new", "body-old"];
    assert_eq!(found(&app, "goat"), ranked);
    assert_eq!(found(&app, "goat&sort=relevance"), ranked);
    assert_eq!(
        found(&app, "goat&sort=-published_at"),
        ["body-new", "title-new", "title-old", "named", "body-old"]
    );
    assert_eq!(
        found(&app, "goat&sort=published_at"),
        ["body-old", "named", "title-old", "title-new", "body-new"]
    );
}

/// All slugs of a list, read by pages of two, there and back.
#[track_caller]
fn paged(app: &TestApp, uri: &str) -> Vec<String> {
    let mut there = Vec::new();
    let mut next = Some(format!("{uri}&limit=2"));
    let mut last = None;
    while let Some(uri) = next {
        let page = app.get(&uri);
        let rows = page.json()["data"].as_array().unwrap().clone();
        there.extend(
            rows.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned()),
        );
        next = page.link("next");
        last = Some(page);
    }
    let mut back = Vec::new();
    let mut page = last.unwrap();
    loop {
        let rows = page.json()["data"].as_array().unwrap().clone();
        let mut ids: Vec<_> = rows
            .iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect();
        ids.append(&mut back);
        back = ids;
        match page.link("prev") {
            Some(uri) => page = app.get(&uri),
            None => break,
        }
    }
    assert_eq!(there, back, "{uri}");
    there
}

#[test]
fn pages_hold_together_in_every_order_and_with_every_other_filter() {
    let app = TestApp::with(&newsroom());
    for (list, words, sorts, filters) in [
        (
            "/v1/articles",
            &["the", "a", "-the", "ferry"][..],
            &["relevance", "-published_at", "published_at", "-updated_at"][..],
            &[
                "",
                "&has_statements=true",
                "&language=en",
                "&published_from=2026-01-01",
            ][..],
        ),
        (
            "/v1/statements",
            &["the", "a", "-the"],
            &["relevance", "-published_at", "said_at", "-said_at"],
            &["", "&form=direct", "&anonymous=false", "&language=en"],
        ),
    ] {
        for q in words {
            for filter in filters {
                let mut sets = Vec::new();
                for sort in sorts {
                    let uri = format!("{list}?q={q}&sort={sort}{filter}");
                    let whole = app.json(&format!("{uri}&limit=100&count=true"));
                    let ids: Vec<String> = whole["data"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|row| row["id"].as_str().unwrap().to_owned())
                        .collect();
                    assert_eq!(whole["page"]["total"], ids.len(), "{uri}");
                    assert_eq!(paged(&app, &uri), ids, "{uri}");
                    let mut sorted = ids;
                    sorted.sort();
                    sets.push(sorted);
                }
                assert!(
                    sets.windows(2).all(|pair| pair[0] == pair[1]),
                    "{list} {q} {filter}: {sets:#?}"
                );
            }
        }
    }
}

#[test]
fn statements_are_found_by_their_words_their_speaker_and_their_outlet() {
    let said = and(
        &quote("The gulls were early.", "Bo Tower"),
        "outlet",
        json!({"name": "Lantern Post"}),
    );
    let app = TestApp::with(&[Article::new("one")
        .statement(said)
        .statement(quote("No gulls.", "Ada Quill"))
        .line()]);
    let found = |q: &str| app.column(&format!("/v1/statements?q={q}"), "quote");
    assert_eq!(found("gull early"), ["The gulls were early."]);
    assert_eq!(found("tower"), ["The gulls were early."]);
    assert_eq!(found("gull lantern"), ["The gulls were early."]);
    assert_eq!(found("gull").len(), 2);
    assert_eq!(found("tower quill"), [""; 0]);
}

#[test]
fn what_is_edited_is_found_by_what_it_says_now_and_what_is_hidden_by_nothing() {
    let app = TestApp::with(&[Article::new("ferry")
        .with("id", id(1))
        .with("title", "Zebras")
        .statement(quote("Okapis.", "Bo"))
        .line()]);
    let desk = app.key(Scope::Publish);
    let uri = format!("/v1/articles/{}", id(1));
    assert_eq!(found(&app, "zebra"), ["ferry"]);
    app.patch(&uri, json!({"title": "Quaggas"}))
        .by(&desk)
        .of_revision(1)
        .taken(200);
    assert_eq!(found(&app, "zebra"), [""; 0]);
    assert_eq!(found(&app, "quagga"), ["ferry"]);
    app.patch(&uri, json!({"status": "draft"}))
        .by(&desk)
        .of_revision(2)
        .taken(200);
    assert_eq!(found(&app, "quagga"), [""; 0]);
    assert_eq!(app.rows("/v1/statements?q=okapi"), [] as [Value; 0]);
    let drafts = app
        .get_by(&desk, "/v1/articles?q=quagga&status=draft")
        .json();
    assert_eq!(drafts["data"][0]["slug"], "ferry");
    app.delete(&uri).by(&desk).of_revision(3).done();
    let drafts = app
        .get_by(&desk, "/v1/articles?q=quagga&status=draft")
        .json();
    assert_eq!(drafts["data"], json!([]));
}

#[test]
fn whoever_is_renamed_is_found_by_the_new_name() {
    let app = TestApp::with(&[Article::new("one")
        .statement(quote("Baa.", "Bo Tower"))
        .line()]);
    let desk = app.key(Scope::Publish);
    assert_eq!(found(&app, "tower"), ["one"]);
    app.patch("/v1/speakers/bo-tower", json!({"name": "Bo Lantern"}))
        .by(&desk)
        .of_revision(1)
        .taken(200);
    app.tick();
    assert_eq!(found(&app, "tower"), [""; 0]);
    assert_eq!(found(&app, "lantern"), ["one"]);
}

#[test]
fn any_string_is_a_query() {
    let app = TestApp::with(&newsroom());
    for q in [
        "\"",
        "\"\"",
        "-",
        "--",
        "-\"",
        "'",
        "*",
        "a*",
        "NEAR(a b)",
        "title:a",
        "a OR",
        "AND",
        "(",
        ")",
        "{title}",
        "^a",
        "%",
        "\\",
        "a'b",
        "٪",
        "ـ",
        "ً",
        "🙂",
        "لا",
        "\u{202e}a",
        "a\u{200c}b",
        "1.5%",
        "x-y-z",
        "中",
        "ก",
        "'; DROP TABLE articles; --",
        "a & b | !c",
    ] {
        let uri = |list: &str| {
            format!(
                "/v1/{list}?q={}",
                percent_encoding::utf8_percent_encode(q, percent_encoding::NON_ALPHANUMERIC)
            )
        };
        for list in ["articles", "statements"] {
            assert_eq!(app.get(&uri(list)).status, 200, "{q} in {list}");
        }
    }
    assert_eq!(app.get("/v1/articles?sort=relevance").status, 400);
}

#[test]
fn what_is_written_again_and_again_leaves_a_sound_index() {
    let app = TestApp::new();
    for round in 0..40 {
        let lines: Vec<Value> = (0..16)
            .map(|number| {
                let status = ["published", "published", "draft"][(number + round) % 3];
                Article::new(&format!("article-{number}"))
                    .with("title", format!("Round {round} of {number}"))
                    .with("status", status)
                    .statement(quote(&format!("said{round} word{number}"), "Bo Tower"))
                    .line()
            })
            .collect();
        app.store(&lines);
        assert_eq!(app.findings(), Vec::<String>::new(), "round {round}");
    }
}

#[test]
fn a_search_that_finds_nothing_tells_what_was_probably_meant() {
    let app = TestApp::with(&[
        article(
            "ferry",
            "ar",
            "انتخابات المرفأ",
            "قال الربّان إنّ العبّارة ستُبحر.",
        )
        .line(),
        article("harbour", "en", "Harbour elections", "The ferries return.").line(),
    ]);
    for (q, meant) in [
        ("والانتخاباث", json!(["انتخابات"])),
        ("harbuor elections", json!(["harbour elections"])),
        (
            "\"harbour elektions\" -bridge",
            json!(["\"harbour elections\" -bridge"]),
        ),
        ("harbuor elektions", json!(["harbour elections"])),
        // Each word is known, but nothing has both; nothing is near; nothing is asked for.
        ("harbour المرفأ", json!([])),
        ("harbuor المرفأ", json!([])),
        ("zzzzzzzz", json!([])),
        ("-bridge -", Value::Null),
        ("…", json!([])),
        ("harbour", Value::Null),
    ] {
        let page = app.json(&format!("/v1/articles?q={q}"))["page"].clone();
        assert_eq!(page["suggestions"], meant, "{q}");
        let page = app.json(&format!("/v1/articles?q={q}&language=fr"))["page"].clone();
        assert_ne!(page["suggestions"], Value::Null, "{q}");
    }
}

#[test]
fn what_is_not_visible_any_more_is_not_what_was_meant() {
    let app = TestApp::with(&[
        article("shown", "en", "Quietly", "Nothing happened.").line(),
        article("draft", "en", "Zeppelins", "A zeppelin landed.")
            .with("status", "draft")
            .line(),
        article("gone", "en", "Lighthouses", "A lighthouse burned.").line(),
    ]);
    let meant = |q: &str| app.json(&format!("/v1/articles?q={q}"))["page"]["suggestions"].clone();
    assert_eq!(meant("lighthuose"), json!(["lighthouse"]));
    app.import(
        &[article("gone", "en", "Lighthouses", "A lighthouse burned.")
            .with("status", "withdrawn")
            .line()],
    );
    assert_eq!(meant("lighthuose"), json!([]));
    assert_eq!(meant("zepelin"), json!([]));
}
