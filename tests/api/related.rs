//! Which articles are related to one, how near they are, and what they share. What holds for every list is in `list_*`.
use serde_json::{Value, json};

use crate::support::article::{and, anonymous};
use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp, id, quote};

fn piece(slug: &str, tags: &[&str], speakers: &[&str]) -> Article {
    let said = |article: Article, name: &&str| article.statement(quote("Row on.", name));
    speakers.iter().fold(Article::new(slug).tags(tags), said)
}

/// The slugs of the related articles with their scores.
#[track_caller]
fn related(app: &TestApp, uri: &str) -> Vec<(String, f64)> {
    let pair = |row: &Value| {
        let slug = row["article"]["slug"].as_str().unwrap().to_owned();
        (slug, row["score"].as_f64().unwrap())
    };
    app.rows(&format!("/v1/articles/{uri}"))
        .iter()
        .map(pair)
        .collect()
}

fn slugs(related: &[(String, f64)]) -> Vec<&str> {
    related.iter().map(|(slug, _)| slug.as_str()).collect()
}

/// What a name weighs that so many have.
fn weight(times: f64, count: f64) -> f64 {
    (times / (1.0 + count).ln() * 10_000.0).round() / 10_000.0
}

#[test]
fn a_shared_speaker_weighs_more_than_a_shared_tag_and_the_rare_more_than_the_common() {
    let app = TestApp::with(&[
        piece("origin", &["Ferries", "Goats"], &["Ada Quill", "Odo Marl"]).line(),
        piece("same-rare-speaker", &[], &["Ada Quill"]).line(),
        piece("same-common-speaker", &[], &["Odo Marl"]).line(),
        piece("same-rare-tag", &["Goats"], &[]).line(),
        piece("same-common-tag", &["Ferries"], &[]).line(),
        piece("also-ferries", &["Ferries"], &["Odo Marl", "Odo Marl"]).line(),
        piece("nothing-shared", &["Regatta"], &["Kit Fen"]).line(),
    ]);
    // Odo Marl said four things, Ada Quill two; three articles are about ferries, two about goats.
    let found = related(&app, "origin/related");
    let (speaker, tag) = (|count| weight(2.0, count), |count| weight(1.0, count));
    let wanted = [
        ("also-ferries", speaker(4.0) + tag(3.0)),
        ("same-rare-speaker", speaker(2.0)),
        ("same-common-speaker", speaker(4.0)),
        ("same-rare-tag", tag(2.0)),
        ("same-common-tag", tag(3.0)),
    ];
    assert_eq!(slugs(&found), wanted.map(|(slug, _)| slug));
    for ((slug, score), (_, wanted)) in found.iter().zip(wanted) {
        assert!(
            (score - wanted).abs() < 1e-9,
            "{slug}: {score}, not {wanted}"
        );
    }
}

#[test]
fn what_is_shared_is_told_the_rarest_first() {
    let app = TestApp::with(&newsroom());
    let rows = app.rows("/v1/articles/piece-0/related");
    let names = |row: &Value, of: &str| -> Vec<String> {
        let names = row["shared"][of].as_array().unwrap();
        names
            .iter()
            .map(|name| name["slug"].as_str().unwrap().to_owned())
            .collect()
    };
    let row = |slug: &str| {
        rows.iter()
            .find(|row| row["article"]["slug"] == slug)
            .unwrap()
    };
    assert_eq!(names(row("piece-7"), "speakers"), ["ada-quill"]);
    assert_eq!(names(row("piece-7"), "tags"), ["ferries"]);
    assert_eq!(names(row("piece-5"), "speakers"), Vec::<String>::new());
    assert_eq!(names(row("piece-5"), "tags"), ["goats"]);
    let app = TestApp::with(&[
        piece("one", &["Common", "Rare"], &[]).line(),
        piece("two", &["Common", "Rare"], &[]).line(),
        piece("three", &["Common"], &[]).line(),
    ]);
    let row = app.rows("/v1/articles/one/related").remove(0);
    assert_eq!(names(&row, "tags"), ["rare", "common"]);
    let summary = app.rows("/v1/articles?limit=100");
    assert!(
        summary.contains(&row["article"]),
        "the article is as lists have it"
    );
}

#[test]
fn it_is_mutual() {
    let app = TestApp::with(&newsroom());
    for article in app.column("/v1/articles?limit=100", "slug") {
        for (other, score) in related(&app, &format!("{article}/related")) {
            let back = related(&app, &format!("{other}/related"));
            assert!(
                back.contains(&(article.clone(), score)),
                "{article} and {other}"
            );
        }
    }
}

#[test]
fn an_article_is_not_related_to_itself_nor_to_its_translations() {
    let group = id(500);
    let member = |slug: &str| {
        piece(slug, &["Goats"], &["Ada Quill"]).with("translation_group", group.clone())
    };
    let app = TestApp::with(&[
        member("one").line(),
        member("two").line(),
        piece("three", &["Goats"], &[]).line(),
    ]);
    assert_eq!(slugs(&related(&app, "one/related")), ["three"]);
    assert_eq!(slugs(&related(&app, "three/related")).len(), 2);
}

#[test]
fn a_name_at_a_later_hop_or_without_a_record_relates_nothing() {
    let relayed = |slug: &str| {
        let chain = json!([
            {"role": "speaker", "anonymous": {"label": "a rower"}},
            {"role": "relay", "speaker": {"name": "Odo Marl"}},
            {"role": "outlet", "outlet": {"name": "Kestrel Wire"}},
        ]);
        let statement = json!({"quote": "Row on.", "form": "direct", "attribution": chain});
        Article::new(slug)
            .statement(statement)
            .statement(anonymous("words", "a rower"))
    };
    let app = TestApp::with(&[relayed("one").line(), relayed("two").line()]);
    assert_eq!(related(&app, "one/related"), []);
}

#[test]
fn a_language_takes_its_regions_too() {
    let app = TestApp::with(&newsroom());
    let found = related(&app, "piece-0/related?language=en");
    assert_eq!(slugs(&found), ["piece-7", "piece-5"]);
    let found = related(&app, "piece-0/related?language=fr,ar");
    assert_eq!(slugs(&found), ["piece-3", "piece-6"]);
    assert_eq!(related(&app, "piece-0/related?language=es"), []);
    app.get("/v1/articles/piece-0/related?language=e")
        .problem(400, "invalid_parameter");
}

#[test]
fn what_is_hidden_relates_nothing_and_is_related_to_nothing() {
    // The hidden articles and statements share the visible ones' tags and speakers.
    let hidden = |article: Article| article.with("summary", HIDDEN);
    let shared = |slug: &str| piece(slug, &["Goats"], &["Ada Quill"]);
    let proposed = json!({"quote": "Never.", "form": "direct", "status": "rejected",
        "speaker": {"name": "Odo Marl"}, "note": HIDDEN});
    let app = TestApp::with(&[
        shared("one").statement(proposed.clone()).line(),
        shared("two").line(),
        Article::new("three")
            .statement(and(&proposed, "quote", "No."))
            .line(),
        piece("four", &[], &["Odo Marl"]).line(),
        hidden(shared("draft")).draft().line(),
        hidden(shared("future"))
            .published("2999-01-01T00:00:00Z")
            .line(),
        hidden(shared("gone"))
            .with("status", "withdrawn")
            .with("was_public", true)
            .line(),
    ]);
    let page = app.json("/v1/articles/one/related?count=true");
    assert_eq!(page["page"]["total"], 1);
    let found = related(&app, "one/related");
    // As if the two visible ones were all there is.
    let score = weight(2.0, 2.0) + weight(1.0, 2.0);
    assert_eq!(
        found,
        [("two".to_owned(), (score * 10_000.0).round() / 10_000.0)]
    );
    assert_eq!(related(&app, "three/related"), []);
    assert_eq!(related(&app, "four/related"), []);
    for slug in ["one", "three", "four"] {
        let response = app.get(&format!("/v1/articles/{slug}/related?count=true"));
        assert!(!response.everything().contains(HIDDEN), "{slug}");
    }
}

#[test]
fn the_twenty_four_rarest_names_count() {
    let tags: Vec<String> = (0..30).map(|n| format!("Tag {n}")).collect();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    // The first tag is the most common by far, and so the last to count.
    let common = |n| piece(&format!("common-{n}"), &["Tag 0"], &[]).line();
    let mut lines: Vec<Value> = (0..4).map(common).collect();
    lines.extend(["one", "two"].map(|slug| piece(slug, &tags, &[]).line()));
    let app = TestApp::with(&lines);
    let rows = app.rows("/v1/articles/one/related");
    assert_eq!(rows.len(), 1);
    let shared = rows[0]["shared"]["tags"].as_array().unwrap();
    assert_eq!(shared.len(), 24);
    assert!(!shared.iter().any(|tag| tag["slug"] == "tag-0"));
}

#[test]
fn it_follows_edits() {
    let app = TestApp::with(&[
        piece("one", &["Goats"], &[]).line(),
        piece("two", &["Ferries"], &[]).line(),
    ]);
    let before = app.get("/v1/articles/one/related");
    assert_eq!(before.json()["data"], json!([]));
    app.store(&[piece("two", &["Goats"], &[]).line()]);
    let after = app.get("/v1/articles/one/related");
    assert_eq!(slugs(&related(&app, "one/related")), ["two"]);
    assert_ne!(before.etag(), after.etag());
}

#[test]
fn a_former_slug_leads_on() {
    let app = TestApp::with(&[piece("one", &["Goats"], &[]).with("id", id(1)).line()]);
    app.store(&[piece("renamed", &["Goats"], &[]).with("id", id(1)).line()]);
    let response = app.get("/v1/articles/one/related?limit=5&language=ar");
    assert_eq!(response.status, 308);
    assert_eq!(
        response.header("location"),
        format!("/v1/articles/{}/related?language=ar&limit=5", id(1))
    );
}

#[test]
fn the_hundred_nearest_are_listed_and_of_a_common_name_those_near_in_time() {
    // Twelve hundred articles on goats, one a minute: 500 before and 500 after count, and a hundred are listed.
    let article = |n: u32| {
        let at = format!("2026-03-01T{:02}:{:02}:00Z", n / 60, n % 60);
        let tags: &[&str] = match n {
            0 | 600 | 1199 => &["Goats", "Rare"],
            _ => &["Goats"],
        };
        Article::new(&format!("a-{n}"))
            .with("id", id(n))
            .published(&at)
            .tags(tags)
            .line()
    };
    let lines: Vec<Value> = (0..1200).map(article).collect();
    let app = TestApp::with(&lines);
    let mut uri = "/v1/articles/a-600/related?limit=40&count=true".to_owned();
    let mut found = Vec::new();
    loop {
        let response = app.get(&uri);
        assert_eq!(response.json()["page"]["total"], 100);
        found.extend(response.json()["data"].as_array().unwrap().clone());
        match response.link("next") {
            Some(next) => uri = next,
            None => break,
        }
    }
    assert_eq!(found.len(), 100);
    // The rare tag is found however far it lies; the common one counts only near by.
    let [first, second, third] = [0, 1, 2].map(|at| &found[at]);
    assert_eq!(first["article"]["slug"], "a-1199");
    assert_eq!(second["article"]["slug"], "a-0");
    assert_eq!(first["shared"]["tags"].as_array().unwrap().len(), 1);
    assert_eq!(first["score"], weight(1.0, 3.0));
    assert_eq!(third["score"], weight(1.0, 1200.0));
    assert_eq!(
        third["article"]["slug"], "a-1100",
        "the last of the 500 after it, by id"
    );
}
