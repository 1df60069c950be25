//! Who sees what: nothing hidden shows anywhere, and nothing public changes when only hidden things do.
use serde_json::{Value, json};

use crate::support::newsroom::{HIDDEN, hidden, newsroom};
use crate::support::{Article, TestApp, id, quote};

/// Every address that a client might try: all lists with all orders and some filters, all items, all guesses.
fn addresses(app: &TestApp) -> Vec<String> {
    let mut addresses: Vec<String> = [
        "/",
        "/v1/meta",
        "/openapi.json",
        "/health/live",
        "/health/ready",
    ]
    .map(str::to_owned)
    .to_vec();
    for (list, sorts) in [
        (
            "articles",
            &["-published_at", "published_at", "-updated_at"][..],
        ),
        ("statements", &["-published_at", "-said_at", "said_at"]),
        ("speakers", &["-statement_count", "name"]),
        ("outlets", &["-article_count", "name"]),
        ("tags", &["-article_count", "name"]),
    ] {
        for sort in sorts {
            addresses.push(format!("/v1/{list}?limit=100&count=true&sort={sort}"));
        }
        for id in app.column(&format!("/v1/{list}?limit=100"), "id") {
            addresses.push(format!("/v1/{list}/{id}"));
        }
    }
    let all = "include=body,statements,translations&limit=100&count=true";
    addresses.push(format!("/v1/articles?{all}"));
    for filter in [
        "published_from=2027-01-01",
        "updated_since=2020-01-01",
        "has_statements=true",
        "language=en",
        "tag_not=ferries",
    ] {
        addresses.push(format!("/v1/articles?{all}&{filter}"));
    }
    for filter in [
        "anonymous=false",
        "form=direct",
        "said_from=2020-01-01",
        "published_from=2027-01-01",
        "article=piece-8",
    ] {
        addresses.push(format!("/v1/statements?limit=100&count=true&{filter}"));
    }
    for slug in app.column("/v1/articles?limit=100", "slug") {
        addresses.push(format!(
            "/v1/articles/{slug}/statements?limit=100&count=true"
        ));
    }
    for guess in 150..=163 {
        addresses.push(format!("/v1/articles/{}", id(guess)));
        addresses.push(format!("/v1/articles/{}/statements", id(guess)));
        addresses.push(format!("/v1/statements/{}", id(guess)));
    }
    for (kind, guess) in [("speakers", 350), ("outlets", 250), ("tags", 450)] {
        addresses.push(format!("/v1/{kind}/{}", id(guess)));
        addresses.push(format!("/v1/{kind}?q=no"));
    }
    addresses
}

/// What a client can tell apart of an answer: all but the request's id.
fn seen(app: &TestApp, uri: &str) -> (u16, String, String) {
    let response = app.get_with(uri, &[("X-Request-Id", "the-same")]);
    (response.status, response.etag(), response.everything())
}

#[test]
fn nothing_hidden_shows_in_any_body_or_header() {
    let app = TestApp::with(&newsroom());
    let addresses = addresses(&app);
    assert!(addresses.len() > 100, "{}", addresses.len());
    for uri in addresses {
        let (_, _, everything) = seen(&app, &uri);
        assert!(!everything.contains(HIDDEN), "{uri}: {everything}");
        for number in (150..=151).chain(153..=162).chain([250, 350, 450]) {
            let asked = uri.contains(&id(number));
            assert!(
                asked || !everything.contains(&id(number)),
                "{uri}: {everything}"
            );
        }
    }
}

#[test]
fn a_problem_tells_of_a_hidden_thing_no_more_than_of_one_that_never_was() {
    let app = TestApp::with(&newsroom());
    let told = |uri: String| {
        let response = app.get_with(&uri, &[("X-Request-Id", "the-same")]);
        let mut problem = response.json();
        problem["instance"] = "".into();
        (response.status, problem)
    };
    for (kind, hidden) in [
        ("articles", 150),
        ("articles", 151),
        ("articles", 153),
        ("statements", 160),
        ("speakers", 350),
    ] {
        let unknown = told(format!("/v1/{kind}/{}", id(999)));
        assert_eq!(told(format!("/v1/{kind}/{}", id(hidden))), unknown);
    }
    for (filter, hidden) in [
        ("speaker", "voice"),
        ("outlet", "the-unlit"),
        ("tag", "tag"),
        ("via", "wire"),
    ] {
        let page = app.json(&format!(
            "/v1/articles?count=true&{filter}={hidden}-{HIDDEN}"
        ));
        assert_eq!(
            page,
            app.json(&format!("/v1/articles?count=true&{filter}=no-such"))
        );
    }
}

/// Holds that writing these lines changes nothing that anyone can see.
#[track_caller]
fn changes_nothing(app: &TestApp, what: &str, lines: &[Value]) {
    let addresses = addresses(app);
    let before: Vec<_> = addresses.iter().map(|uri| seen(app, uri)).collect();
    let sequences = app.sequences();
    app.store(lines);
    assert!(app.sequences().all > sequences.all, "{what} wrote nothing");
    app.tick();
    assert_eq!(app.sequences().public, sequences.public, "{what}");
    for (uri, before) in addresses.iter().zip(before) {
        assert_eq!(seen(app, uri), before, "{what}: {uri}");
    }
}

#[test]
fn writing_hidden_things_changes_nothing_that_anyone_can_see() {
    let public: Vec<Value> = newsroom();
    let public = &public[..public.len() - hidden().len()];
    let app = TestApp::with(public);
    let is_seen = |line: &Value| line["was_public"] == true || line["slug"] == "piece-8";
    for line in hidden().into_iter().filter(|line| !is_seen(line)) {
        changes_nothing(&app, &line.to_string(), std::slice::from_ref(&line));
    }
}

#[test]
fn changing_hidden_things_changes_nothing_that_anyone_can_see() {
    let app = TestApp::with(&newsroom());
    let draft = Article::new(&format!("draft-{HIDDEN}"))
        .with("id", id(150))
        .draft();
    let draft = draft.with("translation_group", id(500));
    let said = json!({"quote": format!("other {HIDDEN} words"), "form": "direct", "speaker": {"slug": "ada-quill"}});
    for (what, line) in [
        (
            "a draft's title",
            draft.clone().with("title", "Goats").line(),
        ),
        (
            "a draft's slug",
            draft.clone().with("slug", format!("moved-{HIDDEN}")).line(),
        ),
        (
            "a draft with known names",
            draft
                .clone()
                .with("tags", json!([{"slug": "ferries"}]))
                .statement(said.clone())
                .line(),
        ),
        (
            "a draft withdrawn",
            draft.clone().with("status", "withdrawn").line(),
        ),
        (
            "a draft scheduled",
            draft
                .with("status", "published")
                .published("2998-01-01T00:00:00Z")
                .line(),
        ),
        (
            "a hidden record",
            json!({"type": "speaker", "id": id(350), "name": format!("No one {HIDDEN}")}),
        ),
    ] {
        changes_nothing(&app, what, &[line]);
    }
}

#[test]
fn hidden_statements_of_a_visible_article_change_nothing_but_its_revision() {
    let app = TestApp::new();
    let article = Article::new("one").statement(quote("Well.", "Bo Tower"));
    app.store(&[article.clone().line()]);
    let before = app.json("/v1/articles/one");
    let mut proposed = quote("Perhaps.", "Cy Gable");
    proposed["status"] = "proposed".into();
    app.store(&[article.statement(proposed).line()]);
    let mut after = app.json("/v1/articles/one");
    assert_eq!(after["revision"], 2, "a statement is part of its article");
    for member in ["revision", "updated_at"] {
        after[member] = before[member].clone();
    }
    assert_eq!(after, before);
    app.get("/v1/speakers/cy-gable").problem(404, "not_found");
    assert_eq!(app.json("/v1/meta")["counts"]["statements"], 1);
}

#[test]
fn a_name_is_seen_while_anything_visible_refers_to_it() {
    let app = TestApp::new();
    let one = Article::new("one")
        .tags(&["Bells"])
        .statement(quote("Ding.", "Bo Tower"));
    let two = Article::new("two")
        .with("outlet", json!({"name": "Bo Tower"}))
        .tags(&["Bells"])
        .draft();
    app.store(&[one.clone().line(), two.clone().line()]);
    assert_eq!(app.column("/v1/outlets", "name"), ["The Sarmila Lantern"]);
    app.store(&[two
        .with("status", "published")
        .published("2026-01-01T00:00:00Z")
        .line()]);
    assert_eq!(app.rows("/v1/outlets").len(), 2);
    app.store(&[one.with("status", "draft").line()]);
    assert_eq!(app.column("/v1/outlets", "name"), ["Bo Tower"]);
    assert_eq!(app.column("/v1/tags", "name"), ["Bells"]);
    assert_eq!(app.rows("/v1/speakers").len(), 0);
    let counts = app.json("/v1/meta")["counts"].clone();
    assert_eq!(
        counts,
        json!({"articles": 1, "statements": 0, "speakers": 0, "outlets": 1, "tags": 1})
    );
}
