//! Who may not write learns nothing by trying: whatever is there, hidden, gone or missing, the refusal is the same.
use actix_web::http::Method;
use isnad::keys::types::Scope;
use serde_json::Value;

use crate::support::newsroom::{HIDDEN, newsroom};
use crate::support::response::Response;
use crate::support::{Article, TestApp, id};

/// Keys of what is public, hidden, gone and missing.
fn keys(kind: &str) -> Vec<String> {
    let (numbers, slugs): (&[u32], &[&str]) = match kind {
        "article" => (
            &[100, 150, 151, 152, 153, 999],
            &["piece-0", "draft", "withdrawn"],
        ),
        "statement" => (&[160, 161, 162, 163, 999], &[]),
        "speaker" => (&[300, 350, 999], &["ada-penn", "voice"]),
        "outlet" => (&[200, 250, 999], &["old-lantern", "wire"]),
        "tag" => (&[400, 450, 999], &["boats", "tag"]),
        "revision" => (&[], &["1"]),
        "preview" => (&[1], &[]),
        "key" => (&[], &["isnad_00000000", "isnad_zzzzzzzz"]),
        _ => panic!("no keys of a {kind}: name some here"),
    };
    let hidden = |slug: &&str| format!("{slug}-{HIDDEN}");
    let named = slugs.iter().map(|slug| (*slug).to_owned());
    let named = named.chain(slugs.iter().map(hidden));
    let ids = numbers.iter().map(|number| id(*number));
    ids.chain(named).collect()
}

/// The addresses of a path, by each of the keys in turn.
fn addresses(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else {
        return vec![path.to_owned()];
    };
    let (kind, after) = rest.split_once('}').unwrap();
    let one = |key: String| addresses(&format!("{before}{key}{after}"));
    keys(kind).into_iter().flat_map(one).collect()
}

/// All of a refusal but what it repeats of the request.
fn told(response: &Response) -> (u16, Vec<String>, Value) {
    let mut headers: Vec<String> = response
        .headers
        .iter()
        .filter(|(name, _)| {
            !["access-control-expose-headers", "content-length"].contains(&name.as_str())
        })
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    let mut problem = response.json();
    problem["instance"] = Value::Null;
    (response.status, headers, problem)
}

#[test]
fn who_may_not_write_is_refused_alike_whatever_there_is() {
    let app = TestApp::with(&newsroom());
    let (before, sequences) = (app.export(), app.sequences());
    let none = app.key(Scope::None);
    let (name, secret) = none.header();
    let document = serde_json::to_value(isnad::app::openapi()).unwrap();
    let mut attempts = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        if !path.starts_with("/v1/") {
            continue;
        }
        for method in [
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::GET,
        ] {
            let operation = &operations[method.as_str().to_lowercase()];
            let is_refused = operation["responses"]["403"].is_object() && method != Method::GET
                || path.contains("/revisions")
                || path.contains("/keys");
            if operation.is_object() && !is_refused {
                continue;
            }
            let status = |keyed: bool| match (operation.is_object(), keyed) {
                (false, _) => 405,
                (true, true) => 403,
                (true, false) => 401,
            };
            let article = Article::new("piece-0").line().to_string();
            for (keyed, body, tag) in [(false, "", ""), (true, article.as_str(), "\"1\"")] {
                let mut refusals = Vec::new();
                for uri in addresses(path) {
                    let mut headers =
                        vec![("X-Request-Id", "attempt"), ("Idempotency-Key", "attempt")];
                    headers.extend(keyed.then_some((name, secret.as_str())));
                    headers.extend((!tag.is_empty()).then_some(("If-Match", tag)));
                    headers
                        .extend((!body.is_empty()).then_some(("Content-Type", "application/json")));
                    let response = app.send_body(method.clone(), &uri, &headers, body.into());
                    assert_eq!(
                        response.status,
                        status(keyed),
                        "{method} {uri}: {}",
                        response.text()
                    );
                    refusals.push(told(&response));
                    attempts += 1;
                }
                refusals.dedup();
                assert_eq!(refusals.len(), 1, "{method} {path}: {refusals:#?}");
            }
        }
    }
    assert!(attempts > 1000, "{attempts} are few");
    assert_eq!((app.export(), app.sequences()), (before, sequences));
}
