//! What is marked in what was found: it is what stands in the text, and it finds the same again.
use std::cell::Cell;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::press::{Reader, in_query, press};
use crate::support::{Article, TestApp, id, quote};

const LISTS: [&str; 2] = [
    "/v1/articles?include=body&highlight=true",
    "/v1/statements?highlight=true",
];

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    }
}

/// The text of a thing that a highlight is about.
fn text_of<'a>(thing: &'a Value, highlight: &Value) -> &'a str {
    let block = || &thing["body"][usize::try_from(highlight["block"].as_u64().unwrap()).unwrap()];
    let text = match highlight["in"].as_str().unwrap() {
        "body" => match highlight["item"].as_u64() {
            Some(item) => &block()["items"][usize::try_from(item).unwrap()],
            None => &block()["text"],
        },
        "caption" => &block()["caption"],
        member => &thing[member],
    };
    text.as_str()
        .unwrap_or_else(|| panic!("no such text: {highlight} in {thing}"))
}

/// What JavaScript's `slice` gives.
fn slice(units: &[u16], start: usize, end: usize) -> String {
    String::from_utf16(&units[start..end]).unwrap()
}

fn spans(spans: &Value) -> Vec<(usize, usize)> {
    let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let spans = spans.as_array().unwrap().iter();
    spans
        .map(|span| (at(&span["start"]), at(&span["end"])))
        .collect()
}

/// Holds one highlight against the text that it is about; gives what is marked.
fn marked(thing: &Value, highlight: &Value) -> Vec<String> {
    let text: Vec<u16> = text_of(thing, highlight).encode_utf16().collect();
    let snippet: Vec<u16> = highlight["snippet"]
        .as_str()
        .unwrap()
        .encode_utf16()
        .collect();
    let start = usize::try_from(highlight["snippet_start"].as_u64().unwrap()).unwrap();
    let end = start + snippet.len();
    assert_eq!(
        slice(&text, start, end),
        highlight["snippet"],
        "{highlight}"
    );
    let (in_text, in_snippet) = (
        spans(&highlight["in_text"]),
        spans(&highlight["in_snippet"]),
    );
    assert!(!in_snippet.is_empty(), "{highlight}");
    let rises = |spans: &[(usize, usize)]| spans.windows(2).all(|pair| pair[0].1 <= pair[1].0);
    assert!(rises(&in_text) && rises(&in_snippet), "{highlight}");
    let moved: Vec<(usize, usize)> = in_snippet
        .iter()
        .map(|(from, to)| (from + start, to + start))
        .collect();
    // Where not all are told, a snippet may be of what comes after.
    if in_text.len() < 100 {
        let within = |span: &&(usize, usize)| start <= span.0 && span.1 <= end;
        let shown: Vec<(usize, usize)> = in_text.iter().filter(within).copied().collect();
        assert_eq!(moved, shown, "{highlight}");
    }
    for ((from, to), (at, beyond)) in in_snippet.iter().zip(&moved) {
        assert_eq!(
            slice(&snippet, *from, *to),
            slice(&text, *at, *beyond),
            "{highlight}"
        );
    }
    let mut words: Vec<String> = in_text
        .iter()
        .map(|(from, to)| slice(&text, *from, *to))
        .collect();
    assert!(words.iter().all(|word| !word.is_empty()), "{highlight}");
    words.sort();
    words.dedup();
    words
}

/// Holds all highlights of a page; the first words that are marked are sought by themselves. Gives how many texts there were.
fn hold(app: &TestApp, list: &str, q: &str, most: usize) -> usize {
    let page = app.json(&format!("{list}&q={}", in_query(q)));
    let (things, highlights) = (&page["data"], &page["page"]["highlights"]);
    let (things, highlights) = (things.as_array().unwrap(), highlights.as_array().unwrap());
    assert_eq!(things.len(), highlights.len(), "{q}");
    let mut texts = 0;
    for (thing, highlights) in things.iter().zip(highlights) {
        assert_eq!(thing["id"], highlights["id"], "{q}");
        for highlight in highlights["texts"].as_array().unwrap() {
            texts += 1;
            for word in marked(thing, highlight).iter().take(most) {
                find_again(app, list, thing, highlight, word);
            }
        }
    }
    texts
}

/// A marked word by itself finds the thing, and is marked in it.
fn find_again(app: &TestApp, list: &str, thing: &Value, highlight: &Value, word: &str) {
    // Longer than anybody may type.
    if word.chars().count() > 300 {
        return;
    }
    let only = match list.starts_with("/v1/articles") {
        true => format!("ids={}", thing["id"].as_str().unwrap()),
        false => format!("article={}", thing["article"]["id"].as_str().unwrap()),
    };
    let again = app.json(&format!("{list}&{only}&q={}", in_query(word)));
    let mut found = again["page"]["highlights"].as_array().unwrap().iter();
    let Some(found) = found.find(|found| found["id"] == thing["id"]) else {
        panic!("{word:?} is marked, but not found: {highlight} of {thing}");
    };
    let mut texts = found["texts"].as_array().unwrap().iter();
    // Of a body only the texts with most of it are told.
    if let Some(text) = texts.find(|text| {
        ["in", "block", "item"]
            .iter()
            .all(|member| text[*member] == highlight[*member])
    }) {
        let words = marked(thing, text);
        assert!(words.iter().any(|one| one == word), "{word:?}: {text}");
    } else {
        let place = highlight["in"].as_str().unwrap();
        assert!(
            ["body", "caption"].contains(&place),
            "{word:?}: {highlight}"
        );
    }
}

#[test]
fn what_is_marked_in_a_press_of_many_languages_is_there_and_finds_it_again() {
    const SEED: u64 = 5;
    let lines = press(SEED);
    let app = TestApp::with(&lines);
    let texts = Cell::new(0);
    proptest!(config(100), |(seed in any::<u64>(), is_unfinished: bool)| {
        let mut reader = Reader::of(seed, &lines);
        for (list, of_articles) in LISTS.iter().zip([true, false]) {
            let (q, _) = reader.query(of_articles);
            let list = format!("{list}&limit=3&prefix={is_unfinished}");
            texts.set(texts.get() + hold(&app, &list, &q, 2));
        }
    });
    assert!(texts.get() > 100, "{texts:?} are few");
}

/// Texts of what words are made of and joined by, and texts as they come.
fn any_text() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    let parts = prop::sample::select(vec![
        "ال", "و", "ب", "لل", "محتجز", "وزير", "ين", "ات", "ها", "ة", "ء", "ى", "ـ", "\u{64B}", "\u{654}", "\u{200C}", "\u{200F}", "e",
        "\u{301}", "É", "s", "l", "'", "’", ".", ",", "٬", "٫", "1", "٢", "000", "-", "\"", "“", "«", " ", " ", " ", "\u{A0}", "_", "#", "中",
        "国", "が", "ﾊ", "ﾞ", "ไ", "ท", "\u{E31}", "한", "\u{1112}", "\u{1161}", "ﷲ", "ﷺ", "½", "ﻼ", "ﬁ", "œ", "İ", "ß", "😀", "U", "S", "क",
        "\u{94D}", "㍿", "ʼn", "goat", "goats", "ferry", "\u{2067}בוקר\u{2069}", "𐐀do", "\n",
    ]);
    prop_oneof![
        3 => prop::collection::vec(parts, 1..40).prop_map(|parts| parts.concat()),
        1 => "[^\\x00-\\x1F\\p{Cf}]{1,60}",
    ]
}

#[test]
fn what_is_marked_in_any_text_is_there_and_finds_it_again() {
    let app = TestApp::new();
    let texts = Cell::new(0);
    let languages = prop::sample::select(vec!["ar", "en", "fr", "ja"]);
    proptest!(config(100), |(text in any_text(), other in any_text(), language in languages, at: prop::sample::Index)| {
        let line = Article::new("strange")
            .with("id", id(1))
            .with("language", language)
            .with("title", "Strange")
            .with("summary", other.as_str())
            .with("statements", json!([quote(&text, "Bo")]))
            .paragraphs(&[&text, &other]);
        // Nothing but blanks, or marks that must not be stored, is refused.
        if app.import(&[line.line()]).report.failed > 0 {
            return Ok(());
        }
        let words: Vec<&str> = text.split_whitespace().chain(other.split_whitespace()).collect();
        let q: String = at.get(&words).chars().take(300).collect();
        for list in LISTS {
            texts.set(texts.get() + hold(&app, list, &q, 3));
        }
    });
    assert!(texts.get() > 50, "{texts:?} are few");
}
