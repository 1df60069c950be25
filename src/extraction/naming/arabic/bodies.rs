//! Outlets and bodies in Arabic: what they are, then what they are called.
use super::{Phrase, Reading, is_adjective, is_definite};
use crate::extraction::proposals::Party;

impl<'a> Reading<'a, '_> {
    pub(super) fn outlet(&self, definite: bool) -> Phrase<'a> {
        let (words, from) = (self.words, self.from);
        let whole = || self.named(from, self.end, Some(Party::Outlet));
        if !self.is_kind(from) {
            return whole();
        }
        let head = self.bare(from);
        let feminine = head.ends_with('ة');
        let articles = |at: usize| is_definite(words.fold(at));
        let loose = |at: usize| !articles(at) && is_adjective(words.fold(at), feminine);
        let mut rest = from + 1..self.end;
        match definite {
            true if rest.all(articles) => Phrase::description(Party::Outlet, vec![head]),
            true => {
                let to = self.without_origin(from + 1, feminine);
                self.named(from, to, Some(Party::Outlet))
            }
            false if rest.all(loose) => Phrase::anonymous(Some(1)),
            false => self.called(head, feminine),
        }
    }

    /// What an outlet is called, without where it is from: موقع الضفة الإخباري. What tells only its trade is its name:
    /// وكالة الأنباء الساحلية.
    fn called(&self, head: &'a str, feminine: bool) -> Phrase<'a> {
        let (words, next) = (self.words, self.from + 1);
        let trade = self.has("fields", next);
        let whole = trade && is_definite(words.fold(next));
        let start = match whole {
            true => self.from,
            false => next + usize::from(trade && next + 1 < self.end),
        };
        let to = match whole {
            true => self.end,
            false => self.without_origin(start, feminine),
        };
        let mut phrase = self.named(start, to, Some(Party::Outlet));
        phrase.titles.push(vec![head]);
        phrase
    }

    /// The end of a name without the adjectives behind it.
    fn without_origin(&self, start: usize, feminine: bool) -> usize {
        let ending = if feminine { "ية" } else { "ي" };
        let word = |at: usize| self.words.fold(at);
        let agrees = |at: usize| is_definite(word(at)) && word(at).ends_with(ending);
        let mut to = self.end;
        while to > start + 1 && agrees(to - 1) {
            to -= 1;
        }
        to
    }

    /// Whether a word says what an outlet is, and does not name one.
    fn is_kind(&self, at: usize) -> bool {
        at < self.end
            && self
                .lexicon
                .holds_any(self.words.bare_mask(at), &["kinds", "outlets"])
    }

    pub(super) fn organisation(&self, definite: bool) -> Phrase<'a> {
        let (words, from) = (self.words, self.from);
        let next = from + 1;
        let feminine = self.bare(from).ends_with('ة') || self.bare(from).ends_with("ات");
        let loose = next < self.end
            && (next..self.end)
                .all(|at| is_adjective(words.fold(at), feminine) && !is_definite(words.fold(at)));
        if !definite && loose {
            return Phrase::anonymous(self.count());
        }
        let description = self.description(self.end);
        if definite && next == self.end && !self.is_place() {
            return Phrase::description(Party::Organisation, description);
        }
        let mut phrase = self.named(from, self.end, Some(Party::Organisation));
        phrase.titles.push(description);
        phrase
    }

    /// States and capitals, which have articles too.
    fn is_place(&self) -> bool {
        self.has("places", self.from)
    }
}
