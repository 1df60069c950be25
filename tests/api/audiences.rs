//! What is answered to one audience is no answer to another: ETags, caching, and what each is refused.
use isnad::keys::types::Scope;
use serde_json::json;

use crate::support::keys::TestKey;
use crate::support::lists::{List, on_every_list};
use crate::support::newsroom::newsroom;
use crate::support::{Article, Response, TestApp, id, quote};

fn get_if_none_match(app: &TestApp, key: Option<&TestKey>, uri: &str, etag: &str) -> Response {
    let authorization = key.map(TestKey::header);
    let mut headers = vec![("If-None-Match", etag)];
    if let Some((name, value)) = &authorization {
        headers.push((name, value));
    }
    app.get_with(uri, &headers)
}

on_every_list!(an_editor_s_etag_validates_no_public_answer_and_no_public_one_an_editor_s);

fn an_editor_s_etag_validates_no_public_answer_and_no_public_one_an_editor_s(list: &List) {
    let app = TestApp::with(&newsroom());
    let (none, reader) = (app.key(Scope::None), app.key(Scope::Read));
    let uri = list.with("limit=2");
    let (public, editors) = (app.get(&uri), app.get_by(&reader, &uri));
    assert_eq!(
        public.json(),
        editors.json(),
        "a list stays what the public sees"
    );
    assert_ne!(public.etag(), editors.etag());
    assert_eq!(app.get_by(&none, &uri).etag(), public.etag());
    for (key, etag, status) in [
        (None, public.etag(), 304),
        (None, editors.etag(), 200),
        (Some(&none), public.etag(), 304),
        (Some(&none), editors.etag(), 200),
        (Some(&reader), public.etag(), 200),
        (Some(&reader), editors.etag(), 304),
    ] {
        let response = get_if_none_match(&app, key, &uri, &etag);
        assert_eq!(
            response.status,
            status,
            "{uri} by {:?}",
            key.map(|k| &k.name)
        );
        let caching = response.header("cache-control");
        assert_eq!(caching == "private, no-store", key.is_some(), "{caching}");
    }
}

#[test]
fn hidden_changes_show_in_the_etags_of_editors_alone() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    for kind in ["articles", "statements", "speakers"] {
        let uri = &format!("/v1/{kind}");
        let (public, editors) = (app.get(uri).etag(), app.get_by(&reader, uri).etag());
        app.store(&[Article::new(&format!("draft-of-{kind}")).draft().line()]);
        assert_eq!(app.get(uri).etag(), public, "{uri}");
        assert_ne!(app.get_by(&reader, uri).etag(), editors, "{uri}");
    }
}

#[test]
fn an_item_with_hidden_parts_has_another_etag_for_an_editor() {
    let app = TestApp::with(&newsroom());
    let reader = app.key(Scope::Read);
    // Hidden statements, and hidden translations.
    for uri in ["/v1/articles/piece-8", "/v1/articles/piece-0"] {
        let (public, editors) = (app.get(uri).etag(), app.get_by(&reader, uri).etag());
        assert_ne!(public, editors);
        assert_eq!(
            public.split('-').next(),
            editors.split('-').next(),
            "the revision"
        );
        for (key, etag, status) in [
            (None, &editors, 200),
            (Some(&reader), &public, 200),
            (Some(&reader), &editors, 304),
            (None, &public, 304),
        ] {
            let response = get_if_none_match(&app, key, uri, etag);
            assert_eq!(response.status, status, "{uri}");
        }
    }
}

/// What only an editor may ask for.
const BEYOND: [&str; 14] = [
    "/v1/articles?status=draft",
    "/v1/articles?status=published,scheduled",
    "/v1/articles?status=withdrawn&count=true",
    "/v1/statements?status=proposed",
    "/v1/statements?status=published,retracted",
    "/v1/statements?status=rejected",
    "/v1/statements?origin=import",
    "/v1/statements?min_confidence=0.5",
    "/v1/articles/piece-8/statements?status=proposed",
    "/v1/articles/piece-8/statements?origin=editor",
    "/v1/articles/piece-8/statements?min_confidence=0",
    "/v1/speakers?hidden=true",
    "/v1/outlets?hidden=true&q=no",
    "/v1/tags?hidden=true&sort=name",
];

#[test]
fn what_only_an_editor_may_ask_for_takes_a_key_with_a_scope() {
    let app = TestApp::with(&newsroom());
    let (none, reader) = (app.key(Scope::None), app.key(Scope::Read));
    for uri in BEYOND {
        let problem = app.get(uri).problem(401, "key_required");
        let parameter = uri.split(['?', '=']).nth(1).unwrap();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(&format!("`{parameter}`")), "{detail}");
        let problem = app.get_by(&none, uri).problem(403, "missing_scope");
        assert!(problem["detail"].as_str().unwrap().contains("`read`"));
        let response = app.get_by(&reader, uri);
        assert_eq!(response.status, 200, "{uri}: {}", response.text());
        assert_eq!(response.header("cache-control"), "private, no-store");
    }
    // Of a thing that is not there nothing is said before.
    app.get("/v1/articles/no-such/statements?status=proposed")
        .problem(401, "key_required");
}

#[test]
fn what_the_public_sees_anybody_may_ask_for() {
    let app = TestApp::with(&newsroom());
    for (uri, plain) in [
        ("/v1/articles?status=published", "/v1/articles"),
        ("/v1/articles?status=published,published", "/v1/articles"),
        ("/v1/statements?status=published", "/v1/statements"),
        (
            "/v1/articles/piece-8/statements?status=published",
            "/v1/articles/piece-8/statements",
        ),
        ("/v1/tags?hidden=false", "/v1/tags"),
    ] {
        assert_eq!(app.json(uri)["data"], app.json(plain)["data"], "{uri}");
    }
}

#[test]
fn values_that_there_are_not_are_refused_by_name() {
    let app = TestApp::with(&newsroom());
    for (uri, parameter) in [
        ("/v1/articles?status=proposed", "status"),
        ("/v1/articles?status=draft,", "status"),
        ("/v1/statements?status=draft", "status"),
        ("/v1/statements?origin=goats", "origin"),
        ("/v1/statements?min_confidence=1.01", "min_confidence"),
        ("/v1/statements?min_confidence=-0.1", "min_confidence"),
        ("/v1/statements?min_confidence=NaN", "min_confidence"),
        ("/v1/statements?min_confidence=much", "min_confidence"),
        ("/v1/tags?hidden=perhaps", "hidden"),
    ] {
        let problem = app.get(uri).problem(400, "invalid_parameter");
        assert_eq!(problem["errors"][0]["parameter"], parameter, "{uri}");
    }
}

#[test]
fn a_draft_that_goes_live_is_in_the_public_list_and_out_of_the_other() {
    let app = TestApp::new();
    let reader = app.key(Scope::Read);
    let draft = Article::new("one")
        .with("id", id(1))
        .statement(quote("Well.", "Bo Tower"));
    app.store(&[draft.clone().draft().line()]);
    let slugs = |uri: &str| app.column_by(&reader, uri, "slug");
    assert_eq!(slugs("/v1/articles?status=draft"), ["one"]);
    assert_eq!(slugs("/v1/speakers?hidden=true"), ["bo-tower"]);
    assert_eq!(slugs("/v1/articles"), [""; 0]);
    app.store(&[draft.line()]);
    assert_eq!(slugs("/v1/articles?status=draft"), [""; 0]);
    assert_eq!(slugs("/v1/speakers?hidden=true"), [""; 0]);
    assert_eq!(slugs("/v1/articles?status=published"), ["one"]);
    assert_eq!(app.json("/v1/articles")["data"][0]["id"], json!(id(1)));
}
