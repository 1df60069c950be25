//! What holds for the whole service: methods, request ids, CORS, pages for people, health.
use actix_web::http::Method;
use serde_json::Value;

use crate::support::TestApp;
use crate::support::newsroom::newsroom;

#[test]
fn a_path_that_leads_nowhere_is_a_problem() {
    let app = TestApp::new();
    for path in [
        "/v1",
        "/v1/",
        "/v2/articles",
        "/v1/articles/",
        "/v1/articles/a/b",
        "/v1/Articles",
        "/docs/nothing.css",
        "/favicon.ico",
        "/v1//articles",
        "/مقالات",
    ] {
        let response = app.get(path);
        let problem = response.problem(404, "not_found");
        assert_eq!(problem["status"], 404);
        assert_eq!(app.head(path).status, 404);
    }
    let problem = app.get("/v1/nowhere?x=1").problem(404, "not_found");
    assert_eq!(problem["instance"], "/v1/nowhere");
}

#[test]
fn a_method_that_a_path_does_not_take_is_refused_with_those_it_takes() {
    let app = TestApp::with(&newsroom());
    for path in [
        "/v1/articles",
        "/v1/articles/piece-0",
        "/v1/articles/piece-0/statements",
        "/v1/meta",
        "/openapi.json",
        "/health/live",
        "/",
        "/docs/",
    ] {
        for method in [
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::TRACE,
        ] {
            let taken: &[Method] = match path {
                "/v1/articles" | "/v1/articles/piece-0/statements" => &[Method::POST],
                "/v1/articles/piece-0" => &[Method::PUT, Method::PATCH, Method::DELETE],
                _ => &[],
            };
            if taken.contains(&method) {
                continue;
            }
            let response = app.send(method, path, &[]);
            response.problem(405, "method_not_allowed");
            let allow = response.header("allow");
            assert!(
                allow.contains("GET") && allow.contains("HEAD"),
                "{path}: {allow}"
            );
        }
        app.send(Method::POST, "/v1/nowhere", &[])
            .problem(404, "not_found");
    }
}

#[test]
fn options_tells_which_methods_a_path_takes() {
    let app = TestApp::with(&newsroom());
    let response = app.send(Method::OPTIONS, "/v1/articles", &[]);
    assert!(response.status < 300, "{}", response.status);
    assert!(response.header("allow").contains("GET"));
}

#[test]
fn a_request_id_is_the_client_s_or_a_new_one() {
    let app = TestApp::new();
    for uri in [
        "/v1/articles",
        "/v1/articles/none",
        "/v1/nowhere",
        "/health/live",
    ] {
        let named = app.get_with(uri, &[("X-Request-Id", "trace.7_a-B")]);
        assert_eq!(named.header("x-request-id"), "trace.7_a-B");
        let long = "a".repeat(65);
        let secret = format!("isnad_{}", "A".repeat(43));
        for unfit in ["", "two words", "عربي", &long, "a\"b", "a;b", &secret] {
            let id = app
                .get_with(uri, &[("X-Request-Id", unfit)])
                .header("x-request-id");
            assert_ne!(id, unfit);
            assert_eq!(id.len(), 36, "{id}");
        }
        let (one, other) = (app.get(uri), app.get(uri));
        assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
    }
}

#[test]
fn any_page_may_read_and_see_the_headers_it_needs() {
    let app = TestApp::with(&newsroom());
    for uri in ["/v1/articles", "/v1/nowhere", "/v1/articles?limit=0"] {
        let response = app.get_with(uri, &[("Origin", "https://reader.example")]);
        assert_eq!(response.header("access-control-allow-origin"), "*");
        assert_eq!(response.header("access-control-allow-credentials"), "");
        let exposed = response
            .header("access-control-expose-headers")
            .to_lowercase();
        for header in [
            "etag",
            "link",
            "location",
            "retry-after",
            "x-request-id",
            "x-sequence",
        ] {
            assert!(exposed.contains(header), "{exposed}");
        }
    }
    let response = app.get_with("/v1/articles", &[("Origin", "https://reader.example")]);
    assert_eq!(
        response.header("vary"),
        "Accept-Encoding, Authorization",
        "the same for every origin"
    );
}

#[test]
fn a_preflight_is_answered() {
    let app = TestApp::new();
    let headers = [
        ("Origin", "https://reader.example"),
        ("Access-Control-Request-Method", "GET"),
        (
            "Access-Control-Request-Headers",
            "if-none-match, x-request-id",
        ),
    ];
    let response = app.send(Method::OPTIONS, "/v1/articles", &headers);
    assert_eq!(response.status, 200);
    assert_eq!(response.header("access-control-allow-origin"), "*");
    let methods = response.header("access-control-allow-methods");
    assert!(
        methods.contains("GET") && methods.contains("HEAD"),
        "{methods}"
    );
    let allowed = response
        .header("access-control-allow-headers")
        .to_lowercase();
    assert!(
        allowed.contains("if-none-match") || allowed == "*",
        "{allowed}"
    );
    assert!(!response.header("access-control-max-age").is_empty());
}

#[test]
fn a_path_in_raw_letters_is_read_as_the_encoded_one() {
    let app = TestApp::with(&newsroom());
    let encoded = app.get("/v1/outlets/صدى-المرج");
    assert_eq!(encoded.status, 200);
    let lower = "/v1/outlets/%d8%b5%d8%af%d9%89-%d8%a7%d9%84%d9%85%d8%b1%d8%ac";
    assert_eq!(app.get(lower).body, encoded.body);
    let list = app.get("/v1/articles?outlet=صدى-المرج&limit=1");
    assert!(list.link("next").unwrap().is_ascii());
}

#[test]
fn the_landing_page_says_where_to_go_on() {
    let app = TestApp::new();
    let page = app.get("/");
    assert_eq!(page.status, 200);
    for link in ["/docs/", "/openapi.json", "/v1/articles", "/v1/statements"] {
        assert!(page.text().contains(&format!("href=\"{link}\"")), "{link}");
        assert_eq!(app.get(link).status, 200, "{link}");
    }
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
}

#[test]
fn the_document_is_served_as_it_is_made() {
    let app = TestApp::new();
    let response = app.get("/openapi.json");
    let made = serde_json::to_value(isnad::app::openapi()).unwrap();
    assert_eq!(response.json(), made);
    let coded = app.get_with("/openapi.json", &[("Accept-Encoding", "br")]);
    assert_eq!(coded.decoded(), response.body);
    assert_eq!(coded.header("vary"), "Accept-Encoding");
}

#[test]
fn swagger_ui_is_served_from_the_binary_and_shows_arabic_right() {
    let app = TestApp::new();
    let response = app.get("/docs");
    assert_eq!(
        (response.status, response.header("location")),
        (308, "/docs/".to_owned())
    );
    let page = app.get("/docs/");
    assert_eq!(
        (page.status, page.media_type()),
        (200, "text/html".to_owned())
    );
    assert!(page.text().to_lowercase().contains("swagger"));
    let sheet = app.get("/docs/index.css");
    assert_eq!(
        (sheet.status, sheet.media_type()),
        (200, "text/css".to_owned())
    );
    assert!(sheet.text().contains("unicode-bidi: plaintext"));
    let script = app.get("/docs/swagger-initializer.js").text();
    assert!(script.contains("/openapi.json"), "{script}");
    assert!(script.contains("JsonSchema_string_uuid"), "{script}");
    let page = page.text();
    let files: Vec<&str> = page
        .split('"')
        .filter_map(|it| it.strip_prefix("./"))
        .collect();
    assert!(files.contains(&"swagger-ui-bundle.js"), "{files:?}");
    for file in files {
        let response = app.get(&format!("/docs/{file}"));
        assert_eq!(response.status, 200, "{file}");
        let beginning = String::from_utf8_lossy(&response.body).into_owned();
        assert!(!beginning.contains("Left out of the binary"), "{file}");
    }
    for escape in [
        "/docs/../Cargo.toml",
        "/docs/..%2f..%2fCargo.toml",
        "/docs/%2e%2e/x",
    ] {
        assert_eq!(app.get(escape).status, 404, "{escape}");
    }
}

#[test]
fn health_is_told_and_never_kept() {
    let app = TestApp::new();
    for uri in ["/health/live", "/health/ready"] {
        let response = app.get(uri);
        assert_eq!(response.status, 200);
        assert_eq!(response.json(), serde_json::json!({"status": "ok"}));
        assert_eq!(response.header("cache-control"), "no-store");
    }
}

#[test]
fn meta_tells_version_counts_and_bounds() {
    let app = TestApp::with(&newsroom());
    let meta = app.json("/v1/meta");
    assert_eq!(meta["name"], "isnad");
    assert_eq!(meta["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(meta["public_sequence"], app.sequences().public);
    for list in ["articles", "statements", "speakers", "outlets", "tags"] {
        let total = app.json(&format!("/v1/{list}?count=true"))["page"]["total"].clone();
        assert_eq!(meta["counts"][list], total, "{list}");
    }
    let bound = |name: &str| meta["bounds"][name].as_u64();
    for (name, value) in [
        ("title", 500),
        ("block", 20_000),
        ("body", 300_000),
        ("statements", 1_000),
        ("page", 100),
        ("import_line", 2_097_152),
    ] {
        assert_eq!(bound(name), Some(value), "{name}");
    }
    let etag = app.get("/v1/meta").etag();
    let again = app.get_with("/v1/meta", &[("If-None-Match", &etag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    app.get("/v1/meta?x=1").problem(400, "unknown_parameter");
    assert_ne!(meta["counts"], Value::Null);
}
