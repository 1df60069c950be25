//! What is suggested to somebody who has begun to type.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::article::{outlet, speaker, tag};
use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp, id, quote};

const KINDS: [&str; 4] = ["speakers", "outlets", "tags", "articles"];

fn uri(q: &str) -> String {
    let q = percent_encoding::utf8_percent_encode(q, percent_encoding::NON_ALPHANUMERIC);
    format!("/v1/suggest?q={q}")
}

#[track_caller]
fn suggested(app: &TestApp, q: &str, kind: &str) -> Vec<String> {
    let suggestions = app.json(&uri(q));
    let rows = suggestions[kind].as_array().unwrap().iter();
    rows.map(|row| row["slug"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn names_are_suggested_by_the_beginnings_of_their_words() {
    let app = TestApp::with(&newsroom());
    for (q, kind, slugs) in [
        ("Ada", "speakers", &["ada-quill"][..]),
        ("qui ad", "speakers", &["ada-quill"]),
        ("capt", "speakers", &["ada-quill"]),
        ("آدا", "speakers", &["ada-quill"]),
        ("ادا", "speakers", &["ada-quill"]),
        ("نوره", "speakers", &["نورة-السامر-ب", "نورة-السامر"]),
        ("سامر", "speakers", &["نورة-السامر-ب", "نورة-السامر"]),
        ("السـام", "speakers", &["نورة-السامر-ب", "نورة-السامر"]),
        ("of lake", "speakers", &["lake-union"]),
        ("uill", "speakers", &[]),
        ("ada nobody", "speakers", &[]),
        ("LANT", "outlets", &["lantern"]),
        ("lampa", "outlets", &["lantern"]),
        ("مرج", "outlets", &["صدى-المرج", "صدى-المرج-ب"]),
        ("ferr", "tags", &["ferries"]),
        ("العبار", "tags", &["ferries"]),
        ("المياة", "tags", &["مياه", "مياه-ب"]),
    ] {
        assert_eq!(suggested(&app, q, kind), slugs, "{q}");
    }
}

#[test]
fn the_other_name_that_was_typed_is_told() {
    let app = TestApp::with(&newsroom());
    for (q, kind, found_by) in [
        ("ada", "speakers", json!(null)),
        ("quill", "speakers", json!(null)),
        ("capt", "speakers", json!("Captain Quill")),
        ("ada capt", "speakers", json!("Captain Quill")),
        ("كويل", "speakers", json!("آدا كويل")),
        ("lampadaire", "outlets", json!("Lampadaire")),
        ("عبار", "tags", json!("عبّارات")),
    ] {
        let row = &app.json(&uri(q))[kind][0];
        assert_eq!(row["found_by"], found_by, "{q}: {row}");
    }
}

#[test]
fn what_is_mentioned_most_comes_first_and_then_the_name_decides() {
    let said = |slug: &str, names: &[&str]| {
        let article = Article::new(slug).tags(&["Mill Lane"]);
        let quoted = |article: Article, name: &&str| article.statement(quote("Aye.", name));
        names.iter().fold(article, quoted)
    };
    let app = TestApp::with(&[
        said("one", &["Mill Zed", "Mill Abel", "Mill Cord"]).line(),
        said("two", &["Mill Cord"]).tags(&["Mill Bank"]).line(),
        said("three", &["Mill Cord", "Mill Zed", "Old Mill Bay"])
            .tags(&["Mill Lane", "Mill Pond"])
            .line(),
    ]);
    assert_eq!(
        suggested(&app, "mill", "speakers"),
        ["mill-cord", "mill-zed", "mill-abel", "old-mill-bay"]
    );
    assert_eq!(
        suggested(&app, "mill", "tags"),
        ["mill-lane", "mill-bank", "mill-pond"]
    );
    let two = app.json("/v1/suggest?q=mill&limit=2&thing=tag");
    assert_eq!(two["tags"].as_array().unwrap().len(), 2);
    assert_eq!(two["speakers"], json!([]));
}

#[test]
fn many_names_that_begin_alike_are_in_the_same_order() {
    // More than are put in order one by one.
    let names: Vec<String> = (0..90)
        .flat_map(|n| (0..12).map(move |m| format!("Mol{n:02} Mo{m:02}")))
        .collect();
    let mut lines: Vec<Value> = names
        .chunks(60)
        .enumerate()
        .map(|(n, names)| {
            let article = Article::new(&format!("a-{n}"));
            let quoted = |article: Article, name: &String| article.statement(quote("Aye.", name));
            names.iter().fold(article, quoted).line()
        })
        .collect();
    lines.push(
        Article::new("more")
            .statement(quote("Aye.", "Mol42 Mo07"))
            .line(),
    );
    let app = TestApp::with(&lines);
    assert_eq!(
        suggested(&app, "mo", "speakers"),
        [
            "mol42-mo07",
            "mol00-mo00",
            "mol00-mo01",
            "mol00-mo02",
            "mol00-mo03"
        ]
    );
    assert_eq!(
        suggested(&app, "mo mo11", "speakers"),
        [
            "mol00-mo11",
            "mol01-mo11",
            "mol02-mo11",
            "mol03-mo11",
            "mol04-mo11"
        ]
    );
}

#[test]
fn articles_are_suggested_by_their_titles_the_newest_first() {
    let titled = |slug: &str, language: &str, title: &str, at: &str| {
        Article::new(slug)
            .with("language", language)
            .with("title", title)
            .published(at)
    };
    let app = TestApp::with(&[
        titled("old", "ar", "الاتفاق على المياه", "2026-03-01T00:00:00Z").line(),
        titled(
            "new",
            "ar",
            "أهالي البلدة واتفاق المياه",
            "2026-03-02T00:00:00Z",
        )
        .line(),
        titled("en", "en", "Elections in March", "2026-03-03T00:00:00Z")
            .with("summary", "Zebras, too.")
            .line(),
        titled("same-a", "en", "Gulls here", "2026-03-04T00:00:00.100Z").line(),
        titled("same-b", "en", "Gulls there", "2026-03-04T00:00:00.900Z").line(),
        titled("same-c", "en", "Gulls nowhere", "2026-03-04T00:00:00.500Z").line(),
    ]);
    for (q, slugs) in [
        ("اتفا", &["new", "old"][..]),
        ("الاتفاق", &["new", "old"]),
        ("مياه اتف", &["new", "old"]),
        ("اهالى ال", &["new"]),
        ("اتفاق الم", &["new", "old"]),
        ("elect", &["en"]),
        ("election mar", &["en"]),
        ("elections in march", &["en"]),
        ("mar election", &[]),
        ("zebra", &[]),
        ("gull", &["same-b", "same-c", "same-a"]),
        ("-gull", &[]),
    ] {
        assert_eq!(suggested(&app, q, "articles"), slugs, "{q}");
    }
    let one = app.json("/v1/suggest?q=gull&limit=1");
    assert_eq!(one["articles"].as_array().unwrap().len(), 1);
    assert_eq!(one["articles"][0]["slug"], "same-b");
    let row = &app.json(&uri("أهال"))["articles"][0];
    assert_eq!(
        (&row["language"], &row["direction"]),
        (&json!("ar"), &json!("rtl"))
    );
    assert_eq!(row["published_at"], "2026-03-02T00:00:00.000Z");
}

#[test]
fn what_is_hidden_is_suggested_to_nobody() {
    let app = TestApp::with(
        &[
            newsroom(),
            vec![
                Article::new("draft")
                    .with("title", "Quokkas")
                    .draft()
                    .line(),
                speaker("quokka", "Quokka Quorn"),
                outlet("quokka-post", "Quokka Post"),
                tag("quokkas", "Quokkas"),
            ],
        ]
        .concat(),
    );
    let desk = app.key(Scope::Admin);
    for q in [
        HIDDEN, "nobody", "nothing", "nowhere", "voice", "quokka", "unlit", "perhaps",
    ] {
        for response in [app.get(&uri(q)), app.get_by(&desk, &uri(q))] {
            let suggestions = response.json();
            for kind in KINDS {
                assert_eq!(suggestions[kind], json!([]), "{q}");
            }
        }
    }
    let reader = app.key(Scope::Read);
    let by_key = app.get_by(&reader, &uri("ada"));
    assert_eq!(by_key.json(), app.json(&uri("ada")));
    assert_eq!(by_key.header("cache-control"), "private, no-store");
}

#[test]
fn what_is_withdrawn_or_renamed_is_suggested_no_more() {
    let app = TestApp::with(&[Article::new("ferry")
        .with("id", id(1))
        .with("title", "Zebras")
        .statement(quote("Okapis.", "Bo Tower"))
        .line()]);
    let desk = app.key(Scope::Publish);
    let address = format!("/v1/articles/{}", id(1));
    assert_eq!(suggested(&app, "zeb", "articles"), ["ferry"]);
    app.patch("/v1/speakers/bo-tower", json!({"name": "Bo Lantern"}))
        .by(&desk)
        .of_revision(1)
        .taken(200);
    assert_eq!(suggested(&app, "tow", "speakers"), [""; 0]);
    assert_eq!(suggested(&app, "lan", "speakers"), ["bo-tower"]);
    app.patch(&address, json!({"status": "withdrawn"}))
        .by(&desk)
        .of_revision(1)
        .taken(200);
    assert_eq!(suggested(&app, "zeb", "articles"), [""; 0]);
    assert_eq!(suggested(&app, "lan", "speakers"), [""; 0]);
}

#[test]
fn what_the_client_has_is_not_sent_again_until_something_changes() {
    let app = TestApp::with(&newsroom());
    let first = app.get(&uri("ada"));
    let etag = first.etag();
    let again = app.get_with(&uri("ada"), &[("If-None-Match", &etag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let head = app.head(&uri("ada"));
    assert_eq!(
        (head.status, head.etag(), head.body.len()),
        (200, etag.clone(), 0)
    );
    assert_ne!(app.get(&uri("ad")).etag(), etag);
    app.store(&[Article::new("another").line()]);
    let changed = app.get_with(&uri("ada"), &[("If-None-Match", &etag)]);
    assert_eq!(changed.status, 200);
}

#[test]
fn it_is_read_as_a_write_left_it() {
    let app = TestApp::with(&newsroom());
    let since = format!("{}&min_sequence={}", uri("ada"), app.sequences().all);
    app.get(&since).problem(401, "key_required");
    let reader = app.key(Scope::Read);
    assert_eq!(app.get_by(&reader, &since).status, 200);
}

#[test]
fn only_what_is_asked_for_is_suggested() {
    let app = TestApp::with(&newsroom());
    let all = app.json("/v1/suggest?q=s");
    for (thing, kind) in ["speaker", "outlet", "tag", "article"].iter().zip(KINDS) {
        let some = app.json(&format!("/v1/suggest?q=s&thing={thing}"));
        for other in KINDS {
            let wanted = if other == kind {
                &all[kind]
            } else {
                &json!([])
            };
            assert_eq!(&some[other], wanted, "{thing}");
        }
    }
    let two = app.json("/v1/suggest?q=kes&thing=outlet,speaker");
    assert_eq!(two["outlets"][0]["slug"], "kestrel");
    assert_eq!(two["speakers"][0]["slug"], "kestrel");
}

#[test]
fn any_string_is_answered() {
    let app = TestApp::with(&newsroom());
    for q in [
        " ",
        "!",
        "\"",
        "\"\"",
        "-",
        "-a",
        "-\"",
        "'",
        "*",
        "a*",
        "NEAR(a b)",
        "title:a",
        "a OR",
        "(",
        "{title}",
        "^a",
        "%",
        "\\",
        "a'b",
        "ـ",
        "ً",
        "🙂",
        "لا",
        "ال",
        "ا",
        "\u{202e}a",
        "a\u{200c}b",
        "1.5%",
        "x-y-z",
        "中",
        "ก",
        "'; DROP TABLE articles; --",
        "a & b | !c",
        "a b c d e f g h i",
        "\u{10FFFF}",
    ] {
        let response = app.get(&uri(q));
        assert_eq!(response.status, 200, "{q}: {}", response.text());
    }
    let nothing = app.json(&uri("zzzz"));
    assert_eq!(
        nothing,
        json!({"speakers": [], "outlets": [], "tags": [], "articles": []})
    );
    assert_eq!(app.get(&uri(&"ا".repeat(300))).status, 200);
}

#[test]
fn wrong_parameters_are_refused_by_name() {
    let app = TestApp::new();
    for (query, parameter) in [
        ("", "q"),
        ("?limit=3", "q"),
        ("?q=", "q"),
        ("?q=a&limit=0", "limit"),
        ("?q=a&limit=11", "limit"),
        ("?q=a&limit=x", "limit"),
        ("?q=a&thing=statement", "thing"),
        ("?q=a&thing=speaker,", "thing"),
    ] {
        let problem = app
            .get(&format!("/v1/suggest{query}"))
            .problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], parameter, "{query}");
    }
    let missing = app.get("/v1/suggest").problem(400, "invalid_parameter");
    assert!(
        missing["detail"].as_str().unwrap().contains("missing"),
        "{missing}"
    );
    app.get("/v1/suggest?q=a&sort=name")
        .problem(400, "unknown_parameter");
    let long = app.get(&uri(&"a".repeat(301)));
    long.problem(400, "invalid_parameter");
}
