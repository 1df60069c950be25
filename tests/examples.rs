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
use actix_web::http::Method;
use actix_web::test;
use isnad::app::{State, app};
use isnad::database::{Database, Error, Use, Written};
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
    ("get_suggestions", "/v1/suggest?q=مرجان&limit=2"),
    ("get_meta", "/v1/meta"),
    ("get_health", "/health/live"),
];

/// What is written, one after the other: by which method, where, and to which revision.
#[rustfmt::skip]
const WRITTEN: &[(&str, Method, &str, Option<u32>)] = &[
    ("create_speaker", Method::POST, "/v1/speakers", None),
    ("put_speaker", Method::PUT, "/v1/speakers/019c1e00-1d00-7100-8d00-6b8f0e1a2b52", None),
    ("patch_speaker", Method::PATCH, "/v1/speakers/{of create_speaker}", Some(1)),
    ("merge_speaker", Method::POST, "/v1/speakers/{of put_speaker}/merge", None),
    ("create_outlet", Method::POST, "/v1/outlets", None),
    ("put_outlet", Method::PUT, "/v1/outlets/019c1e00-1d00-7100-8d00-6b8f0e1a2b62", None),
    ("patch_outlet", Method::PATCH, "/v1/outlets/{of create_outlet}", Some(1)),
    ("merge_outlet", Method::POST, "/v1/outlets/{of put_outlet}/merge", None),
    ("create_tag", Method::POST, "/v1/tags", None),
    ("put_tag", Method::PUT, "/v1/tags/019c1e00-1d00-7100-8d00-6b8f0e1a2b72", None),
    ("patch_tag", Method::PATCH, "/v1/tags/{of create_tag}", Some(1)),
    ("merge_tag", Method::POST, "/v1/tags/{of put_tag}/merge", None),
    ("put_article", Method::PUT, "/v1/articles/{article}", None),
    ("create_article", Method::POST, "/v1/articles", None),
    ("patch_article", Method::PATCH, "/v1/articles/{article}", Some(1)),
    ("create_statement", Method::POST, "/v1/articles/{article}/statements", None),
    ("patch_statement", Method::PATCH, "/v1/statements/{of create_statement}", Some(1)),
    ("extract_statements", Method::POST, "/v1/extract", None),
    ("reject_statement", Method::POST, "/v1/statements/{of create_statement}/reject", Some(2)),
    ("accept_statement", Method::POST, "/v1/statements/{of create_statement}/accept", Some(3)),
    ("list_revisions", Method::GET, "/v1/articles/{article}/revisions?limit=2", None),
    ("get_revision", Method::GET, "/v1/articles/{article}/revisions/1", None),
    ("restore_article", Method::POST, "/v1/articles/{article}/revisions/1/restore", Some(6)),
];

/// The article that most of them are about.
const ARTICLE: &str = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c";

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
    for (name, method, uri, revision) in WRITTEN {
        let mut uri = uri.replace("{article}", ARTICLE);
        for (of, id) in &first_of {
            uri = uri.replace(&format!("{{of {of}}}"), id);
        }
        let uri = utf8_percent_encode(&uri, IN_A_PATH).to_string();
        let mut request = test::TestRequest::with_uri(&uri)
            .method(method.clone())
            .insert_header(("Authorization", format!("Bearer {}", key.reveal())));
        if let Ok(body) = std::fs::read(home().join(format!("{name}_request.json"))) {
            request = request
                .insert_header(("Content-Type", "application/json"))
                .set_payload(body);
        }
        if let Some(revision) = revision {
            request = request.insert_header(("If-Match", format!("\"{revision}\"")));
        }
        let response = service.call(request.to_request()).await.unwrap();
        let good = response.status().is_success();
        let mut answer: Value = test::read_body_json(response).await;
        assert!(good, "{name}: {answer}");
        if let Some(id) = answer["id"].as_str() {
            first_of.insert(*name, id.to_owned());
        }
        settle(&mut answer);
        hold(name, &answer);
    }
}

/// Moments of this run, as the examples have them.
fn settle(answer: &mut Value) {
    const WRITTEN_AT: &str = "2026-11-26T08:00:00.000Z";
    match answer {
        Value::Object(members) => {
            for (name, value) in members {
                match name.as_str() {
                    "created_at" | "updated_at" | "changed_at" => *value = WRITTEN_AT.into(),
                    _ => settle(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(settle),
        _ => {}
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
        scope: Scope::Publish,
        expires_at: None,
    };
    let made = database.write_blocking(|conn| {
        let made = queries::create(conn, &draft, &secret, Moment(0))?;
        Ok::<_, Error>(Written::hidden(made))
    });
    assert!(made.unwrap());
    secret
}
