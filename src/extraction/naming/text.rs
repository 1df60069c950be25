//! Names anywhere in a text, with the posts before or behind them.
use super::arabic::{is_definite, name_in};
use super::latin::{is_capital, name_end};
use crate::extraction::lexicon::{CUE, Lexicon};
use crate::extraction::words::Words;

/// A post with what belongs to it has no more words.
const POST: usize = 8;

/// Lists of words that do not belong to the post before a name.
const BEFORE: [&str; 3] = ["prepositions", "boundaries", "determiners-before"];

/// Lists of words that a name may stand behind in Arabic.
const HEADS: [&str; 3] = ["titles", "honorifics", "kinds"];

/// Capitals in a longer row are a headline.
const NAME: usize = 5;

/// Names with their titles in a sentence: where they begin and end.
pub fn latin(words: Words<'_, '_>, lexicon: &'static Lexicon) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let first = at == 0 || !words.is_word(at - 1);
        if !is_capital(words, at, first, lexicon) {
            at += 1;
            continue;
        }
        let end = name_end(words, at, words.len(), lexicon).max(at + 1);
        let mut from = at;
        if from > 0 && lexicon.holds(words.bare_mask(from - 1), "titles") {
            let modifies = |at: usize| {
                words.is_word(at)
                    && !words.quoted(at)
                    && !lexicon.holds_any(words.mask(at), &BEFORE)
            };
            while from > 0 && from + 4 > at && modifies(from - 1) {
                from -= 1;
            }
        }
        from = post_before(words, from, lexicon).unwrap_or(from);
        let to = apposition(words, end, lexicon).unwrap_or(end);
        if (end > at + 1 && end <= at + NAME) || from < at {
            found.push((from, to));
        }
        at = end;
    }
    found
}

/// The mayor of Tarn, NAME: where the post before the comma begins, if it is no apposition itself.
fn post_before(words: Words<'_, '_>, name: usize, lexicon: &Lexicon) -> Option<usize> {
    let comma = name.checked_sub(1).filter(|at| words.text(*at) == ",")?;
    let post = (comma.saturating_sub(POST)..comma)
        .rev()
        .take_while(|at| words.is_word(*at) && !words.quoted(*at))
        .find(|at| lexicon.holds(words.bare_mask(*at), "titles"))?;
    let stands = |at: usize| words.text(at) != ",";
    let before = post.saturating_sub(2)..post;
    before.into_iter().all(stands).then_some(post)
}

/// NAME, the mayor of Tarn: where it ends.
fn apposition(words: Words<'_, '_>, name_end: usize, lexicon: &Lexicon) -> Option<usize> {
    let begins = ["determiners-before", "indefinite", "titles"];
    if words.text(name_end) != "," || !lexicon.holds_any(words.mask(name_end + 1), &begins) {
        return None;
    }
    (name_end + 1..words.len().min(name_end + 12)).find(|at| !words.is_word(*at))
}

/// Posts in a sentence with the names behind them: where they begin and end.
pub fn arabic(words: Words<'_, '_>, lexicon: &'static Lexicon) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), 0);
    let (heads, bodies) = (lexicon.bits(&HEADS), lexicon.bits(&["organisations"]));
    while at < words.len() {
        let mask = words.bare_mask(at);
        let end = match (mask & bodies != 0, mask & heads != 0) {
            (true, _) => body_end(words, at),
            (false, true) => post_end(words, at, lexicon),
            (false, false) => None,
        };
        match end {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The end of a body that is told by words with articles: وزارة المياه.
fn body_end(words: Words<'_, '_>, from: usize) -> Option<usize> {
    let definite =
        |at: usize| is_definite(words.fold(at)) && words.is_word(at) && !words.quoted(at);
    let end = (from + 1..).find(|at| !definite(*at))?;
    (end > from + 1).then_some(end)
}

/// The end of a post with its name, if something shows where that ends: a mark, a particle, a verb of saying.
fn post_end(words: Words<'_, '_>, from: usize, lexicon: &'static Lexicon) -> Option<usize> {
    let ends = |at: &usize| {
        let word = words.fold(*at);
        !words.is_word(*at)
            || words.quotation(*at) != words.quotation(from)
            || (words.listed(*at, lexicon, "stops") && !words.listed(*at, lexicon, "prepositions"))
            || words.mask(*at) & CUE != 0
            || (word.starts_with("ان") && word.chars().count() < 5)
    };
    let end = (from + 1..words.len().min(from + 12))
        .find(ends)
        .or_else(|| (words.len() < from + 12).then_some(words.len()))?;
    let (name, limit) = name_in(words, from, end, lexicon)?;
    // A preposition ends a name as well.
    let end = (name..end)
        .find(|at| words.listed(*at, lexicon, "prepositions"))
        .unwrap_or(end);
    (end <= limit).then_some(end)
}
