//! Which stored article a line means, and what becomes of it.
use serde_json::{Value, json};

use crate::support::article::and;
use crate::support::{Article, TestApp, id, quote};

fn reference(value: &str) -> Value {
    json!([{"type": "guid", "value": value}])
}

#[test]
fn an_article_is_found_by_id_then_by_reference_then_by_slug() {
    let app = TestApp::new();
    let article = Article::new("one")
        .with("id", id(1))
        .with("references", reference("r-1"));
    app.store(&[article.clone().line()]);
    let unkeyed = article.without("id").without("slug").without("references");
    for (n, line) in [
        unkeyed.clone().with("id", id(1)),
        unkeyed
            .clone()
            .with("id", id(1).to_uppercase())
            .with("references", reference("r-1")),
        unkeyed.clone().with("references", reference("r-1")),
        unkeyed
            .clone()
            .with("slug", "one")
            .with("references", reference("r-1")),
        unkeyed.clone().with("slug", "ONE"),
    ]
    .into_iter()
    .enumerate()
    {
        let report = app.store(&[line.with("title", format!("Title {n}")).line()]);
        assert_eq!((report.updated, report.without_key), (1, 0), "line {n}");
        assert_eq!(app.json("/v1/articles/one")["title"], format!("Title {n}"));
    }
    assert_eq!(app.rows("/v1/articles").len(), 1);
}

#[test]
fn an_article_without_a_key_is_always_new() {
    let app = TestApp::new();
    let line = Article::new("x")
        .without("slug")
        .with("title", "Goats")
        .line();
    let report = app.store(&[line.clone(), line]);
    assert_eq!((report.created, report.without_key), (2, 2));
    let mut slugs = app.column("/v1/articles", "slug");
    slugs.sort();
    assert_eq!(
        slugs,
        ["goats", "goats-2"],
        "the slug was made, not given: it is no key"
    );
}

#[test]
fn a_former_slug_is_a_key_too() {
    let app = TestApp::new();
    let article = Article::new("one").with("id", id(1));
    app.store(&[article.clone().line(), article.with("slug", "two").line()]);
    let report = app.store(&[Article::new("one").with("title", "Again").line()]);
    assert_eq!(report.updated, 1);
    assert_eq!(app.rows("/v1/articles").len(), 1);
    assert_eq!(
        app.json("/v1/articles/one")["slug"],
        "one",
        "it is taken up again"
    );
    assert_eq!(app.get("/v1/articles/two").status, 308);
}

#[test]
fn a_reference_of_another_type_is_another_key() {
    let app = TestApp::new();
    let article = Article::new("x").without("slug");
    app.store(&[article
        .clone()
        .with("references", json!([{"type": "guid", "value": "1"}]))
        .line()]);
    app.store(&[article
        .with("references", json!([{"type": "case", "value": "1"}]))
        .line()]);
    assert_eq!(app.rows("/v1/articles").len(), 2);
}

#[test]
fn keys_that_point_at_two_articles_are_an_error() {
    let app = TestApp::new();
    let (one, two) = (
        Article::new("one").with("id", id(1)),
        Article::new("two").with("id", id(2)),
    );
    app.store(&[
        one.with("references", reference("r-1")).line(),
        two.with("references", reference("r-2")).line(),
    ]);
    for line in [
        Article::new("two").with("id", id(1)),
        Article::new("one").with("references", reference("r-2")),
        Article::new("x")
            .without("slug")
            .with("id", id(2))
            .with("references", reference("r-1")),
        Article::new("x").without("slug").with(
            "references",
            json!([{"type": "guid", "value": "r-1"}, {"type": "guid", "value": "r-2"}]),
        ),
    ] {
        assert_eq!(app.refuse(line.line()), [" conflicting_keys"]);
    }
}

#[test]
fn absent_slug_moment_and_statements_stay() {
    let app = TestApp::new();
    let article = Article::new("one")
        .with("id", id(1))
        .statement(quote("Baa.", "Bo"));
    app.store(&[article.clone().line()]);
    let before = app.json("/v1/articles/one");
    let bare = article
        .without("slug")
        .without("published_at")
        .without("statements");
    assert_eq!(app.store(&[bare.clone().line()]).unchanged, 1);
    app.store(&[bare.with("title", "Another").line()]);
    let after = app.json("/v1/articles/one");
    for member in ["slug", "published_at"] {
        assert_eq!(after[member], before[member]);
    }
    assert_eq!(after["statements"][0]["id"], before["statements"][0]["id"]);
    assert_eq!(after["statements"][0]["revision"], 1);
    assert_eq!(after["statements"][0]["article"]["title"], "Another");
}

#[test]
fn other_absent_members_go() {
    let app = TestApp::new();
    let article = Article::new("one")
        .with("summary", "S")
        .with("dateline", "D")
        .tags(&["Bells"]);
    app.store(&[
        article.with("authors", json!([{"name": "Bo"}])).line(),
        Article::new("one").line(),
    ]);
    let item = app.json("/v1/articles/one");
    assert_eq!(
        (&item["summary"], &item["dateline"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!((&item["tags"], &item["authors"]), (&json!([]), &json!([])));
    app.get("/v1/tags/bells").problem(404, "not_found");
}

#[test]
fn writing_what_is_there_changes_nothing() {
    let app = TestApp::new();
    let line = Article::new("one")
        .tags(&["Bells"])
        .statement(quote("Baa.", "Bo"))
        .line();
    app.store(std::slice::from_ref(&line));
    let (sequences, etag, list) = (
        app.sequences(),
        app.get("/v1/articles/one").etag(),
        app.get("/v1/articles").etag(),
    );
    let export = app.export();
    let report = app.store(&[line.clone(), line]);
    assert_eq!(
        (report.unchanged, report.updated, report.created),
        (2, 0, 0)
    );
    assert_eq!(app.sequences(), sequences);
    assert_eq!(
        (
            app.get("/v1/articles/one").etag(),
            app.get("/v1/articles").etag()
        ),
        (etag, list)
    );
    assert_eq!(app.export(), export);
}

#[test]
fn a_change_raises_the_revisions_of_what_changed() {
    let app = TestApp::new();
    let article = Article::new("one").paragraphs(&["Baa and moo."]);
    let article = article
        .statement(quote("Baa", "Bo"))
        .statement(quote("moo", "Cy"));
    app.store(&[article.clone().line()]);
    app.store(&[article.clone().with("title", "Otherwise").line()]);
    let revisions = |app: &TestApp| {
        let item = app.json("/v1/articles/one");
        [&item, &item["statements"][0], &item["statements"][1]]
            .map(|thing| thing["revision"].as_i64().unwrap())
    };
    assert_eq!(revisions(&app), [2, 1, 1]);
    let statements = json!([
        quote("Baa", "Bo"),
        and(&quote("moo", "Cy"), "note", "Loudly.")
    ]);
    app.store(&[article
        .with("title", "Otherwise")
        .with("statements", statements)
        .line()]);
    assert_eq!(revisions(&app), [3, 1, 2]);
}

#[test]
fn a_deleted_article_is_never_revived() {
    let app = TestApp::new();
    let dead = json!({"type": "deleted", "thing": "article", "id": id(1), "slugs": ["one"], "was_public": true});
    app.store(std::slice::from_ref(&dead));
    assert_eq!(app.store(std::slice::from_ref(&dead)).unchanged, 1);
    assert_eq!(
        app.refuse(Article::new("two").with("id", id(1)).line()),
        ["/id deleted"]
    );
    assert_eq!(
        app.refuse(Article::new("one").line()),
        ["/slug slug_taken"],
        "its slug stays reserved"
    );
    app.get("/v1/articles/one").problem(410, "gone");
    let generated = Article::new("x").without("slug").with("title", "One");
    app.store(&[generated.line()]);
    assert_eq!(app.column("/v1/articles", "slug"), ["one-2"]);
    app.store(&[Article::new("alive").with("id", id(2)).line()]);
    let alive = and(&and(&dead, "id", id(2)), "slugs", json!([]));
    assert_eq!(app.refuse(alive), ["/id not_deleted"]);
}

#[test]
fn what_only_an_import_may_bring_is_kept() {
    let app = TestApp::new();
    let statement = and(
        &and(&quote("Baa.", "Bo"), "revision", 4),
        "updated_at",
        "2026-01-05T00:00:00Z",
    );
    let article = Article::new("one")
        .with("id", id(1))
        .with("former_slugs", json!(["zero", "nought"]))
        .with("former_ids", json!([id(2)]))
        .with("created_at", "2026-01-01T00:00:00Z")
        .with("updated_at", "2026-01-06T00:00:00Z")
        .with("revision", 7)
        .statement(and(&statement, "created_at", "2026-01-02T00:00:00Z"));
    app.store(&[article.clone().line()]);
    let item = app.json("/v1/articles/one");
    assert_eq!(
        (&item["revision"], &item["created_at"], &item["updated_at"]),
        (
            &json!(7),
            &json!("2026-01-01T00:00:00.000Z"),
            &json!("2026-01-06T00:00:00.000Z")
        )
    );
    let statement = &item["statements"][0];
    assert_eq!(
        (
            &statement["revision"],
            &statement["created_at"],
            &statement["updated_at"]
        ),
        (
            &json!(4),
            &json!("2026-01-02T00:00:00.000Z"),
            &json!("2026-01-05T00:00:00.000Z")
        )
    );
    for former in ["zero", "nought", &id(2)] {
        let response = app.get(&format!("/v1/articles/{former}"));
        assert_eq!(
            (response.status, response.header("location")),
            (308, format!("/v1/articles/{}", id(1)))
        );
    }
    for wrong in [0, -1] {
        assert_eq!(
            app.refuse(article.clone().with("revision", wrong).line()),
            ["/revision invalid_revision"]
        );
    }
    app.store(&[article.with("title", "Changed").line()]);
    assert_eq!(
        app.json("/v1/articles/one")["revision"],
        8,
        "never less than it was"
    );
}

#[test]
fn an_article_written_twice_in_one_import_is_served_as_it_was_written_last() {
    let app = TestApp::new();
    let article = Article::new("one").with("id", id(1));
    app.store(&[
        article.clone().statement(quote("Baa.", "Bo")).line(),
        article
            .without("statements")
            .with("slug", "two")
            .with("title", "Another")
            .line(),
    ]);
    let statement = app.rows("/v1/statements")[0].clone();
    assert_eq!(statement["article"]["title"], "Another");
    assert_eq!(statement["article"]["slug"], "two");
    assert_eq!(statement, app.json("/v1/articles/two")["statements"][0]);
}
