//! One thing under its id, its slug or a former one; gone, or never there.
use serde_json::{Value, json};

use crate::support::newsroom::newsroom;
use crate::support::{Article, TestApp, id, quote};

#[test]
fn a_thing_is_found_by_its_id_and_by_its_slug() {
    let app = TestApp::with(&newsroom());
    for (kind, id, slug) in [
        ("articles", id(100), "piece-0"),
        ("speakers", id(301), "نورة-السامر"),
        ("outlets", id(201), "صدى-المرج"),
        ("tags", id(401), "مياه"),
    ] {
        let by_id = app.get(&format!("/v1/{kind}/{id}"));
        assert_eq!(by_id.status, 200);
        assert_eq!(by_id.json()["id"], id);
        assert_eq!(by_id.json()["slug"], slug);
        for key in [slug.to_owned(), slug.to_uppercase(), id.to_uppercase()] {
            let again = app.get(&format!("/v1/{kind}/{key}"));
            assert_eq!(again.status, 200, "{key}");
            assert_eq!((&again.body, again.etag()), (&by_id.body, by_id.etag()));
        }
    }
    let statement = app.rows("/v1/statements?limit=1")[0].clone();
    let uri = format!("/v1/statements/{}", statement["id"].as_str().unwrap());
    assert_eq!(
        app.json(&uri),
        statement,
        "a statement has one shape everywhere"
    );
}

#[test]
fn a_former_slug_leads_to_the_address_by_id_and_keeps_the_query() {
    let app = TestApp::with(&newsroom());
    let renamed = Article::new("piece-0-renamed").with("id", id(100));
    app.store(&[renamed.line()]);
    for (kind, former, number) in [
        ("articles", "piece-0", 100),
        ("speakers", "ada-penn", 300),
        ("outlets", "old-lantern", 200),
        ("outlets", "OLD-Lantern", 200),
        ("tags", "boats", 400),
    ] {
        let response = app.get(&format!("/v1/{kind}/{former}"));
        assert_eq!(response.status, 308);
        let location = format!("/v1/{kind}/{}", id(number));
        assert_eq!(response.header("location"), location);
        assert_eq!(response.header("cache-control"), "public, max-age=30");
        assert_eq!(app.get(&location).status, 200);
        let response = app.get(&format!("/v1/{kind}/{former}?fields=id,slug"));
        let location = response.header("location");
        let narrowed = app.json(&location);
        assert_eq!(narrowed.as_object().unwrap().len(), 2, "{location}");
        assert_eq!(app.head(&format!("/v1/{kind}/{former}")).status, 308);
        // A wrong parameter is wrong there too.
        let wrong = format!("/v1/{kind}/{former}?fieds=id");
        app.get(&wrong).problem(400, "unknown_parameter");
    }
    let response = app.get("/v1/articles/piece-0/statements?form=direct&limit=2");
    assert_eq!(response.status, 308);
    let location = response.header("location");
    assert_eq!(
        location,
        format!("/v1/articles/{}/statements?form=direct&limit=2", id(100))
    );
    assert_eq!(app.get(&location).status, 200);
}

#[test]
fn an_item_s_etag_has_its_revision_and_its_state() {
    let app = TestApp::with(&newsroom());
    let statement = app.column("/v1/statements?limit=1", "id").remove(0);
    let statement = format!("statements/{statement}");
    for key in [
        "articles/piece-0",
        "speakers/ada-quill",
        "outlets/lantern",
        "tags/ferries",
        &statement,
    ] {
        let uri = format!("/v1/{key}");
        let full = app.get(&uri);
        let etag = full.etag();
        assert!(
            etag.starts_with(&format!("\"{}-", full.json()["revision"])),
            "{etag}"
        );
        for known in [
            etag.clone(),
            format!("W/{etag}"),
            format!("\"x\", {etag}"),
            "*".to_owned(),
        ] {
            let headers = [
                ("If-None-Match", known.as_str()),
                ("Cache-Control", "no-cache"),
            ];
            let response = app.get_with(&uri, &headers);
            assert_eq!((response.status, response.body.len()), (304, 0), "{known}");
        }
        let narrowed = app.get(&format!("{uri}?fields=id"));
        assert_ne!(narrowed.etag(), etag);
        assert_eq!(narrowed.json().as_object().unwrap().len(), 1);
        assert_eq!(narrowed.media_type(), "application/vnd.isnad.partial+json");
        let problem = app
            .get(&format!("{uri}?fields=idd"))
            .problem(400, "invalid_parameter");
        assert!(problem["detail"].as_str().unwrap().contains("`id`"));
        app.get(&format!("{uri}?include=body"))
            .problem(400, "unknown_parameter");
        let head = app.head(&uri);
        assert_eq!((head.etag(), head.length), (etag, full.length));
        let coded = app.get_with(&uri, &[("Accept-Encoding", "gzip")]);
        assert_eq!(coded.decoded(), full.body);
        assert_eq!(full.header("vary"), "Accept-Encoding, Authorization");
    }
}

#[test]
fn a_record_s_etag_changes_with_its_counts_though_not_its_revision() {
    let app = TestApp::with(&newsroom());
    let before = app.get("/v1/tags/ferries");
    app.store(&[Article::new("piece-9")
        .with("tags", json!([{"slug": "ferries"}]))
        .line()]);
    let after = app.get("/v1/tags/ferries");
    assert_ne!(before.etag(), after.etag());
    assert_eq!(before.json()["revision"], after.json()["revision"]);
    assert_eq!(before.json()["updated_at"], after.json()["updated_at"]);
}

#[test]
fn direction_follows_the_language() {
    let app = TestApp::new();
    for (language, direction) in [
        ("ar", "rtl"),
        ("en", "ltr"),
        ("ur", "rtl"),
        ("ar-Latn", "ltr"),
        ("he-IL", "rtl"),
    ] {
        let slug = format!("in-{}", language.to_lowercase());
        let statement =
            json!({"quote": "x", "form": "direct", "anonymous": {"label": "y"}, "language": "fa"});
        let article = Article::new(&slug).with("language", language);
        app.store(&[article
            .statement(statement)
            .statement(quote("z", "Bo"))
            .line()]);
        let item = app.json(&format!("/v1/articles/{slug}"));
        assert_eq!(item["direction"], direction, "{language}");
        assert_eq!(item["statements"][0]["direction"], "rtl");
        assert_eq!(
            item["statements"][1]["direction"], direction,
            "the article's language"
        );
    }
}

#[test]
fn an_article_names_its_visible_translations() {
    let app = TestApp::with(&newsroom());
    let slugs = |item: &Value| -> Vec<String> {
        let translations = item["translations"].as_array().unwrap().iter();
        translations
            .map(|t| t["slug"].as_str().unwrap().to_owned())
            .collect()
    };
    let english = app.json("/v1/articles/piece-0");
    assert_eq!(slugs(&english), ["piece-1"]);
    assert_eq!(english["translations"][0]["language"], "ar");
    assert_eq!(slugs(&app.json("/v1/articles/piece-1")), ["piece-0"]);
    let third = Article::new("pièce")
        .with("language", "fr")
        .with("translation_group", id(500));
    app.store(&[third.clone().line()]);
    assert_eq!(
        slugs(&app.json("/v1/articles/piece-0")),
        ["piece-1", "pièce"]
    );
    app.store(&[third.clone().with("title", "Autre titre").line()]);
    let english = app.json("/v1/articles/piece-0");
    assert_eq!(english["translations"][1]["title"], "Autre titre");
    assert_eq!(
        english["revision"], 1,
        "a translation is not a change of this one"
    );
    app.store(&[third.with("status", "draft").line()]);
    assert_eq!(slugs(&app.json("/v1/articles/piece-0")), ["piece-1"]);
}

#[test]
fn a_key_with_a_nul_in_it_is_that_of_nothing() {
    let app = TestApp::with(&newsroom());
    for kind in ["articles", "statements", "speakers", "outlets", "tags"] {
        for key in ["%00", "piece-0%00", "%00piece-0"] {
            app.get(&format!("/v1/{kind}/{key}"))
                .problem(404, "not_found");
        }
    }
    app.get("/v1/articles/%00/statements")
        .problem(404, "not_found");
    app.get("/v1/articles/%00/related")
        .problem(404, "not_found");
    app.get("/v1/speakers/%00/timeline")
        .problem(404, "not_found");
}
