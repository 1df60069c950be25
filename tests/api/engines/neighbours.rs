//! Several processes over one store, on the engine of this run: what one writes, the others know.
use crate::support::lists::EVERY;
use crate::support::newsroom::newsroom;
use crate::support::{Article, TestApp, quote};

fn piece(slug: &str) -> serde_json::Value {
    Article::new(slug)
        .statement(quote("Row on.", "Odo Marl"))
        .line()
}

#[test]
fn what_one_writes_another_knows_as_soon_as_it_looks() {
    let one = TestApp::with(&newsroom());
    let other = one.beside();
    // As it does several times a second.
    other.database.watch();
    for (number, list) in EVERY.iter().enumerate() {
        let before = other.get(list.path).etag();
        assert_eq!(one.get(list.path).etag(), before, "{}", list.path);
        one.store(&[piece(&format!("news-{number}"))]);
        other.database.watch();
        let known = [("If-None-Match", before.as_str())];
        let after = other.get_with(list.path, &known);
        assert_eq!(after.status, 200, "{}", list.path);
        assert_eq!(after.etag(), one.get(list.path).etag());
        assert_eq!(after.body, one.get(list.path).body);
    }
}

#[test]
fn they_write_in_turn() {
    let one = TestApp::new();
    let other = one.beside();
    for number in 0..4 {
        one.store(&[piece(&format!("one-{number}"))]);
        other.store(&[piece(&format!("other-{number}"))]);
    }
    assert_eq!(one.sequences().all, 8);
    assert_eq!(one.sequences(), other.sequences());
    assert_eq!(other.json("/v1/articles?count=true")["page"]["total"], 8);
    let speakers = one.column("/v1/speakers", "slug");
    assert_eq!(speakers, ["odo-marl"], "one speaker for all");
}
