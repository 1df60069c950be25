//! The search analyser: text → the terms that the index holds, and a query → the terms it may be answered with.
//!
//! A pure function of text and language: no store, no configuration, so that every database gets the same terms. A text goes through
//! `words` (`fold`, `joints`), then by script through `arabic` (`lexicon`, `endings`), `latin` or `unspaced`; a query through `query`, which asks the same
//! functions what else a word may look like in texts. `spelling` tells words that were mistyped.
mod arabic;
mod endings;
mod fold;
mod joints;
mod latin;
mod lexicon;
mod query;
mod spelling;
mod unspaced;
mod words;

pub use query::{Clause, Group, Query, query};
pub use spelling::distance;
pub use words::{MOST_LETTERS, Script};

use std::ops::Range;
use unspaced::Pairs;

/// Raised whenever anything here gives another term than before, be it by a rule, a word list, or a new release of Snowball or
/// Unicode: the index holds the version that it was made with, and is made anew with another one.
pub const VERSION: u32 = 1;

/// The language of a text, as far as it matters to its terms. Arabic is told by its letters, word by word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    French,
    Other,
}

impl Language {
    /// Of a BCP 47 tag: `en-GB` is English.
    pub fn of_tag(tag: &str) -> Self {
        match tag.split('-').next() {
            Some(primary) if primary.eq_ignore_ascii_case("en") => Self::English,
            Some(primary) if primary.eq_ignore_ascii_case("fr") => Self::French,
            _ => Self::Other,
        }
    }
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The folded word as people begin to type it, Arabic ones without their particles: what a prefix is looked for in.
    pub word: &'a str,
    /// What the index holds.
    pub term: &'a str,
    /// Where the whole printed word is, in bytes of the text. Ranges rise; two are equal (several words in one character: ﷺ) or
    /// apart.
    pub range: Range<usize>,
    /// Which word of the text it is, from 0 on.
    pub position: u32,
    pub script: Script,
}

/// Calls `each` with every word of a text, in its order.
pub fn analyse(text: &str, language: Language, mut each: impl FnMut(Token)) {
    let mut position = 0;
    let mut emit = |word: &str, term: &str, range: Range<usize>, script: Script| {
        each(Token {
            word,
            term,
            range,
            position,
            script,
        });
        position += 1;
    };
    let mut pairs = Pairs::default();
    let mut buffer = String::new();
    words::words(text, |word| {
        if word.script == Script::Unspaced {
            return pairs.push(&word, |term, range| emit(term, term, range, word.script));
        }
        pairs.finish(|term, range| emit(term, term, range, Script::Unspaced));
        if word.script == Script::Arabic {
            let stem = arabic::stem(word.folded, &mut buffer);
            emit(stem.word, stem.term, word.range, word.script);
        } else {
            let term = latin::stem(word.folded, language);
            emit(word.folded, &term, word.range, word.script);
        }
    });
    pairs.finish(|term, range| emit(term, term, range, Script::Unspaced));
}

#[cfg(test)]
mod tests;
