//! What a review leaves behind: it is not undone by proposing again, travels with exports, and what was rejected is known.
use std::time::Instant;

use isnad::database::Error;
use isnad::database::rejected::{Surrounded, rejected};
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::article::{and, speaker};
use crate::support::proposals::{accept, article, proposal, reject, statement, unresolved};
use crate::support::{Article, id, quote};

/// As extraction proposes it, which knows no ids.
fn without_id(statement: Value) -> Value {
    let mut statement = statement;
    statement.as_object_mut().unwrap().remove("id");
    statement
}

#[test]
fn what_was_reviewed_stays_so_when_it_is_proposed_again() {
    let proposed = [
        proposal(10, "Two goats"),
        proposal(11, "no more"),
        proposal(12, "Nobody saw me"),
        proposal(13, "he added"),
    ];
    let whole = proposed.iter().cloned().fold(article(), Article::statement);
    let app = TestApp::with(&[whole.clone().line()]);
    let key = app.key(Scope::Publish);
    accept(&app, &key, 10, 1);
    reject(&app, &key, 11, 1, json!({"note": "No."}));
    accept(&app, &key, 12, 1);
    let retract = app.patch(&statement(12), json!({"status": "retracted"}));
    retract.by(&key).of_revision(2).taken(200);
    let before = app.export();
    let nameless = proposed
        .into_iter()
        .map(without_id)
        .fold(article(), Article::statement);
    for (article, what) in [(whole, "by id"), (nameless, "by its words")] {
        app.store(&[article.clone().line()]);
        assert_eq!(app.export(), before, "{what}");
        let put = app.put(&format!("/v1/articles/{}", id(1)), article.line());
        let receipt = put.by(&key).of_revision(6).taken(200);
        assert_eq!(receipt["outcome"], "unchanged", "{what}");
    }
    // The text around it may have changed: it is found again, as any other.
    let moved = article().paragraphs(&[
        "Nobody asked.",
        "Captain Tower had told it, “Two goats, no more.”",
    ]);
    app.store(&[moved
        .statement(without_id(proposal(10, "Two goats")))
        .line()]);
    let served = app.json(&statement(10));
    assert_eq!(
        (&served["anchor"]["block"], &served["status"]),
        (&1.into(), &"published".into())
    );
}

#[test]
fn what_an_editor_wrote_is_not_made_a_proposal() {
    let app = TestApp::with(&[article()
        .statement(and(&quote("Two goats", "Bo Tower"), "id", id(10)))
        .line()]);
    app.store(&[article()
        .statement(without_id(proposal(11, "Two goats")))
        .line()]);
    let served = app.json(&statement(10));
    assert_eq!(
        (&served["origin"], &served["revision"]),
        (&"import".into(), &1.into())
    );
}

#[test]
fn an_editor_opens_a_review_again_by_a_patch_or_a_restore() {
    let app = TestApp::with(&[article().statement(proposal(10, "Two goats")).line()]);
    let key = app.key(Scope::Publish);
    accept(&app, &key, 10, 1);
    let patch = app
        .patch(&statement(10), json!({"status": "proposed"}))
        .by(&key);
    patch.of_revision(2).taken(200);
    let read = app.json_by(&key, &statement(10));
    assert_eq!(
        read["speaker"]["slug"], "bo-tower",
        "who was found stays found"
    );
    accept(&app, &key, 10, 3);
    // Restored, it is what it was: proposed, with the name that was not looked up then.
    let restore = app.post(
        &format!("/v1/articles/{}/revisions/1/restore", id(1)),
        json!({}),
    );
    restore.by(&key).of_revision(4).taken(200);
    let read = app.json_by(&key, &statement(10));
    assert_eq!(
        (&read["status"], unresolved(&read)),
        (&"proposed".into(), vec!["Bo Tower"])
    );
    app.get(&statement(10)).problem(404, "not_found");
    app.get("/v1/speakers/bo-tower").problem(404, "not_found");
    accept(&app, &key, 10, 5);
    assert_eq!(
        app.json("/v1/speakers/bo-tower")["statement_count"],
        1,
        "the same record"
    );
    assert_eq!(app.rows("/v1/speakers").len(), 1);
}

#[test]
fn a_name_finds_the_record_that_others_were_merged_into() {
    let app = TestApp::with(&[
        speaker("tower", "Captain Bo"),
        speaker("bo", "Bo Tower"),
        article().statement(proposal(10, "Two goats")).line(),
    ]);
    let key = app.key(Scope::Publish);
    app.post("/v1/speakers/bo/merge", json!({"into": "tower"}))
        .by(&key)
        .taken(200);
    accept(&app, &key, 10, 1);
    assert_eq!(app.json(&statement(10))["speaker"]["slug"], "tower");
}

#[test]
fn what_was_rejected_travels_with_an_export() {
    let app = TestApp::with(&[article()
        .statement(proposal(10, "Two goats"))
        .statement(proposal(11, "no more"))
        .line()]);
    let key = app.key(Scope::Publish);
    reject(&app, &key, 10, 1, json!({"note": "No."}));
    let other = TestApp::new();
    let imported = other.import_text(&app.export(), true);
    assert!(imported.faults.is_empty(), "{}", imported.details());
    assert_eq!(other.export(), app.export());
    let key = other.key(Scope::Publish);
    let read = other.json_by(&key, &statement(10));
    assert_eq!(
        (&read["status"], unresolved(&read)),
        (&"rejected".into(), vec!["Bo Tower"])
    );
    assert_eq!(accept(&other, &key, 10, 2)["status"], "published");
}

#[test]
fn an_unresolved_name_in_what_is_published_is_a_finding() {
    let mut app = TestApp::with(&[article()
        .draft()
        .statement(proposal(10, "Two goats"))
        .line()]);
    app.tamper("UPDATE statements SET status = 'published'");
    let finding = format!(
        "statement {} is published, and names a party that nobody has looked up",
        id(10)
    );
    assert!(app.findings().contains(&finding), "{:?}", app.findings());
}

fn asked(app: &TestApp, quotes: &[Surrounded<'_>]) -> Vec<bool> {
    let asked = app
        .database
        .read_blocking(|conn| Ok::<_, Error>(rejected(conn, quotes)?));
    asked.unwrap()
}

#[test]
fn what_was_rejected_is_known_by_its_words_and_those_around_them_in_whatever_article() {
    let words = "«لا سفينة قبل الفجر» "; // Letters of two bytes, and marks that JSON and SQL might mind.
    let long = words.repeat(20);
    let text = format!("He said: {long} he \"said\" \\ 'twice'. Yes. And yes. {long}");
    let app = TestApp::with(&[article()
        .paragraphs(&[&text])
        .statement(proposal(10, long.trim()))
        .statement(proposal(11, "Yes"))
        .statement(proposal(12, "no such words"))
        .statement(proposal(13, "said"))
        .statement(and(&proposal(14, "twice"), "origin", "editor"))
        .line()]);
    let key = app.key(Scope::Publish);
    for number in [10, 11, 12, 14] {
        reject(&app, &key, number, 1, json!({}));
    }
    let anchor = |number: u32| app.json_by(&key, &statement(number))["anchor"].clone();
    let anchors = [10, 11, 13, 14].map(anchor);
    let around = |at: usize| {
        let text = |member: &str| anchors[at][member].as_str().unwrap();
        Some((text("prefix"), text("suffix")))
    };
    let cut = long.trim().replace("قبل", "بعد");
    let quotes = [
        (long.trim(), around(0)),
        ("Yes", around(1)),
        ("no such words", None),
        // Elsewhere, not rejected, of an editor, other words of the same beginning, never heard of.
        ("Yes", Some((" \"said\" \\ 'twice'. ", ". And yes. "))),
        ("Yes", None),
        ("said", around(2)),
        ("twice", around(3)),
        (cut.as_str(), around(0)),
        ("nothing", Some(("", ""))),
    ];
    let known = [true, true, true, false, false, false, false, false, false];
    assert_eq!(asked(&app, &quotes), known);
    assert_eq!(asked(&app, &[]), [false; 0]);
    // It is known as long as it is rejected.
    accept(&app, &key, 11, 2);
    assert_eq!(asked(&app, &quotes)[..3], [true, false, true]);
}

#[test]
fn a_thousand_quotes_are_asked_for_at_once() {
    let app = TestApp::new();
    let rejected = |n: u32| {
        let text = format!("They said: yes, in the year {n}.");
        let mut one = and(&proposal(10 + n, "yes"), "status", "rejected");
        one.as_object_mut().unwrap().remove("id");
        Article::new(&format!("article-{n}"))
            .paragraphs(&[&text])
            .statement(one)
            .line()
    };
    app.store(&(0..300).map(rejected).collect::<Vec<_>>());
    let suffixes: Vec<String> = (0..1000).map(|n| format!(", in the year {n}.")).collect();
    let quotes: Vec<Surrounded<'_>> = suffixes
        .iter()
        .map(|suffix| ("yes", Some(("They said: ", suffix.as_str()))))
        .collect();
    let start = Instant::now();
    let known = asked(&app, &quotes);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    assert_eq!(known.iter().filter(|known| **known).count(), 300);
    assert!(known[..300].iter().all(|known| *known));
}
