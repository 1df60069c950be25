//! Slugs: made, given, taken, and left behind by a rename.
use serde_json::json;

use crate::names::ada;
use crate::support::article::and;
use crate::support::{Article, TestApp, id, outlet, quote, tag};

#[test]
fn slugs_keep_the_letters_of_any_script_and_are_numbered() {
    let app = TestApp::new();
    let titled = |title: &str| {
        Article::new("x")
            .without("slug")
            .with("title", title)
            .line()
    };
    let report = app.store(&[
        titled("وفدٌ أمنيّ في المدينـــة"),
        titled("وفد أمني في المدينة"),
        titled("«وفد أمني» في المدينة!"),
        titled("Élan & Straße"),
        titled("!!!"),
        titled("???"),
        titled(&id(7)),
    ]);
    assert_eq!(report.created, 7);
    let mut slugs = app.column("/v1/articles", "slug");
    slugs.sort();
    let mut wanted = [
        "وفد-أمني-في-المدينة",
        "وفد-أمني-في-المدينة-2",
        "وفد-أمني-في-المدينة-3",
        "élan-straße",
        "article",
        "article-2",
        "article-3",
    ];
    wanted.sort_unstable();
    assert_eq!(slugs, wanted);
}

#[test]
fn a_slug_that_is_taken_is_refused() {
    let app = TestApp::with(&[
        ada(),
        outlet("ada", "Ada"),
        and(&tag("bells", "Bells"), "former_slugs", json!(["chimes"])),
    ]);
    assert_eq!(
        app.refuse(json!({"type": "speaker", "id": id(5), "slug": "ada-quill", "name": "X"})),
        ["/slug slug_taken"]
    );
    assert_eq!(
        app.refuse(json!({"type": "tag", "id": id(5), "slug": "chimes", "name": "X"})),
        ["/slug slug_taken"]
    );
    assert_eq!(
        app.refuse(
            json!({"type": "tag", "id": id(5), "slug": "x", "name": "X", "former_slugs": ["bells"]})
        ),
        ["/former_slugs slug_taken"]
    );
    assert_eq!(
        app.refuse(
            Article::new("x")
                .with("former_slugs", json!(["a b"]))
                .line()
        ),
        ["/former_slugs/0 invalid_slug"]
    );
    for slug in [
        "",
        "two words",
        "a/b",
        "a?b",
        "..",
        &id(3),
        &"x".repeat(1001),
    ] {
        assert_eq!(
            app.refuse(Article::new("x").with("slug", slug).line()),
            ["/slug invalid_slug"],
            "{slug}"
        );
    }
}

#[test]
fn a_rename_leaves_a_former_slug_and_is_shown_once_documents_are_rendered_again() {
    let app = TestApp::with(&[
        json!({"type": "outlet", "id": id(11), "slug": "the-gull", "name": "The Gull"}),
        json!({"type": "tag", "id": id(12), "slug": "bells", "name": "Bells"}),
        ada(),
    ]);
    let chain = json!([{"role": "speaker", "speaker": {"name": "Bo"}}, {"role": "relay", "speaker": {"id": id(1)}}, {"role": "outlet", "outlet": {"id": id(11)}}]);
    let article = Article::new("one")
        .with("outlet", json!({"id": id(11)}))
        .tags(&["Bells"]);
    app.store(&[article
        .statement(json!({"quote": "Baa.", "form": "direct", "attribution": chain}))
        .line()]);
    let before = app.get("/v1/articles/one");
    let (list, public) = (app.get("/v1/articles").etag(), app.sequences().public);
    for (kind, number, slug, name) in [
        ("outlet", 11, "the-tern", "The Tern"),
        ("tag", 12, "chimes", "Chimes"),
        ("speaker", 1, "ada-brook", "Ada Brook"),
    ] {
        app.store(&[json!({"type": kind, "id": id(number), "slug": slug, "name": name})]);
    }
    assert_eq!(
        app.json("/v1/outlets/the-tern")["revision"],
        2,
        "records are fresh at once"
    );
    app.tick();
    let after = app.get("/v1/articles/one");
    let text = after.text();
    for gone in [
        "The Gull",
        "the-gull",
        "Bells",
        "\"bells\"",
        "Ada Quill",
        "ada-quill",
    ] {
        assert!(
            before.text().contains(gone) && !text.contains(gone),
            "{gone}"
        );
    }
    let item = after.json();
    assert_eq!(item["outlet"]["slug"], "the-tern");
    assert_eq!(item["statements"][0]["publisher"]["name"], "The Tern");
    assert_eq!(
        item["statements"][0]["attribution"][1]["speaker"]["slug"],
        "ada-brook"
    );
    assert_eq!(
        (&item["revision"], &item["updated_at"]),
        (&before.json()["revision"], &before.json()["updated_at"])
    );
    assert_ne!(after.etag(), before.etag());
    assert_ne!(app.get("/v1/articles").etag(), list);
    assert!(app.sequences().public > public);
    for (former, now) in [
        ("outlets/the-gull", id(11)),
        ("tags/bells", id(12)),
        ("speakers/ada-quill", id(1)),
    ] {
        let response = app.get(&format!("/v1/{former}"));
        assert_eq!(response.status, 308);
        assert!(response.header("location").ends_with(&now));
    }
    assert_eq!(
        app.rows("/v1/articles?tag=bells&outlet=the-gull&via=ada-quill")
            .len(),
        1
    );
    let statement = app.rows("/v1/statements")[0].clone();
    assert_eq!(
        statement, item["statements"][0],
        "the list of statements too"
    );
    app.store(&[Article::new("two")
        .with("outlet", json!({"slug": "the-gull"}))
        .line()]);
    assert_eq!(
        app.json("/v1/outlets/the-tern")["article_count"],
        2,
        "a former slug names it in writing too"
    );
}

#[test]
fn a_rename_in_the_same_batch_as_what_shows_the_name_is_shown() {
    let app = TestApp::new();
    app.store(&[
        json!({"type": "outlet", "id": id(11), "slug": "the-gull", "name": "The Gull"}),
        Article::new("one")
            .with("outlet", json!({"id": id(11)}))
            .statement(quote("Baa.", "Bo"))
            .line(),
        json!({"type": "outlet", "id": id(11), "slug": "the-gull", "name": "The Tern"}),
    ]);
    app.tick();
    let item = app.json("/v1/articles/one");
    assert_eq!(item["outlet"]["name"], "The Tern");
    assert_eq!(item["statements"][0]["publisher"]["name"], "The Tern");
}

#[test]
fn a_former_slug_that_an_import_brings_is_a_public_change() {
    let app = TestApp::with(&[
        outlet("the-gull", "The Gull"),
        Article::new("one")
            .with("outlet", json!({"slug": "the-gull"}))
            .line(),
    ]);
    let uri = "/v1/articles?outlet=gull-weekly";
    let before = app.get(uri);
    assert_eq!(before.json()["data"], json!([]));
    app.store(&[and(
        &outlet("the-gull", "The Gull"),
        "former_slugs",
        json!(["gull-weekly"]),
    )]);
    let after = app.get_with(uri, &[("If-None-Match", &before.etag())]);
    assert_eq!(after.status, 200, "the list has changed");
    assert_eq!(after.json()["data"].as_array().unwrap().len(), 1);
    app.store(&[Article::new("one")
        .with("outlet", json!({"slug": "the-gull"}))
        .with("former_slugs", json!(["nought"]))
        .line()]);
    let statements = app.get("/v1/statements?article=nought");
    assert_ne!(
        statements.etag(),
        app.get("/v1/statements?article=one").etag()
    );
    assert_eq!(app.get("/v1/articles/nought").status, 308);
}
