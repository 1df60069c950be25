//! Holds the examples of the document against what the samples really answer.
//!
//! To bring them up to date: `UPDATE_EXAMPLES=1 cargo test --test examples`, then
//! `cargo run -- openapi > openapi/openapi.json`.
#![expect(
    clippy::unwrap_used,
    reason = "a test that meets something else than it expects has failed"
)]
use std::path::{Path, PathBuf};

use actix_web::dev::Service;
use actix_web::test;
use isnad::app::{State, app};
use isnad::database::{Database, Error, Use};
use isnad::domain::moment::Moment;
use isnad::domain::secret::Secret;
use isnad::keys::queries;
use isnad::keys::types::{KeyDraft, Scope};
use isnad::samples;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

/// Which request each example answers.
const EXAMPLES: &[(&str, &str)] = &[
    ("list_articles", "/v1/articles?limit=1&language=ar"),
    (
        "get_article",
        "/v1/articles/حريق-يلتهم-ثلث-السوق-القديم-في-خان-السدرة",
    ),
    (
        "list_article_statements",
        "/v1/articles/حريق-يلتهم-ثلث-السوق-القديم-في-خان-السدرة/statements?limit=2",
    ),
    (
        "list_related_articles",
        "/v1/articles/حريق-يلتهم-ثلث-السوق-القديم-في-خان-السدرة/related?limit=1",
    ),
    (
        "list_statements",
        "/v1/statements?limit=1&form=direct&language=ar",
    ),
    (
        "get_statement",
        "/v1/statements/{the example of list_statements}",
    ),
    ("list_speakers", "/v1/speakers?limit=2"),
    ("get_speaker", "/v1/speakers/{the example of list_speakers}"),
    (
        "get_speaker_timeline",
        "/v1/speakers/maëlle-dorsignac/timeline?bucket=week",
    ),
    ("list_outlets", "/v1/outlets?limit=2"),
    ("get_outlet", "/v1/outlets/{the example of list_outlets}"),
    ("list_tags", "/v1/tags?limit=2"),
    ("get_tag", "/v1/tags/{the example of list_tags}"),
    ("get_meta", "/v1/meta"),
    ("get_health", "/health/live"),
];

/// Where what each example sends is put.
const WRITTEN: &[(&str, &str)] = &[(
    "put_article",
    "/v1/articles/019c1e00-1d00-7100-8d00-6b8f0e1a2b3c",
)];

const IN_A_PATH: &AsciiSet = &CONTROLS.add(b' ');

#[actix_web::test]
async fn every_example_is_what_the_samples_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("isnad.db");
    let database = Database::open(path.to_str().unwrap(), Use::BULK).unwrap();
    samples::fill(&database).unwrap();
    let key = key(&database);
    let service = test::init_service(app(&State::new(database))).await;
    let mut first_of = std::collections::HashMap::new();
    for (name, uri) in EXAMPLES {
        let uri = match uri.split_once("{the example of ") {
            Some((path, list)) => format!("{path}{}", first_of[list.trim_end_matches('}')]),
            None => (*uri).to_owned(),
        };
        let uri = utf8_percent_encode(&uri, IN_A_PATH).to_string();
        let request = test::TestRequest::get().uri(&uri).to_request();
        let response = service.call(request).await.unwrap();
        assert_eq!(response.status(), 200, "{uri}");
        let answer: Value = test::read_body_json(response).await;
        if let Some(id) = answer["data"][0]["id"].as_str() {
            first_of.insert(*name, id.to_owned());
        }
        hold(name, &answer);
    }
    // What is written comes last, so that what is read is the samples'.
    for (name, uri) in WRITTEN {
        let body = std::fs::read(home().join(format!("{name}_request.json"))).unwrap();
        let request = test::TestRequest::put()
            .uri(uri)
            .insert_header(("Authorization", format!("Bearer {}", key.reveal())))
            .insert_header(("Content-Type", "application/json"))
            .set_payload(body);
        let response = service.call(request.to_request()).await.unwrap();
        assert_eq!(response.status(), 201, "{uri}");
        hold(name, &test::read_body_json(response).await);
    }
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/examples")
}

/// Holds an answer against the file of an example, or writes it there.
fn hold(name: &str, answer: &Value) {
    let text = serde_json::to_string_pretty(answer).unwrap() + "\n";
    let file = home().join(format!("{name}.json"));
    if std::env::var_os("UPDATE_EXAMPLES").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(committed, text, "{name}: see the head of this file");
}

fn key(database: &Database) -> Secret {
    let secret = Secret::random().unwrap();
    let draft = KeyDraft {
        name: "examples".to_owned(),
        scope: Scope::Write,
        expires_at: None,
    };
    let made = database
        .write_blocking(|conn| Ok::<_, Error>(queries::create(conn, &draft, &secret, Moment(0))?));
    assert!(made.unwrap());
    secret
}
