//! Pages of other origins: any may read, and those that the settings name may write.
use actix_web::http::Method;
use isnad::app::Admission;
use isnad::keys::types::Scope;

use crate::support::newsroom::newsroom;
use crate::support::{Response, TestApp};

const EDITORS: &str = "https://cms.example";

fn app() -> TestApp {
    TestApp::admitting(Admission {
        cors_origins: "https://cms.example, http://localhost:3000"
            .parse()
            .unwrap(),
        ..Admission::default()
    })
}

fn preflight(app: &TestApp, origin: &str, method: &str) -> Response {
    let headers = [
        ("Origin", origin),
        ("Access-Control-Request-Method", method),
        (
            "Access-Control-Request-Headers",
            "authorization,content-type,idempotency-key,if-match",
        ),
    ];
    app.send(Method::OPTIONS, "/v1/articles", &headers)
}

fn listed(response: &Response, header: &str) -> Vec<String> {
    let value = response.header(header).to_lowercase();
    value
        .split(',')
        .map(|part| part.trim().to_owned())
        .collect()
}

#[test]
fn pages_of_origins_that_are_named_may_write() {
    let app = app();
    for origin in [EDITORS, "http://localhost:3000"] {
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
            let response = preflight(&app, origin, method);
            assert_eq!(response.status, 200, "{method}");
            assert_eq!(response.header("access-control-allow-origin"), "*");
            assert_eq!(response.header("access-control-allow-credentials"), "");
            let methods = listed(&response, "access-control-allow-methods");
            assert!(methods.contains(&method.to_lowercase()), "{methods:?}");
            let headers = listed(&response, "access-control-allow-headers");
            for wanted in [
                "authorization",
                "content-type",
                "idempotency-key",
                "if-match",
            ] {
                assert!(headers.contains(&wanted.to_owned()), "{headers:?}");
            }
            assert!(listed(&response, "vary").contains(&"origin".to_owned()));
        }
        preflight(&app, origin, "TRACE").problem(400, "invalid_request");
    }
}

#[test]
fn pages_of_all_others_may_read_and_no_more() {
    for (app, origin) in [
        (app(), "https://reader.example"),
        (app(), "https://cms.example:8443"),
        (app(), "http://cms.example"),
        (app(), "https://cms.example.evil.example"),
        (app(), "null"),
        (app(), ""),
        (TestApp::new(), EDITORS),
    ] {
        let response = preflight(&app, origin, "GET");
        assert_eq!(response.status, 200);
        let methods = listed(&response, "access-control-allow-methods");
        assert_eq!(methods, ["get", "head", "options"], "for {origin}");
        assert!(listed(&response, "vary").contains(&"origin".to_owned()));
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let refused = preflight(&app, origin, method);
            let problem = refused.problem(400, "invalid_request");
            assert!(problem["detail"].as_str().unwrap().contains("CORS_ORIGINS"));
            assert_eq!(refused.header("access-control-allow-methods"), "");
        }
    }
}

#[test]
fn an_answer_is_the_same_for_every_origin_so_that_a_shared_cache_may_keep_it() {
    let app = app();
    app.store(&newsroom());
    let plain = app.get_with("/v1/articles", &[("X-Request-Id", "one")]);
    for origin in [EDITORS, "https://reader.example", "null"] {
        let headers = [("Origin", origin), ("X-Request-Id", "one")];
        let response = app.get_with("/v1/articles", &headers);
        let all = |response: &Response| {
            let mut all: Vec<String> = response
                .headers
                .iter()
                .map(|(name, value)| format!("{name}: {value:?}"))
                .collect();
            all.sort();
            all
        };
        assert_eq!(all(&response), all(&plain), "{origin}");
        assert_eq!(response.body, plain.body);
    }
    assert!(plain.header("cache-control").starts_with("public"));
    assert!(!listed(&plain, "vary").contains(&"origin".to_owned()));
}

#[test]
fn scripts_may_read_what_they_need_of_a_write_and_of_a_refusal() {
    let app = app();
    let key = app.key(Scope::Admin);
    let (name, value) = key.header();
    let headers = [("Origin", EDITORS), (name, value.as_str())];
    for response in [
        app.send(Method::POST, "/v1/keys", &headers),
        app.send(Method::GET, "/v1/articles", &headers),
        app.send(Method::GET, "/v1/articles/none", &headers),
    ] {
        assert_eq!(response.header("access-control-allow-origin"), "*");
        let exposed = listed(&response, "access-control-expose-headers");
        for header in [
            "etag",
            "link",
            "location",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "x-request-id",
            "x-sequence",
        ] {
            assert!(exposed.contains(&header.to_owned()), "{exposed:?}");
        }
    }
}
