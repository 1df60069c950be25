//! A text made ready for rules: blocks, quotations, words, sentences.
use super::proposals::Span;
use super::quotations::{self, Quotation};
use super::structure::{self, Block, Part};
use super::words::{self, Token, Words, is_alphanumeric};
use super::{Language, sentences};
use std::ops::Range;

pub struct Sentence {
    pub tokens: Range<usize>,
    pub paragraph: usize,
    pub part: Part,
}

pub struct Article<'t> {
    pub text: &'t str,
    pub language: Language,
    pub quotations: Vec<Quotation>,
    pub tokens: Vec<Token<'t>>,
    pub sentences: Vec<Sentence>,
    pub blocks: Vec<Block>,
    pub left_out: Vec<String>,
}

impl<'t> Article<'t> {
    /// A text; `titled` where its first line is known to be its title.
    pub fn read(text: &'t str, language: Language, titled: bool) -> Self {
        let (blocks, left_out) = structure::blocks(text, titled);
        let quotations = quotations::find(text, &blocks);
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut sentences = Vec::new();
        let mut quotation = 0;
        for (paragraph, block) in blocks.iter().enumerate() {
            let from = tokens.len();
            words::tokens(text, block.span, language, &mut tokens);
            for token in tokens.get_mut(from..).unwrap_or_default() {
                while quotations
                    .get(quotation)
                    .is_some_and(|q| q.outer.end <= token.start)
                {
                    quotation += 1;
                }
                token.quotation = quotations
                    .get(quotation)
                    .filter(|q| q.outer.start <= token.start)
                    .map(|_| quotation);
            }
            let split = sentences::split(tokens.get(from..).unwrap_or_default(), language);
            sentences.extend(split.into_iter().map(|range| Sentence {
                tokens: from + range.start..from + range.end,
                paragraph,
                part: block.part,
            }));
        }
        Self {
            text,
            language,
            quotations,
            tokens,
            sentences,
            blocks,
            left_out,
        }
    }

    pub fn words(&self, sentence: &Sentence) -> Words<'_, 't> {
        Words(self.tokens.get(sentence.tokens.clone()).unwrap_or_default())
    }

    pub fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Without the blanks and marks at its ends.
    pub fn trim(&self, span: Span) -> Span {
        let slice = self.slice(span);
        let blank = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '.' | ',' | '،' | '؛' | ';' | ':' | '"' | '“' | '”' | '»' | '–' | '—' | '…'
                )
        };
        let end = span.start + slice.trim_end_matches(blank).len();
        let lead = |c: char| blank(c) || c == '«';
        let start = span.start + (slice.len() - slice.trim_start_matches(lead).len());
        Span::new(start.min(end), end)
    }

    /// Whether a span has so many words, of which there is one at least, marks apart.
    pub fn says_words(&self, span: Span, count: usize) -> bool {
        let words = self.slice(span).split_whitespace();
        let mut said = words.filter(|word| word.contains(is_alphanumeric));
        said.nth(count - 1).is_some()
    }

    /// The same, with marks that stand alone.
    pub fn has_words(&self, span: Span, count: usize) -> bool {
        let mut words = self.slice(span).split_whitespace();
        words.nth(count - 1).is_some()
    }

    pub fn word_count(&self, span: Span) -> usize {
        self.slice(span).split_whitespace().count()
    }
}
