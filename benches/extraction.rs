//! Times extraction, on one core: `cargo bench --bench extraction`.
//!
//! First articles of 760 words a second, by language: the samples' texts, strung together. Then texts that nobody should send,
//! of half a megabyte, one, and two: where the time is linear, each size takes twice what the one before it takes.
#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use isnad::extraction::{Language, extract};
use serde_json::Value;

const SAMPLES: &str = include_str!("../src/samples/samples.ndjson");
/// As long as an article of a newspaper's is.
const WORDS: usize = 760;
/// For so long each language is measured.
const PATIENCE: Duration = Duration::from_secs(3);
const SIZES: [usize; 3] = [500_000, 1_000_000, 2_000_000];

const LANGUAGES: [(&str, Language); 3] = [
    ("ar", Language::Arabic),
    ("en", Language::English),
    ("fr", Language::French),
];

/// What is repeated to make a hostile text.
const HOSTILE: [(&str, &str); 16] = [
    ("straight quotation marks", "\""),
    ("opening quotation marks", "“"),
    ("closing quotation marks", "”"),
    ("guillemets that open", "«"),
    ("guillemets in pairs", "«»"),
    ("apostrophes", "’"),
    ("nested brackets", "("),
    ("combining marks", "\u{301}"),
    ("Arabic vowel signs", "\u{64B}"),
    (
        "one English sentence",
        "the mayor of the old town by the river, ",
    ),
    (
        "one Arabic sentence",
        "رئيس بلدية المدينة القديمة عند النهر، ",
    ),
    ("cues, English", "said Bo Tower, who told Ada Morrow that "),
    ("cues, Arabic", "وقال سامي الحداد نقلا عن ليلى إن "),
    ("cues, French", "selon Luc Morel, a déclaré que "),
    ("short quotations", "“a b c d,” he said. "),
    ("short lines", "Bo said so.\n"),
];

fn main() {
    println!("articles of {WORDS} words a second");
    for (tag, language) in LANGUAGES {
        let article = article(tag);
        let (start, mut rounds) = (Instant::now(), 0_u32);
        while start.elapsed() < PATIENCE {
            black_box(extract(black_box(&article), Some(language)));
            rounds += 1;
        }
        let found = extract(&article, Some(language)).proposals.len();
        let rate = f64::from(rounds) / start.elapsed().as_secs_f64();
        println!("{tag}  {rate:>8.0}  ({found} statements in each)");
    }
    println!("\nseconds for texts of 0.5, 1 and 2 MB; the last by the first, where 4 is linear");
    for (named, piece) in HOSTILE {
        for (tag, language) in LANGUAGES {
            let times = SIZES.map(|size| {
                let text = piece.repeat(size / piece.len());
                let start = Instant::now();
                black_box(extract(black_box(&text), Some(language)));
                start.elapsed().as_secs_f64()
            });
            let [half, whole, double] = times;
            let ratio = double / half;
            println!("{half:>7.3} {whole:>7.3} {double:>7.3}  {ratio:>5.1}  {tag}  {named}");
        }
    }
}

/// The samples of a language, one after the other and from the start again, up to the words of an article.
fn article(tag: &str) -> String {
    let samples = SAMPLES.lines().filter_map(|line| {
        let sample: Value = serde_json::from_str(line).ok()?;
        (sample.get("language")?.as_str()? == tag).then_some(())?;
        let blocks = sample.get("body")?.as_array()?.clone();
        Some(blocks.into_iter().filter_map(|block| {
            let text = block.get("text")?.as_str()?;
            Some(text.to_owned())
        }))
    });
    let lines: Vec<String> = samples.flatten().collect();
    let mut words = 0;
    let lines = lines.iter().cycle().take_while(|line| {
        let before = words;
        words += line.split_whitespace().count();
        before < WORDS
    });
    lines.cloned().collect::<Vec<_>>().join("\n")
}
