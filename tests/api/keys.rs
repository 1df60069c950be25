//! Keys on reading: which are taken, which are refused and how, and what a good one changes.
use std::time::{Duration, Instant};

use actix_web::http::Method;
use isnad::domain::moment::Moment;
use isnad::keys::types::Scope;

use crate::support::app::TestApp;
use crate::support::keys::TestKey;
use crate::support::newsroom::newsroom;

/// One of each kind of endpoint, and a path that leads nowhere.
const READ: [&str; 8] = [
    "/v1/articles",
    "/v1/articles/piece-2",
    "/v1/articles/piece-1/related",
    "/v1/statements?form=direct",
    "/v1/speakers/ada-quill/timeline",
    "/v1/suggest?q=ada",
    "/v1/meta",
    "/v1/nowhere",
];

fn unknown_key() -> TestKey {
    TestKey {
        name: "unknown".to_owned(),
        secret: format!("isnad_{}", "A".repeat(43)),
    }
}

#[test]
fn a_key_that_is_not_good_is_refused_everywhere_before_anything_else() {
    let app = TestApp::with(&newsroom());
    let expired = app.key_named("expired", Scope::Admin, Some(Moment(1)));
    let revoked = app.key_named("revoked", Scope::Admin, None);
    assert_eq!(app.get_by(&revoked, "/v1/articles").status, 200);
    app.revoke("revoked");
    for (key, word) in [
        (unknown_key(), "not known"),
        (expired, "expired at 1970"),
        (revoked, "was revoked at"),
    ] {
        for uri in READ.into_iter().chain(["/v1/articles?no_such=1"]) {
            let response = app.get_by(&key, uri);
            let problem = response.problem(401, "invalid_key");
            assert!(
                problem["detail"].as_str().unwrap().contains(word),
                "{problem}"
            );
            assert_eq!(
                response.header("www-authenticate"),
                "Bearer realm=\"isnad\", error=\"invalid_token\""
            );
            assert!(!response.everything().contains(&key.secret));
        }
        // What is not below /v1 has nothing to do with keys.
        for uri in ["/health/live", "/openapi.json", "/"] {
            assert_eq!(app.get_by(&key, uri).status, 200, "{uri}");
        }
    }
}

#[test]
fn another_authorization_than_a_bearers_is_refused_and_says_what_is_taken() {
    let app = TestApp::with(&newsroom());
    let key = app.key(Scope::Admin);
    for value in ["Basic YTpi", "Bearer", "Bearer goats", &key.secret, ""] {
        let headers = [("Authorization", value)];
        let response = app.send(Method::GET, "/v1/articles", &headers);
        let problem = response.problem(401, "invalid_key");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("isnad_"), "{detail}");
        assert!(!response.everything().contains(&key.secret));
    }
    let twice = [
        ("Authorization", key.header().1),
        ("Authorization", key.header().1),
    ];
    let twice: Vec<(&str, &str)> = twice.iter().map(|(n, v)| (*n, v.as_str())).collect();
    app.send(Method::GET, "/v1/articles", &twice)
        .problem(401, "invalid_key");
}

#[test]
fn whoever_reads_public_things_with_a_key_sees_what_the_public_sees_and_nobody_keeps_it() {
    let app = TestApp::with(&newsroom());
    for scope in Scope::ALL {
        let key = app.key(*scope);
        for uri in READ {
            let (open, keyed) = (app.get(uri), app.get_by(&key, uri));
            if open.status == 404 {
                assert_eq!(keyed.status, 404);
                continue;
            }
            assert_eq!(keyed.body, open.body, "{uri}");
            assert_eq!(open.header("vary"), "Accept-Encoding, Authorization");
            assert_eq!(keyed.header("vary"), open.header("vary"));
            assert!(open.header("cache-control").starts_with("public"));
            assert_eq!(keyed.header("cache-control"), "private, no-store", "{uri}");
            let (name, value) = key.header();
            let again = [(name, value.as_str()), ("If-None-Match", &keyed.etag())];
            let unchanged = app.send(Method::GET, uri, &again);
            assert_eq!(unchanged.status, 304, "{uri}");
            assert_eq!(unchanged.header("cache-control"), "private, no-store");
        }
        // Where a former slug leads is told to nobody else either.
        let moved = app.get_by(&key, "/v1/speakers/ada-penn");
        assert_eq!(
            (moved.status, moved.header("cache-control")),
            (308, "private, no-store".into())
        );
    }
}

#[test]
fn the_use_of_a_key_is_noted_to_the_hour_and_is_no_write_of_the_store() {
    let app = TestApp::with(&newsroom());
    let key = app.key(Scope::Read);
    let before = app.sequences();
    assert_eq!(app.kept_key(&key.name).last_used_at, None);
    let start = Moment::now();
    app.get_by(&key, "/v1/articles");
    let noted = used(&app, &key);
    assert!((start..=Moment::now()).contains(&noted));
    for _ in 0..5 {
        app.get_by(&key, "/v1/articles");
    }
    assert_eq!(used(&app, &key), noted, "once an hour is enough");
    assert_eq!(app.sequences(), before);
}

/// When a key was last used, as soon as that is known: it is written beside the request.
fn used(app: &TestApp, key: &TestKey) -> Moment {
    let start = Instant::now();
    loop {
        if let Some(at) = app.kept_key(&key.name).last_used_at {
            return at;
        }
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "it is never noted"
        );
        std::thread::yield_now();
    }
}

#[test]
fn what_is_kept_of_a_key_does_not_give_it_away() {
    let app = TestApp::on_sqlite();
    let key = app.key(Scope::Admin);
    let kept = std::fs::read(app.url()).unwrap();
    let log = std::fs::read(format!("{}-wal", app.url())).unwrap();
    let hidden = &key.secret.as_bytes()[20..];
    for file in [&kept, &log] {
        assert!(!file.windows(hidden.len()).any(|part| part == hidden));
    }
    let record = app.kept_key(&key.name);
    assert!(key.secret.starts_with(&record.prefix) && record.prefix.len() < 16);
    assert!(!app.export().contains("isnad_"), "keys are not exported");
}
