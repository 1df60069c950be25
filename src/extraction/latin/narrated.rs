//! French puts any verb behind a quotation, and whoever says it behind that: « … », calcule Paul Vernet; « … », raille-t-il.
use super::statement::Statement;
use super::{Pass, forms, speakers};
use crate::extraction::Language;
use crate::extraction::lexicon::Lexicon;
use crate::extraction::proposals::{Rule, Span};
use crate::extraction::words::Words;

/// A quotation of fewer words may be a name.
const NAME: usize = 4;

impl Pass<'_, '_, '_> {
    /// A quotation at the beginning of a sentence, and behind it a verb that the lists do not have: the word behind that.
    pub(super) fn narrated(&mut self) -> Option<usize> {
        let (words, lexicon) = (self.words, self.reader.lexicon);
        if self.reader.article.language != Language::French || !words.quoted(0) {
            return None;
        }
        let (quotation, behind) = self.opening_quotation()?;
        let (verb, from) = verb(words, behind, self.end, lexicon)?;
        let pronoun = forms::joined(words.fold(verb)).is_some();
        let speaker = match pronoun {
            true => self
                .by_pronoun(words.fold(verb))
                .or_else(|| self.pronoun(verb)),
            false => speakers::behind(words, from, self.end, lexicon, false)
                .filter(|speaker| speakers::is_noun(words, *speaker, lexicon))
                .map(|(from, to)| words.span(from, to)),
        }?;
        self.push(Statement {
            speaker,
            cue: (behind, from),
            spans: vec![quotation],
            rule: Rule::ContentThenCue,
            implicit: pronoun,
            via: Vec::new(),
            resume: from,
        });
        Some(from)
    }

    /// The quotation, and the word behind it and its comma.
    fn opening_quotation(&self) -> Option<(Span, usize)> {
        let words = self.words;
        let quotations = &self.reader.article.quotations;
        let quotation = quotations.get(words.quotation(0)?)?;
        let after = words.at_offset(quotation.outer.end);
        let whole = quotation.outer.start <= words.start(0)
            && self.reader.article.has_words(quotation.inner, NAME);
        let behind = after + usize::from(words.text(after) == ",");
        let ended = behind > after || matches!(words.text(after.checked_sub(2)?), "!" | "?" | "…");
        (whole && ended).then_some((quotation.outer, behind))
    }
}

/// A verb that no list has, with its auxiliaries: where it stands, and the word behind it, with which a speaker begins.
fn verb(
    words: Words<'_, '_>,
    from: usize,
    end: usize,
    lexicon: &'static Lexicon,
) -> Option<(usize, usize)> {
    let helps = |at: &usize| words.listed(*at, lexicon, "auxiliaries");
    let verb = (from..end).find(|at| !helps(at))?;
    if forms::cue(words, verb, lexicon).is_some() {
        return None;
    }
    if let Some(stem) = forms::joined(words.fold(verb)) {
        let auxiliary = lexicon.has("compounds", stem);
        return Some((verb, verb + 1 + usize::from(auxiliary)));
    }
    let past = verb > from && words.listed(verb - 1, lexicon, "compounds");
    if !forms::may_be_verb(words, verb, past) {
        return None;
    }
    // veut croire X, finit par lâcher X
    let next = verb + 1 + usize::from(words.is_any(verb + 1, &["à", "de", "d'", "par"]));
    let behind = match forms::is_infinitive(words, next, lexicon) {
        true => next + 1,
        false => verb + 1,
    };
    let begins = ["articles", "possessives", "determiners-before"]
        .iter()
        .any(|list| words.listed(behind, lexicon, list))
        && !words.listed(behind, lexicon, "of")
        && !words.listed(behind, lexicon, "contracted");
    (begins || words.capital(behind)).then_some((verb, behind))
}
