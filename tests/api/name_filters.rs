//! What lists of speakers, outlets and tags can be narrowed by.
use serde_json::json;

use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp, id, quote};

#[track_caller]
fn finds(app: &TestApp, uri: &str, slugs: &[&str]) {
    let mut found = app.column(uri, "slug");
    found.sort_unstable();
    let mut wanted = slugs.to_vec();
    wanted.sort_unstable();
    assert_eq!(found, wanted, "{uri}");
    let mark = if uri.contains('?') { '&' } else { '?' };
    let page = app.json(&format!("{uri}{mark}count=true"));
    assert_eq!(page["page"]["total"], wanted.len(), "{uri}");
}

#[test]
fn q_finds_names_by_the_beginnings_of_their_words() {
    let app = TestApp::with(&newsroom());
    for (q, slugs) in [
        ("Ada", &["ada-quill"][..]),
        ("qui ad", &["ada-quill"]),
        ("capt", &["ada-quill"]),
        ("كويل", &["ada-quill"]),
        ("نوره", &["نورة-السامر", "نورة-السامر-ب"]),
        ("نُورَة السـامر", &["نورة-السامر", "نورة-السامر-ب"]),
        ("of", &["lake-union", "mayor"]),
        ("of lake", &["lake-union"]),
        ("uill", &[]),
        ("ada nobody", &[]),
        ("!", &[]),
        ("a b c d e f g h i", &[]),
        (HIDDEN, &[]),
        ("nobody", &[]),
    ] {
        finds(&app, &format!("/v1/speakers?q={q}"), slugs);
    }
    finds(&app, "/v1/outlets?q=LANT", &["lantern"]);
    finds(&app, "/v1/outlets?q=صدي", &["صدى-المرج", "صدى-المرج-ب"]);
    finds(&app, "/v1/tags?q=ferr", &["ferries"]);
    finds(&app, "/v1/tags?q=مياة", &["مياه", "مياه-ب"]);
    finds(&app, "/v1/tags?q=nowhere", &[]);
}

#[test]
fn q_follows_a_rename() {
    let app = TestApp::with(&newsroom());
    let renamed =
        json!({"type": "speaker", "id": id(300), "slug": "ada-brook", "name": "Ada Brook"});
    app.store(&[renamed]);
    finds(&app, "/v1/speakers?q=quill", &[]);
    finds(&app, "/v1/speakers?q=brook", &["ada-brook"]);
}

#[test]
fn a_kind_is_any_of_those_given() {
    let app = TestApp::with(&newsroom());
    finds(
        &app,
        "/v1/speakers?kind=organisation",
        &["lake-union", "kestrel"],
    );
    finds(
        &app,
        "/v1/speakers?kind=office,organisation",
        &["mayor", "lake-union", "kestrel"],
    );
    finds(&app, "/v1/speakers?kind=office&q=lake", &[]);
    finds(&app, "/v1/tags?kind=place,event", &["sarmila", "regatta"]);
    finds(&app, "/v1/tags?kind=person", &[]);
    for uri in [
        "/v1/speakers?kind=topic",
        "/v1/tags?kind=office",
        "/v1/tags?kind=place,,event",
    ] {
        let problem = app.get(uri).problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], "kind");
    }
    app.get("/v1/outlets?kind=person")
        .problem(400, "unknown_parameter");
}

#[test]
fn an_outlet_is_found_by_country_and_language() {
    let app = TestApp::with(&newsroom());
    finds(&app, "/v1/outlets?country=XS", &["lantern", "kestrel"]);
    finds(
        &app,
        "/v1/outlets?country=xs,xl",
        &["lantern", "kestrel", "vent-du-lac"],
    );
    finds(&app, "/v1/outlets?country=ZZ", &[]);
    finds(
        &app,
        "/v1/outlets?language=ar",
        &["صدى-المرج", "صدى-المرج-ب"],
    );
    finds(&app, "/v1/outlets?language=ar-EG", &["صدى-المرج"]);
    finds(
        &app,
        "/v1/outlets?language=en,fr",
        &["lantern", "kestrel", "vent-du-lac"],
    );
    finds(
        &app,
        "/v1/outlets?language=en&country=XS&q=wire",
        &["kestrel"],
    );
    finds(&app, "/v1/outlets?language=tlh", &[]);
    app.get("/v1/outlets?language=a")
        .problem(400, "invalid_parameter");
}

#[test]
fn counts_count_what_the_public_sees() {
    let app = TestApp::with(&newsroom());
    let ada = app.json("/v1/speakers/ada-quill");
    assert_eq!(
        ada["statement_count"], 2,
        "as a relay she says nothing herself"
    );
    assert_eq!(ada["first_said_at"], "2026-02-28T10:00:00.000Z");
    assert_eq!(ada["last_said_at"], "2026-03-03T23:59:59.999Z");
    let union = app.json("/v1/speakers/lake-union");
    assert_eq!(
        union["first_said_at"], "2026-03-02T08:00:00.000Z",
        "else the publication"
    );
    let lantern = app.json("/v1/outlets/lantern");
    assert_eq!(
        (&lantern["article_count"], &lantern["statement_count"]),
        (&json!(4), &json!(1))
    );
    let wire = app.json("/v1/outlets/kestrel");
    assert_eq!(
        (&wire["article_count"], &wire["statement_count"]),
        (&json!(0), &json!(5))
    );
    assert_eq!(app.json("/v1/tags/ferries")["article_count"], 3);
    let odo = app.json("/v1/speakers/odo-marl");
    assert_eq!(odo["statement_count"], 1);
}

#[test]
fn counts_follow_what_is_written() {
    let app = TestApp::new();
    let article = Article::new("one")
        .tags(&["Bells"])
        .statement(quote("Ding.", "Bo Tower"));
    app.store(&[article.clone().line()]);
    let counts = |app: &TestApp| {
        let of = |uri: &str, count: &str| app.get(uri).json()[count].clone();
        [
            of("/v1/tags/bells", "article_count"),
            of("/v1/speakers/bo-tower", "statement_count"),
            of("/v1/outlets/the-sarmila-lantern", "article_count"),
        ]
    };
    assert_eq!(counts(&app), [1, 1, 1].map(|count| json!(count)));
    let second = Article::new("two")
        .tags(&["Bells"])
        .statement(quote("Dong.", "Bo Tower"));
    app.store(&[second.statement(quote("Ding dong.", "Bo Tower")).line()]);
    assert_eq!(counts(&app), [2, 3, 2].map(|count| json!(count)));
    app.store(&[article
        .with("statements", json!([]))
        .with("tags", json!([]))
        .line()]);
    assert_eq!(counts(&app), [1, 2, 2].map(|count| json!(count)));
}
