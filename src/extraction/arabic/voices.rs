//! Whose voice a cue reports: its subject, whom a relay quotes, or who spoke before and agrees.
use super::forms::{self, Found};
use super::{Pass, speakers};
use crate::extraction::carried::Carried;
use crate::extraction::lexicon::{CueKind, Form};
use crate::extraction::proposals::Span;

/// Who speaks, and through whom.
#[derive(Clone)]
pub struct Voice {
    pub speaker: Option<Span>,
    pub via: Vec<Span>,
    pub implicit: bool,
    /// The word behind all of that.
    pub after: usize,
}

impl Pass<'_, '_, '_> {
    /// ذكرت الوكالة نقلا عن X أن: X says it, and the agency carries it.
    pub(super) fn handed_on(&self, voice: &mut Voice) {
        let from = voice.after + usize::from(self.words.text(voice.after) == "،");
        let Some(source) = self.sources.iter().find(|source| {
            source.at == from && !source.leading && self.words.fold(from).ends_with("نقلا")
        }) else {
            return;
        };
        if let (Some(name), Some(speaker)) = (source.name, voice.speaker) {
            voice.via.push(speaker);
            voice.speaker = Some(name);
            voice.after = source.end;
        }
    }

    pub(super) fn voice(&self, at: usize, found: &Found) -> Option<Voice> {
        let (words, paragraph) = (self.words, self.sentence.paragraph);
        let leading = self
            .sources
            .iter()
            .find(|source| source.leading && source.at < at)
            .and_then(|source| source.name);
        let via: Vec<Span> = leading.into_iter().collect();
        if found.cue.kind == CueKind::Relay {
            return speakers::relayed(words, at, found, via);
        }
        if found.cue.form == Form::Participle {
            let carried = self.subject.clone().or_else(|| {
                let (from, to) = speakers::phrase(words, 1, &[]);
                (from < to && to <= at).then(|| Carried {
                    speaker: words.span(from, to),
                    via: Vec::new(),
                    agreement: speakers::agreement(words, from),
                    paragraph,
                })
            });
            let carried = carried.or_else(|| {
                self.reader
                    .memory
                    .agreeing(found.cue.agreement, paragraph)
                    .cloned()
            })?;
            return Some(Voice {
                speaker: Some(carried.speaker),
                via: carried.via,
                implicit: true,
                after: at + 1,
            });
        }
        if found.cue.kind == CueKind::Document {
            return speakers::of_document(words, at, via);
        }
        let told = || speakers::before(words, at, found, &self.outer);
        let before = speakers::behind_but(words, at, found)
            .or_else(|| speakers::as_for(words, at, found))
            .or_else(|| forms::tells(words, at).then(told).flatten());
        if let Some((first, last)) = before {
            return Some(Voice {
                speaker: Some(words.span(first, last)),
                via,
                implicit: false,
                after: at + 1,
            });
        }
        let known: Vec<&str> = self
            .reader
            .memory
            .speakers()
            .map(|span| self.reader.article.slice(span))
            .collect();
        let (from, to) = speakers::phrase(words, at + 1, &known);
        if from < to {
            let last = speakers::before_object(words, at, from, to);
            return Some(Voice {
                speaker: Some(words.span(from, last)),
                via,
                implicit: false,
                after: to,
            });
        }
        if let Some((first, last)) = speakers::before(words, at, found, &self.outer) {
            return Some(Voice {
                speaker: Some(words.span(first, last)),
                via,
                implicit: false,
                after: from,
            });
        }
        if found.cue.impersonal
            && forms::is_content_mark(words, from)
            && self.subject.is_none()
            && forms::reads_impersonally(words, at)
        {
            return None;
        }
        // Inside what somebody said, a verb goes on with a subject of that clause, which nothing tells.
        let begins = words.start(at);
        let inside = |(span, _): &(Span, Vec<Span>)| span.start < begins && begins < span.end;
        if self.outer.iter().any(inside) {
            return None;
        }
        let subject = self
            .subject
            .clone()
            .filter(|carried| carried.agreement.suits(found.cue.agreement));
        let carried = subject.or_else(|| {
            self.reader
                .memory
                .agreeing(found.cue.agreement, paragraph)
                .cloned()
        });
        let Some(carried) = carried else {
            return Some(Voice {
                speaker: None,
                via,
                implicit: true,
                after: from,
            });
        };
        let via = if via.is_empty() { carried.via } else { via };
        Some(Voice {
            speaker: Some(carried.speaker),
            via,
            implicit: true,
            after: from,
        })
    }

    /// The subject of a verb is who goes on in this sentence, and in the next ones.
    pub(super) fn remember_subject(&mut self, found: &Found, voice: &Voice) {
        let Some(speaker) = voice.speaker else { return };
        if voice.implicit && self.subject.is_some() {
            return;
        }
        let mut agreement = speakers::agreement(self.words, self.words.at_offset(speaker.start));
        if speaker.start < self.words.start(0) {
            agreement = found.cue.agreement;
        } else if found.cue.kind != CueKind::Relay {
            agreement.gender = found.cue.agreement.gender;
        }
        let carried = Carried {
            speaker,
            via: voice.via.clone(),
            agreement,
            paragraph: self.sentence.paragraph,
        };
        let nested = self
            .outer
            .iter()
            .any(|(span, _)| span.start <= speaker.start && speaker.end <= span.end);
        if !nested {
            self.subject = Some(carried.clone());
            self.reader.memory.keep(carried);
        }
    }
}
