//! Making, changing and deleting speakers, outlets and tags.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::response::errors;
use crate::support::{Article, id, quote, tag};

/// Each kind: its path, and a whole record of it.
fn kinds() -> [(&'static str, Value); 3] {
    [
        (
            "/v1/speakers",
            json!({"slug": "bo", "name": "Bo Tower", "names": {"ar": "بو تاور"}, "aliases": ["Captain Bo"], "kind": "office",
                "description": "Master of the Heron.", "references": [{"type": "registry", "value": "7"}]}),
        ),
        (
            "/v1/outlets",
            json!({"slug": "gull", "name": "The Gull", "names": {"ar": "النورس"}, "aliases": ["Gull"],
                "url": "https://gull.example/", "country": "XS", "language": "en"}),
        ),
        (
            "/v1/tags",
            json!({"slug": "goats", "name": "Goats", "names": {"ar": "ماعز"}, "kind": "topic"}),
        ),
    ]
}

/// A store where the public sees a record of each kind.
fn seen() -> TestApp {
    TestApp::with(&[Article::new("ferry")
        .with("outlet", json!({"slug": "gull", "name": "The Gull"}))
        .with("tags", json!([{"slug": "goats", "name": "Goats"}]))
        .statement(json!({"quote": "two goats", "form": "direct", "speaker": {"slug": "bo", "name": "Bo Tower"}}))
        .line()])
}

#[test]
fn a_record_is_made_as_it_is_sent_and_the_public_sees_it_once_it_is_named() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    for (path, record) in kinds() {
        let response = app.post(path, record.clone()).by(&key).send();
        assert_eq!(response.status, 201, "{}", response.text());
        let made = response.json();
        assert_eq!(
            response.header("location"),
            format!("{path}/{}", made["id"].as_str().unwrap())
        );
        for (member, value) in record.as_object().unwrap() {
            assert_eq!(&made[member], value, "{path} {member}");
        }
        app.get(&response.header("location"))
            .problem(404, "not_found");
    }
    assert_eq!(app.sequences().public, 0);
}

#[test]
fn a_record_is_put_under_its_id_and_changed_by_its_revision() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    for (at, (path, record)) in (1..).zip(kinds()) {
        let uri = format!("{path}/{}", id(at));
        let made = app.put(&uri, record.clone()).by(&key).taken(201);
        let before = app.sequences();
        // What was answered can be sent back.
        for same in [record.clone(), made.clone()] {
            let response = app.put(&uri, same).by(&key).send();
            assert_eq!((response.status, response.json()), (200, made.clone()));
        }
        assert_eq!(app.sequences(), before);
        let bare = json!({"name": "Another"});
        app.put(&uri, bare.clone())
            .by(&key)
            .send()
            .problem(428, "precondition_required");
        let changed = app.put(&uri, bare).by(&key).of_revision(1).taken(200);
        assert_eq!(
            (&changed["name"], &changed["slug"]),
            (&"Another".into(), &record["slug"])
        );
        assert_eq!(
            (&changed["revision"], &changed["names"]),
            (&2.into(), &json!({}))
        );
        let other = json!({"id": id(9), "name": "x"});
        let problem = app
            .put(&uri, other)
            .by(&key)
            .send()
            .problem(422, "invalid_document");
        assert_eq!(errors(&problem), ["/id id_mismatch"]);
        app.put(&format!("{path}/not-an-id"), json!({"name": "x"}))
            .by(&key)
            .send()
            .problem(400, "invalid_parameter");
    }
    // An id is one record's, of whatever kind.
    let problem = app
        .put(&format!("/v1/tags/{}", id(1)), json!({"name": "x"}))
        .by(&key)
        .send();
    assert_eq!(errors(&problem.problem(409, "conflict")), ["/id id_taken"]);
}

#[test]
fn a_patch_changes_what_it_names_and_what_shows_the_name_follows() {
    let app = seen();
    let key = app.key(Scope::Publish);
    for (path, slug) in [
        ("/v1/speakers", "bo"),
        ("/v1/outlets", "gull"),
        ("/v1/tags", "goats"),
    ] {
        let uri = format!("{path}/{slug}");
        let before = app.json(&uri);
        let patch = json!({"name": "New", "slug": "new", "names": {"fr": "Nouveau"}});
        let changed = app.patch(&uri, patch).by(&key).of_revision(1).taken(200);
        let mut expected = before.clone();
        expected["name"] = "New".into();
        expected["slug"] = "new".into();
        expected["names"] = json!({"fr": "Nouveau"});
        expected["revision"] = 2.into();
        expected["updated_at"] = changed["updated_at"].clone();
        assert_eq!(changed, expected);
        let response = app.get(&uri);
        assert_eq!(
            (response.status, response.header("location")),
            (308, format!("{path}/{}", before["id"].as_str().unwrap()))
        );
        let nothing = app
            .patch(&format!("{path}/new"), json!({"name": "New"}))
            .by(&key)
            .of_revision(2)
            .taken(200);
        assert_eq!(nothing["revision"], 2);
        let taken_away = json!({"names": {"fr": null}});
        let changed = app
            .patch(&format!("{path}/new"), taken_away)
            .by(&key)
            .of_revision(2)
            .taken(200);
        assert_eq!(changed["names"], json!({}));
    }
    app.tick();
    let article = app.json("/v1/articles/ferry");
    assert_eq!(article["outlet"]["name"], "New");
    assert_eq!(article["tags"][0]["slug"], "new");
    assert_eq!(article["statements"][0]["speaker"]["name"], "New");
    assert_eq!(article["revision"], 1, "a rename elsewhere is no revision");
}

#[test]
fn what_the_public_sees_of_a_record_takes_the_right_to_publish() {
    let app = seen();
    let writer = app.key(Scope::Write);
    for uri in ["/v1/speakers/bo", "/v1/outlets/gull", "/v1/tags/goats"] {
        let patch = app
            .patch(uri, json!({"names": {"fr": "x"}}))
            .by(&writer)
            .of_revision(1);
        patch.send().problem(403, "missing_scope");
        app.patch(uri, json!({}))
            .by(&app.key_named(uri, Scope::Read, None))
            .send()
            .problem(403, "missing_scope");
        app.patch(uri, json!({}))
            .send()
            .problem(401, "key_required");
        app.delete(&uri.replace("goats", "goats?detach=true"))
            .by(&writer)
            .of_revision(1)
            .send();
    }
    assert_eq!(app.json("/v1/tags/goats")["revision"], 1);
    assert_eq!(app.json("/v1/articles/ferry")["tags"][0]["slug"], "goats");
}

#[test]
fn what_is_in_use_is_not_deleted_and_what_is_not_leaves_its_keys_taken() {
    let app = seen();
    let key = app.key(Scope::Publish);
    for (uri, way_out) in [
        ("/v1/speakers/bo", "merge"),
        ("/v1/outlets/gull", "merge"),
        ("/v1/tags/goats", "detach"),
    ] {
        let problem = app
            .delete(uri)
            .by(&key)
            .of_revision(1)
            .send()
            .problem(409, "conflict");
        assert_eq!(errors(&problem), [" in_use"]);
        assert!(problem.to_string().contains(way_out), "{problem}");
    }
    // A draft is use enough.
    app.patch("/v1/articles/ferry", json!({"status": "draft"}))
        .by(&key)
        .of_revision(1)
        .taken(200);
    app.delete("/v1/speakers/bo")
        .by(&key)
        .of_revision(1)
        .send()
        .problem(409, "conflict");
    app.delete("/v1/articles/ferry")
        .by(&key)
        .of_revision(2)
        .done();
    for (path, slug) in [
        ("/v1/speakers", "bo"),
        ("/v1/outlets", "gull"),
        ("/v1/tags", "goats"),
    ] {
        let uri = format!("{path}/{slug}");
        app.delete(&uri)
            .by(&key)
            .send()
            .problem(428, "precondition_required");
        app.delete(&format!("{uri}?reason=a mistake"))
            .by(&key)
            .of_revision(1)
            .done();
        let problem = app.get(&uri).problem(410, "gone");
        assert!(problem.to_string().contains("a mistake"));
        app.delete(&uri)
            .by(&key)
            .of_revision(1)
            .send()
            .problem(410, "gone");
        let again = app
            .post(path, json!({"name": "x", "slug": slug}))
            .by(&key)
            .send();
        again.problem(409, "conflict");
    }
}

#[test]
fn a_tag_is_taken_off_all_that_has_it() {
    let app = TestApp::with(&[
        tag("ferries", "Ferries"),
        Article::new("one")
            .tags(&["Ferries", "Goats"])
            .statement(quote("two goats", "Bo Tower"))
            .line(),
        Article::new("two").tags(&["Ferries"]).line(),
        Article::new("three")
            .draft()
            .tags(&["Goats", "Ferries", "Dawn"])
            .line(),
    ]);
    let key = app.key(Scope::Publish);
    let before = app.sequences();
    app.delete("/v1/tags/ferries?detach=true")
        .by(&key)
        .of_revision(1)
        .done();
    assert!(app.sequences().public > before.public);
    app.get("/v1/tags/ferries").problem(410, "gone");
    assert!(app.rows("/v1/articles?tag=ferries").is_empty());
    assert!(app.rows("/v1/statements?tag=ferries").is_empty());
    app.tick();
    let names = |slug: &str| -> Vec<String> {
        let article = app.json(&format!("/v1/articles/{slug}"));
        let tags = article["tags"].as_array().unwrap();
        tags.iter()
            .map(|tag| tag["slug"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        (names("one"), names("two")),
        (vec!["goats".to_owned()], vec![])
    );
    assert!(!app.export().contains("\"Ferries\""), "{}", app.export());
    // The name is free again, the slug is not.
    let made = app
        .post("/v1/tags", json!({"name": "Ferries"}))
        .by(&key)
        .taken(201);
    assert_eq!(made["slug"], "ferries-2");
}

#[test]
fn what_is_wrong_with_a_record_is_said_with_its_place() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    for (path, record, error) in [
        ("/v1/speakers", json!({}), "/name required"),
        (
            "/v1/speakers",
            json!({"name": "x", "kind": "goat"}),
            "/kind invalid_document",
        ),
        (
            "/v1/speakers",
            json!({"name": "x", "url": "https://a.example/"}),
            "/url unknown_field",
        ),
        (
            "/v1/outlets",
            json!({"name": "x", "country": "Sarmila"}),
            "/country invalid_country",
        ),
        (
            "/v1/outlets",
            json!({"name": "x", "kind": "person"}),
            "/kind unknown_field",
        ),
        (
            "/v1/tags",
            json!({"name": "x", "aliases": ["y"]}),
            "/aliases unknown_field",
        ),
        (
            "/v1/tags",
            json!({"name": "x", "slug": id(1)}),
            "/slug invalid_slug",
        ),
    ] {
        let problem = app
            .post(path, record.clone())
            .by(&key)
            .send()
            .problem(422, "invalid_document");
        assert_eq!(errors(&problem), [error], "{record}");
    }
    assert_eq!(app.sequences().all, 0);
}
