//! A cue with what lies around it, for the rules that find what is said before it or behind it.
use super::chains;
use super::forms::{self, Found};
use crate::extraction::article::Article;
use crate::extraction::lexicon::Lexicon;

use crate::extraction::quotations::Quotation;
use crate::extraction::words::Words;

/// A quotation that ends farther before a cue is not its content.
const BEFORE: usize = 30;

/// A cue with what lies around it.
pub struct Place<'a, 't> {
    pub article: &'a Article<'t>,
    pub words: Words<'a, 't>,
    pub at: usize,
    pub found: &'a Found,
    pub end: usize,
    pub lexicon: &'static Lexicon,
    /// Behind the last quotation before the cue.
    pub floor: usize,
    /// That quotation.
    pub quotation: Option<Quotation>,
    /// Where content may begin: behind addressee and adverbs.
    pub next: usize,
}

impl<'a, 't> Place<'a, 't> {
    pub fn new(
        article: &'a Article<'t>,
        words: Words<'a, 't>,
        at: usize,
        found: &'a Found,
        end: usize,
        lexicon: &'static Lexicon,
    ) -> Self {
        let quoted = (at.saturating_sub(BEFORE)..at)
            .rev()
            .find(|before| words.quoted(*before));
        let floor = quoted.map_or(0, |before| before + 1);
        let quotation = quoted
            .and_then(|before| words.quotation(before))
            .and_then(|number| article.quotations.get(number))
            .copied();
        let mut next = found.end;
        let told = chains::medium(words, at, lexicon).map(|(_, to)| to);
        let told = told.or_else(|| {
            words
                .listed(next, lexicon, "addressees")
                .then_some(next + 1)
        });
        let told = told
            .filter(|told| found.cue.addressee && words.listed(*told, lexicon, "clause-starts"));
        if let Some(told) = told {
            next = told;
        } else if found.cue.addressee && next < end && !words.quoted(next) {
            let stop = |at: &usize| {
                matches!(words.text(*at), "," | ":")
                    || words.quoted(*at)
                    || words.listed(*at, lexicon, "addressee-ends")
                    || (found.cue.question && words.listed(*at, lexicon, "questions"))
            };
            next = (next..end.min(next + 12))
                .find(stop)
                .unwrap_or(end.min(next + 12));
        }
        while next < end && words.listed(next, lexicon, "auxiliaries") {
            next += 1;
        }
        Self {
            article,
            words,
            at,
            found,
            end,
            lexicon,
            floor,
            quotation,
            next,
        }
    }

    /// Whether the quotation ends right before the cue.
    pub fn quotation_adjoins(&self) -> bool {
        let verb = forms::verb_start(self.words, self.at, self.floor, self.lexicon);
        self.quotation.is_some() && (self.floor..verb).all(|at| self.words.text(at) == ",")
    }

    /// X said that …, X said he …
    pub fn begins_clause(&self) -> bool {
        ["complementisers", "clause-starts"]
            .iter()
            .any(|list| self.words.listed(self.next, self.lexicon, list))
    }

    pub fn quotation_at(&self, at: usize) -> Option<Quotation> {
        self.words
            .quotation(at)
            .and_then(|number| self.article.quotations.get(number))
            .copied()
    }
}
