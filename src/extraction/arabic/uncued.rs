//! Statements without a verb of saying: by a source, by a phrase behind a quotation, by a title with a colon.
use super::sources::SourcePhrase;
use super::{Pass, forms, speakers};
use crate::extraction::carried::Carried;
use crate::extraction::proposals::{Draft, Rule, Span};
use crate::extraction::structure::Part;

/// What is told of a source, between commas, has no more words.
const ASIDE: usize = 16;

impl Pass<'_, '_, '_> {
    fn source_draft(&self, source: &SourcePhrase, name: Span, span: Span) -> Option<Draft> {
        let span = self.reader.article.trim(span);
        (self.reader.article.has_words(span, 3)).then(|| Draft {
            speaker: name,
            cue: self.words.span(source.at, source.at + 1),
            spans: vec![span],
            via: source.outlet.into_iter().collect(),
            implicit: false,
            rule: Rule::Source,
        })
    }

    /// "According to X, …", when nobody else speaks in it.
    pub(super) fn leading_source(&mut self) {
        if self.reader.drafts.len() > self.before {
            return;
        }
        let Some((source, name)) = self
            .sources
            .iter()
            .filter(|source| source.leading)
            .find_map(|source| Some((*source, source.name?)))
        else {
            return;
        };
        let mut from = source.end;
        // بحسب المهندس، الذي …، فإن: what is told of the source is not what it says.
        if self.words.listed(from + 1, forms::lexicon(), "relatives") {
            from = (from + 2..self.words.len().min(from + ASIDE))
                .find(|at| matches!(self.words.text(*at), "،" | ","))
                .unwrap_or(from);
        }
        while matches!(self.words.fold(from), "،" | "," | ":")
            || self.words.listed(from, forms::lexicon(), "resumes")
        {
            from += 1;
        }
        let until = self
            .sources
            .iter()
            .find(|other| other.at > from)
            .map_or(self.words.len(), |other| other.at);
        if from < until
            && let Some(draft) = self.source_draft(&source, name, self.words.span(from, until))
        {
            self.keep(&draft);
            self.reader.drafts.push(draft);
        }
    }

    /// "…, according to X": carries what was said before it, or says it.
    pub(super) fn trailing_sources(&mut self) {
        for source in self.sources.clone() {
            let (begins, before) = (self.words.start(source.at), self.before);
            // قال X، وفقا لصحيفة Y: «…»
            let mut drafts = self.reader.drafts.iter().skip(before);
            let carries = !source.leading || drafts.any(|draft| draft.cue.start < begins);
            let Some(name) = source.name.filter(|_| carries) else {
                continue;
            };
            let mut said = false;
            for draft in self
                .reader
                .drafts
                .iter_mut()
                .skip(before)
                .filter(|draft| draft.cue.start < begins && draft.rule != Rule::Source)
            {
                said = true;
                if draft.via.is_empty() && draft.speaker != name {
                    draft.via.push(name);
                }
            }
            if !said
                && source.at > 3
                && let Some(draft) = self.source_draft(&source, name, self.words.span(0, source.at))
            {
                self.keep(&draft);
                self.reader.drafts.push(draft);
            }
        }
    }

    pub(super) fn keep(&mut self, draft: &Draft) {
        let agreement = speakers::agreement(self.words, self.words.at_offset(draft.speaker.start));
        self.reader.memory.keep(Carried {
            speaker: draft.speaker,
            via: Vec::new(),
            agreement,
            paragraph: self.sentence.paragraph,
        });
    }

    /// «…»، على حد قوله
    pub(super) fn as_he_put_it(&mut self) {
        for at in 0..self.words.len() {
            if !forms::is_wording(self.words, at) {
                continue;
            }
            let begins = self.words.start(at);
            let quotations = &self.reader.article.quotations;
            let last = quotations.partition_point(|quotation| quotation.outer.end <= begins);
            let Some(quotation) = last
                .checked_sub(1)
                .and_then(|last| quotations.get(last))
                .copied()
            else {
                continue;
            };
            let spoken = self
                .reader
                .drafts
                .iter()
                .skip(self.before)
                .any(|draft| draft.span().contains(quotation.inner));
            let Some((speaker, via, implicit)) = self.who_put_it(at) else {
                continue;
            };
            if spoken || quotation.outer.start < self.words.start(0) {
                continue;
            }
            self.reader.drafts.push(Draft {
                speaker,
                cue: self.words.span(at, at + 3),
                spans: vec![self.reader.article.trim(quotation.inner)],
                via,
                implicit,
                rule: Rule::AsHePutIt,
            });
        }
    }

    /// Who is named behind على حد تعبير; with a pronoun, the last speaker.
    fn who_put_it(&self, at: usize) -> Option<(Span, Vec<Span>, bool)> {
        if self.words.listed(at + 2, forms::lexicon(), "wordings") {
            let (from, to) = speakers::phrase(self.words, at + 3, &[]);
            return (from < to).then(|| (self.words.span(from, to), Vec::new(), false));
        }
        let carried = self.reader.memory.last(self.sentence.paragraph)?;
        Some((carried.speaker, carried.via.clone(), true))
    }

    /// `Speaker: …`
    pub(super) fn headline(&mut self) {
        let colon = (1..8).find(|at| self.words.text(*at) == ":" && !self.words.quoted(*at));
        let (Some(colon), Part::Title) = (colon, self.sentence.part) else {
            return;
        };
        if (0..colon).any(|at| forms::cue(self.words, at).is_some()) || self.words.len() < colon + 4
        {
            return;
        }
        self.reader.drafts.push(Draft {
            speaker: self.words.span(0, colon),
            cue: self.words.span(colon, colon + 1),
            spans: vec![
                self.reader
                    .article
                    .trim(self.words.span(colon + 1, self.words.len())),
            ],
            via: Vec::new(),
            implicit: false,
            rule: Rule::Headline,
        });
        self.before = self.reader.drafts.len();
    }
}
