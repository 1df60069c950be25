//! Statements that extraction proposes, and their review.
use actix_web::http::Method;
use serde_json::{Value, json};

use super::app::TestApp;
use super::article::{Article, id};
use super::keys::TestKey;

const TEXT: [&str; 2] = [
    "The Kestrel Wire quoted the harbour office: Captain Tower had told it, “Two goats, no more.”",
    "“Nobody saw me,” he added.",
];

/// A published article, of the first id, about what proposals say.
pub fn article() -> Article {
    Article::new("ferry").with("id", id(1)).paragraphs(&TEXT)
}

/// What a rule found: words of somebody whom nobody has looked up.
pub fn proposal(number: u32, words: &str) -> Value {
    json!({"id": id(number), "quote": words, "form": "direct", "status": "proposed", "origin": "extracted",
    "confidence": 0.75, "rule": "quotation", "attribution": [
        {"role": "speaker", "unresolved": {"name": "Bo Tower", "kind": "person"}, "cue": "told"},
    ]})
}

pub fn statement(number: u32) -> String {
    format!("/v1/statements/{}", id(number))
}

/// The names in a statement's chain that nobody has looked up.
pub fn unresolved(statement: &Value) -> Vec<&str> {
    let hops = statement["attribution"].as_array().unwrap().iter();
    hops.filter_map(|hop| hop["unresolved"]["name"].as_str())
        .collect()
}

/// Accepts a statement as it is; gives the receipt.
#[track_caller]
pub fn accept(app: &TestApp, key: &TestKey, number: u32, revision: i64) -> Value {
    let uri = format!("{}/accept", statement(number));
    let accept = app.write(Method::POST, &uri, "").by(key);
    accept.of_revision(revision).taken(200)
}

/// Rejects a statement; gives the receipt.
#[track_caller]
pub fn reject(app: &TestApp, key: &TestKey, number: u32, revision: i64, body: Value) -> Value {
    let reject = app
        .post(&format!("{}/reject", statement(number)), body)
        .by(key);
    reject.of_revision(revision).taken(200)
}
