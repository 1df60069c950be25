//! Former states: who made of an article what and when, read and brought back.
use isnad::domain::moment::Moment;
use isnad::keys::types::Scope;
use isnad::writing::retention;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::keys::TestKey;
use crate::support::{Article, id, quote};

fn uri(rest: &str) -> String {
    format!("/v1/articles/{}{rest}", id(1))
}

/// An article that was changed by several, four times.
fn changed() -> (TestApp, TestKey) {
    let app = TestApp::with(&[Article::new("ferry")
        .with("id", id(1))
        .tags(&["Goats"])
        .statement(quote("two goats", "Bo Tower"))
        .statement(quote("at dawn", "Ada Quill"))
        .line()]);
    let (desk, chief) = (
        app.key_named("desk", Scope::Publish, None),
        app.key_named("chief", Scope::Publish, None),
    );
    app.patch(&uri(""), json!({"title": "Second"}))
        .by(&desk)
        .of_revision(1)
        .taken(200);
    let statement = app.json(&uri(""))["statements"][1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    app.delete(&format!("/v1/statements/{statement}"))
        .by(&chief)
        .of_revision(1)
        .done();
    let patch = json!({"text": "Nothing of it was true.", "tags": [], "status": "withdrawn", "reason": "untrue"});
    app.patch(&uri(""), patch)
        .by(&desk)
        .of_revision(3)
        .taken(200);
    (app, desk)
}

fn rows(app: &TestApp, key: &TestKey, query: &str) -> Vec<Value> {
    let page = app.get_by(key, &uri(&format!("/revisions{query}"))).json();
    page["data"].as_array().unwrap().clone()
}

#[test]
fn every_change_is_told_with_who_made_it() {
    let (app, key) = changed();
    let told: Vec<(i64, Value, bool)> = rows(&app, &key, "")
        .iter()
        .map(|row| {
            (
                row["revision"].as_i64().unwrap(),
                row["changed_by"].clone(),
                row["current"] == true,
            )
        })
        .collect();
    let by = |name: &str| Value::from(name);
    assert_eq!(
        told,
        [
            (4, by("desk"), true),
            (3, by("chief"), false),
            (2, by("desk"), false),
            (1, Value::Null, false)
        ]
    );
    let moments: Vec<String> = rows(&app, &key, "")
        .iter()
        .map(|row| row["changed_at"].to_string())
        .collect();
    assert!(moments.iter().rev().is_sorted(), "{moments:?}");
}

#[test]
fn they_are_read_page_by_page_and_counted() {
    let (app, key) = changed();
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = app
            .get_by(
                &key,
                &uri(&format!("/revisions?limit=1&count=true{cursor}")),
            )
            .json();
        assert_eq!(page["page"]["total"], 4);
        seen.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["revision"].as_i64().unwrap()),
        );
        match page["page"]["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, [4, 3, 2, 1]);
    let last = app
        .get_by(&key, &uri(&format!("/revisions?limit=1{cursor}")))
        .json();
    let back = last["page"]["prev"].as_str().unwrap().to_owned();
    let page = app
        .get_by(&key, &uri(&format!("/revisions?limit=3&cursor={back}")))
        .json();
    let back: Vec<&Value> = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["revision"])
        .collect();
    assert_eq!(back, [4, 3, 2]);
    assert_eq!(page["page"]["prev"], Value::Null);
}

#[test]
fn a_former_state_is_whole_and_can_be_sent_back() {
    let (app, key) = changed();
    let state = app.get_by(&key, &uri("/revisions/1")).json();
    assert_eq!(
        (&state["revision"], &state["current"]),
        (&1.into(), &false.into())
    );
    let article = &state["state"];
    assert_eq!(article["title"], "Title of ferry");
    assert_eq!(article["tags"][0]["slug"], "goats");
    assert_eq!(article["statements"].as_array().unwrap().len(), 2);
    let draft = article.clone();
    let mut draft = draft.as_object().unwrap().clone();
    for member in ["id", "slug", "statements"] {
        draft.remove(member);
    }
    app.post("/v1/articles", draft).by(&key).taken(201);
    let now = app.get_by(&key, &uri("/revisions/4")).json();
    assert_eq!(
        (&now["current"], &now["state"]["status"]),
        (&true.into(), &"withdrawn".into())
    );
}

#[test]
fn a_restored_article_is_what_it_was_under_a_new_revision() {
    let (app, key) = changed();
    let restore = |revision: i64| {
        app.write(
            actix_web::http::Method::POST,
            &uri(&format!("/revisions/{revision}/restore")),
            "",
        )
    };
    restore(2)
        .by(&key)
        .send()
        .problem(428, "precondition_required");
    restore(2)
        .by(&key)
        .of_revision(3)
        .send()
        .problem(412, "precondition_failed");
    restore(2)
        .by(&app.key(Scope::Write))
        .of_revision(4)
        .send()
        .problem(403, "missing_scope");
    restore(9)
        .by(&key)
        .of_revision(4)
        .send()
        .problem(404, "not_found");
    let receipt = restore(2).by(&key).of_revision(4).taken(200);
    assert_eq!(
        (&receipt["revision"], &receipt["status"]),
        (&5.into(), &"published".into())
    );
    let served = app.json(&uri(""));
    assert_eq!(served["title"], "Second");
    assert_eq!(served["tags"][0]["slug"], "goats");
    let quotes: Vec<&Value> = served["statements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["quote"])
        .collect();
    assert_eq!(quotes, ["at dawn", "two goats"]);
    for statement in served["statements"].as_array().unwrap() {
        assert_eq!(statement["anchor"]["state"], "ok");
    }
    // The former and the present state differ in what the server owns alone.
    let state = |revision: i64| {
        let mut state = app
            .get_by(&key, &uri(&format!("/revisions/{revision}")))
            .json()["state"]
            .clone();
        for statement in state["statements"].as_array_mut().unwrap() {
            statement.as_object_mut().unwrap().remove("id");
        }
        state
    };
    assert_eq!(state(2), state(5));
    let again = restore(2).by(&key).of_revision(5).taken(200);
    assert_eq!(again["statements"].as_array().unwrap().len(), 2);
    let same = restore(5)
        .by(&key)
        .of_revision(again["revision"].as_i64().unwrap())
        .taken(200);
    assert_eq!(same["outcome"], "unchanged");
}

#[test]
fn former_states_are_for_those_alone_who_may_read_them() {
    let (app, key) = changed();
    for rest in ["/revisions", "/revisions/1"] {
        app.get(&uri(rest)).problem(401, "key_required");
        app.get_by(&app.key_named(rest, Scope::None, None), &uri(rest))
            .problem(403, "missing_scope");
        let response = app.get_by(&key, &uri(rest));
        assert_eq!(response.header("cache-control"), "private, no-store");
    }
    for rest in [
        "/revisions/0",
        "/revisions/9",
        "/revisions/x",
        "/revisions/-1",
    ] {
        app.get_by(&key, &uri(rest)).problem(404, "not_found");
    }
    app.get_by(&key, "/v1/articles/nothing/revisions")
        .problem(404, "not_found");
}

#[test]
fn the_former_slug_of_an_article_leads_to_its_revisions() {
    let (app, key) = changed();
    app.patch(&uri(""), json!({"slug": "heron"}))
        .by(&key)
        .of_revision(4)
        .taken(200);
    for rest in ["/revisions", "/revisions/2"] {
        let response = app.get_by(&key, &format!("/v1/articles/ferry{rest}"));
        assert_eq!(
            (response.status, response.header("location")),
            (308, uri(rest))
        );
    }
}

#[test]
fn what_is_past_its_retention_is_forgotten() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let (app, key) = changed();
    let later = |days: i64| Moment(Moment::now().0 + days * DAY);
    assert_eq!(
        retention::sweep(&app.database, later(1), Some(2)).unwrap(),
        0
    );
    assert_eq!(
        retention::sweep(&app.database, later(400), None).unwrap(),
        0
    );
    assert_eq!(
        retention::sweep(&app.database, later(3), Some(2)).unwrap(),
        3
    );
    let left: Vec<Value> = rows(&app, &key, "")
        .iter()
        .map(|row| row["revision"].clone())
        .collect();
    assert_eq!(left, [4]);
}

#[test]
fn going_live_by_itself_is_no_revision() {
    let mut app = TestApp::with(&[Article::new("ferry")
        .with("id", id(1))
        .published("2999-01-01T00:00:00Z")
        .line()]);
    let key = app.key(Scope::Read);
    app.publish_due(Moment::parse("2999-01-02T00:00:00Z").unwrap());
    assert_eq!(rows(&app, &key, "").len(), 1);
    // By the clock of the inspection it is too early.
    app.leave_as_it_is();
}

#[test]
fn what_was_deleted_since_comes_back_by_its_name() {
    let app = TestApp::with(&[Article::new("ferry")
        .with("id", id(1))
        .tags(&["Goats"])
        .statement(quote("two goats", "Bo Tower"))
        .line()]);
    let key = app.key(Scope::Publish);
    let bare = json!({"tags": [], "statements": []});
    app.patch(&uri(""), bare).by(&key).of_revision(1).taken(200);
    for record in ["/v1/tags/goats", "/v1/speakers/bo-tower"] {
        app.delete(record).by(&key).of_revision(1).done();
    }
    let restore = uri("/revisions/1/restore");
    app.write(actix_web::http::Method::POST, &restore, "")
        .by(&key)
        .of_revision(2)
        .taken(200);
    let served = app.json(&uri(""));
    assert_eq!(served["tags"][0]["name"], "Goats");
    assert_eq!(served["tags"][0]["slug"], "goats-2");
    assert_eq!(served["statements"][0]["speaker"]["name"], "Bo Tower");
}

#[test]
fn a_reference_that_another_article_has_by_now_is_not_restored() {
    let reference = json!([{"type": "wire", "value": "1"}]);
    let app = TestApp::with(&[Article::new("ferry")
        .with("id", id(1))
        .with("references", reference.clone())
        .line()]);
    let key = app.key(Scope::Publish);
    app.patch(&uri(""), json!({"references": []}))
        .by(&key)
        .of_revision(1)
        .taken(200);
    app.post(
        "/v1/articles",
        Article::new("other").with("references", reference),
    )
    .by(&key)
    .taken(201);
    let restore = uri("/revisions/1/restore");
    let refused = app
        .write(actix_web::http::Method::POST, &restore, "")
        .by(&key)
        .of_revision(2);
    refused.send().problem(409, "conflict");
}

#[test]
fn a_check_finds_former_states_that_could_not_be_restored() {
    for (sql, finding) in [
        (
            "UPDATE article_revisions SET state = '{' WHERE revision = 2",
            "cannot be read",
        ),
        (
            "UPDATE article_revisions SET state = '{}' WHERE revision = 2",
            "cannot be restored",
        ),
        (
            "UPDATE article_revisions SET revision = 9 WHERE revision = 2",
            "is yet to come",
        ),
        (
            "UPDATE article_revisions SET article_uuid = 'x' WHERE revision = 2",
            "is of nothing that is or was",
        ),
    ] {
        let (mut app, _) = changed();
        assert_eq!(app.findings(), Vec::<String>::new());
        app.tamper(sql);
        let findings = app.findings();
        assert!(
            findings.iter().any(|found| found.contains(finding)),
            "{sql}: {findings:?}"
        );
    }
}
