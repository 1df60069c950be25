//! Two records found to be one: filters follow at once, names as they are rendered again, former keys lead on.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::response::errors;
use crate::support::{Article, id, quote};

fn said(slug: &str, by: &str, through: &str) -> Article {
    Article::new(slug).tags(&["Goats", "Ferries"]).statement(
        json!({"quote": format!("{slug} says {by}"), "form": "direct", "attribution": [
            {"role": "speaker", "speaker": {"name": by}},
            {"role": "outlet", "outlet": {"name": through}},
        ]}),
    )
}

/// A store in which a speaker, an outlet and a tag are each there twice.
fn doubled() -> TestApp {
    TestApp::with(&[
        json!({"type": "speaker", "id": id(1), "slug": "bo", "name": "Bo Tower", "names": {"ar": "بو تاور"}}),
        json!({"type": "speaker", "id": id(2), "slug": "bow", "name": "Bow Tower", "names": {"fr": "Bo Latour", "ar": "بو"},
            "aliases": ["Captain Bow"], "former_slugs": ["old-bow"]}),
        json!({"type": "outlet", "id": id(3), "slug": "gull", "name": "The Gull"}),
        json!({"type": "outlet", "id": id(4), "slug": "gulll", "name": "The Gulll"}),
        json!({"type": "tag", "id": id(5), "slug": "goats", "name": "Goats"}),
        json!({"type": "tag", "id": id(6), "slug": "goatz", "name": "Goatz", "names": {"ar": "ماعز"}}),
        said("one", "Bo Tower", "The Gull").line(),
        said("two", "Bow Tower", "The Gulll")
            .tags(&["Goatz"])
            .line(),
        said("three", "Bow Tower", "The Gull")
            .tags(&["Goats", "Goatz"])
            .line(),
        said("four", "Bow Tower", "The Gulll")
            .with("outlet", json!({"slug": "gulll"}))
            .line(),
        said("draft", "Bow Tower", "The Gulll")
            .draft()
            .tags(&["Goatz", "Ferries"])
            .line(),
    ])
}

#[test]
fn filters_and_counts_follow_at_once() {
    let app = doubled();
    let key = app.key(Scope::Publish);
    let merge = |path: &str, from: &str, into: &str| {
        let uri = format!("{path}/{from}/merge");
        let response = app.post(&uri, json!({"into": into})).by(&key).send();
        assert_eq!(response.status, 200, "{}", response.text());
        response.json()
    };
    let left = merge("/v1/speakers", "bow", "bo");
    assert_eq!(
        (&left["id"], &left["statement_count"]),
        (&id(1).into(), &4.into())
    );
    assert_eq!(left["names"], json!({"ar": "بو تاور", "fr": "Bo Latour"}));
    assert_eq!(left["aliases"], json!(["Bow Tower", "بو", "Captain Bow"]));
    let left = merge("/v1/outlets", "gulll", &id(3));
    assert_eq!(
        (&left["statement_count"], &left["article_count"]),
        (&4.into(), &1.into())
    );
    let left = merge("/v1/tags", &id(6), "goats");
    assert_eq!(
        (&left["article_count"], &left["names"]),
        (&4.into(), &json!({"ar": "ماعز"}))
    );
    for (filter, slugs) in [
        ("articles?speaker=bo", 4),
        ("articles?via=gull", 4),
        ("articles?tag=goats", 4),
        ("articles?outlet=gull", 1),
        ("statements?speaker=bo&outlet=gull", 4),
        ("statements?tag=goats", 4),
        ("statements?publisher=gull", 1),
        // Whoever knows the former key finds the same.
        ("statements?speaker=bow", 4),
        ("articles?tag=goatz", 4),
        ("articles?speaker=old-bow", 4),
    ] {
        assert_eq!(app.rows(&format!("/v1/{filter}")).len(), slugs, "{filter}");
    }
    app.tick();
    for slug in ["one", "two", "three", "four"] {
        let article = app.json(&format!("/v1/articles/{slug}"));
        assert_eq!(article["revision"], 1, "{slug}");
        let statement = &article["statements"][0];
        let named = (&statement["speaker"]["name"], &statement["outlet"]["slug"]);
        assert_eq!(named, (&"Bo Tower".into(), &"gull".into()), "{slug}");
        let tags: Vec<&Value> = article["tags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tag| &tag["slug"])
            .collect();
        assert_eq!(
            tags.iter().filter(|slug| **slug == "goats").count(),
            1,
            "{slug}: {tags:?}"
        );
    }
    let timeline = app.json("/v1/speakers/bo/timeline?bucket=month");
    assert_eq!(timeline["data"][0]["count"], 4);
}

#[test]
fn former_keys_lead_to_the_one_that_is_left_and_its_names_find_it() {
    let app = doubled();
    let key = app.key(Scope::Publish);
    app.post("/v1/speakers/bow/merge", json!({"into": "bo"}))
        .by(&key)
        .taken(200);
    for former in ["bow", "old-bow", &id(2)] {
        let response = app.get(&format!("/v1/speakers/{former}"));
        assert_eq!(
            (response.status, response.header("location")),
            (308, format!("/v1/speakers/{}", id(1))),
            "{former}"
        );
        let response = app
            .patch(&format!("/v1/speakers/{former}"), json!({}))
            .by(&key)
            .of_revision(1)
            .send();
        assert_eq!(response.status, 308, "{former}");
    }
    app.put(&format!("/v1/speakers/{}", id(2)), json!({"name": "x"}))
        .by(&key)
        .send()
        .problem(409, "conflict");
    for name in ["Bow Tower", "captain bow", "Bo Latour"] {
        app.post("/v1/articles/one/statements", quote(name, name))
            .by(&key)
            .taken(201);
    }
    assert_eq!(app.json("/v1/speakers/bo")["statement_count"], 7);
    // And once more into a third: what led here leads there.
    app.post("/v1/speakers", json!({"name": "Boo", "slug": "boo"}))
        .by(&key)
        .taken(201);
    app.post("/v1/speakers/bo/merge", json!({"into": "boo"}))
        .by(&key)
        .taken(200);
    let there = app.get("/v1/speakers/boo").json();
    let location = format!("/v1/speakers/{}", there["id"].as_str().unwrap());
    for former in ["bo", "bow", "old-bow", &id(1), &id(2)] {
        assert_eq!(
            app.get(&format!("/v1/speakers/{former}"))
                .header("location"),
            location,
            "{former}"
        );
    }
    assert_eq!(there["statement_count"], 7);
}

#[test]
fn what_was_merged_is_the_same_after_a_round_trip() {
    let app = doubled();
    let key = app.key(Scope::Publish);
    for (path, from, into) in [
        ("speakers", "bow", "bo"),
        ("outlets", "gulll", "gull"),
        ("tags", "goatz", "goats"),
    ] {
        app.post(&format!("/v1/{path}/{from}/merge"), json!({"into": into}))
            .by(&key)
            .taken(200);
    }
    app.tick();
    let exported = app.export();
    let other = TestApp::new();
    let imported = other.import_text(&exported, true);
    assert!(imported.faults.is_empty(), "{}", imported.details());
    assert_eq!(other.export(), exported);
    assert_eq!(other.get("/v1/tags/goatz").status, 308);
}

#[test]
fn a_merge_that_cannot_be_is_refused() {
    let app = doubled();
    let (key, writer) = (app.key(Scope::Publish), app.key(Scope::Write));
    let merge = |body: Value| app.post("/v1/speakers/bow/merge", body);
    for (body, error) in [
        (json!({"into": "bow"}), "/into invalid_value"),
        (json!({"into": id(2)}), "/into invalid_value"),
        (json!({"into": "nobody"}), "/into unknown_reference"),
        (json!({"into": id(3)}), "/into unknown_reference"),
        (json!({}), " invalid_document"),
        (json!({"into": "bo", "by": 1}), "/by unknown_field"),
    ] {
        let problem = merge(body.clone())
            .by(&key)
            .send()
            .problem(422, "invalid_document");
        assert_eq!(errors(&problem), [error], "{body}");
    }
    merge(json!({"into": "bo"}))
        .by(&writer)
        .send()
        .problem(403, "missing_scope");
    app.post("/v1/speakers/nobody/merge", json!({"into": "bo"}))
        .by(&key)
        .send()
        .problem(404, "not_found");
    let many: Vec<String> = (0..48).map(|number| format!("Name {number}")).collect();
    app.patch("/v1/speakers/bo", json!({"aliases": many}))
        .by(&key)
        .of_revision(1)
        .taken(200);
    let problem = merge(json!({"into": "bo"}))
        .by(&key)
        .send()
        .problem(409, "conflict");
    assert_eq!(errors(&problem), [" too_many"]);
    assert_eq!(app.json("/v1/speakers/bow")["statement_count"], 3);
}

#[test]
fn who_may_write_merges_what_nobody_sees() {
    let app = TestApp::with(&[
        json!({"type": "speaker", "id": id(1), "slug": "bo", "name": "Bo"}),
        json!({"type": "speaker", "id": id(2), "slug": "bow", "name": "Bow"}),
        Article::new("draft")
            .draft()
            .statement(quote("two goats", "Bow"))
            .line(),
    ]);
    let before = app.sequences().public;
    app.post("/v1/speakers/bow/merge", json!({"into": "bo"}))
        .by(&app.key(Scope::Write))
        .taken(200);
    assert_eq!(app.sequences().public, before);
    assert!(
        app.export()
            .contains(&format!("\"speaker\":{{\"id\":\"{}\"", id(1)))
    );
}

#[test]
fn a_key_that_begins_to_lead_to_what_is_seen_is_a_change_in_public() {
    let app = doubled();
    let (writer, publisher) = (app.key(Scope::Write), app.key(Scope::Publish));
    let twin = json!({"name": "Bo Tower", "slug": "twin"});
    app.post("/v1/speakers", twin).by(&writer).taken(201);
    let before = app.get("/v1/statements?speaker=twin");
    let merge = || app.post("/v1/speakers/twin/merge", json!({"into": "bo"}));
    merge().by(&writer).send().problem(403, "missing_scope");
    merge().by(&publisher).taken(200);
    let after = app.get("/v1/statements?speaker=twin");
    assert_ne!(before.body, after.body);
    assert_ne!(before.etag(), after.etag());
}

#[test]
fn names_of_what_is_to_be_published_are_changed_by_who_may_publish() {
    let app = TestApp::with(&[
        json!({"type": "speaker", "id": id(2), "slug": "bow", "name": "Bow Tower"}),
        said("one", "Bo Tower", "The Gull")
            .published("2999-01-01T00:00:00Z")
            .tags(&["Goats"])
            .line(),
    ]);
    let (writer, publisher) = (app.key(Scope::Write), app.key(Scope::Publish));
    let named = json!({"name": "Another"});
    for uri in [
        "/v1/speakers/bo-tower",
        "/v1/outlets/the-gull",
        "/v1/tags/goats",
    ] {
        app.patch(uri, named.clone())
            .by(&writer)
            .of_revision(1)
            .send()
            .problem(403, "missing_scope");
        app.patch(uri, json!({}))
            .by(&writer)
            .of_revision(1)
            .taken(200);
        app.patch(uri, named.clone())
            .by(&publisher)
            .of_revision(1)
            .taken(200);
    }
    let merge = |from: &str, into: &str| {
        app.post(&format!("/v1/speakers/{from}/merge"), json!({"into": into}))
            .by(&writer)
            .send()
    };
    merge("bo-tower", "bow").problem(403, "missing_scope");
    merge("bow", "bo-tower").problem(403, "missing_scope");
    let detach = app
        .delete("/v1/tags/goats?detach=true")
        .by(&writer)
        .of_revision(2);
    detach.send().problem(403, "missing_scope");
}
