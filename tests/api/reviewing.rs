//! Reviewing what was proposed: accepted, with changes or as it is, or rejected, one by one or all of an article.
use actix_web::http::Method;
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::article::{and, outlet, speaker};
use crate::support::keys::TestKey;
use crate::support::proposals::{accept, article, proposal, reject, statement, unresolved};
use crate::support::response::errors;
use crate::support::{Article, id, quote};

fn store(article: Article) -> (TestApp, TestKey) {
    let app = TestApp::with(&[article.line()]);
    let key = app.key(Scope::Publish);
    (app, key)
}

/// What somebody said to somebody, whom an agency quotes: nobody has looked up any of them.
fn chain() -> Value {
    let mut chain = proposal(10, "Two goats");
    chain["attribution"] = json!([
        {"role": "speaker", "unresolved": {"name": "Bo Tower", "kind": "person"}, "as_named": "Captain Tower", "cue": "told"},
        {"role": "relay", "unresolved": {"name": "Harbour Office", "kind": "office"}},
        {"role": "outlet", "unresolved": {"name": "Kestrel Wire", "kind": "outlet"}, "as_named": "the Wire"},
    ]);
    chain
}

#[test]
fn what_is_accepted_is_public_and_its_names_are_records() {
    let (app, key) = store(article().statement(chain()));
    app.get(&statement(10)).problem(404, "not_found");
    let receipt = accept(&app, &key, 10, 1);
    assert_eq!(
        receipt,
        json!({"id": id(10), "status": "published", "revision": 2, "outcome": "updated", "anchor": "ok",
            "article": {"id": id(1), "revision": 2}})
    );
    let served = app.json(&statement(10));
    for (member, value) in [
        ("origin", json!("extracted")),
        ("confidence", json!(0.75)),
        ("rule", json!("quotation")),
        ("speaker_label", json!("Captain Tower")),
    ] {
        assert_eq!(served[member], value, "{member}");
    }
    let hops = served["attribution"].as_array().unwrap();
    let slugs =
        |member: &str| -> Vec<&Value> { hops.iter().map(|hop| &hop[member]["slug"]).collect() };
    assert_eq!(
        slugs("speaker"),
        [&json!("bo-tower"), &json!("harbour-office"), &Value::Null]
    );
    assert_eq!(served["outlet"]["slug"], "kestrel-wire");
    assert_eq!(hops[2]["as_named"], "the Wire");
    assert_eq!(app.json("/v1/speakers/bo-tower")["statement_count"], 1);
    assert_eq!(app.json("/v1/speakers/harbour-office")["kind"], "office");
    assert_eq!(app.json("/v1/outlets/kestrel-wire")["statement_count"], 1);
    for list in [
        "speaker=bo-tower",
        "q=goats tower",
        "outlet=kestrel-wire",
        "anonymous=false",
    ] {
        assert_eq!(
            app.rows(&format!("/v1/statements?{list}")).len(),
            1,
            "{list}"
        );
    }
}

#[test]
fn a_name_finds_the_one_record_that_has_it_in_whatever_spelling_and_of_its_kind() {
    let app = TestApp::with(&[
        json!({"type": "speaker", "slug": "captain", "name": "بو تاور", "aliases": ["Bo TOWER"]}),
        json!({"type": "speaker", "slug": "house", "name": "Bo Tower", "kind": "organisation"}),
        outlet("wire", "Kestrel Wire"),
        article().statement(chain()).line(),
    ]);
    accept(&app, &app.key(Scope::Publish), 10, 1);
    let served = app.json(&statement(10));
    assert_eq!(served["speaker"]["slug"], "captain");
    assert_eq!(served["outlet"]["slug"], "wire");
    assert_eq!(
        app.rows("/v1/speakers").len(),
        2,
        "the captain, and the office that was made"
    );
}

#[test]
fn a_name_of_several_is_for_the_editor_to_tell() {
    let app = TestApp::with(&[
        speaker("tower", "Bo Tower"),
        speaker("tower-2", "Bo Tower"),
        article().statement(chain()).line(),
    ]);
    let key = app.key(Scope::Publish);
    let before = (app.export(), app.sequences());
    let problem = app
        .post(&format!("{}/accept", statement(10)), json!({}))
        .by(&key)
        .of_revision(1)
        .send()
        .problem(422, "invalid_document");
    assert_eq!(errors(&problem), ["/attribution/0/speaker ambiguous_name"]);
    let detail = problem["errors"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("`tower`, `tower-2`"), "{detail}");
    assert_eq!((app.export(), app.sequences()), before, "nothing is stored");
    let changes = json!({"speaker": {"slug": "tower-2"}, "status": "published"});
    let accepted = app.patch(&format!("{}/accept", statement(10)), changes.clone());
    accepted
        .by(&key)
        .of_revision(1)
        .send()
        .problem(405, "method_not_allowed");
    let uri = format!("{}/accept", statement(10));
    app.post(&uri, changes).by(&key).of_revision(1).taken(200);
    let served = app.json(&statement(10));
    assert_eq!(served["speaker"]["slug"], "tower-2");
    assert_eq!(
        served["speaker_label"], "Captain Tower",
        "that is how it is printed"
    );
}

#[test]
fn changes_come_first_and_somebody_else_has_not_the_name_of_whom_they_replace() {
    let (app, key) = store(article().statement(chain()));
    let uri = format!("{}/accept", statement(10));
    for (changes, error) in [
        (json!({"status": "rejected"}), "/status invalid_value"),
        (json!({"status": null}), "/status invalid_value"),
        (json!({"quote": ""}), "/quote required"),
        (json!({"id": id(11)}), "/id id_mismatch"),
        (
            json!({"speaker": {"slug": "nobody"}}),
            "/attribution/0/speaker unknown_reference",
        ),
    ] {
        let refused = app.post(&uri, changes).by(&key).of_revision(1).send();
        assert_eq!(errors(&refused.problem(422, "invalid_document")), [error]);
    }
    let changes = json!({"quote": "Two goats, no more", "form": "indirect", "speaker": {"name": "Odo Marl"}, "note": "Seen."});
    let patch = app.write(Method::POST, &uri, changes.to_string());
    let patch = patch.with("Content-Type", "application/merge-patch+json");
    assert_eq!(patch.by(&key).of_revision(1).taken(200)["anchor"], "ok");
    let served = app.json(&statement(10));
    for (member, value) in [
        ("quote", "Two goats, no more"),
        ("form", "indirect"),
        ("speaker_label", "Odo Marl"),
        ("note", "Seen."),
        ("origin", "extracted"),
    ] {
        assert_eq!(served[member], value, "{member}");
    }
    assert_eq!(served["attribution"][0]["cue"], "told");
    app.get("/v1/speakers/bo-tower").problem(404, "not_found");
}

#[test]
fn what_is_rejected_makes_no_record_and_the_public_does_not_learn_of_it() {
    let (app, key) = store(article().statement(chain()));
    let receipt = reject(&app, &key, 10, 1, json!({"note": "A caption."}));
    assert_eq!(receipt["status"], "rejected");
    let kept = app.json_by(&key, &statement(10));
    assert_eq!(
        (&kept["status"], &kept["note"]),
        (&"rejected".into(), &"A caption.".into())
    );
    assert_eq!(
        unresolved(&kept),
        ["Bo Tower", "Harbour Office", "Kestrel Wire"]
    );
    app.get(&statement(10)).problem(404, "not_found");
    let hidden = app.json_by(&key, "/v1/speakers?hidden=true&limit=100");
    assert_eq!(hidden["data"], json!([]));
    assert!(!app.export().contains("\"type\":\"speaker\""));
    let text =
        app.get("/v1/articles/ferry").everything() + &app.get("/v1/suggest?q=tow").everything();
    assert!(
        !text.contains("Bo Tower") && !text.contains("A caption"),
        "{text}"
    );
    let found = app.json_by(&key, "/v1/statements?status=rejected&q=tower");
    assert_eq!(found["data"][0]["id"], id(10), "an editor finds it");
    // Whoever changes their mind accepts it, and the public is not told why it was rejected.
    accept(&app, &key, 10, 2);
    let served = app.json(&statement(10));
    assert_eq!(
        (&served["note"], &served["speaker"]["slug"]),
        (&Value::Null, &"bo-tower".into())
    );
}

#[test]
fn the_same_again_changes_nothing_and_what_was_published_is_retracted_instead() {
    let (app, key) = store(
        article()
            .statement(chain())
            .statement(proposal(11, "no more")),
    );
    accept(&app, &key, 10, 1);
    reject(&app, &key, 11, 1, json!({"note": "No."}));
    let before = (app.export(), app.sequences());
    assert_eq!(accept(&app, &key, 10, 2)["outcome"], "unchanged");
    assert_eq!(
        reject(&app, &key, 11, 2, json!({"note": "No."}))["outcome"],
        "unchanged"
    );
    assert_eq!(
        reject(&app, &key, 11, 2, json!({}))["outcome"],
        "unchanged",
        "the note stays"
    );
    let refused = |path: &str, body: Value, revision: i64, error: &str| {
        let refused = app
            .post(&format!("{}/{path}", statement(10)), body)
            .by(&key);
        let problem = refused
            .of_revision(revision)
            .send()
            .problem(409, "conflict");
        assert_eq!(errors(&problem), [error], "{path}");
    };
    refused("reject", json!({}), 2, " already_published");
    refused("accept", json!({"quote": "goats"}), 2, " already_published");
    assert_eq!((app.export(), app.sequences()), before);
    let patch = app
        .patch(&statement(10), json!({"status": "retracted"}))
        .by(&key);
    patch.of_revision(2).taken(200);
    refused("reject", json!({}), 3, " already_retracted");
    refused("accept", json!({}), 3, " already_retracted");
    assert_eq!(
        reject(&app, &key, 11, 2, json!({"note": "Still no."}))["revision"],
        3
    );
}

#[test]
fn a_review_names_the_revision_and_is_done_once() {
    let (app, key) = store(
        article()
            .statement(chain())
            .statement(proposal(11, "no more")),
    );
    for path in ["accept", "reject"] {
        let uri = format!("{}/{path}", statement(10));
        let post = || app.write(Method::POST, &uri, "").by(&key);
        post().send().problem(428, "precondition_required");
        post()
            .of_revision(7)
            .send()
            .problem(412, "precondition_failed");
        let uri = format!("{}/{path}", statement(99));
        let post = app.write(Method::POST, &uri, "").by(&key).of_revision(1);
        post.send().problem(404, "not_found");
    }
    let all = || {
        app.write(Method::POST, "/v1/articles/ferry/statements/accept", "")
            .by(&key)
    };
    all().send().problem(428, "precondition_required");
    all()
        .of_revision(7)
        .send()
        .problem(412, "precondition_failed");
    let once = |uri: &str, body: &str| {
        let post = app.write(Method::POST, uri, body).by(&key).of_revision(1);
        post.with("Idempotency-Key", "once")
            .with("Content-Type", "application/json")
            .send()
    };
    let uri = format!("{}/accept", statement(10));
    let (first, again) = (once(&uri, "{}"), once(&uri, "{}"));
    assert_eq!((first.status, first.text()), (200, again.text()));
    once(&uri, "{\"note\": \"x\"}").problem(422, "idempotency_mismatch");
    let uri = format!("{}/reject", statement(11));
    assert_eq!(once(&uri, "{\"note\": \"x\"}").status, 200);
    let long = "x".repeat(1001);
    let refused = app
        .post(&uri, json!({"note": long}))
        .by(&key)
        .of_revision(2)
        .send();
    assert_eq!(
        errors(&refused.problem(422, "invalid_document")),
        ["/note too_long"]
    );
    let refused = app
        .post(&uri, json!({"why": "x"}))
        .by(&key)
        .of_revision(2)
        .send();
    refused.problem(422, "invalid_document");
}

#[test]
fn in_a_draft_a_writer_reviews_and_what_the_public_would_see_takes_publish() {
    let two = || {
        article()
            .statement(proposal(10, "Two goats"))
            .statement(proposal(11, "no more"))
    };
    for (article, status) in [(two().draft(), 200), (two(), 403)] {
        let app = TestApp::with(&[article.line()]);
        let (writer, before) = (app.key(Scope::Write), app.export());
        for (uri, revision) in [
            (format!("{}/accept", statement(10)), 1),
            (format!("{}/reject", statement(11)), 1),
            (
                "/v1/articles/ferry/statements/accept".to_owned(),
                if status == 200 { 3 } else { 1 },
            ),
        ] {
            let post = app.write(Method::POST, &uri, "").by(&writer);
            let answer = post.of_revision(revision).send();
            assert_eq!(answer.status, status, "{uri}: {}", answer.text());
        }
        assert_eq!(app.export() == before, status == 403);
    }
}

#[test]
fn all_that_an_article_proposes_is_accepted_at_once() {
    let (app, key) = store(
        article()
            .statement(chain())
            .statement(and(&proposal(11, "no more"), "status", "rejected"))
            .statement(proposal(12, "Nobody saw me"))
            .statement(quote("saw me", "Ada Quill")),
    );
    let accept = |revision: i64| {
        let uri = "/v1/articles/ferry/statements/accept";
        app.write(Method::POST, uri, "")
            .by(&key)
            .of_revision(revision)
            .taken(200)
    };
    let all = [10, 12].map(|number| json!({"id": id(number), "anchor": "ok"}));
    assert_eq!(
        accept(1),
        json!({"id": id(1), "slug": "ferry", "status": "published", "revision": 2, "outcome": "updated", "accepted": all})
    );
    let served = app.json("/v1/articles/ferry");
    assert_eq!(
        (&served["revision"], &served["statement_count"]),
        (&2.into(), &3.into())
    );
    assert_eq!(
        app.rows("/v1/statements?speaker=bo-tower").len(),
        2,
        "one record for both"
    );
    let again = accept(2);
    assert_eq!(
        (&again["outcome"], &again["accepted"]),
        (&"unchanged".into(), &json!([]))
    );
    app.write(Method::POST, "/v1/articles/nothing/statements/accept", "")
        .by(&key)
        .of_revision(1)
        .send()
        .problem(404, "not_found");
}

#[test]
fn one_name_that_cannot_be_told_keeps_all_of_an_article_from_being_accepted() {
    let app = TestApp::with(&[
        speaker("tower", "Bo Tower"),
        speaker("tower-2", "Bo Tower"),
        article()
            .statement(quote("The Kestrel Wire", "Ada Quill"))
            .statement(chain())
            .statement(and(
                &proposal(11, "no more"),
                "attribution",
                json!([
                    {"role": "speaker", "unresolved": {"name": "Odo Marl", "kind": "person"}},
                    {"role": "relay", "unresolved": {"name": "BO TOWER", "kind": "person"}},
                ]),
            ))
            .line(),
    ]);
    let key = app.key(Scope::Publish);
    let before = (app.export(), app.sequences());
    let uri = "/v1/articles/ferry/statements/accept";
    let all = |revision: i64| {
        app.write(Method::POST, uri, "")
            .by(&key)
            .of_revision(revision)
    };
    let problem = all(1).send().problem(422, "invalid_document");
    // Their places are those in the article as an editor reads it.
    assert_eq!(
        errors(&problem),
        [
            "/statements/1/attribution/0/speaker ambiguous_name",
            "/statements/2/attribution/1/speaker ambiguous_name"
        ]
    );
    let read = app.json_by(&key, "/v1/articles/ferry");
    assert_eq!(
        [&read["statements"][1]["id"], &read["statements"][2]["id"]],
        [&id(10), &id(11)]
    );
    assert_eq!((app.export(), app.sequences()), before, "nothing is stored");
    let changes = json!({"speaker": {"slug": "tower"}});
    let one = app
        .post(&format!("{}/accept", statement(10)), changes)
        .by(&key);
    one.of_revision(1).taken(200);
    reject(&app, &key, 11, 1, json!({}));
    assert_eq!(all(3).taken(200)["accepted"], json!([]));
}

#[test]
fn who_publishes_by_a_patch_what_nobody_looked_up_is_told_to_accept_it() {
    let (app, key) = store(article().statement(chain()));
    for status in ["published", "retracted"] {
        let patch = app
            .patch(&statement(10), json!({"status": status}))
            .by(&key);
        let problem = patch.of_revision(1).send().problem(422, "invalid_document");
        assert_eq!(errors(&problem), ["/attribution invalid_chain"], "{status}");
        let detail = problem["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("accept the statement"), "{detail}");
    }
    let patch = app
        .patch(&statement(10), json!({"status": "rejected"}))
        .by(&key);
    assert_eq!(patch.of_revision(1).taken(200)["status"], "rejected");
}

#[test]
fn a_name_that_no_record_can_have_is_not_proposed() {
    let (app, key) = store(article());
    for (role, party, error) in [
        (
            "speaker",
            json!({"name": "\u{200b}", "kind": "person"}),
            "name required",
        ),
        (
            "speaker",
            json!({"name": "Bo", "kind": "topic"}),
            "kind invalid_value",
        ),
        (
            "outlet",
            json!({"name": "Wire", "kind": ""}),
            "kind required",
        ),
    ] {
        let mut chain = chain();
        let at = if role == "outlet" { 2 } else { 0 };
        chain["attribution"][at]["unresolved"] = party;
        let post = app.post("/v1/articles/ferry/statements", chain).by(&key);
        let problem = post.send().problem(422, "invalid_document");
        assert_eq!(
            errors(&problem),
            [format!("/attribution/{at}/unresolved/{error}")]
        );
    }
}
