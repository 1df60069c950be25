//! Documents that cannot be taken: what is no JSON, what is too much, and what means nothing.
use isnad::domain::bounds;
use isnad::keys::types::Scope;
use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::response::errors;
use crate::support::{Article, id};

fn uri(number: u32) -> String {
    format!("/v1/articles/{}", id(number))
}

#[test]
fn a_body_that_is_no_json_of_its_type_and_size_is_refused() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let json = "application/json";
    let text = Article::new("ferry").draft().line().to_string();
    let send = |body: Vec<u8>, kind: &str| {
        app.put_bytes(&uri(1), body)
            .by(&key)
            .with("Content-Type", kind)
    };
    for broken in [
        "",
        "{",
        "{\"title\":}",
        "goats",
        "{} {}",
        "\u{feff}{}",
        "{\"title\":\"\u{1}\"}",
    ] {
        let response = send(broken.into(), json).send();
        assert_eq!(
            errors(&response.problem(400, "invalid_json")),
            [" invalid_json"],
            "{broken}"
        );
    }
    send(b"{\"title\":\"\xff\"}".to_vec(), json)
        .send()
        .problem(400, "invalid_json");
    let deep = format!("{{\"image\":{}", "[".repeat(10_000));
    assert!([400, 422].contains(&send(deep.into(), json).send().status));
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "application/json; charset=latin1",
        "",
    ] {
        send(text.clone().into(), kind)
            .send()
            .problem(415, "unsupported_media_type");
    }
    app.put_bytes(&uri(1), text.clone())
        .by(&key)
        .send()
        .problem(415, "unsupported_media_type");
    let coded = send(text.clone().into(), json).with("Content-Encoding", "gzip");
    coded.send().problem(415, "unsupported_media_type");
    let padded = |length: usize| format!("{text}{}", " ".repeat(length - text.len())).into_bytes();
    send(padded(bounds::REQUEST_BODY + 1), json)
        .send()
        .problem(413, "payload_too_large");
    assert_eq!(app.sequences().all, 0);
    // At the bound, and in other spellings, it is taken.
    send(
        padded(bounds::REQUEST_BODY),
        "Application/JSON; charset=UTF-8",
    )
    .taken(201);
}

#[test]
fn a_document_that_means_nothing_is_refused_with_all_its_faults() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let refused = |document: Value| {
        errors(
            &app.put(&uri(1), document)
                .by(&key)
                .send()
                .problem(422, "invalid_document"),
        )
    };
    assert_eq!(
        refused(json!({})),
        [
            "/language required",
            "/title required",
            "/body required",
            "/outlet required"
        ]
    );
    assert_eq!(
        refused(
            json!({"id": id(2), "language": "xx-", "title": "", "body": [{"type": "heading", "level": 9, "text": "a"}],
            "outlet": {}, "tags": [{"name": "a"}, {"slug": "A B"}], "published_at": "soon",
            "statements": [{"quote": "", "form": "direct"}]})
        ),
        [
            "/id id_mismatch",
            "/language invalid_language",
            "/title required",
            "/body/0/level invalid_value",
            "/outlet required",
            "/tags/1/slug invalid_slug",
            "/statements/0/quote required",
            "/statements/0 invalid_chain",
            "/published_at invalid_moment"
        ]
    );
    for (document, error) in [
        (json!([]), " invalid_document"),
        (json!([1]), " invalid_document"),
        (json!("goats"), " invalid_document"),
        (json!({"titel": "x"}), "/titel unknown_field"),
        (json!({"title": 5}), "/title invalid_document"),
        (json!({"type": "speaker"}), "/type unknown_field"),
        (
            json!({"body": [{"type": "video"}]}),
            "/body/0/type invalid_document",
        ),
        (
            json!({"statements": [{"quote": 7}]}),
            "/statements/0/quote invalid_document",
        ),
    ] {
        assert_eq!(refused(document.clone()).len(), 1, "{document}");
        let pointer = error.split(' ').next().unwrap();
        assert!(
            refused(document.clone())[0].starts_with(pointer),
            "{document}: {:?}",
            refused(document.clone())
        );
    }
    // What only the store can tell.
    let known = Article::new("ferry").draft();
    assert_eq!(
        refused(
            known
                .clone()
                .with("outlet", json!({"slug": "nobody"}))
                .into()
        ),
        ["/outlet unknown_reference"]
    );
    app.store(&[Article::new("first")
        .with("id", id(5))
        .statement(json!({"id": id(6), "quote": "two goats", "form": "direct",
        "speaker": {"name": "Bo Tower"}}))
        .into()]);
    let theirs = json!({"id": id(6), "quote": "two goats", "form": "direct", "speaker": {"name": "Bo Tower"}});
    assert_eq!(
        refused(known.statement(theirs).into()),
        ["/statements/0/id id_taken"]
    );
}

#[test]
fn a_thousand_faults_and_endless_names_stay_within_the_bounds_of_a_problem() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let put = |document: Value| {
        app.put(&uri(1), document)
            .by(&key)
            .send()
            .problem(422, "invalid_document")
    };
    let statements: Vec<Value> = (0..1000).map(|_| json!({})).collect();
    let problem = put(json!({"statements": statements}));
    assert_eq!(problem["errors"].as_array().unwrap().len(), 1000);
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .starts_with("3004 things"),
        "{}",
        problem["detail"]
    );
    let endless = "goat".repeat(100_000);
    put(json!({endless.clone(): 1}));
    let names = json!({"name": "a", "names": {endless: "b"}});
    put(Article::new("ferry").with("outlet", names).into());
}
