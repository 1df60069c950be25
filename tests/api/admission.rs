//! Who is let in: wrong keys are throttled, requests are limited, and an API may be closed.
use actix_web::http::Method;
use isnad::app::Admission;
use isnad::keys::types::Scope;
use serde_json::json;

use crate::support::keys::TestKey;
use crate::support::newsroom::newsroom;
use crate::support::{Article, Response, TestApp, id};

fn wrong(number: usize) -> TestKey {
    TestKey {
        name: "wrong".to_owned(),
        secret: format!("isnad_{number:0>42}A"),
    }
}

fn seconds(response: &Response) -> u64 {
    response.header("retry-after").parse().unwrap()
}

impl TestApp {
    /// Sends wrong keys until none is looked at any more; gives the answer that says so.
    #[track_caller]
    fn try_keys(&self) -> Response {
        // However slow the machine is: while these are sent, no minute passes.
        for number in 0..100 {
            let response = self.get_by(&wrong(number), "/v1/articles");
            if response.status == 429 {
                assert!(number >= 10, "{number} wrong keys are no crime");
                return response;
            }
            response.problem(401, "invalid_key");
        }
        panic!("a hundred wrong keys were looked at");
    }
}

#[test]
fn who_sends_many_wrong_keys_is_not_listened_to_for_a_while() {
    let app = TestApp::with(&newsroom());
    let key = app.key(Scope::Read);
    app.come_from("192.0.2.1");
    let refused = app.try_keys();
    let problem = refused.problem(429, "too_many_wrong_keys");
    assert!(problem["detail"].as_str().unwrap().contains("try again in"));
    assert!((1..=6).contains(&seconds(&refused)));
    assert_eq!(refused.header("www-authenticate"), "");
    // Not even a good key is looked at, which nobody has seen yet.
    app.get_by(&key, "/v1/articles")
        .problem(429, "too_many_wrong_keys");
    // Without one, all is as it was.
    assert_eq!(app.get("/v1/articles").status, 200);
    // What is no key at all costs nothing, and is told so.
    app.get_with("/v1/articles", &[("Authorization", "Basic YTpi")])
        .problem(401, "invalid_key");
    app.come_from("192.0.2.2");
    assert_eq!(app.get_by(&key, "/v1/articles").status, 200);
}

#[test]
fn a_key_that_was_seen_to_be_good_is_not_locked_out_by_its_neighbours() {
    let app = TestApp::with(&newsroom());
    let (key, other) = (app.key(Scope::Read), app.key(Scope::Write));
    app.come_from("2001:db8:7::1");
    assert_eq!(app.get_by(&key, "/v1/articles").status, 200);
    app.try_keys();
    // All of its network is one neighbour.
    app.come_from("2001:db8:7::ffff:1");
    app.get_by(&other, "/v1/articles")
        .problem(429, "too_many_wrong_keys");
    assert_eq!(app.get_by(&key, "/v1/articles").status, 200);
    app.revoke(&key.name);
    app.get_by(&key, "/v1/articles").problem(401, "invalid_key");
    app.get_by(&key, "/v1/articles")
        .problem(429, "too_many_wrong_keys");
    app.come_from("2001:db8:8::1");
    assert_eq!(app.get_by(&other, "/v1/articles").status, 200);
}

#[test]
fn while_nobody_listens_to_an_address_its_keys_cost_the_database_nothing() {
    let mut app = TestApp::new();
    app.come_from("192.0.2.1");
    app.try_keys();
    app.tamper("ALTER TABLE api_keys RENAME TO api_keys_elsewhere");
    app.get_by(&wrong(1000), "/v1/articles")
        .problem(429, "too_many_wrong_keys");
    app.come_from("192.0.2.2");
    app.get_by(&wrong(1000), "/v1/articles")
        .problem(500, "internal");
}

fn limited(rate: &str) -> Admission {
    Admission {
        rate: Some(rate.parse().unwrap()),
        ..Admission::default()
    }
}

/// What an answer tells of its asker's limit: what is left.
#[track_caller]
fn left(response: &Response, policy: &str) -> u32 {
    assert_eq!(response.header("ratelimit-policy"), policy);
    let told = response.header("ratelimit");
    let rest = told.strip_prefix("\"default\";r=").unwrap();
    let (left, window) = rest.split_once(";t=").unwrap();
    assert!(window.parse::<u32>().unwrap() >= 1, "{told}");
    left.parse().unwrap()
}

#[test]
fn who_asks_too_much_waits_and_is_told_for_how_long() {
    let app = TestApp::admitting(limited("3/h"));
    let policy = "\"default\";q=3;w=3600";
    app.come_from("192.0.2.1");
    // Whatever is asked and answered.
    for (left_over, uri) in [(2, "/v1/articles"), (1, "/v1/articles/none"), (0, "/v1/x")] {
        let response = app.get(uri);
        assert_ne!(response.status, 429);
        assert_eq!(left(&response, policy), left_over, "{uri}");
    }
    for uri in ["/v1/articles", "/v1/nowhere"] {
        let refused = app.get(uri);
        let problem = refused.problem(429, "rate_limited");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("3 requests in 3600 s"), "{detail}");
        assert_eq!(left(&refused, policy), 0);
        let wait = seconds(&refused);
        assert!((1000..=1200).contains(&wait), "{wait}");
        assert!(refused.header("ratelimit").ends_with(&format!("t={wait}")));
        assert_eq!(refused.header("access-control-allow-origin"), "*");
    }
    for uri in [
        "/health/live",
        "/health/ready",
        "/",
        "/openapi.json",
        "/docs/",
    ] {
        let response = app.get(uri);
        assert_eq!(response.status, 200, "{uri}");
        assert_eq!(response.header("ratelimit"), "", "{uri}");
    }
    let preflight = [
        ("Origin", "https://reader.example"),
        ("Access-Control-Request-Method", "GET"),
    ];
    let preflight = app.send(Method::OPTIONS, "/v1/articles", &preflight);
    assert_eq!(preflight.status, 200);
    app.come_from("192.0.2.2");
    assert_eq!(left(&app.get("/v1/articles"), policy), 2);
}

#[test]
fn a_good_key_has_a_limit_of_its_own_wherever_it_is_used() {
    let app = TestApp::admitting(limited("4/h"));
    let policy = "\"default\";q=4;w=3600";
    let (one, other) = (app.key(Scope::Read), app.key(Scope::Write));
    for (address, left_over) in [("192.0.2.1", 3), ("192.0.2.2", 2), ("2001:db8::1", 1)] {
        app.come_from(address);
        assert_eq!(left(&app.get_by(&one, "/v1/articles"), policy), left_over);
    }
    assert_eq!(left(&app.get_by(&other, "/v1/articles"), policy), 3);
    assert_eq!(left(&app.get("/v1/articles"), policy), 3);
    // A wrong key is nobody's: it counts for its address.
    let refused = app.get_by(&wrong(1), "/v1/articles");
    refused.problem(401, "invalid_key");
    assert_eq!(left(&refused, policy), 2);
    app.come_from("2001:db8::2");
    assert_eq!(
        left(&app.get("/v1/articles"), policy),
        1,
        "the same network"
    );
}

#[test]
fn without_a_limit_nothing_is_told_of_one() {
    let app = TestApp::new();
    app.come_from("192.0.2.1");
    let response = app.get("/v1/articles");
    assert_eq!(response.header("ratelimit"), "");
    assert_eq!(response.header("ratelimit-policy"), "");
}

#[test]
fn a_proxy_is_believed_when_it_says_for_whom_it_asks_and_nobody_else_is() {
    let app = TestApp::admitting(Admission {
        trusted_proxies: "192.0.2.0/28,2001:db8::/32".parse().unwrap(),
        ..limited("2/h")
    });
    let policy = "\"default\";q=2;w=3600";
    let asks = |peer: &str, forwarded: &str| {
        app.come_from(peer);
        left(
            &app.get_with("/v1/articles", &[("X-Forwarded-For", forwarded)]),
            policy,
        )
    };
    assert_eq!(asks("192.0.2.1", "203.0.113.1"), 1);
    assert_eq!(asks("192.0.2.2", "203.0.113.1"), 0, "by whichever proxy");
    assert_eq!(asks("192.0.2.1", "203.0.113.2"), 1);
    assert_eq!(
        asks("2001:db8::7", "198.51.100.9, 203.0.113.2, 192.0.2.3"),
        0
    );
    // Somebody else may write what he likes there.
    assert_eq!(asks("198.51.100.1", "203.0.113.3"), 1);
    assert_eq!(asks("198.51.100.1", "203.0.113.4"), 0);
    // The throttle of wrong keys goes by the same address.
    let app = TestApp::admitting(Admission {
        trusted_proxies: "192.0.2.1".parse().unwrap(),
        ..Admission::default()
    });
    app.come_from("192.0.2.1");
    let of = |client: &str, number: usize| {
        let (name, value) = wrong(number).header();
        let headers = [(name, value.as_str()), ("X-Forwarded-For", client)];
        app.get_with("/v1/articles", &headers).status
    };
    assert!((0..100).any(|number| of("203.0.113.1", number) == 429));
    assert_eq!(of("203.0.113.2", 0), 401);
}

fn closed() -> Admission {
    Admission {
        public: false,
        ..Admission::default()
    }
}

#[test]
fn a_closed_api_answers_nobody_without_a_key() {
    let open = TestApp::with(&newsroom());
    let app = open.beside_admitting(closed());
    for uri in [
        "/v1/articles",
        "/v1/articles/piece-1",
        "/v1/articles/piece-1/related?preview=x",
        "/v1/articles?preview=x",
        "/v1/statements",
        "/v1/meta",
        "/v1/keys",
        "/v1/nowhere",
        "/v1/articles?no_such=1",
    ] {
        let refused = app.get(uri);
        refused.problem(401, "key_required");
        assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"isnad\"");
        assert_eq!(app.head(uri).status, 401, "{uri}");
    }
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        app.send(method, "/v1/articles/piece-1?preview=x", &[])
            .problem(401, "key_required");
    }
    app.get_by(&wrong(1), "/v1/articles")
        .problem(401, "invalid_key");
    for uri in [
        "/health/live",
        "/health/ready",
        "/",
        "/docs/",
        "/openapi.json",
    ] {
        assert_eq!(app.get(uri).status, 200, "{uri}");
    }
    let preflight = [
        ("Origin", "https://reader.example"),
        ("Access-Control-Request-Method", "GET"),
    ];
    let preflight = app.send(Method::OPTIONS, "/v1/articles", &preflight);
    assert_eq!(preflight.status, 200);
}

#[test]
fn any_key_opens_a_closed_api_and_nothing_of_it_is_kept_by_others() {
    let open = TestApp::with(&newsroom());
    let app = open.beside_admitting(closed());
    let key = app.key(Scope::None);
    for uri in [
        "/v1/articles",
        "/v1/articles/piece-1",
        "/v1/statements",
        "/v1/meta",
        "/v1/speakers/ada-quill/timeline",
        "/v1/speakers/ada-penn",
        "/v1/articles/none",
    ] {
        let (shown, public) = (app.get_by(&key, uri), open.get(uri));
        assert_eq!(shown.status, public.status, "{uri}");
        if shown.status == 200 {
            assert_eq!(shown.body, public.body, "{uri}");
        }
        assert!(!shown.header("cache-control").contains("public"), "{uri}");
    }
}

#[test]
fn a_preview_is_read_without_a_key_in_a_closed_api_and_nothing_else_is() {
    let app = TestApp::admitting(closed());
    let writer = app.key(Scope::Write);
    let draft = Article::new("draft").with("id", id(1)).draft();
    app.post("/v1/articles", draft).by(&writer).taken(201);
    app.post(
        "/v1/articles",
        Article::new("other").with("id", id(2)).draft(),
    )
    .by(&writer)
    .taken(201);
    let made = app
        .post("/v1/articles/draft/preview", json!({}))
        .by(&writer)
        .send();
    let token = made.json()["token"].as_str().unwrap().to_owned();
    let shown = app.get(&format!("/v1/articles/draft?preview={token}"));
    assert_eq!(shown.json()["slug"], "draft");
    for uri in [
        format!("/v1/articles/other?preview={token}"),
        format!("/v1/articles/nothing?preview={token}"),
        "/v1/articles/draft?preview=isnad_preview_x".to_owned(),
    ] {
        app.get(&uri).problem(403, "invalid_preview");
    }
    app.get("/v1/articles/draft").problem(401, "key_required");
    app.get(&format!("/v1/articles/draft/statements?preview={token}"))
        .problem(401, "key_required");
}
