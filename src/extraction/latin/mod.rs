//! English and French: the subject first, or behind a quotation; what is said before its cue or behind it.
mod before;
mod behind;
mod chains;
mod content;
mod forms;
mod narrated;
mod outlets;
mod sources;
mod speakers;
mod statement;
mod uncued;
mod voices;

use super::article::{Article, Sentence};
use super::carried::Memory;
use super::lexicon::{self, Lexicon};
use super::proposals::{Draft, Rule, Span};
use super::words::Words;
use statement::Statement;

pub use forms::is_plain_cue;

pub fn statements(article: &Article<'_>) -> Vec<Draft> {
    let mut reader = Reader {
        article,
        lexicon: lexicon::of(article.language),
        memory: Memory::default(),
        subjects: Memory::default(),
        drafts: Vec::new(),
        last_paragraph: None,
    };
    for sentence in &article.sentences {
        let words = article.words(sentence);
        let words = words.from(forms::dateline(words));
        let before = reader.drafts.len();
        Pass::new(&mut reader, words, sentence).run();
        if reader.drafts.len() == before && !reader.named_quotation(words, sentence) {
            reader.quotation_alone(words, sentence);
        }
        if reader.drafts.len() > before {
            reader.last_paragraph = Some(sentence.paragraph);
        }
    }
    reader.drafts
}

struct Reader<'a, 't> {
    article: &'a Article<'t>,
    lexicon: &'static Lexicon,
    memory: Memory,
    /// Whom a pronoun may mean: speakers, and subjects of sentences in which nobody speaks.
    subjects: Memory,
    drafts: Vec<Draft>,
    /// The paragraph of the last draft.
    last_paragraph: Option<usize>,
}

/// One sentence being read.
struct Pass<'r, 'a, 't> {
    reader: &'r mut Reader<'a, 't>,
    words: Words<'a, 't>,
    sentence: &'a Sentence,
    /// Without its last stop.
    end: usize,
    subject: Option<Span>,
    /// The source that the whole sentence is given to, when somebody else speaks in it.
    enclosing: Option<Span>,
    citing: Option<chains::Citing>,
    before: usize,
}

impl<'r, 'a, 't> Pass<'r, 'a, 't> {
    fn new(reader: &'r mut Reader<'a, 't>, words: Words<'a, 't>, sentence: &'a Sentence) -> Self {
        let stop = |at: usize| !words.is_word(at) && !words.quoted(at);
        let end = (0..words.len())
            .rev()
            .find(|at| !stop(*at))
            .map_or(0, |at| at + 1);
        let before = reader.drafts.len();
        Self {
            reader,
            words,
            sentence,
            end,
            subject: None,
            enclosing: None,
            citing: None,
            before,
        }
    }

    fn run(mut self) {
        let end = self.end;
        self.citing = self.citing();
        if self.source() {
            return;
        }
        self.incises();
        let narrated = match self.reader.drafts.len() == self.before {
            true => self.narrated(),
            false => None,
        };
        let mut at = narrated.unwrap_or(0);
        while at < self.end {
            at = self.cue(at).unwrap_or(at + 1).max(at + 1);
        }
        if self.enclosing.is_some() && !self.told_by_others() {
            self.reader.drafts.truncate(self.before);
            self.end = end;
            self.source();
        }
        self.media();
        self.introduce();
        self.settle();
    }

    /// X said:, at the end of a line: the next one is what X said.
    fn introduce(&mut self) {
        let colon = self.words.text(self.words.len().saturating_sub(1)) == ":";
        if let Some(speaker) = self.subject.filter(|_| colon) {
            self.remember(speaker, Vec::new());
        }
    }

    /// Words without the marks around them; marks of quotations stay.
    fn trim(&self, from: usize, to: usize) -> Span {
        let keep = |at: &usize| {
            self.words.is_word(*at)
                || self.words.quoted(*at)
                || matches!(self.words.text(*at), ")" | "(")
        };
        let first = (from..to).find(keep).unwrap_or(from);
        let last = (first..to).rev().find(keep).unwrap_or(first);
        self.words.span(first, last + 1)
    }

    fn cue(&mut self, at: usize) -> Option<usize> {
        let outer = self.statement(at)?;
        let resume = outer.resume;
        match self.nested(&outer) {
            Some(inner) => self.push(inner),
            None => self.push(outer),
        }
        Some(resume)
    }

    /// What the cue at a word reports.
    fn statement(&mut self, at: usize) -> Option<Statement> {
        let (words, lexicon) = (self.words, self.reader.lexicon);
        let found = forms::cue(words, at, lexicon)?;
        let article = self.reader.article;
        let place = content::Place::new(article, words, at, &found, self.end, lexicon);
        if found.participle && !forms::hangs(words, at, lexicon) {
            return None;
        }
        let (voice, inverted) = self.voice(&place);
        if !inverted && !found.participle && voice.is_some() {
            self.subject = voice;
        }
        // Somebody was told, was asked.
        let told = found.cue.addressee && !found.participle;
        if forms::is_negated(words, at, lexicon)
            || (told && words.listed(at.wrapping_sub(1), lexicon, "passives"))
        {
            return None;
        }
        if found.nobody && voice.is_none() {
            return None;
        }
        let quoted = self.quoted_as_saying(&place);
        let speaker = quoted
            .map(|(speaker, _)| speaker)
            .or(voice)
            .or(self.subject)
            .or_else(|| self.opening(&place))
            .or_else(|| self.carried(&place))
            .or_else(|| self.pronoun(at).filter(|_| found.inverted))?;
        let statement = |spans, rule, resume| Statement {
            speaker,
            cue: (at, found.end),
            spans,
            rule,
            implicit: voice.is_none() && quoted.is_none(),
            via: quoted.and_then(|(_, via)| via).into_iter().collect(),
            resume,
        };
        if let Some((spans, resume)) = before::quotation(&place, speaker, inverted) {
            return Some(statement(spans, Rule::ContentThenCue, resume));
        }
        let parts = before::as_told(&place, speaker);
        if let Some(parts) = parts.or_else(|| before::parted(&place, speaker, inverted)) {
            let spans = parts
                .into_iter()
                .map(|(from, to)| self.trim(from, to))
                .collect();
            return Some(statement(spans, Rule::ContentThenCue, self.end));
        }
        let parted =
            found.inverted && words.text(found.end) == "," && at > 1 && words.text(at - 1) == ",";
        if !parted && let Some((spans, resume, rule)) = behind::content(&place, inverted) {
            let rule = if found.participle {
                Rule::Participle
            } else {
                rule
            };
            return Some(statement(spans, rule, resume));
        }
        if found.participle || found.cue.quoting {
            return None;
        }
        let parts = before::clause(&place, speaker, inverted)?;
        let spans = parts
            .into_iter()
            .map(|(from, to)| self.trim(from, to))
            .collect();
        // Clause, X said, adding that …
        let goes_on = (found.end..self.end).find(|at| {
            forms::cue(words, *at, lexicon).is_some_and(|found| found.participle)
                && words.text(at - 1) == ","
        });
        Some(statement(
            spans,
            Rule::ContentThenCue,
            goes_on.unwrap_or(self.end),
        ))
    }

    /// "No," X said; X said: "Never." One word in marks may be a name, unless a sentence begins with it or it is one.
    fn is_answer(&self, said: &Statement) -> bool {
        let (words, article) = (self.words, self.reader.article);
        let at = words.at_offset(said.whole().start);
        let quotation = words
            .quotation(at)
            .and_then(|at| article.quotations.get(at));
        quotation.is_some_and(|quotation| {
            let whole = said.spans.as_slice() == [quotation.outer];
            let ends = article
                .slice(quotation.inner)
                .ends_with(['.', '!', '?', '…']);
            whole && (at == 0 || ends) && article.says_words(quotation.inner, 1)
        })
    }

    fn push(&mut self, mut said: Statement) {
        let article = self.reader.article;
        let mut drafts = self.reader.drafts.iter().skip(self.before);
        let known = drafts.any(|draft| draft.spans.iter().any(|span| said.spans.contains(span)));
        let few = !article.says_words(said.whole(), 2) && !self.is_answer(&said);
        if few || known || self.encloses(&said) {
            return;
        }
        said.speaker = article.trim(said.speaker);
        said.implicit |= said.speaker.end <= self.words.start(0);
        if let Some(citing) = self.cites(&said) {
            self.cut_citing(&mut said, citing);
            said.via.insert(0, said.speaker);
            said.speaker = citing;
        }
        said.via.splice(0..0, self.enclosing);
        if let Some(last) = self
            .reader
            .memory
            .last(self.sentence.paragraph)
            .filter(|last| {
                said.implicit
                    && said.via.is_empty()
                    && last.speaker == said.speaker
                    && last.paragraph == self.sentence.paragraph
            })
        {
            said.via.clone_from(&last.via);
        }
        self.remember(said.speaker, said.via.clone());
        if said.rule != Rule::Source {
            self.reader
                .subjects
                .keep(self.carrying(said.speaker, Vec::new()));
        }
        self.reader.drafts.push(Draft {
            speaker: said.speaker,
            cue: self.words.span(said.cue.0, said.cue.1),
            spans: said.spans,
            via: said.via,
            implicit: said.implicit,
            rule: said.rule,
        });
    }

    /// What is remembered of the last statement of this sentence.
    fn settle(&mut self) {
        if self.reader.drafts.len() == self.before {
            self.mention();
        }
        let last = self
            .reader
            .drafts
            .get(self.before..)
            .and_then(<[Draft]>::last);
        if let Some(draft) = last.filter(|draft| !draft.via.is_empty()).cloned() {
            self.remember(draft.speaker, draft.via);
        }
    }
}
