//! From names to records: one person under many spellings, and slugs that nobody else gets.
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, id, speaker};

pub fn ada() -> Value {
    json!({"type": "speaker", "id": id(1), "slug": "ada-quill", "name": "Ada Quill",
        "names": {"ar": "آدا كويل", "fr": "Ada Plume"}, "aliases": ["Captain Quill", "القبطان كويل"]})
}

/// An article in which this reference says something.
fn says(slug: &str, speaker: Value) -> Article {
    Article::new(slug).statement(json!({"quote": "Baa.", "form": "direct", "speaker": speaker}))
}

#[test]
fn every_name_in_every_spelling_finds_the_same_record() {
    let app = TestApp::with(&[ada()]);
    let spellings = [
        "Ada Quill",
        "ADA  QUILL",
        " ada quill",
        "Ada Quïll",
        "آدا كويل",
        "ادا كويل",
        "آدَا كُوَيل",
        "أدا كــويل",
        "Ada Plume",
        "captain quill",
        "القبطان كويل",
        "القبطان\u{a0}کویل",
        "Ａｄａ Quill",
    ];
    for (n, name) in spellings.iter().enumerate() {
        app.store(&[says(&format!("piece-{n}"), json!({"name": name})).line()]);
    }
    assert_eq!(app.column("/v1/speakers", "slug"), ["ada-quill"]);
    assert_eq!(
        app.json("/v1/speakers/ada-quill")["statement_count"],
        spellings.len()
    );
}

#[test]
fn a_name_that_nobody_has_makes_a_record() {
    let app = TestApp::new();
    let reference = json!({"name": "وزارة المياه", "kind": "organisation", "names": {"en": "Ministry of Water"},
        "aliases": ["المياه"], "description": "A ministry.", "references": [{"type": "site", "value": "w"}]});
    app.store(&[says("one", reference).with("outlet", json!({"name": "النهر", "country": "xm", "language": "ar", "url": "https://nahr.example/"})).line()]);
    let made = app.json("/v1/speakers/وزارة-المياه");
    assert_eq!(
        (&made["kind"], &made["names"]["en"], &made["description"]),
        (
            &json!("organisation"),
            &json!("Ministry of Water"),
            &json!("A ministry.")
        )
    );
    assert_eq!(
        (&made["aliases"], &made["references"][0]["value"]),
        (&json!(["المياه"]), &json!("w"))
    );
    let made = app.json("/v1/outlets/النهر");
    assert_eq!(
        (&made["country"], &made["language"], &made["url"]),
        (&json!("XM"), &json!("ar"), &json!("https://nahr.example/"))
    );
    app.store(&[says(
        "two",
        json!({"name": "ministry of water", "kind": "organisation", "description": "Other."}),
    )
    .line()]);
    let found = app.json("/v1/speakers/وزارة-المياه");
    assert_eq!(
        (&found["description"], &found["statement_count"]),
        (&json!("A ministry."), &json!(2)),
        "they count on creation only"
    );
    assert_eq!(app.json("/v1/speakers/وزارة-المياه")["revision"], 1);
}

#[test]
fn defaults_are_a_person_and_a_topic() {
    let app = TestApp::with(&[says("one", json!({"name": "Bo"})).tags(&["Bells"]).line()]);
    assert_eq!(app.json("/v1/speakers/bo")["kind"], "person");
    assert_eq!(app.json("/v1/tags/bells")["kind"], "topic");
    assert_eq!(
        app.refuse(says("two", json!({"name": "x", "kind": "goat"})).line()),
        ["/statements/0/speaker/kind invalid_value"]
    );
}

#[test]
fn a_name_that_several_have_is_ambiguous_and_names_their_slugs() {
    let app = TestApp::with(&[
        ada(),
        json!({"type": "speaker", "slug": "ada-q", "name": "Ada Q.", "aliases": ["Ada Quill"]}),
    ]);
    let imported = app.import(&[says("one", json!({"name": "ada quill"})).line()]);
    assert_eq!(
        imported.faults_of(1)[0].split(' ').nth(1),
        Some("ambiguous_name")
    );
    let details = imported.details();
    assert!(
        details.contains("`ada-q`") && details.contains("`ada-quill`"),
        "{details}"
    );
    app.store(&[says("one", json!({"slug": "ada-q", "name": "Ada Quill"})).line()]);
    assert_eq!(
        app.column("/v1/speakers", "slug"),
        ["ada-q"],
        "a slug decides alone"
    );
    assert_eq!(
        app.refuse(json!({"type": "speaker", "name": "Ada Quill"})),
        ["/name ambiguous_name"]
    );
}

#[test]
fn a_kind_tells_namesakes_apart() {
    let app = TestApp::with(&[
        speaker("mercury", "Mercury"),
        json!({"type": "speaker", "slug": "mercury-inc", "name": "Mercury", "kind": "organisation"}),
    ]);
    app.store(&[says("one", json!({"name": "Mercury", "kind": "organisation"})).line()]);
    assert_eq!(app.column("/v1/speakers", "slug"), ["mercury-inc"]);
    app.store(&[says("two", json!({"name": "Mercury", "kind": "office"})).line()]);
    let office = app.json("/v1/speakers?kind=office")["data"][0].clone();
    assert_eq!(
        (&office["name"], &office["slug"]),
        (&json!("Mercury"), &json!("mercury-2")),
        "none of that kind: a new one"
    );
}

#[test]
fn a_speaker_an_outlet_and_a_tag_may_share_name_and_slug() {
    let app = TestApp::with(&[says("one", json!({"name": "Sarmila"}))
        .with("outlet", json!({"name": "Sarmila"}))
        .tags(&["Sarmila"])
        .line()]);
    for list in ["speakers", "outlets", "tags"] {
        assert_eq!(app.json(&format!("/v1/{list}/sarmila"))["name"], "Sarmila");
    }
}

#[test]
fn a_reference_is_followed_by_id_then_slug_then_name() {
    let app = TestApp::with(&[
        ada(),
        and(&speaker("bo", "Bo"), "id", id(2)),
        and(&speaker("cy", "Cy"), "id", id(3)),
    ]);
    let reference = json!({"id": id(1), "slug": "bo", "name": "Cy"});
    app.store(&[says("one", reference).line()]);
    assert_eq!(app.column("/v1/speakers", "slug"), ["ada-quill"]);
    app.store(&[says("two", json!({"slug": "BO", "name": "Cy"})).line()]);
    assert_eq!(
        app.column("/v1/speakers?sort=name", "slug"),
        ["ada-quill", "bo"]
    );
}

#[test]
fn unknown_ids_and_bare_unknown_slugs_are_errors() {
    let app = TestApp::new();
    let of_speaker = "/statements/0/attribution/0/speaker unknown_reference";
    assert_eq!(
        app.refuse(says("one", json!({"id": id(9)})).line()),
        [of_speaker]
    );
    assert_eq!(
        app.refuse(says("one", json!({"id": id(9), "name": "Bo", "slug": "bo"})).line()),
        [of_speaker]
    );
    assert_eq!(
        app.refuse(says("one", json!({"slug": "bo"})).line()),
        [of_speaker]
    );
    assert_eq!(
        app.refuse(
            Article::new("one")
                .with("outlet", json!({"slug": "x"}))
                .line()
        ),
        ["/outlet unknown_reference"]
    );
    let tags = json!([{"name": "Bells"}, {"slug": "x"}]);
    assert_eq!(
        app.refuse(Article::new("one").with("tags", tags).line()),
        ["/tags/1 unknown_reference"]
    );
    assert_eq!(
        app.refuse(Article::new("one").with("outlet", json!({})).line()),
        ["/outlet required"]
    );
    assert_eq!(app.export(), "", "nothing was made on the way");
}

#[test]
fn an_unknown_slug_with_a_name_makes_the_record_under_that_slug() {
    let app =
        TestApp::with(&[says("one", json!({"slug": "Bo-The-Bell", "name": "Bo Tower"})).line()]);
    assert_eq!(app.json("/v1/speakers/bo-the-bell")["name"], "Bo Tower");
    app.store(&[says("two", json!({"name": "Bo Tower"})).line()]);
    assert_eq!(app.json("/v1/speakers/bo-the-bell")["statement_count"], 2);
}

#[test]
fn two_spellings_of_one_tag_are_one_tag() {
    let app = TestApp::with(&[Article::new("one")
        .tags(&["Bells", "BELLS", "Goats", "bells "])
        .line()]);
    let tags = app.json("/v1/articles/one")["tags"].clone();
    let names: Vec<&str> = tags
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Bells", "Goats"]);
    assert_eq!(app.json("/v1/tags/bells")["article_count"], 1);
}

#[test]
fn a_name_means_the_same_whether_lines_come_together_or_one_by_one() {
    let lines = [
        says("one", json!({"name": "Mercury"})).line(),
        says("two", json!({"name": "Mercury", "kind": "organisation"})).line(),
        says("three", json!({"name": "Mercury"})).line(),
    ];
    let apart = TestApp::new();
    let one_by_one = lines
        .iter()
        .map(|line| apart.import(std::slice::from_ref(line)).report.failed);
    let one_by_one: u64 = one_by_one.sum();
    let together = TestApp::new().import(&lines).report.failed;
    assert_eq!(together, one_by_one, "two have that name by then");
}
