//! Who says something at a cue: a name beside it, or somebody who spoke before.
use super::{Pass, content, forms, speakers};
use crate::extraction::Language;
use crate::extraction::carried::{Agreement, Carried, Gender};
use crate::extraction::proposals::Span;
use crate::extraction::words::fold;

impl Pass<'_, '_, '_> {
    pub(super) fn remember(&mut self, speaker: Span, via: Vec<Span>) {
        let carried = self.carrying(speaker, via);
        self.reader.memory.keep(carried);
    }

    pub(super) fn carrying(&self, speaker: Span, via: Vec<Span>) -> Carried {
        let article = self.reader.article;
        let name = article.slice(speaker);
        Carried {
            speaker,
            via,
            agreement: Agreement {
                gender: speakers::gender(name, self.reader.lexicon, article.language),
                number: None,
            },
            paragraph: self.sentence.paragraph,
        }
    }

    /// The subject of a sentence in which nobody speaks: a pronoun in the next one may mean it.
    pub(super) fn mention(&mut self) {
        let (words, lexicon) = (self.words, self.reader.lexicon);
        if self.reader.article.language != Language::French {
            return;
        }
        let opening =
            || speakers::opening(words, self.end, lexicon).map(|(from, to)| words.span(from, to));
        let subject = self.subject.or_else(opening).filter(|subject| {
            let from = words.at_offset(subject.start);
            subject.start >= words.start(0) && !words.listed(from, lexicon, "pronouns")
        });
        if let Some(subject) = subject {
            let carried = self.carrying(subject, Vec::new());
            self.reader.subjects.keep(carried);
        }
    }

    /// The speaker that stands at a cue, and whether it stands behind it.
    pub(super) fn voice(&self, place: &content::Place<'_, '_>) -> (Option<Span>, bool) {
        let words = self.words;
        let span = |(from, to): (usize, usize)| words.span(from, to);
        if place.found.participle {
            return (None, false);
        }
        if place.found.nobody {
            let told = speakers::told(words, place.found.end, self.end, self.reader.lexicon);
            return (told.map(span), true);
        }
        if place.found.inverted {
            return (self.by_pronoun(words.fold(place.at)), true);
        }
        if place.quotation_adjoins() {
            let right =
                speakers::behind(words, place.found.end, self.end, self.reader.lexicon, false)
                    .map(span);
            return (right.map(|right| self.resolve(right)), true);
        }
        if let Some(left) = speakers::before(words, place.at, place.floor, self.reader.lexicon) {
            return (Some(self.resolve(span(left))), false);
        }
        let verb = forms::verb_start(words, place.at, 1, place.lexicon);
        if verb > 1 && words.text(verb - 1) == "," {
            let right =
                speakers::behind(words, place.found.end, self.end, self.reader.lexicon, false)
                    .filter(|right| speakers::is_noun(words, *right, self.reader.lexicon))
                    .map(span);
            return (right, right.is_some());
        }
        (None, false)
    }

    /// French, whose pronouns name nobody: the last speaker of that gender. English keeps the pronoun.
    pub(super) fn resolve(&self, speaker: Span) -> Span {
        let slice = self.reader.article.slice(speaker);
        if self.reader.article.language == Language::French
            && self.reader.lexicon.has("pronouns", &fold(slice))
        {
            return self.by_pronoun(&fold(slice)).unwrap_or(speaker);
        }
        speaker
    }

    pub(super) fn by_pronoun(&self, word: &str) -> Option<Span> {
        let pronoun = word.rsplit(['-', '‑']).next().unwrap_or(word);
        let gender = if pronoun.starts_with("elle") {
            Gender::Feminine
        } else {
            Gender::Masculine
        };
        let asked = Agreement {
            gender: Some(gender),
            number: None,
        };
        self.reader
            .subjects
            .agreeing(asked, self.sentence.paragraph)
            .map(|carried| carried.speaker)
    }

    /// a-t-elle dit, where nobody is known whom it may mean.
    pub(super) fn pronoun(&self, at: usize) -> Option<Span> {
        let word = self.words.get(at)?;
        let length = word.text.rsplit(['-', '‑']).next()?.len();
        Some(Span::new(word.end - length, word.end))
    }

    /// X endorsed Y, saying …; X endorsed Y and said …
    pub(super) fn opening(&self, place: &content::Place<'_, '_>) -> Option<Span> {
        let (words, lexicon) = (self.words, self.reader.lexicon);
        let verb = forms::verb_start(words, place.at, 0, lexicon);
        let before = words.fold(verb.checked_sub(1)?);
        if !place.found.participle && !lexicon.has("joins", before) {
            return None;
        }
        let opening = speakers::opening(words, place.at, lexicon)?;
        Some(self.resolve(words.span(opening.0, opening.1)))
    }

    pub(super) fn carried(&self, place: &content::Place<'_, '_>) -> Option<Span> {
        let joined = place.at > 0
            && (self
                .words
                .listed(place.at - 1, self.reader.lexicon, "leads")
                || (place.quotation_adjoins()
                    && self.reader.article.language == Language::English)
                || place.found.inverted);
        if place.found.nobody || !joined && !place.found.participle {
            return None;
        }
        self.reader
            .memory
            .last(self.sentence.paragraph)
            .map(|carried| carried.speaker)
    }
}
