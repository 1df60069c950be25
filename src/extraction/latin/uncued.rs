//! Statements that no verb before or behind introduces: by a source, by a name and a colon, by a cue inside the quotation, or
//! by nothing but the statement before.
use super::statement::Statement;
use super::{Pass, Reader, forms, sources, speakers};
use crate::extraction::Language;
use crate::extraction::article::Sentence;
use crate::extraction::proposals::{Draft, Rule, Span};
use crate::extraction::structure::Part;
use crate::extraction::words::Words;

/// What introduces a quotation with a colon has no more words.
const INTRODUCTION: usize = 16;
/// A cue between commas, with its speaker, has no more words.
const INCISE: usize = 16;

impl Reader<'_, '_> {
    /// Name: "…"; and, of somebody who does something meanwhile: she shrugs: "…"
    pub(super) fn named_quotation(&mut self, words: Words<'_, '_>, sentence: &Sentence) -> bool {
        let colon = (1..INTRODUCTION).find(|at| words.text(*at) == ":");
        let Some((colon, quotation)) = colon.and_then(|colon| {
            let quotation = self.article.quotations.get(words.quotation(colon + 1)?)?;
            Some((colon, *quotation))
        }) else {
            return false;
        };
        let plain = |at: usize| (words.is_word(at) || words.text(at) == ",") && !words.quoted(at);
        let cued = (0..colon).any(|at| forms::cue(words, at, self.lexicon).is_some());
        if cued || !(0..colon).all(plain) || !self.article.has_words(quotation.inner, 3) {
            return false;
        }
        let opening =
            speakers::opening(words, colon, self.lexicon).map(|(from, to)| words.span(from, to));
        let plain = colon < 9 && words.capital(0);
        let name = plain && (0..colon).all(|at| words.is_word(at));
        // The coach of Tarn, Ada Morrow: "…"
        let comma = (0..colon).find(|at| !words.is_word(*at));
        let titled = plain
            && comma.is_some_and(|comma| {
                (comma + 1..colon)
                    .all(|at| words.capital(at) || words.listed(at, self.lexicon, "name-joins"))
            });
        // Et d'ajouter : …
        let goes_on = words.listed(0, self.lexicon, "leads") && words.listed(1, self.lexicon, "of");
        let carried = self.memory.last(sentence.paragraph).cloned();
        let (speaker, via) = match (goes_on, carried, opening) {
            (true, Some(carried), _) => (carried.speaker, carried.via),
            _ if titled => (words.span(0, colon), Vec::new()),
            (false, _, Some(opening)) => (opening, Vec::new()),
            (false, _, None) if name => (words.span(0, colon), Vec::new()),
            _ => return false,
        };
        self.drafts.push(Draft {
            speaker: (speaker),
            cue: words.span(colon, colon + 1),
            spans: vec![quotation.outer],
            via,
            implicit: goes_on,
            rule: Rule::NamedQuotation,
        });
        true
    }

    /// A sentence that is one quotation goes on with the statement before it in the paragraph, or with its speaker.
    pub(super) fn quotation_alone(&mut self, words: Words<'_, '_>, sentence: &Sentence) {
        let Some(quotation) = words
            .quotation(0)
            .and_then(|at| self.article.quotations.get(at))
            .copied()
        else {
            return;
        };
        let words_said = self.article.word_count(quotation.inner);
        if !(0..words.len()).all(|at| words.quoted(at) || !words.is_word(at)) || words_said < 3 {
            return;
        }
        let first = words.start(0) <= quotation.outer.start + 3;
        // “…,” X said. And in the next paragraph: “…”
        let direct = self
            .drafts
            .last()
            .and_then(|draft| draft.spans.last())
            .is_some_and(|last| {
                let at = self
                    .article
                    .quotations
                    .partition_point(|quotation| quotation.outer.end < last.end);
                self.article
                    .quotations
                    .get(at)
                    .is_some_and(|quotation| quotation.outer.overlaps(*last))
            });
        let same = self.last_paragraph.is_some_and(|last| {
            last == sentence.paragraph
                || ((quotation.continues || direct) && last + 1 == sentence.paragraph)
        });
        // A heading in quotation marks is told again below it.
        if !first || sentence.part != Part::Paragraph {
            return;
        }
        if same && let Some(draft) = self.drafts.last_mut() {
            if !draft
                .spans
                .iter()
                .any(|span| span.overlaps(quotation.outer))
                && draft.span().end <= quotation.outer.start
            {
                draft.spans.push(quotation.outer);
                self.last_paragraph = Some(sentence.paragraph);
            }
            return;
        }
        let Some(carried) = self.memory.last(sentence.paragraph).cloned() else {
            return;
        };
        self.drafts.push(Draft {
            speaker: carried.speaker,
            cue: Span::new(quotation.outer.start, quotation.inner.start),
            spans: vec![quotation.outer],
            via: carried.via,
            implicit: true,
            rule: Rule::QuotationAlone,
        });
    }
}

impl Pass<'_, '_, '_> {
    /// "According to X, …" and "…, according to X".
    pub(super) fn source(&mut self) -> bool {
        let Some(source) =
            (0..self.end).find_map(|at| sources::at(self.words, at, self.end, self.reader.lexicon))
        else {
            return false;
        };
        // De source diplomatique, on indique que …
        let nobody = self.words.listed(source.end, self.reader.lexicon, "nobody")
            && forms::cue(self.words, source.end + 1, self.reader.lexicon).is_some();
        let behind = self
            .citing
            .as_ref()
            .map_or(0, |citing| citing.end)
            .max(source.end + if nobody { 2 } else { 0 });
        let clause = (0..source.at)
            .rev()
            .find(|at| self.words.text(*at) == ";" && !self.words.quoted(*at));
        let content = match source.leading {
            true => (behind, self.end),
            false => (clause.map_or(0, |mark| mark + 1), source.at),
        };
        let name = self.words.span(source.name.0, source.name.1);
        let name = match source.carried {
            false => self.resolve(name),
            true => match self.reader.subjects.last(self.sentence.paragraph) {
                Some(carried) => carried.speaker,
                None => return false,
            },
        };
        let cued = (content.0..content.1)
            .any(|at| forms::cue(self.words, at, self.reader.lexicon).is_some());
        if cued && self.enclosing.is_none() {
            self.enclosing = Some(name);
            self.end = if source.leading { self.end } else { source.at };
            return false;
        }
        self.enclosing = None;
        if content.0 + 2 >= content.1 {
            return false;
        }
        let mut spans = vec![self.trim(content.0, content.1)];
        if !source.leading
            && let Some(span) = self.whole_quotation(content.1)
        {
            spans = vec![span];
        } else if source.aside {
            spans.push(self.trim(source.end, self.end));
        }
        self.push(Statement {
            speaker: name,
            cue: (source.at, source.name.0),
            spans,
            rule: Rule::Source,
            implicit: source.carried,
            via: Vec::new(),
            resume: self.end,
        });
        true
    }

    /// Whether what others say makes up most of a sentence that is given to a source. Who says a quotation, in however many
    /// words, belongs to it.
    pub(super) fn told_by_others(&self) -> bool {
        let words = self.words;
        let length = |span: &Span| span.end - span.start;
        let told: usize = self
            .reader
            .drafts
            .iter()
            .skip(self.before)
            .map(|draft| {
                let quotes = words.quoted(words.at_offset(draft.span().start));
                let named = quotes && draft.speaker.start >= words.start(0);
                let speaker = if named { length(&draft.speaker) } else { 0 };
                draft.spans.iter().map(length).sum::<usize>() + speaker
            })
            .sum();
        told * 2 > length(&words.span(0, self.end))
    }

    /// The quotation right before a word, if it is what the source says.
    pub(super) fn whole_quotation(&self, until: usize) -> Option<Span> {
        let last = (0..until)
            .rev()
            .find(|at| self.words.is_word(*at) || self.words.quoted(*at))?;
        let quotation = self
            .words
            .quotation(last)
            .and_then(|at| self.reader.article.quotations.get(at))?;
        (quotation.outer.start <= self.words.start(0) + 3).then_some(quotation.outer)
    }

    /// « A, a-t-il dit, B »: one statement in two parts, its cue between them inside the quotation.
    pub(super) fn incises(&mut self) {
        if self.reader.article.language != Language::French {
            return;
        }
        let (words, lexicon) = (self.words, self.reader.lexicon);
        let mut done = None;
        // Behind a comma, and something before it.
        for at in 2..words.len() {
            let Some(number) = words
                .quotation(at)
                .filter(|number| done != Some(*number) && words.text(at - 1) == ",")
            else {
                continue;
            };
            let found =
                forms::incise(words, at, lexicon).or_else(|| forms::any_incise(words, at, lexicon));
            let Some(found) = found else {
                continue;
            };
            let mark = |from: usize| {
                (from..words.len().min(from + INCISE))
                    .find(|at| matches!(words.text(*at), "," | "."))
            };
            // lance X, secrétaire du syndicat. lance X, la secrétaire du syndicat, et …
            let titled = |comma: usize| {
                mark(comma + 1).filter(|end| {
                    let plain = (comma + 1..*end).all(|at| {
                        !words.listed(at, lexicon, "verbs")
                            && !words.listed(at, lexicon, "pronouns")
                    });
                    let post =
                        comma + 1 + usize::from(words.listed(comma + 1, lexicon, "articles"));
                    let ended = words.text(*end) == "." && words.capital(end + 1);
                    let closes = ended || words.listed(post, lexicon, "titles");
                    !words.capital(comma + 1) && plain && closes
                })
            };
            let Some(close) = mark(found.end).map(|comma| titled(comma).unwrap_or(comma)) else {
                continue;
            };
            let Some(quotation) = self.reader.article.quotations.get(number).copied() else {
                continue;
            };
            let speaker = match found.inverted {
                true => self.by_pronoun(
                    words
                        .fold(found.end - 1)
                        .rsplit_once("-t")
                        .map_or_else(|| words.fold(at), |_| words.fold(at)),
                ),
                false => speakers::behind(words, found.end, close, lexicon, true)
                    .map(|(from, to)| words.span(from, to)),
            };
            let Some(speaker) = speaker
                .or_else(|| {
                    self.reader
                        .memory
                        .last(self.sentence.paragraph)
                        .map(|carried| carried.speaker)
                })
                .or_else(|| self.pronoun(at).filter(|_| found.inverted))
            else {
                continue;
            };
            let spans = vec![
                Span::new(quotation.inner.start, words.end(at - 2)),
                Span::new(words.start(close + 1), quotation.inner.end),
            ];
            let spans = spans
                .into_iter()
                .map(|span| self.reader.article.trim(span))
                .collect();
            self.push(Statement {
                speaker,
                cue: (at, found.end),
                spans,
                rule: Rule::Incise,
                implicit: found.inverted,
                via: Vec::new(),
                resume: close,
            });
            done = Some(number);
        }
    }
}
