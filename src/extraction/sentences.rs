//! Where sentences end: at their stops outside quotations, at a quotation that ends with one, and at the end of the line.
use super::Language;
use super::words::{Token, Words};
use std::ops::Range;

/// No sentence is longer: what follows is a sentence of its own, so that rules never look far.
const LONGEST: usize = 500;

/// The sentences of one paragraph's tokens, as ranges of them.
pub fn split(tokens: &[Token<'_>], language: Language) -> Vec<Range<usize>> {
    let words = Words(tokens);
    let (mut sentences, mut from) = (Vec::new(), 0);
    for at in 0..tokens.len() {
        if ends(words, at, language) || at + 1 - from >= LONGEST {
            sentences.push(from..at + 1);
            from = at + 1;
        }
    }
    if from < tokens.len() {
        sentences.push(from..tokens.len());
    }
    sentences
}

fn is_stop(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "؟" | "…" | "..")
}

fn ends(words: Words<'_, '_>, at: usize, language: Language) -> bool {
    if is_stop(words.text(at)) && !words.quoted(at) {
        return language == Language::Arabic || begins(words, at + 1);
    }
    if language == Language::Arabic || words.is_word(at) {
        return false;
    }
    // “… .” He went on. But: “… ?” Smith asked.
    let closes = words.quoted(at) && words.quotation(at + 1) != words.quotation(at);
    closes
        && at > 0
        && is_stop(words.text(at - 1))
        && begins(words, at + 1)
        && (words.text(at - 1) == "." || !attributes(words, at + 1, language))
}

fn begins(words: Words<'_, '_>, at: usize) -> bool {
    words.get(at).is_none_or(|token| {
        token.text.starts_with(|c: char| {
            c.is_uppercase() || !(c.is_alphabetic() || matches!(c, ',' | ';' | ':' | ')'))
        })
    })
}

/// A name with its cue right behind a quotation.
fn attributes(words: Words<'_, '_>, at: usize, language: Language) -> bool {
    (at..at + 5)
        .take_while(|at| words.is_word(*at) && !words.quoted(*at))
        .any(|at| super::latin::is_plain_cue(words.fold(at), language))
}
