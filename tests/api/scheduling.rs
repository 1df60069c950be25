//! What is published in the future goes live by itself, when its moment comes.
use isnad::domain::moment::Moment;
use isnad::keys::types::Scope;
use serde_json::json;

use crate::support::{Article, TestApp, id, quote};

const DUE: &str = "2999-06-01T06:00:00.000Z";

fn due() -> Moment {
    Moment::parse(DUE).unwrap()
}

fn scheduled() -> Article {
    Article::new("later")
        .published(DUE)
        .tags(&["Bells"])
        .statement(quote("Not before noon.", "Bo Tower"))
}

#[test]
fn it_is_hidden_until_its_moment_and_there_from_then_on() {
    let app = TestApp::with(&[Article::new("now").line(), scheduled().line()]);
    assert_eq!(app.publish_due(Moment(due().0 - 1)), 0);
    app.get("/v1/articles/later").problem(404, "not_found");
    let before = app.get("/v1/articles");
    let sequences = app.sequences();
    assert_eq!(app.publish_due(due()), 1);
    assert_eq!(app.publish_due(due()), 0, "it goes live once");
    assert!(app.sequences().all > sequences.all);
    assert_eq!(app.sequences().public, sequences.public + 1);
    let headers = [("If-None-Match", before.etag())];
    let headers = headers
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let after = app.get_with("/v1/articles", &headers);
    assert_eq!(after.status, 200);
    assert_eq!(app.column("/v1/articles", "slug"), ["later", "now"]);
    assert_eq!(
        app.column("/v1/articles?sort=-updated_at", "slug"),
        ["later", "now"]
    );
    let item = app.json("/v1/articles/later");
    assert_eq!(item["revision"], 1, "nothing in it changed");
    assert_eq!(item["updated_at"], DUE);
    assert_eq!(item["statement_count"], 1);
    assert_eq!(item["statements"][0]["revision"], 1);
    assert_ne!(item["statements"][0]["updated_at"], DUE);
    assert_eq!(
        app.column("/v1/statements?speaker=bo-tower", "quote"),
        ["Not before noon."]
    );
    assert_eq!(app.column("/v1/tags", "slug"), ["bells"]);
    let counts = app.json("/v1/meta")["counts"].clone();
    assert_eq!(
        counts,
        json!({"articles": 2, "statements": 1, "speakers": 1, "outlets": 1, "tags": 1})
    );
    not_yet_by_the_clock(app);
}

/// The clock of the inspection has not come so far.
fn not_yet_by_the_clock(mut app: TestApp) {
    let findings = app.findings();
    assert!(
        findings.iter().all(|f| f.contains("not published yet")),
        "{findings:?}"
    );
    app.leave_as_it_is();
}

#[test]
fn only_its_published_statements_come_to_light() {
    let mut proposed = quote("Maybe.", "Cy Gable");
    proposed["status"] = "proposed".into();
    let app = TestApp::with(&[scheduled().statement(proposed).line()]);
    app.publish_due(due());
    assert_eq!(app.json("/v1/articles/later")["statement_count"], 1);
    assert_eq!(app.column("/v1/speakers", "slug"), ["bo-tower"]);
    not_yet_by_the_clock(app);
}

#[test]
fn its_translations_show_it_from_then_on() {
    let group = id(1);
    let now = Article::new("now").with("translation_group", group.clone());
    let later = scheduled()
        .with("translation_group", group)
        .with("language", "fr");
    let app = TestApp::with(&[now.line(), later.line()]);
    assert_eq!(app.json("/v1/articles/now")["translations"], json!([]));
    app.publish_due(due());
    let item = app.json("/v1/articles/now");
    assert_eq!(item["translations"][0]["slug"], "later");
    assert_eq!(item["revision"], 1);
    let later = app.json("/v1/articles/later");
    assert_eq!(later["translations"][0]["slug"], "now");
    not_yet_by_the_clock(app);
}

#[test]
fn many_go_live_in_batches_and_none_is_left_behind() {
    let articles = (0..120).map(|n| {
        let article = Article::new(&format!("later-{n}"));
        article.published(DUE).tags(&["Bells"]).line()
    });
    let app = TestApp::with(&articles.collect::<Vec<_>>());
    assert_eq!(app.publish_due(due()), 120);
    assert_eq!(app.json("/v1/articles?count=true")["page"]["total"], 120);
    assert_eq!(app.json("/v1/tags/bells")["article_count"], 120);
    not_yet_by_the_clock(app);
}

#[test]
fn moving_the_moment_moves_the_article() {
    let app = TestApp::with(&[scheduled().line()]);
    let later = "2999-07-01T00:00:00Z";
    app.store(&[scheduled().published(later).line()]);
    assert_eq!(app.publish_due(due()), 0);
    app.store(&[scheduled().published("2026-01-01T00:00:00Z").line()]);
    let item = app.json("/v1/articles/later");
    assert_eq!(item["published_at"], "2026-01-01T00:00:00.000Z");
    assert_eq!(item["revision"], 3);
}

#[test]
fn an_article_that_came_due_while_nobody_ran_is_the_same_when_it_is_sent_again() {
    let mut app = TestApp::with(&[scheduled().line()]);
    // As if it had been written long ago and the moment had passed since.
    let past = Moment::parse("2026-01-01T00:00:00Z").unwrap().0;
    app.tamper(&format!(
        "UPDATE articles SET published_at = {past}, published_key = {past};
         UPDATE statements SET published_key = {past}, said_key = {past};"
    ));
    app.store(&[scheduled().published("2026-01-01T00:00:00Z").line()]);
    app.tick();
    let item = app.json("/v1/articles/later");
    assert_eq!(
        item["revision"], 1,
        "going live is no change of the article"
    );
    assert_eq!(app.findings(), Vec::<String>::new());
}

#[test]
fn drafts_in_a_group_keep_nothing_from_going_live_or_from_being_taken_back() {
    let mut app = TestApp::new();
    let (writer, publisher) = (app.key(Scope::Write), app.key(Scope::Publish));
    let of_group = |slug: &str| Article::new(slug).with("translation_group", id(50));
    app.store(&[
        of_group("seen").with("id", id(1)).line(),
        of_group("due").published("2999-01-01T00:00:00Z").line(),
        Article::new("other")
            .published("2999-01-01T00:00:00Z")
            .line(),
    ]);
    let mut refused = 0;
    for number in 0..110 {
        let draft = of_group(&format!("draft-{number}")).draft();
        let response = app.post("/v1/articles", draft).by(&writer).send();
        refused += usize::from(response.status == 422);
    }
    assert_eq!(refused, 11, "there is room for 101");
    assert_eq!(
        app.publish_due(Moment::parse("2999-01-02T00:00:00Z").unwrap()),
        2
    );
    for slug in ["due", "other"] {
        assert_eq!(
            app.get(&format!("/v1/articles/{slug}")).status,
            200,
            "{slug}"
        );
    }
    app.delete("/v1/articles/seen")
        .by(&publisher)
        .of_revision(1)
        .done();
    // By the clock of the inspection it is too early.
    app.leave_as_it_is();
}
