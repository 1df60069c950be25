//! What is searched for in many languages is found alike by both engines: the same things in the same order, marked, counted and
//! suggested alike, to the byte.
use super::parity::engines;
use crate::support::press::{Reader, press};

const SEED: u64 = 9;

/// How many questions are asked, and how many of a hundred must find something.
const QUESTIONS: usize = 1_000;
const FIND: usize = 60;

#[test]
fn a_thousand_queries_in_many_languages_find_the_same() {
    let lines = press(SEED);
    let mut engines = engines(&lines);
    let mut reader = Reader::of(SEED, &lines);
    let mut found = 0;
    for _ in 0..QUESTIONS {
        let question = reader.question();
        let page = engines.ask(&question);
        assert_eq!(page.status, 200, "{question}: {}", page.text());
        let answer = page.json();
        let mut lists = answer.as_object().unwrap().values();
        let finds = lists.any(|list| list.as_array().is_some_and(|list| !list.is_empty()));
        found += usize::from(finds);
        if let Some(next) = page.link("next") {
            engines.ask(&next);
        }
    }
    let share = found * 100 / QUESTIONS;
    assert!(share >= FIND, "{found} of {QUESTIONS} find something");
}
