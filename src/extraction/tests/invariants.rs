//! What holds of every text: texts are put together out of words that the rules ask for, names, marks and anything else.
use super::super::{Extraction, Language, Party, Source, Span, extract};
use proptest::prelude::*;

/// The files of words, whatever stands in them.
const WORDS: [&str; 9] = [
    include_str!("../lexicon/arabic/cues.txt"),
    include_str!("../lexicon/arabic/words.txt"),
    include_str!("../lexicon/arabic/names.txt"),
    include_str!("../lexicon/english/cues.txt"),
    include_str!("../lexicon/english/words.txt"),
    include_str!("../lexicon/english/names.txt"),
    include_str!("../lexicon/french/cues.txt"),
    include_str!("../lexicon/french/words.txt"),
    include_str!("../lexicon/french/names.txt"),
];
const NAMES: [&str; 14] = [
    "رائد منصور",
    "سامي",
    "حركة الرصيف",
    "وزارة الصحة",
    "موقع الضفة العبري",
    "الوزير",
    "Ada Morrow",
    "Morrow",
    "the mayor of Tarn",
    "Mr. Holt",
    "the Harbour Gazette",
    "Odile Carnot",
    "le quotidien La Vigie",
    "M. Vernet",
];
const MARKS: [&str; 30] = [
    "\"", "“", "”", "«", "»", "„", "''", "``", "'", "’", ",", "،", "؛", ":", ".", "؟", "?", "!",
    "…", "—", " - ", "(", ")", "\u{301}", "\u{64b}", "\u{640}", "\u{200f}", "-t-il", "n't", "'s",
];
const PHRASES: [&str; 12] = [
    " إن ",
    " أن ",
    " قال ",
    "وقال ",
    " نقلا عن ",
    " على حد قوله",
    " said ",
    ", said ",
    " that ",
    "according to ",
    " a déclaré que ",
    "selon ",
];
const GAPS: [&str; 8] = [" ", " ", " ", " ", "\n", "\u{a0}", "", "\r\n\r\n"];

fn piece() -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS
        .iter()
        .flat_map(|file| file.split_whitespace())
        .collect();
    prop_oneof![
        6 => proptest::sample::select(words).prop_map(|word| word.replace('_', " ")),
        3 => proptest::sample::select(&NAMES[..]).prop_map(str::to_owned),
        3 => proptest::sample::select(&MARKS[..]).prop_map(str::to_owned),
        3 => proptest::sample::select(&PHRASES[..]).prop_map(str::to_owned),
        1 => proptest::collection::vec(any::<char>(), 0..6).prop_map(|chars| chars.into_iter().collect()),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let parts = (piece(), proptest::sample::select(&GAPS[..]));
    proptest::collection::vec(parts, 0..150).prop_map(|parts| {
        let joined = parts.into_iter().map(|(piece, gap)| piece + gap);
        joined.collect()
    })
}

fn languages() -> impl Strategy<Value = Option<Language>> {
    let all = [Language::Arabic, Language::English, Language::French];
    proptest::option::weighted(0.8, proptest::sample::select(all.to_vec()))
}

/// Slices by scalar offsets.
struct Slices<'t> {
    text: &'t str,
    bytes: Vec<usize>,
}

impl<'t> Slices<'t> {
    fn of(text: &'t str) -> Self {
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        Self {
            text,
            bytes: ends.collect(),
        }
    }

    /// What stands at a span: never nothing.
    fn at(&self, span: Span) -> Result<&'t str, TestCaseError> {
        prop_assert!(
            span.start < span.end && span.end < self.bytes.len(),
            "{span:?}"
        );
        Ok(&self.text[self.bytes[span.start]..self.bytes[span.end]])
    }
}

fn source_holds(slices: &Slices<'_>, source: &Source) -> Result<(), TestCaseError> {
    prop_assert_eq!(slices.at(source.span)?, &source.name);
    prop_assert!(!source.meant.trim().is_empty(), "{:?}", source);
    prop_assert!(source.count.is_none() || source.party == Party::Anonymous);
    Ok(())
}

fn holds(text: &str, extraction: &Extraction) -> Result<(), TestCaseError> {
    let slices = Slices::of(text);
    for block in &extraction.blocks {
        slices.at(block.span)?;
    }
    let ordered = |spans: &[Span]| spans.windows(2).all(|two| two[0].end <= two[1].start);
    let blocks: Vec<Span> = extraction.blocks.iter().map(|block| block.span).collect();
    prop_assert!(ordered(&blocks));
    for line in &extraction.left_out {
        prop_assert!(!line.is_empty() && text.contains(line.as_str()));
    }
    for proposal in &extraction.proposals {
        prop_assert_eq!(slices.at(proposal.span)?, &proposal.quote);
        // A quotation that goes on has no cue.
        if !proposal.cue.is_empty() {
            prop_assert_eq!(slices.at(proposal.cue_span)?, &proposal.cue);
        }
        prop_assert!(ordered(&proposal.spans), "{:?}", proposal);
        prop_assert_eq!(proposal.spans.first().unwrap().start, proposal.span.start);
        prop_assert_eq!(proposal.spans.last().unwrap().end, proposal.span.end);
        for span in &proposal.spans {
            prop_assert!(
                slices.at(*span)?.contains(char::is_alphanumeric),
                "{:?}",
                proposal
            );
        }
        for source in proposal.via.iter().chain([&proposal.speaker]) {
            source_holds(&slices, source)?;
        }
        prop_assert!((0.0..=1.0).contains(&proposal.confidence));
    }
    Ok(())
}

/// Few cases, unless the variable asks for more.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_text_offsets_are_true_and_nothing_is_empty(text in text(), language in languages()) {
        let extraction = extract(&text, language);
        holds(&text, &extraction)?;
        let again = extract(&text, language);
        prop_assert_eq!(
            serde_json::to_string(&extraction).unwrap(),
            serde_json::to_string(&again).unwrap()
        );
    }
}
