//! Answers that are kept in memory: which, for whom, and until when.
use crate::support::newsroom::newsroom;
use crate::support::{Article, TestApp};
use isnad::keys::types::Scope;

/// How many answers came from memory, and how many could have and did not.
fn counts(app: &TestApp) -> (f64, f64) {
    let measured = app.measured();
    let count = |name: &str| measured.value(&format!("isnad_response_cache_{name}_total"));
    (count("hits").unwrap(), count("misses").unwrap())
}

#[test]
fn what_was_read_once_is_answered_from_memory_however_it_is_spelled() {
    let app = TestApp::with(&newsroom());
    let first = app.get("/v1/articles?limit=2&language=ar");
    for again in [
        "/v1/articles?limit=2&language=ar",
        "/v1/articles?language=ar&limit=2",
        "/v1/articles?&language=%61r&limit=2&",
    ] {
        let answer = app.get(again);
        assert_eq!((answer.status, &answer.body), (200, &first.body), "{again}");
        assert_eq!(answer.etag(), first.etag());
        assert_eq!(answer.header("link"), first.header("link"));
    }
    assert_eq!(counts(&app), (3.0, 1.0));
    let known = first.etag();
    let answer = app.get_with(
        "/v1/articles?language=ar&limit=2",
        &[("If-None-Match", &known)],
    );
    assert_eq!(answer.status, 304);
    assert_eq!(counts(&app), (4.0, 1.0));
}

#[test]
fn what_is_wrong_with_a_request_is_told_whatever_is_in_memory() {
    let app = TestApp::with(&newsroom());
    app.get("/v1/articles?limit=2");
    app.get("/v1/articles");
    for wrong in [
        "/v1/articles?limit=2&limit=2",
        "/v1/articles?limit=2&limi=2",
        "/v1/articles?limit=",
        "/v1/articles?limit",
        "/v1/articles?limit=%2",
    ] {
        assert_eq!(app.get(wrong).status, 400, "{wrong}");
    }
    assert_eq!(counts(&app).0, 0.0);
}

#[test]
fn a_write_leaves_other_articles_in_memory_and_no_list() {
    let app = TestApp::with(&newsroom());
    app.store(&[Article::new("other").into(), Article::new("ferry").into()]);
    let read = |uri: &str| app.get(uri).body;
    for uri in ["/v1/articles/other", "/v1/articles/ferry", "/v1/articles"] {
        read(uri);
    }
    assert_eq!(counts(&app), (0.0, 3.0));
    app.store(&[Article::new("ferry").with("title", "Another title").into()]);
    read("/v1/articles/other");
    assert_eq!(counts(&app), (1.0, 3.0), "it was not touched");
    let changed = app.json("/v1/articles/ferry");
    assert_eq!(changed["title"], "Another title");
    read("/v1/articles");
    assert_eq!(counts(&app).0, 1.0);
}

#[test]
fn what_is_read_with_a_key_is_neither_kept_nor_taken_from_memory() {
    let app = TestApp::with(&newsroom());
    let (reader, nobody) = (app.key(Scope::Read), app.key(Scope::None));
    for key in [&reader, &nobody] {
        app.get_by(key, "/v1/articles");
    }
    assert_eq!(counts(&app), (0.0, 0.0));
    app.get("/v1/articles");
    for key in [&reader, &nobody] {
        let answer = app.get_by(key, "/v1/articles");
        assert_eq!(answer.header("cache-control"), "private, no-store");
    }
    assert_eq!(counts(&app), (0.0, 1.0));
}

#[test]
fn each_coding_is_made_once_and_says_the_same() {
    let app = TestApp::with(&newsroom());
    let plain = app.get("/v1/articles");
    for _ in 0..2 {
        for coding in ["gzip", "br"] {
            let answer = app.get_with("/v1/articles", &[("Accept-Encoding", coding)]);
            assert_eq!(answer.header("content-encoding"), coding);
            assert_eq!(answer.decoded(), plain.decoded());
        }
    }
    assert_eq!(counts(&app), (4.0, 1.0));
}

#[test]
fn who_has_an_answer_already_is_told_so_from_memory_though_no_answer_is_kept() {
    let app = TestApp::keeping_nothing();
    app.store(&[Article::new("other").into(), Article::new("ferry").into()]);
    let known = |uri: &str, tag: &str| app.get_with(uri, &[("If-None-Match", tag)]);
    let uris = ["/v1/articles/ferry", "/v1/articles?limit=2"];
    let tags = uris.map(|uri| app.get(uri).etag());
    for (uri, tag) in uris.iter().zip(&tags) {
        let answer = known(uri, tag);
        assert_eq!((answer.status, &answer.etag()), (304, tag), "{uri}");
        assert_eq!(known(uri, "\"another\"").status, 200, "{uri}");
    }
    // What was read anew counts as missed, since it was not kept.
    assert_eq!(counts(&app), (2.0, 4.0));
    app.store(&[Article::new("ferry").with("title", "Another title").into()]);
    for (uri, tag) in uris.iter().zip(&tags) {
        assert_eq!(known(uri, tag).status, 200, "{uri}");
    }
}

#[test]
fn who_has_an_answer_already_need_not_have_it_from_this_process() {
    let app = TestApp::with(&newsroom());
    let other = app.beside();
    for uri in ["/v1/articles", "/v1/meta"] {
        let tag = app.get(uri).etag();
        let (hits, _) = counts(&other);
        for _ in 0..3 {
            let answer = other.get_with(uri, &[("If-None-Match", &tag)]);
            assert_eq!(answer.status, 304, "{uri}");
        }
        assert_eq!(counts(&other).0, hits + 2.0, "{uri}");
    }
}
