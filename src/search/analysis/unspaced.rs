//! Scripts without spaces: overlapping pairs of characters, as Lucene's CJK bigrams.
//!
//! Each character with its marks is a token, whose term is it and the next one of the run together; the last one's is itself alone. So
//! tokens do not overlap, each has its own position, and whatever is in a run is found: several characters as the phrase of their
//! pairs, a single one as the prefix of its term (`中` of `中国`).
use super::words::Word;
use std::ops::Range;

/// The character that waits for the next one.
#[derive(Default)]
pub struct Pairs {
    held: String,
    range: Range<usize>,
    pair: String,
}

impl Pairs {
    /// Takes the next character of an unspaced script and gives the term of the one before it, if there was one.
    pub fn push(&mut self, word: &Word, mut each: impl FnMut(&str, Range<usize>)) {
        if !self.held.is_empty() && word.follows {
            self.pair.clear();
            self.pair.push_str(&self.held);
            self.pair.push_str(word.folded);
            each(&self.pair, self.range.clone());
        } else {
            self.finish(&mut each);
        }
        self.held.clear();
        self.held.push_str(word.folded);
        self.range = word.range.clone();
    }

    /// The run is over: gives its last character.
    pub fn finish(&mut self, mut each: impl FnMut(&str, Range<usize>)) {
        if !self.held.is_empty() {
            each(&self.held, self.range.clone());
            self.held.clear();
        }
    }
}
