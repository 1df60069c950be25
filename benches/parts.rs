//! Times what answers are made of, each part by itself, of the samples: `cargo bench --bench parts`. What depends on how much a
//! store holds is in the other benches.
#![expect(
    clippy::unwrap_used,
    reason = "what the samples are made of is known, and a bench has nobody to tell"
)]

use std::sync::LazyLock;

use actix_web::rt::System;
use actix_web::test::{TestRequest, call_and_read_body, init_service};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use isnad::app::{State, app};
use isnad::articles::draft::ArticleDraft;
use isnad::articles::write_shape::NewArticle;
use isnad::database::{Database, Error, Use};
use isnad::domain::audience::Audience;
use isnad::domain::page::{Cursor, ListIdentity, Place, Side, SortKey};
use isnad::rendering::article::render;
use isnad::rendering::load;
use isnad::search::analysis::{Language, analyse};
use isnad::{extraction, samples};
use serde_json::Value;
use tempfile::TempDir;

const LANGUAGES: [&str; 3] = ["ar", "en", "fr"];

/// The samples in a store, and the folder that it is in.
static STORE: LazyLock<(TempDir, Database)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("isnad.db");
    let database = Database::open(file.to_str().unwrap(), Use::BULK).unwrap();
    samples::fill(&database).unwrap();
    (folder, database)
});

/// The first sample in a language.
fn article(language: &str) -> Value {
    let lines = include_str!("../src/samples/samples.ndjson").lines();
    let mut samples = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let is_one = |line: &Value| {
        line.get("type").is_none() && line.get("language").is_some_and(|tag| tag == language)
    };
    samples.find(is_one).unwrap()
}

fn text(language: &str) -> String {
    let article = article(language);
    let blocks = article.get("body").and_then(Value::as_array).unwrap();
    let texts = blocks
        .iter()
        .filter_map(|block| block.get("text")?.as_str());
    texts.collect::<Vec<_>>().join("\n")
}

fn main() {
    divan::main();
}

/// Plain text → proposed statements.
#[divan::bench(args = LANGUAGES)]
fn extract(bencher: Bencher<'_, '_>, language: &str) {
    let text = text(language);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| extraction::extract(black_box(&text), None));
}

/// Text → the terms that it is found by.
#[divan::bench(args = LANGUAGES)]
fn analyse_text(bencher: Bencher<'_, '_>, language: &str) {
    let (text, language) = (text(language), Language::of_tag(language));
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let mut terms = 0;
        analyse(black_box(&text), language, |token| {
            terms += token.term.len()
        });
        terms
    });
}

/// What a writer sends → a checked draft, with its anchors found.
#[divan::bench(args = LANGUAGES)]
fn check(bencher: Bencher<'_, '_>, language: &str) {
    let line = article(language).to_string();
    bencher.counter(BytesCount::of_str(&line)).bench(|| {
        let new: NewArticle = serde_json::from_str(black_box(&line)).unwrap();
        ArticleDraft::check(new).is_ok()
    });
}

/// The rows of one article → its documents.
#[divan::bench]
fn render_article(bencher: Bencher<'_, '_>) {
    let records = STORE
        .1
        .read_blocking(|conn| Ok::<_, Error>(load::articles(conn, &[1])?));
    let record = records.unwrap().remove(0);
    bencher.bench(|| render(black_box(&record), &[], Audience::Public));
}

#[divan::bench]
fn encode_and_decode_a_cursor(bencher: Bencher<'_, '_>) {
    let list = ListIdentity::of("/v1/articles?tag=ports&sort=-published_at");
    let cursor = Cursor {
        side: Side::After,
        place: Place {
            key: SortKey::Number(1_770_000_000_000),
            id: isnad::domain::id::Id::new(),
        },
    };
    bencher.bench(|| Cursor::decode(&black_box(&cursor).encode(list), list));
}

/// A request → its answer, through the whole of the app but the network, with nothing kept.
#[divan::bench(args = [
    "/v1/articles?limit=1&fields=id",
    "/v1/articles",
    "/v1/articles?facet=tag&count=true",
    "/v1/articles?q=market",
    "/v1/statements",
    "/v1/speakers",
])]
fn answer(bencher: Bencher<'_, '_>, uri: &str) {
    let system = System::new();
    let state = State::new(STORE.1.clone()).with_cache(0);
    let service = system.block_on(init_service(app(&state)));
    bencher.bench_local(|| {
        let request = TestRequest::get().uri(uri).to_request();
        system.block_on(call_and_read_body(&service, request))
    });
}
