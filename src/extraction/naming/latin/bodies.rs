//! Outlets and bodies in English and French: the words that tell what they are, in their name or beside it.
use super::{Phrase, Reading, bare};
use crate::extraction::proposals::Party;

impl<'a> Reading<'a, '_> {
    pub(super) fn outlet(&self, outlet: usize) -> Phrase<'a> {
        let words = self.words;
        let small = |at: usize| !words.capital(at) && !words.quoted(at);
        if self.has("outlets", outlet) && small(outlet) {
            return Phrase::anonymous(None);
        }
        let name = (self.from..self.end).find(|at| !small(*at));
        match name {
            Some(from) => {
                let to = (from..self.end)
                    .find(|at| small(*at) && !self.has("particles", *at))
                    .unwrap_or(self.end);
                let mut phrase = self.named(from, to, Some(Party::Outlet));
                if small(outlet) {
                    phrase.titles.push(vec![bare(words, outlet)]);
                }
                phrase
            }
            None if self.definite => {
                Phrase::description(Party::Outlet, self.description(outlet, self.from, self.end))
            }
            None => Phrase::anonymous(None),
        }
    }

    pub(super) fn organisation(&self, head: usize) -> Phrase<'a> {
        let words = self.words;
        let description = self.description(head, self.from, self.end);
        let capital = |at: &usize| {
            words.capital(*at) && (*at > self.from || self.definite || !self.has("unnamed", *at))
        };
        let last = (self.from..self.end).rev().find(capital);
        // The ferry company Nursa: what it is, then what it is called.
        let called = !words.capital(head) && words.capital(head + 1) && head + 1 < self.end;
        let first = (self.from..=head).find(|at| words.capital(*at) || *at == head);
        let from = match (called, words.capital(head)) {
            (true, _) => head + 1,
            (false, true) => first.unwrap_or(self.from),
            (false, false) => self.from,
        };
        match last.filter(|_| !self.indefinite) {
            Some(last) => {
                let to = match last == head && self.leads(head) {
                    true => self.stop,
                    false => (last + 1).max(head + 1),
                };
                let mut phrase = self.named(from, to, Some(Party::Organisation));
                phrase.titles.push(description);
                phrase
            }
            None if self.definite => Phrase::description(Party::Organisation, description),
            None => Phrase::anonymous(None),
        }
    }
}
