//! Adding, changing and deleting single statements, and what becomes of their article.
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::keys::TestKey;
use crate::support::response::errors;
use crate::support::{Article, id, quote};

const TEXT: [&str; 2] = [
    "The Kestrel Wire quoted Ada Quill as saying that Bo Tower had told her: “Two goats, no more.”",
    "“Nobody saw me,” he added. “Nobody saw me.”",
];

fn store(article: Article) -> (TestApp, TestKey) {
    let app = TestApp::with(&[article.with("id", id(1)).paragraphs(&TEXT).line()]);
    let key = app.key(Scope::Publish);
    (app, key)
}

fn of(number: u32) -> String {
    format!("/v1/articles/{}", id(number))
}

fn chain() -> Value {
    json!({"id": id(10), "quote": "Two goats, no more.", "form": "direct", "attribution": [
        {"role": "speaker", "speaker": {"name": "Bo Tower"}, "as_named": "Bo Tower", "cue": "told"},
        {"role": "relay", "speaker": {"name": "Ada Quill"}, "cue": "as saying"},
        {"role": "outlet", "outlet": {"name": "Kestrel Wire"}, "as_named": "The Kestrel Wire"},
    ]})
}

fn statement() -> String {
    format!("/v1/statements/{}", id(10))
}

#[test]
fn a_statement_is_added_anchored_and_numbered() {
    let (app, key) = store(Article::new("ferry").statement(quote("“Nobody saw me,”", "Bo Tower")));
    let uri = format!("{}/statements", of(1));
    let response = app.post(&uri, chain()).by(&key).send();
    assert_eq!(response.status, 201, "{}", response.text());
    assert_eq!(response.header("location"), statement());
    assert_eq!(response.etag(), "\"1\"");
    assert_eq!(
        response.json(),
        json!({"id": id(10), "status": "published", "revision": 1, "outcome": "created", "anchor": "ok",
            "article": {"id": id(1), "revision": 2}})
    );
    let article = app.json(&of(1));
    assert_eq!(
        (&article["revision"], &article["statement_count"]),
        (&2.into(), &2.into())
    );
    // It stands before the other in the text, whose revision that leaves alone.
    let of_article = &article["statements"];
    assert_eq!(
        (&of_article[0]["id"], &of_article[1]["position"]),
        (&id(10).into(), &1.into())
    );
    assert_eq!(of_article[1]["revision"], 1);
    assert_eq!(app.json("/v1/speakers/bo-tower")["statement_count"], 2);
    // Said again, it is another, at another place or none.
    let again = app
        .post(&uri, quote("Nobody saw me", "Bo Tower"))
        .by(&key)
        .taken(201);
    assert_eq!(again["anchor"], "ok");
    for id in [json!(id(10)), json!(again["id"])] {
        let mut taken = chain();
        taken["id"] = id;
        app.post(&uri, taken)
            .by(&key)
            .send()
            .problem(409, "conflict");
    }
}

#[test]
fn what_is_wrong_with_a_statement_points_into_it() {
    let (app, key) = store(Article::new("ferry"));
    let uri = format!("{}/statements", of(1));
    for (statement, error) in [
        (json!({"quote": "x", "form": "direct"}), " invalid_chain"),
        (
            json!({"form": "direct", "speaker": {"name": "B"}}),
            "/quote required",
        ),
        (
            json!({"quote": "x", "form": "direct", "speaker": {"slug": "nobody"}}),
            "/attribution/0/speaker unknown_reference",
        ),
        (
            json!({"quote": "x", "form": "direct", "speaker": {"name": "B"},
                "anchor": {"block": 0, "start": 0, "end": 3, "exact": "Tha"}}),
            "/anchor anchor_mismatch",
        ),
        (
            json!({"quote": "x", "form": "direct", "speaker": {"name": "B"}, "outlet": {"name": "Other"},
                "attribution": chain()["attribution"]}),
            "/speaker shortcut_mismatch",
        ),
    ] {
        let problem = app
            .post(&uri, statement.clone())
            .by(&key)
            .send()
            .problem(422, "invalid_document");
        assert_eq!(errors(&problem), [error], "{statement}");
    }
    assert_eq!(app.json(&of(1))["revision"], 1);
    app.post("/v1/articles/nothing/statements", chain())
        .by(&key)
        .send()
        .problem(404, "not_found");
}

#[test]
fn the_shortcuts_alone_change_the_ends_of_the_chain_and_what_lies_between_stays() {
    let (app, key) = store(Article::new("ferry").statement(chain()));
    let patch = |patch: Value, revision: i64| {
        app.patch(&statement(), patch)
            .by(&key)
            .of_revision(revision)
            .taken(200);
        let served = app.json(&statement());
        let hop = |hop: &Value| {
            let party = ["speaker", "outlet"]
                .into_iter()
                .find_map(|kind| hop[kind]["name"].as_str());
            let party = party
                .or(hop["anonymous"]["label"].as_str())
                .unwrap()
                .to_owned();
            let text = |member: &str| hop[member].as_str().unwrap_or("-").to_owned();
            format!(
                "{} {party} {} {}",
                text("role"),
                text("as_named"),
                text("cue")
            )
        };
        let hops: Vec<String> = served["attribution"]
            .as_array()
            .unwrap()
            .iter()
            .map(hop)
            .collect();
        hops
    };
    let relay = "relay Ada Quill - as saying";
    assert_eq!(
        patch(json!({"speaker": {"name": "Odo Marl"}}), 1),
        [
            "speaker Odo Marl - told",
            relay,
            "outlet Kestrel Wire The Kestrel Wire -"
        ]
    );
    assert_eq!(
        patch(
            json!({"speaker_label": "the captain", "outlet": {"name": "The Gull"}}),
            2
        ),
        [
            "speaker Odo Marl the captain told",
            relay,
            "outlet The Gull - -"
        ]
    );
    assert_eq!(
        patch(
            json!({"anonymous": {"label": "a sailor"}, "outlet": null}),
            3
        ),
        ["speaker a sailor - told", relay]
    );
    assert_eq!(
        patch(
            json!({"outlet": {"name": "The Gull"}, "speaker_label": null}),
            4
        ),
        ["speaker a sailor - told", relay, "outlet The Gull - -"]
    );
    let only = json!({"attribution": [{"role": "speaker", "speaker": {"name": "Bo Tower"}}]});
    assert_eq!(patch(only, 5), ["speaker Bo Tower - -"]);
    let problem = app
        .patch(&statement(), json!({"speaker": null}))
        .by(&key)
        .of_revision(6)
        .send();
    problem.problem(422, "invalid_document");
}

#[test]
fn an_anchor_stays_is_looked_for_or_is_confirmed() {
    let (app, key) = store(
        Article::new("ferry").statement(json!({"id": id(10), "quote": "Nobody saw me",
        "form": "direct", "speaker": {"name": "Bo Tower"}})),
    );
    let patch = |patch: Value, revision: i64| {
        app.patch(&statement(), patch)
            .by(&key)
            .of_revision(revision)
            .taken(200)["anchor"]
            .clone()
    };
    let start = || app.json(&statement())["anchor"]["start"].clone();
    assert_eq!(start(), 1);
    // A person moves it to the second place, where it stays when something else is changed.
    let second = json!({"block": 1, "start": 28, "end": 41, "exact": "Nobody saw me"});
    assert_eq!(patch(json!({"anchor": second}), 1), "ok");
    assert_eq!(patch(json!({"note": "He did."}), 2), "ok");
    assert_eq!(start(), 28);
    // An edit makes it doubtful, and a person confirms what was taken.
    let body = json!([{"type": "paragraph", "text": "Nobody saw me. Nobody saw me."}]);
    app.patch(&of(1), json!({"body": body}))
        .by(&key)
        .of_revision(3)
        .taken(200);
    let moved = app.json(&statement());
    assert_eq!(moved["anchor"]["state"], "moved");
    let anchor = moved["anchor"].as_object().unwrap().clone();
    let confirmed: Value = ["block", "start", "end", "exact"]
        .iter()
        .map(|member| ((*member).to_owned(), anchor[*member].clone()))
        .collect();
    assert_eq!(
        patch(
            json!({"anchor": confirmed}),
            moved["revision"].as_i64().unwrap()
        ),
        "ok"
    );
    let revision = app.json(&statement())["revision"].as_i64().unwrap();
    // Other words are looked for, and so are the same where that is asked.
    assert_eq!(patch(json!({"quote": "saw me"}), revision), "ok");
    assert_eq!(start(), 7);
    assert_eq!(patch(json!({"quote": "not there"}), revision + 1), "absent");
    assert_eq!(
        patch(json!({"quote": "saw me", "anchor": null}), revision + 2),
        "ok"
    );
    let wrong = json!({"anchor": {"block": 0, "start": 1, "end": 4, "exact": "Nob"}});
    let refused = app
        .patch(&statement(), wrong)
        .by(&key)
        .of_revision(revision + 3)
        .send();
    assert_eq!(
        errors(&refused.problem(422, "invalid_document")),
        ["/anchor anchor_mismatch"]
    );
}

#[test]
fn a_retraction_is_told_and_taken_back() {
    let (app, key) = store(Article::new("ferry").statement(chain()));
    let patch = |patch: Value, revision: i64| {
        app.patch(&statement(), patch)
            .by(&key)
            .of_revision(revision)
            .taken(200)
    };
    patch(json!({"status": "retracted", "note": "He was asleep."}), 1);
    let problem = app.get(&statement()).problem(410, "gone");
    assert!(problem.to_string().contains("He was asleep."));
    assert_eq!(app.json(&of(1))["statement_count"], 0);
    app.get("/v1/speakers/bo-tower").problem(404, "not_found");
    patch(json!({"status": "published", "note": null}), 2);
    assert_eq!(app.json(&statement())["note"], Value::Null);
    assert_eq!(app.json(&of(1))["revision"], 3);
}

#[test]
fn a_deleted_statement_is_gone_for_good_and_its_article_goes_on() {
    let (app, key) = store(
        Article::new("ferry")
            .statement(chain())
            .statement(quote("Nobody saw me", "Bo Tower")),
    );
    let delete = |uri: &str| app.delete(uri);
    delete(&statement())
        .by(&key)
        .send()
        .problem(428, "precondition_required");
    delete(&statement())
        .by(&key)
        .of_revision(4)
        .send()
        .problem(412, "precondition_failed");
    delete(&format!("{}?reason=a mix-up", statement()))
        .by(&key)
        .of_revision(1)
        .done();
    let problem = app.get(&statement()).problem(410, "gone");
    assert!(problem.to_string().contains("a mix-up"));
    let article = app.json(&of(1));
    assert_eq!(
        (&article["revision"], &article["statement_count"]),
        (&2.into(), &1.into())
    );
    assert_eq!(article["statements"][0]["position"], 0);
    app.patch(&statement(), json!({}))
        .by(&key)
        .of_revision(1)
        .send()
        .problem(410, "gone");
    delete("/v1/statements/not-an-id")
        .by(&key)
        .of_revision(1)
        .send()
        .problem(404, "not_found");
    let uri = format!("{}/statements", of(1));
    app.post(&uri, chain())
        .by(&key)
        .send()
        .problem(409, "conflict");
}

#[test]
fn a_purged_statement_is_in_no_former_state() {
    let (app, key) = store(Article::new("ferry").statement(chain()));
    let admin = app.key(Scope::Admin);
    app.patch(&of(1), json!({"title": "Second"}))
        .by(&key)
        .of_revision(1)
        .taken(200);
    let purge = format!("{}?purge=true", statement());
    app.delete(&purge)
        .by(&key)
        .of_revision(1)
        .send()
        .problem(403, "missing_scope");
    app.delete(&purge).by(&admin).of_revision(1).done();
    // What was deleted before is forgotten too.
    let again = app.post(
        &format!("{}/statements", of(1)),
        quote("Nobody saw me", "Bo Tower"),
    );
    let again = again.by(&key).taken(201);
    let again = format!("/v1/statements/{}", again["id"].as_str().unwrap());
    app.patch(&of(1), json!({"title": "Third"}))
        .by(&key)
        .of_revision(4)
        .taken(200);
    app.delete(&again).by(&key).of_revision(1).done();
    app.delete(&format!("{again}?purge=true")).by(&admin).done();
    for revision in 1..=6 {
        let state = app.get_by(&admin, &format!("{}/revisions/{revision}", of(1)));
        assert_eq!(state.json()["state"]["statements"], json!([]), "{revision}");
    }
}

#[test]
fn only_in_a_draft_may_a_writer_change_statements() {
    let (app, publisher) = store(Article::new("ferry").draft().statement(chain()));
    let writer = app.key(Scope::Write);
    let uri = format!("{}/statements", of(1));
    app.post(&uri, quote("Nobody saw me", "Bo Tower"))
        .by(&writer)
        .taken(201);
    app.patch(&statement(), json!({"note": "x"}))
        .by(&writer)
        .of_revision(1)
        .taken(200);
    app.patch(&of(1), json!({"status": "published"}))
        .by(&publisher)
        .of_revision(3)
        .taken(200);
    app.post(&uri, quote("saw me", "Bo Tower"))
        .by(&writer)
        .send()
        .problem(403, "missing_scope");
    let proposed = json!({"quote": "saw me", "form": "direct", "speaker": {"name": "B"}, "status": "proposed"});
    app.post(&uri, proposed)
        .by(&writer)
        .send()
        .problem(403, "missing_scope");
    app.patch(&statement(), json!({"note": "y"}))
        .by(&writer)
        .of_revision(2)
        .send()
        .problem(403, "missing_scope");
    app.delete(&statement())
        .by(&writer)
        .of_revision(2)
        .send()
        .problem(403, "missing_scope");
    assert_eq!(app.json(&of(1))["statement_count"], 2);
}
