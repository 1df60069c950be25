//! Arabic: the verb first, then who speaks, then a complementiser, a colon or a quotation.
mod content;
mod forms;
mod media;
mod sources;
mod speakers;
mod uncued;
mod voices;

use super::article::{Article, Sentence};
use super::carried::{Carried, Memory};
use super::lexicon::{CueKind, Form};
use super::proposals::{Draft, Rule, Span};
use super::structure::Part;
use super::words::{Words, fold};
use content::Content;
use forms::Found;
use sources::SourcePhrase;
use voices::Voice;

pub fn statements(article: &Article<'_>) -> Vec<Draft> {
    let mut reader = Reader {
        article,
        memory: Memory::default(),
        drafts: Vec::new(),
    };
    for sentence in &article.sentences {
        let words = article.words(sentence);
        let before = reader.drafts.len();
        Pass::new(&mut reader, words, sentence).run();
        if reader.drafts.len() == before {
            reader.quotation_alone(words, sentence);
        }
    }
    reader.topics_are_no_speakers();
    reader.drafts
}

struct Reader<'a, 't> {
    article: &'a Article<'t>,
    memory: Memory,
    drafts: Vec<Draft>,
}

impl Reader<'_, '_> {
    /// A title's words before a colon are a topic, unless they begin with a post or a body, or end as a speaker of the article does.
    fn topics_are_no_speakers(&mut self) {
        let article = self.article;
        let words = |draft: &Draft| article.slice(draft.speaker).split_whitespace();
        let (titles, others): (Vec<&Draft>, Vec<&Draft>) = self
            .drafts
            .iter()
            .partition(|draft| draft.rule == Rule::Headline);
        let speaks = |title: &&Draft| {
            let head = words(title).next().unwrap_or_default();
            forms::is_speaking_head(&fold(head))
                || others
                    .iter()
                    .any(|other| words(other).next_back() == words(title).next_back())
        };
        if !titles.iter().all(speaks) {
            self.drafts.retain(|draft| draft.rule != Rule::Headline);
        }
    }

    /// A sentence that is all quotation, without a cue: the last speaker goes on.
    fn quotation_alone(&mut self, words: Words<'_, '_>, sentence: &Sentence) {
        let Some(at) = words.quotation(0) else { return };
        let Some(quotation) = self.article.quotations.get(at).copied() else {
            return;
        };
        let all = (0..words.len()).all(|word| words.quoted(word) || !words.is_word(word));
        if !all
            || sentence.part != Part::Paragraph
            || (!quotation.continues && !self.article.has_words(quotation.inner, 6))
        {
            return;
        }
        if quotation.continues {
            if let Some(draft) = self.drafts.last_mut()
                && draft.span().end + 8 >= quotation.outer.start
            {
                draft.spans.push(self.article.trim(quotation.inner));
            }
            return;
        }
        let Some(carried) = self
            .memory
            .last(sentence.paragraph)
            .filter(|carried| carried.paragraph + 1 >= sentence.paragraph)
            .cloned()
        else {
            return;
        };
        self.drafts.push(Draft {
            speaker: carried.speaker,
            cue: Span::new(quotation.outer.start, quotation.inner.start),
            spans: vec![self.article.trim(quotation.inner)],
            via: carried.via,
            implicit: true,
            rule: Rule::QuotationAlone,
        });
    }
}

/// One sentence being read.
struct Pass<'r, 'a, 't> {
    reader: &'r mut Reader<'a, 't>,
    words: Words<'a, 't>,
    sentence: &'a Sentence,
    sources: Vec<SourcePhrase>,
    /// The subject of the sentence so far.
    subject: Option<Carried>,
    /// Statements that others may lie in: their contents, and the chain inside them.
    outer: Vec<(Span, Vec<Span>)>,
    /// Drafts before this sentence's.
    before: usize,
}

impl<'r, 'a, 't> Pass<'r, 'a, 't> {
    fn new(reader: &'r mut Reader<'a, 't>, words: Words<'a, 't>, sentence: &'a Sentence) -> Self {
        let sources = sources::find(words);
        let before = reader.drafts.len();
        Self {
            reader,
            words,
            sentence,
            sources,
            subject: None,
            outer: Vec::new(),
            before,
        }
    }

    fn run(mut self) {
        self.headline();
        let mut at = 0;
        while at < self.words.len() {
            at = match self.sources.iter().find(|source| source.at == at) {
                Some(source) => source.end.max(at + 1),
                None if self.words.quoted(at) => at + 1,
                None => self.cue(at).unwrap_or(at + 1),
            };
        }
        self.leading_source();
        self.trailing_sources();
        self.as_he_put_it();
        self.innermost_wins();
    }

    /// Reads the cue at a word, if it is one; the word to go on with.
    fn cue(&mut self, at: usize) -> Option<usize> {
        let found = forms::cue(self.words, at)?;
        let mut voice = self.voice(at, &found)?;
        self.handed_on(&mut voice);
        let content = self.content(at, &found, &voice);
        self.told_to(at, &found, &mut voice, content.as_ref());
        let preposition = self.words.listed(at, forms::lexicon(), "stops") && content.is_none();
        if found.cue.form == Form::Finite && voice.speaker.is_some() && !preposition {
            self.remember_subject(&found, &voice);
        }
        if forms::is_negated(self.words, at) {
            return None;
        }
        let (speaker, content) = (voice.speaker?, content?);
        self.propose(at, &found, (speaker, voice), content)
    }

    fn content(&self, at: usize, found: &Found, voice: &Voice) -> Option<Content> {
        let (article, words) = (self.reader.article, self.words);
        content::quotation_before(article, words, at, found)
            .or_else(|| content::find(article, words, at, voice.after, found, &self.sources))
    }

    /// قال لصحيفة X: who was told carries it.
    fn told_to(&self, at: usize, found: &Found, voice: &mut Voice, content: Option<&Content>) {
        let (Some(content), true) = (content, voice.via.is_empty()) else {
            return;
        };
        if found.cue.form != Form::Finite || found.cue.kind == CueKind::Relay {
            return;
        }
        let said = self.words.at_offset(content.span.start);
        // A quotation before its cue has who was told right behind its speaker.
        let until = if said > at { said } else { voice.after + 4 };
        voice
            .via
            .extend(media::told(self.words, at, voice.after, until));
    }

    fn propose(
        &mut self,
        at: usize,
        found: &Found,
        (speaker, voice): (Span, Voice),
        content: Content,
    ) -> Option<usize> {
        let article = self.reader.article;
        if content.rule == Rule::Nominal && self.sentence.part == Part::Title {
            return None;
        }
        let span = article.trim(content.span);
        if !article.has_words(span, 2) {
            return None;
        }
        let mut via = voice.via.clone();
        if let Some((_, chain)) = self
            .outer
            .iter()
            .rev()
            .find(|(outer, _)| outer.start <= span.start && span.start < outer.end)
        {
            via.clone_from(chain);
        }
        let mut inside = via.clone();
        inside.push(speaker);
        self.outer.push((span, inside));
        let rule = match (found.cue.kind, found.cue.form) {
            (CueKind::Relay, _) => Rule::Relay,
            (_, Form::Participle) => Rule::Participle,
            _ => content.rule,
        };
        self.reader.drafts.push(Draft {
            speaker,
            cue: self.words.span(at, at + 1),
            spans: vec![span],
            via,
            implicit: voice.implicit,
            rule,
        });
        Some(content.resume.max(at + 1))
    }

    /// A statement whose words are nearly all another statement is told by that one's chain.
    fn innermost_wins(&mut self) {
        let own = self.reader.drafts.split_off(self.before);
        let length = |span: Span| span.end - span.start;
        let wraps = |outer: Span| {
            own.iter().any(|draft| {
                let inner = draft.span();
                let mostly = length(inner) * 10 >= length(outer) * 6;
                let only = draft.speaker.start <= outer.start
                    && draft.cue.start <= draft.speaker.end + 2
                    && inner.end == outer.end;
                inner != outer && outer.contains(inner) && (mostly || only)
            })
        };
        let kept: Vec<Draft> = own
            .iter()
            .filter(|draft| !wraps(draft.span()))
            .cloned()
            .collect();
        self.reader.drafts.extend(kept);
    }
}
