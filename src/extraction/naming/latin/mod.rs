//! Names in English and French: capitals, with posts before them or behind a comma.
mod bodies;
mod posts;

use super::phrase::{Phrase, TITLE, is_outlet};
use crate::extraction::Language;
use crate::extraction::carried::Gender;
use crate::extraction::lexicon::{CUE, Lexicon};
use crate::extraction::proposals::Party;
use crate::extraction::words::{Words, without_stop};

/// Lists of words that begin a sentence with a capital, and are no names.
const SMALL: [&str; 13] = [
    "small",
    "leads",
    "boundaries",
    "adjuncts",
    "determiners-before",
    "right-stops",
    "subordinators",
    "pronouns",
    "clause-starts",
    "anonymous",
    "unnamed",
    "relatives",
    "prepositions",
];

/// The words of a source as they are read.
struct Reading<'a, 't> {
    words: Words<'a, 't>,
    lexicon: &'static Lexicon,
    /// Behind the determiner.
    from: usize,
    /// Where its first part ends: at a comma, a bracket, a relative.
    end: usize,
    /// Where what belongs to its head begins.
    stop: usize,
    /// Behind all of it.
    to: usize,
    definite: bool,
    indefinite: bool,
}

/// A word as the lists have it: without the stop of an abbreviation.
pub fn bare<'a>(words: Words<'a, '_>, at: usize) -> &'a str {
    without_stop(words.fold(at))
}

/// The same, without its genitive.
fn stem<'a>(words: Words<'a, '_>, at: usize) -> &'a str {
    let word = bare(words, at);
    word.strip_suffix("'s").unwrap_or(word)
}

/// Whether a word may begin a name: a capital, and at the start no small word of the language.
pub fn is_capital(words: Words<'_, '_>, at: usize, first: bool, lexicon: &Lexicon) -> bool {
    let small = || lexicon.has_any(&SMALL, stem(words, at));
    words.is_word(at) && words.capital(at) && !(first && small())
}

/// The end of a name that begins at a word: capitals, with small words between them.
pub fn name_end(words: Words<'_, '_>, from: usize, limit: usize, lexicon: &Lexicon) -> usize {
    let mut at = from;
    while at < limit {
        let particle = || {
            at > from
                && words.listed(at, lexicon, "particles")
                && at + 1 < limit
                && words.capital(at + 1)
        };
        let capital = words.is_word(at) && words.capital(at) && words.text(at) != "I";
        if !capital && !particle() {
            break;
        }
        at += 1;
        if words.text(at - 1).ends_with("'s") || words.text(at - 1).ends_with("’s") {
            break;
        }
    }
    at
}

pub fn read<'a>(
    words: Words<'a, '_>,
    from: usize,
    to: usize,
    lexicon: &'static Lexicon,
) -> Phrase<'a> {
    let mut from = from;
    while from < to && words.listed(from, lexicon, "leads") {
        from += 1;
    }
    let indefinite = words.listed(from, lexicon, "indefinite");
    let number = lexicon.numbers.get(words.fold(from)).copied();
    let digits = words.text(from).parse().ok();
    if from + 1 == to && words.listed(from, lexicon, "pronouns") {
        return pronoun(words.fold(from), lexicon);
    }
    let counted = number.or(digits).filter(|_| {
        words.text(from + 1).starts_with(char::is_lowercase)
            && from + 1 < to
            && !words.listed(from + 1, lexicon, "collectives")
    });
    let definite = !indefinite && words.listed(from, lexicon, "determiners-before");
    let begins = definite && has_article(words, from, lexicon);
    if (definite && !begins) || indefinite || counted.is_some() {
        from += 1;
    }
    if from >= to {
        return Phrase::default();
    }
    let ends = |at: &usize| {
        (!words.is_word(*at)
            && !matches!(
                words.text(*at),
                "." | "-" | "&" | "“" | "”" | "\"" | "«" | "»" | "'" | "/"
            ))
            || words.listed(*at, lexicon, "relatives")
    };
    let end = (from..to).find(ends).unwrap_or(to);
    let belongs = |at: &usize| *at > from && words.listed(*at, lexicon, "prepositions");
    let inside = |at: usize| {
        words.listed(at, lexicon, "particles") && words.capital(at - 1) && words.capital(at + 1)
    };
    let stop = (from..end)
        .find(|at| belongs(at) && !inside(*at))
        .unwrap_or(end);
    let reading = Reading {
        words,
        lexicon,
        from,
        end,
        stop,
        to,
        definite,
        indefinite: indefinite || counted.is_some(),
    };
    let mut phrase = reading.phrase();
    if phrase.party == Some(Party::Anonymous) && phrase.count.is_none() {
        phrase.count = counted.or_else(|| reading.one());
    }
    phrase
}

/// selon La Vigie, rapporte Le Fanal: a name that begins with its article, which has a capital though no sentence begins there.
fn has_article(words: Words<'_, '_>, from: usize, lexicon: &'static Lexicon) -> bool {
    let Some(before) = from.checked_sub(1) else {
        return false;
    };
    let within = lexicon.holds_any(
        words.mask(before),
        &["prepositions", "sources", "media", "by"],
    ) || words.mask(before) & CUE != 0;
    lexicon.language == Language::French
        && words.listed(from, lexicon, "articles")
        && words.capital(from)
        && words.capital(from + 1)
        && within
}

fn pronoun(word: &str, lexicon: &Lexicon) -> Phrase<'static> {
    let gender = match (
        lexicon.has("masculine", word),
        lexicon.has("feminine", word),
    ) {
        (true, _) => Some(Gender::Masculine),
        (_, true) => Some(Gender::Feminine),
        _ => None,
    };
    Phrase {
        party: Some(Party::Person),
        pronoun: gender.is_some(),
        gender,
        ..Phrase::default()
    }
}

impl<'a> Reading<'a, '_> {
    fn has(&self, list: &str, at: usize) -> bool {
        self.lexicon.holds(self.words.bare_mask(at), list)
    }

    fn phrase(&self) -> Phrase<'a> {
        let (words, head) = (self.words, self.stop.max(self.from + 1) - 1);
        let joined = matches!(words.fold(self.end), "and" | "et" | "or" | "ou");
        if joined && words.capital(self.from) {
            return Phrase {
                party: Some(Party::Person),
                ..Phrase::default()
            };
        }
        let region = || self.from..self.stop;
        let title = region()
            .rev()
            .find(|at| self.has("titles", *at) && !self.is_surname(*at));
        let honorific = region().find(|at| self.has("honorifics", *at));
        if let Some(title) = title {
            return self.titled(title);
        }
        if let Some(honorific) = honorific {
            return self.titled(honorific);
        }
        let outlet = region()
            .rev()
            .find(|at| is_outlet(self.lexicon, words.bare_mask(*at)));
        let body = region().any(|at| self.has("not-outlets", at));
        let plain = |at: usize| words.capital(at) || words.quoted(at);
        if let Some(outlet) = outlet.filter(|outlet| !body && (*outlet == head || plain(head))) {
            return self.outlet(outlet);
        }
        let organisation = region().rev().find(|at| self.has("organisations", *at));
        if let Some(at) = organisation.filter(|at| *at == head || plain(head) || self.leads(*at)) {
            return self.organisation(at);
        }
        if let Some(phrase) = self.traded() {
            return phrase;
        }
        if is_capital(
            words,
            self.from,
            !self.definite && !self.indefinite,
            self.lexicon,
        ) && plain(head)
        {
            let party = self.definite.then_some(Party::Organisation);
            let mut phrase = self.named(
                self.from,
                name_end(words, self.from, self.stop, self.lexicon),
                party,
            );
            phrase.titles.extend(self.apposition());
            return phrase;
        }
        if words.quoted(self.from) && self.from + 1 < self.to {
            return self.named(self.from, self.to, None);
        }
        self.unnamed(head)
    }

    /// La Cour suprême: the noun comes first, and its adjective behind it.
    fn leads(&self, at: usize) -> bool {
        at == self.from && self.lexicon.language == Language::French
    }

    /// The sculptor Ada Morrow: a name behind a trade that no list has.
    fn traded(&self) -> Option<Phrase<'a>> {
        let words = self.words;
        if !(self.definite || self.indefinite) || words.capital(self.from) {
            return None;
        }
        let from = (self.from..self.stop).find(|at| words.capital(*at))?;
        let whole = from + 1 < self.stop
            && name_end(words, from, self.stop, self.lexicon) == self.stop
            && (self.from..from).all(|at| words.is_word(at));
        whole.then(|| {
            let mut phrase = self.named(from, self.stop, Some(Party::Person));
            phrase
                .titles
                .push(self.description(from - 1, self.from, from));
            phrase.titles.extend(self.apposition());
            phrase
        })
    }

    /// Charlie King, Mr. King: no post, where nothing follows and a name or an honorific stands before.
    fn is_surname(&self, at: usize) -> bool {
        let words = self.words;
        let behind = at > self.from
            && (self.has("honorifics", at - 1)
                || words.capital(at - 1)
                    && !(self.definite || self.indefinite || self.has("titles", at - 1)));
        behind && words.capital(at) && at + 1 == self.stop
    }

    /// With a name, of a party.
    fn named(&self, from: usize, to: usize, party: Option<Party>) -> Phrase<'a> {
        let words = self.words;
        let name_end = |at: usize| self.has("name-ends", at) || !words.is_word(at);
        let mut to = to;
        while to > from + 1 && name_end(to - 1) {
            to -= 1;
        }
        let folded = (from..to)
            .filter(|at| words.is_word(*at))
            .map(|at| stem(words, at));
        let alias = (words.text(to) == "(" && words.text(to + 2) == ")" && to + 2 < self.to)
            .then(|| words.fold(to + 1));
        let mut span = words.span(from, to);
        let last = to.checked_sub(1).map_or("", |last| words.text(last));
        if last.ends_with("'s") || last.ends_with("’s") {
            span.end -= last.len()
                - last
                    .trim_end_matches('s')
                    .trim_end_matches(['\'', '’'])
                    .len();
        }
        Phrase {
            party,
            name: Some(span),
            words: folded.collect(),
            alias,
            ..Phrase::default()
        }
    }

    fn unnamed(&self, head: usize) -> Phrase<'a> {
        if self.definite && !self.is_unnamed(head) {
            return Phrase {
                titles: vec![self.description(head, self.from, self.end)],
                ..Phrase::default()
            };
        }
        Phrase::anonymous(None)
    }

    fn is_unnamed(&self, at: usize) -> bool {
        self.lexicon
            .holds_any(self.words.bare_mask(at), &["unnamed", "anonymous"])
    }

    /// One, when nothing tells of more: the head is no plural, no number, no crowd.
    fn one(&self) -> Option<u32> {
        let at = self.stop.max(self.from + 1) - 1;
        let head = bare(self.words, at);
        let plural = head.ends_with(['s', 'x']) && !head.ends_with("ss");
        let number = self.lexicon.numbers.contains_key(head);
        (!plural && !number && !self.has("collectives", at)).then_some(1)
    }
}
