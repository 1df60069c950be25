//! Highlights: where in a text the words of a query stand.
//!
//! The text is analysed again, as it was for the index, so that what is marked is what was found: whole printed words, with their
//! vowels and the particles that are written with them. Offsets count UTF-16 code units, as everywhere in the API.
use std::collections::BTreeSet;
use std::ops::Range;

use super::analysis::{self, Language};
use super::matching::Matching;
use crate::domain::highlight::{Highlight, HighlightPlace, Span};

/// How many UTF-16 code units a snippet has at most, but for the words at its ends.
const SNIPPET: usize = 200;
/// How many of them are before the first word that is marked, where there is as much.
const LEAD: usize = 40;
/// How many places of one text are told.
const MARKS: usize = 100;

/// A text, and how much of a query stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    pub highlight: Highlight,
    /// How many different words of the query stand in the snippet.
    pub words: usize,
    /// How many words of the snippet are marked.
    pub marks: usize,
}

/// Which text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    place: HighlightPlace,
    block: Option<u32>,
    item: Option<u32>,
}

impl At {
    pub fn whole(place: HighlightPlace) -> Self {
        Self {
            place,
            block: None,
            item: None,
        }
    }

    pub fn of_block(place: HighlightPlace, block: u32) -> Self {
        Self {
            block: Some(block),
            ..Self::whole(place)
        }
    }

    pub fn of_item(block: u32, item: u32) -> Self {
        Self {
            item: Some(item),
            ..Self::of_block(HighlightPlace::Body, block)
        }
    }
}

/// A printed word that is marked.
struct Mark {
    bytes: Range<usize>,
    units: Range<usize>,
    /// Which word of the query it is.
    group: usize,
}

/// Marks what a query asks for in a text of a language; None where nothing of it stands there.
pub fn mark(text: &str, language: &str, at: At, matching: &Matching) -> Option<Marked> {
    let marks = marks(text, Language::of_tag(language), matching);
    let (first, last) = densest(&marks)?;
    let bytes = around(text, &marks, first, last);
    let start = units(text.get(..bytes.start)?);
    let within = |mark: &&Mark| bytes.start <= mark.bytes.start && mark.bytes.end <= bytes.end;
    let shown = || marks.iter().filter(within);
    let words: BTreeSet<usize> = shown().map(|mark| mark.group).collect();
    let span = |mark: &Mark, start: usize| Span {
        start: mark.units.start - start,
        end: mark.units.end - start,
    };
    Some(Marked {
        words: words.len(),
        marks: shown().count(),
        highlight: Highlight {
            place: at.place,
            block: at.block,
            item: at.item,
            snippet: text.get(bytes.clone())?.to_owned(),
            snippet_start: start,
            in_snippet: shown().take(MARKS).map(|mark| span(mark, start)).collect(),
            in_text: marks.iter().take(MARKS).map(|mark| span(mark, 0)).collect(),
        },
    })
}

fn marks(text: &str, language: Language, matching: &Matching) -> Vec<Mark> {
    let mut tokens: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    analysis::analyse(text, language, |token| {
        tokens.push((token.range.clone(), matching.groups_of(token.term)));
    });
    let mut marks: Vec<Mark> = Vec::new();
    let (mut byte, mut unit) = (0, 0);
    for (at, group) in matching.marked(tokens.iter().map(|(_, groups)| groups.as_slice())) {
        let Some((bytes, _)) = tokens.get(at) else {
            continue;
        };
        // Several words in one character are marked once.
        if marks.last().is_some_and(|last| last.bytes == *bytes) {
            continue;
        }
        let before = text.get(byte..bytes.start).unwrap_or_default();
        let word = text.get(bytes.clone()).unwrap_or_default();
        let start = unit + units(before);
        let end = start + units(word);
        (byte, unit) = (bytes.end, end);
        marks.push(Mark {
            bytes: bytes.clone(),
            units: start..end,
            group,
        });
    }
    marks
}

/// The first and the last of the marks that fit into a snippet together, of most different words of the query, then most marks,
/// then first in the text.
fn densest(marks: &[Mark]) -> Option<(usize, usize)> {
    let mut best: Option<((usize, usize), (usize, usize))> = None;
    let mut counts: Vec<usize> = vec![0; marks.iter().map(|mark| mark.group + 1).max()?];
    let mut first = 0;
    for (last, mark) in marks.iter().enumerate() {
        if let Some(count) = counts.get_mut(mark.group) {
            *count += 1;
        }
        while let Some(begun) = marks.get(first) {
            if first == last || mark.units.end - begun.units.start <= SNIPPET - LEAD {
                break;
            }
            if let Some(count) = counts.get_mut(begun.group) {
                *count -= 1;
            }
            first += 1;
        }
        let different = counts.iter().filter(|count| **count > 0).count();
        let score = (different, last + 1 - first);
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, (first, last)));
        }
    }
    best.map(|(_, window)| window)
}

/// The bytes of a snippet with these marks: from the beginning of a word to the end of one.
fn around(text: &str, marks: &[Mark], first: usize, last: usize) -> Range<usize> {
    let (Some(first), Some(last)) = (marks.get(first), marks.get(last)) else {
        return 0..0;
    };
    if units(text) <= SNIPPET {
        return 0..text.len();
    }
    let start = back(text, first.bytes.start, LEAD);
    let before = text.get(start..last.bytes.end).map_or(0, units);
    let end = on(text, last.bytes.end, SNIPPET.saturating_sub(before));
    start..end
}

/// The beginning of a word at most so many units before a byte; the byte itself where no word begins there.
fn back(text: &str, from: usize, most: usize) -> usize {
    let before = text.get(..from).unwrap_or_default();
    let mut left = most;
    let mut start = from;
    let mut characters = before.char_indices().rev().peekable();
    while let Some((at, character)) = characters.next() {
        let Some(rest) = left.checked_sub(character.len_utf16()) else {
            return start;
        };
        left = rest;
        let begins_word = characters
            .peek()
            .is_none_or(|(_, before)| before.is_whitespace());
        if begins_word && !character.is_whitespace() {
            start = at;
        }
    }
    start
}

/// The end of a word at most so many units after a byte; the byte itself where none ends there.
fn on(text: &str, from: usize, most: usize) -> usize {
    let mut left = most;
    let mut end = from;
    let mut characters = text
        .get(from..)
        .unwrap_or_default()
        .char_indices()
        .peekable();
    while let Some((at, character)) = characters.next() {
        let Some(rest) = left.checked_sub(character.len_utf16()) else {
            return end;
        };
        left = rest;
        let ends_word = characters
            .peek()
            .is_none_or(|(_, next)| next.is_whitespace());
        if ends_word && !character.is_whitespace() {
            end = from + at + character.len_utf8();
        }
    }
    end
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
