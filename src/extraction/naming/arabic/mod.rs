//! Names in Arabic, which has no capitals: behind a post with all that belongs to it, behind what an outlet is, or bare.
mod bodies;

use super::phrase::{Phrase, TITLE, is_outlet};
use crate::extraction::lexicon::{CUE, Lexicon};
use crate::extraction::proposals::Party;
use crate::extraction::words::{Words, without_article};

/// Names with more words are none.
const NAME: usize = 5;
/// A phrase between commas with more words is a clause.
const ASIDE: usize = 12;

pub fn is_definite(word: &str) -> bool {
    without_article(word).len() < word.len()
}

/// As عبري، دولية: an adjective of where something is from.
fn is_adjective(word: &str, feminine: bool) -> bool {
    word.ends_with("ية")
        || word.ends_with("يين")
        || word.ends_with("يون")
        || (!feminine && word.ends_with('ي') && word.chars().count() > 3)
}

/// Lists of words that begin no name.
const NOUNS: [&str; 6] = [
    "fields",
    "organisations",
    "titles",
    "altering",
    "stops",
    "anonymous",
];

/// The words of a source as they are read.
struct Reading<'a, 't> {
    words: Words<'a, 't>,
    lexicon: &'static Lexicon,
    from: usize,
    /// Before a bracket.
    end: usize,
    to: usize,
}

/// Where the name in a post with its holder begins, and where it ends at the latest.
pub fn name_in(
    words: Words<'_, '_>,
    from: usize,
    end: usize,
    lexicon: &'static Lexicon,
) -> Option<(usize, usize)> {
    let reading = Reading {
        words,
        lexicon,
        from,
        end,
        to: end,
    };
    let name = reading.behind_title()?;
    let parts = (name..end).filter(|at| reading.parts(*at)).count();
    Some((name, name + 2 + parts))
}

pub fn read<'a>(
    words: Words<'a, '_>,
    from: usize,
    to: usize,
    lexicon: &'static Lexicon,
) -> Phrase<'a> {
    let bracket = (from..to).find(|at| words.text(*at) == "(" && *at > from);
    let reading = Reading {
        words,
        lexicon,
        from,
        end: bracket.unwrap_or(to),
        to,
    };
    reading.phrase()
}

impl<'a> Reading<'a, '_> {
    /// A word as the lists have it.
    fn bare(&self, at: usize) -> &'a str {
        without_article(self.words.fold(at))
    }

    fn has(&self, list: &str, at: usize) -> bool {
        at < self.end && self.lexicon.holds(self.words.bare_mask(at), list)
    }

    fn phrase(&self) -> Phrase<'a> {
        let (words, from) = (self.words, self.from);
        if words.quoted(from) && (from..self.end).all(|at| words.quoted(at)) {
            return self.named(from, self.end, None);
        }
        let (first, definite) = (words.fold(from), is_definite(words.fold(from)));
        let number = self
            .lexicon
            .numbers
            .get(first)
            .copied()
            .or_else(|| words.text(from).parse().ok());
        if number.is_some() && from + 1 < self.end {
            return Phrase::anonymous(number);
        }
        let never = self.has("never-named", from);
        let body = self.has("not-outlets", from + 1);
        if is_outlet(self.lexicon, words.bare_mask(from)) && !body && !never {
            return self.outlet(definite);
        }
        if self.has("organisations", from) && !self.has("titles", from) {
            return self.organisation(definite);
        }
        let begins = (from + 1..self.end).find(|at| !is_definite(words.fold(*at)));
        let titled = self.has("titles", from)
            || self.has("honorifics", from)
            || (definite && begins.is_some_and(|at| self.is_name(at)));
        let name = if titled && !never {
            self.behind_title()
        } else {
            None
        };
        if let Some(name) = name {
            let mut phrase = self.named(name, self.end, Some(Party::Person));
            if !self.has("honorifics", from) || self.has("titles", from) {
                phrase.titles.push(self.description(name));
            }
            phrase.titles.extend(self.post_behind());
            return phrase;
        }
        let many = definite && self.end == from + 1 && first.ends_with("ون");
        let unnamed = never || many || self.has("unnamed", from) || self.anonymous();
        if unnamed || (self.has("titles", from) && !definite && !self.is_told(from + 1)) {
            return Phrase::anonymous(self.count());
        }
        if titled {
            return self
                .name_behind()
                .unwrap_or_else(|| Phrase::description(Party::Office, self.description(self.end)));
        }
        let mut phrase = self.named(from, self.end, None);
        phrase.titles.extend(self.post_behind());
        // One word with an article may be a name or a description.
        if definite && self.end == from + 1 {
            phrase.titles.push(self.description(self.end));
        }
        phrase
    }

    /// Where a phrase between commas ends, behind what is read.
    fn aside(&self) -> Option<usize> {
        let words = self.words;
        if words.text(self.to) != "،" || words.quoted(self.to) {
            return None;
        }
        (self.to + 2..self.to + ASIDE).find(|at| words.text(*at) == "،")
    }

    /// NAME، POST،
    fn post_behind(&self) -> Option<Vec<&'a str>> {
        let (from, end) = (self.to + 1, self.aside()?);
        let aside = Reading {
            from,
            end,
            to: end,
            ..*self
        };
        aside.has("titles", from).then(|| aside.description(end))
    }

    /// POST، NAME،
    fn name_behind(&self) -> Option<Phrase<'a>> {
        let (from, end) = (self.to + 1, self.aside()?);
        let aside = Reading {
            from,
            end,
            to: end,
            ..*self
        };
        let plain = |at: usize| self.words.is_word(at) && self.words.mask(at) & CUE == 0;
        ((from..end).all(plain) && aside.is_name(from) && end <= from + NAME).then(|| {
            let mut phrase = aside.named(from, end, Some(Party::Person));
            phrase.titles.push(self.description(self.end));
            phrase
        })
    }

    /// With a name, of a party.
    fn named(&self, from: usize, to: usize, party: Option<Party>) -> Phrase<'a> {
        let words = self.words;
        let mut to = to;
        // A name in quotation marks ends with them.
        if let Some(quotation) = words.quotation(from) {
            to = (from..to)
                .find(|at| words.quotation(*at) != Some(quotation))
                .unwrap_or(to);
        }
        let folded = (from..to)
            .filter(|at| words.is_word(*at))
            .take(2 * TITLE)
            .map(|at| words.fold(at));
        let alias = (self.end < self.to && words.text(self.end + 2) == ")")
            .then(|| words.fold(self.end + 1));
        Phrase {
            party,
            name: (from < to).then(|| words.span(from, to)),
            words: folded.collect(),
            alias,
            ..Phrase::default()
        }
    }

    /// The head of a description, then its other words, all without articles.
    fn description(&self, to: usize) -> Vec<&'a str> {
        let told = |at: &usize| self.words.is_word(*at) && !self.has("prepositions", *at);
        (self.from..to)
            .filter(told)
            .take(TITLE)
            .map(|at| self.bare(at))
            .collect()
    }

    /// Whether the noun before a word is told by it: رئيس البلدية, and not رئيس سابق, متحدث باسم.
    fn is_told(&self, at: usize) -> bool {
        let word = self.words.fold(at);
        let loose = self.has("prepositions", at)
            || self.has("fields", at) && (is_adjective(word, false) || self.has("altering", at))
            || is_adjective(word, false);
        at < self.end && (is_definite(word) || !loose)
    }

    fn anonymous(&self) -> bool {
        let heads = (self.from..self.end.min(self.from + 2))
            .any(|at| self.words.listed(at, self.lexicon, "anonymous"));
        heads && !is_definite(self.words.fold(self.from))
    }

    fn count(&self) -> Option<u32> {
        let plural = self.has("plurals", self.from)
            || self.bare(self.from).ends_with("ات")
            || self.bare(self.from).ends_with("ون");
        (!plural).then_some(1)
    }

    /// Whether a name may begin at a word: no article, no noun of a kind.
    fn is_name(&self, at: usize) -> bool {
        let word = self.words.fold(at);
        at < self.end
            && (self.words.is_word(at) || self.words.quoted(at))
            && !is_definite(word)
            && !self.lexicon.holds_any(self.words.mask(at), &NOUNS)
            && !self.belongs(at)
    }

    /// Where a name begins behind a post: behind the post, what it is of, and the adjectives of both.
    fn behind_title(&self) -> Option<usize> {
        let words = self.words;
        let mut at = self.from;
        let mut open = true;
        while at < self.end {
            let word = words.fold(at);
            if words.quoted(at) {
                return (at > self.from && !open).then_some(at);
            }
            if !words.is_word(at) {
                return None;
            }
            if is_definite(word) || self.has("honorifics", at) {
                open = false;
            } else if self.belongs(at) {
                open = true;
            } else if self.lexicon.holds_any(
                words.bare_mask(at),
                &["titles", "organisations", "fields", "outlets"],
            ) {
                // وزير خارجية, رئيس بلدية: one more noun is to come.
                open = open || self.has("titles", at);
            } else if open && at > self.from {
                open = false;
                // A noun that the lists do not have, with a definite word to come: مدير مخازن الميناء رائد منصور.
                if is_definite(words.fold(at + 1)) && at + 2 < self.end && !self.parts(at) {
                    at += 1;
                    continue;
                }
            } else if self.is_name(at) && at > self.from {
                let short = (at..self.end).filter(|at| words.is_word(*at)).count() <= NAME;
                return short.then_some(at);
            }
            at += 1;
        }
        None
    }

    /// A preposition, alone or joined to a noun that the lists have.
    fn belongs(&self, at: usize) -> bool {
        let word = self.words.fold(at);
        let joined = || {
            let noun = word.strip_prefix(['ل', 'ب']);
            noun.is_some_and(|noun| self.lexicon.has_any(&NOUNS, without_article(noun)))
        };
        self.has("prepositions", at) || word.starts_with("لل") || joined()
    }

    fn parts(&self, at: usize) -> bool {
        self.words.listed(at, self.lexicon, "parts")
    }
}
