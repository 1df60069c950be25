//! What is measured, as Prometheus reads it.
use actix_web::http::Method;
use isnad::database::{Error, Written};
use isnad::keys::types::Scope;

use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::{Article, TestApp};

#[test]
fn requests_are_counted_by_the_pattern_of_their_path_and_never_by_the_path() {
    let app = TestApp::with(&newsroom());
    for uri in [
        "/v1/articles?limit=1",
        "/v1/articles",
        "/v1/articles/piece-1",
        "/v1/articles/piece-2",
        "/v1/articles/none",
        "/v1/articles/none/at/all",
        "/v1/nowhere",
        "/wp-login.php",
        "/مقالات",
        "/docs/index.css",
        "/docs/nothing.css",
        "/health/live",
        "/",
    ] {
        app.get(uri);
    }
    app.head("/v1/articles");
    app.send(Method::DELETE, "/v1/speakers", &[]);
    app.send(Method::from_bytes(b"GOATS").unwrap(), "/v1/tags", &[]);
    let measured = app.measured();
    let count = |method: &str, route: &str, status: u16| {
        let labels = format!("{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
        measured.value(&format!("isnad_http_requests_total{labels}"))
    };
    for (method, route, status, wanted) in [
        ("GET", "/v1/articles", 200, 2.0),
        ("HEAD", "/v1/articles", 200, 1.0),
        ("GET", "/v1/articles/{article}", 200, 2.0),
        ("GET", "/v1/articles/{article}", 404, 1.0),
        ("GET", "unmatched", 404, 4.0),
        ("GET", "/docs/{file:.*}", 200, 1.0),
        ("GET", "/docs/{file:.*}", 404, 1.0),
        ("GET", "/health/live", 200, 1.0),
        ("GET", "/", 200, 1.0),
        ("DELETE", "/v1/speakers", 405, 1.0),
        ("other", "/v1/tags", 405, 1.0),
    ] {
        assert_eq!(
            count(method, route, status),
            Some(wanted),
            "{method} {route}"
        );
    }
    assert_eq!(measured.series("isnad_http_requests_total").len(), 11);
    let timed = "isnad_http_request_duration_seconds";
    let of = |suffix: &str| {
        measured.value(&format!(
            "{timed}_{suffix}{{method=\"GET\",route=\"/v1/articles/{{article}}\"}}"
        ))
    };
    assert_eq!(of("count"), Some(3.0));
    assert!(of("sum").unwrap() > 0.0);
    assert_eq!(measured.value("isnad_http_requests_in_flight"), Some(0.0));
}

#[test]
fn what_is_refused_before_a_handler_is_counted_too() {
    let app = TestApp::new();
    app.get_with("/v1/articles/one", &[("Authorization", "Basic YTpi")]);
    let series =
        "isnad_http_requests_total{method=\"GET\",route=\"/v1/articles/{article}\",status=\"401\"}";
    assert_eq!(app.measured().value(series), Some(1.0));
}

#[test]
fn the_store_and_its_connections_are_told_as_they_are_just_then() {
    let mut app = TestApp::with(&[
        Article::new("one").line(),
        Article::new("two")
            .with("published_at", "2999-01-01T00:00:00Z")
            .line(),
        Article::new("three")
            .with("published_at", "2999-01-01T00:00:00Z")
            .line(),
    ]);
    app.store(&[Article::new("four").draft().line()]);
    let sequences = app.sequences();
    let measured = app.measured();
    let value = |name: &str| measured.value(&format!("isnad_{name}"));
    let whole = |number: i64| Some(f64::from(u32::try_from(number).unwrap()));
    assert_eq!(value("database_up"), Some(1.0));
    assert_eq!(value("sequence"), whole(sequences.all));
    assert_eq!(value("public_sequence"), whole(sequences.public));
    assert_ne!(sequences.all, sequences.public);
    assert_eq!(value("scheduled_articles"), Some(2.0));
    assert_eq!(value("stale_documents"), Some(0.0));
    for (pool, size) in [("readers", 2.0), ("writer", 1.0)] {
        let of = |figure: &str| {
            let series = format!("database_pool_{figure}{{pool=\"{pool}\"}}");
            value(&series).unwrap()
        };
        assert_eq!(of("size"), size);
        assert!(of("connections") <= size);
        assert_eq!(of("idle") + of("in_use"), of("connections"));
        assert_eq!(of("waiting"), 0.0);
    }
    assert!(value("replica_in_use").is_none(), "there is none");
    let build = measured.series("isnad_build_info");
    assert!(build[0].contains(&format!("version=\"{}\"", env!("CARGO_PKG_VERSION"))));
    app.tamper("INSERT INTO stale_documents (article_id) SELECT id FROM articles");
    assert_eq!(app.measured().value("isnad_stale_documents"), Some(4.0));
}

#[test]
fn a_database_that_does_not_answer_leaves_the_rest_of_the_scrape_as_it_is() {
    let mut app = TestApp::new();
    app.get("/v1/articles");
    app.tamper("ALTER TABLE store RENAME TO store_elsewhere");
    let measured = app.measured();
    assert_eq!(measured.value("isnad_database_up"), Some(0.0));
    for name in [
        "sequence",
        "public_sequence",
        "stale_documents",
        "scheduled_articles",
    ] {
        assert_eq!(measured.value(&format!("isnad_{name}")), None, "{name}");
    }
    assert!(!measured.series("isnad_http_requests_total").is_empty());
    assert!(!measured.series("isnad_database_pool_size").is_empty());
}

#[test]
fn one_that_hangs_is_waited_for_two_seconds_and_asked_once() {
    let app = TestApp::new();
    let hold = |scrapes: &dyn Fn()| {
        // Both connections that read are in use.
        let held = app.database.read_newest_blocking(|_| {
            app.database.read_newest_blocking(|_| {
                scrapes();
                Ok::<_, Error>(())
            })
        });
        held.unwrap();
    };
    hold(&|| {
        let start = std::time::Instant::now();
        for _ in 0..3 {
            assert_eq!(app.measured().value("isnad_database_up"), Some(0.0));
        }
        let waiting = app.measured();
        let series = "isnad_database_pool_waiting{pool=\"readers\"}";
        assert_eq!(waiting.value(series), Some(1.0), "the first still waits");
        assert!(start.elapsed() < std::time::Duration::from_secs(5));
    });
}

#[test]
fn who_waits_for_the_writer_stands_in_its_queue() {
    let app = TestApp::new();
    let other = app.database.clone();
    app.database
        .write_blocking(|_| {
            let writer = other.clone();
            let waits = std::thread::spawn(move || {
                writer.write_blocking(|_| Ok::<_, Error>(Written::hidden(())))
            });
            let series = "isnad_database_pool_waiting{pool=\"writer\"}";
            while app.measured().value(series) != Some(1.0) {
                assert!(!waits.is_finished(), "it should wait");
                std::thread::yield_now();
            }
            Ok::<_, Error>(Written::hidden(waits))
        })
        .unwrap()
        .join()
        .unwrap()
        .unwrap();
}

#[test]
fn no_secret_and_nothing_of_the_content_is_measured() {
    let app = TestApp::with(&newsroom());
    let key = app.key(Scope::Admin);
    app.get_by(&key, "/v1/articles");
    app.get(&format!("/v1/articles/{}?key={}", key.secret, key.secret));
    app.get(&format!("/v1/articles/{HIDDEN}"));
    let text = app.scrape();
    for word in ["isnad_A", &key.secret[6..], HIDDEN, "piece", "Bearer"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    // Nor is any of it served where the public is.
    app.get("/metrics").problem(404, "not_found");
}
