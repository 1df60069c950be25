//! Posts in English and French, with whoever has them: before a name, behind it, or alone.
use super::{Phrase, Reading, TITLE, bare, is_capital, name_end};
use crate::extraction::carried::Gender;
use crate::extraction::proposals::Party;

/// A name behind a comma has no more words.
const NAME: usize = 5;

impl<'a> Reading<'a, '_> {
    /// A post or trade, with whoever has it, if told.
    pub(super) fn titled(&self, title: usize) -> Phrase<'a> {
        let (words, lexicon) = (self.words, self.lexicon);
        let mut from = title + 1;
        let mut to = name_end(words, from, self.end, lexicon);
        if from == to && self.stop < self.end {
            // The minister of Health Ada Morrow: behind what the post is of.
            let capital = (self.stop + 1..self.end).find(|at| words.capital(*at));
            let behind = capital.map_or(self.end, |at| {
                at + 1 + usize::from(matches!(words.text(at), "La" | "Le" | "Les" | "New"))
            });
            from = (behind..self.end)
                .find(|at| words.capital(*at))
                .unwrap_or(self.end);
            to = name_end(words, from, self.end, lexicon);
            if to < from + 2 {
                to = from;
            }
        }
        let before = from.min(self.end);
        if from >= to && words.text(self.end) == "," {
            (from, to) = self.name_behind();
        }
        let description = self.description(title, self.from, before);
        if from >= to {
            let unnamed = self.indefinite || (!self.definite && self.is_unnamed(title));
            return match unnamed {
                true => Phrase::anonymous(None),
                false => Phrase::description(Party::Office, description),
            };
        }
        let mut phrase = self.named(from, to, Some(Party::Person));
        if self.has("titles", title) {
            phrase.titles.push(description);
        }
        phrase.titles.extend(self.apposition());
        let gender = |list: &str| (self.from..from).any(|at| self.has(list, at));
        phrase.gender = match (gender("feminine"), gender("masculine")) {
            (true, _) => Some(Gender::Feminine),
            (_, true) => Some(Gender::Masculine),
            _ => None,
        };
        phrase
    }

    /// POST, NAME: in the source, or right behind it between commas.
    fn name_behind(&self) -> (usize, usize) {
        let (words, inside) = (self.words, self.end < self.to);
        let from = self.end + 1 + usize::from(self.has("honorifics", self.end + 1));
        let limit = if inside { self.to } else { from + NAME };
        let to = match is_capital(words, from, true, self.lexicon) {
            true => name_end(words, from, limit, self.lexicon),
            false => from,
        };
        match inside || (to > from + 1 && words.text(to) == ",") {
            true => (from, to),
            false => (from, from),
        }
    }

    /// What a post is, its head in front.
    pub(super) fn description(&self, head: usize, from: usize, to: usize) -> Vec<&'a str> {
        let small = |at: &usize| {
            *at != head
                && self.words.is_word(*at)
                && !self.has("prepositions", *at)
                && !self.has("determiners-before", *at)
        };
        let others = (from..to).filter(small).take(TITLE);
        [head]
            .into_iter()
            .chain(others)
            .map(|at| bare(self.words, at))
            .collect()
    }

    /// …, the mayor of Tarn
    pub(super) fn apposition(&self) -> Option<Vec<&'a str>> {
        let words = self.words;
        let from = self.end + 1;
        if words.text(self.end) != "," || from >= self.to {
            return None;
        }
        let end = (from..self.to)
            .find(|at| words.text(*at) == ",")
            .unwrap_or(self.to);
        let stop = (from..end)
            .find(|at| self.has("prepositions", *at))
            .unwrap_or(end);
        let head = (from..stop)
            .rev()
            .find(|at| self.has("titles", *at))
            .or_else(|| stop.checked_sub(1))?;
        (head >= from && words.is_word(head)).then(|| self.description(head, from, end))
    }
}
