//! Who is meant by the names that sources are printed with: full names, posts, outlets, and those who are not named.
//!
//! The text is read twice. First all names in it are noted, with their titles; then each source is looked up where it stands:
//! the last one that its name or its title suits.
mod arabic;
mod known;
mod latin;
mod phrase;
mod text;

use super::Language;
use super::article::Article;
use super::lexicon::{self, CueKind, Lexicon};
use super::proposals::{Draft, Party, Span};
use super::structure::Part;
use super::words::{Token, Words};
use known::Register;
use phrase::Phrase;
use rustc_hash::FxHashSet;

#[derive(Clone, Debug)]
pub struct Named {
    pub party: Party,
    pub meant: String,
    pub count: Option<u32>,
}

/// No source is read further.
const LONGEST: usize = 40;
/// How much of what follows a source may tell more of it.
const BEHIND: usize = 16;

/// Every source of the drafts, in order, with what it means.
pub fn of(article: &Article<'_>, drafts: &[Draft]) -> Vec<(Span, Named)> {
    let carriers: FxHashSet<Span> = drafts
        .iter()
        .flat_map(|draft| draft.via.iter().copied())
        .collect();
    let speakers = drafts.iter().map(|draft| draft.speaker);
    let mut sources: Vec<Span> = carriers.iter().copied().chain(speakers).collect();
    sources.sort_unstable();
    sources.dedup();
    let reader = Reader {
        article,
        lexicon: lexicon::of(article.language),
        carriers,
    };
    let joined: Vec<_> = sources.iter().map(|span| reader.joined(*span)).collect();
    let mentions = reader.mentions(&sources, &joined);
    let mut register = Register::new(reader.lexicon);
    for mention in &mentions {
        reader.note(&mut register, mention);
    }
    let mut named = Vec::with_capacity(sources.len());
    for mention in &mentions {
        reader.note(&mut register, mention);
        if mention.source {
            named.push((mention.span, reader.named(&register, mention)));
        }
    }
    named
}

/// A source, or a name elsewhere in the text.
struct Mention<'w> {
    span: Span,
    phrase: Phrase<'w>,
    source: bool,
}

struct Reader<'a, 't> {
    article: &'a Article<'t>,
    lexicon: &'static Lexicon,
    carriers: FxHashSet<Span>,
}

impl<'t> Reader<'_, 't> {
    /// The sources and the names between them, in order.
    fn mentions<'w>(
        &'w self,
        sources: &[Span],
        joined: &'w [Option<Vec<Token<'t>>>],
    ) -> Vec<Mention<'w>> {
        let read =
            |(span, joined): (&Span, &'w Option<Vec<_>>)| self.source(*span, joined.as_deref());
        let mut mentions: Vec<_> = sources.iter().zip(joined).map(read).collect();
        let mut next = 0;
        for sentence in &self.article.sentences {
            if sentence.part != Part::Paragraph && self.article.language != Language::Arabic {
                continue;
            }
            let words = self.article.words(sentence);
            let names = match self.article.language {
                Language::Arabic => text::arabic(words, self.lexicon),
                _ => text::latin(words, self.lexicon),
            };
            for (from, to) in names {
                let span = words.span(from, to);
                while sources
                    .get(next)
                    .is_some_and(|source| source.end <= span.start)
                {
                    next += 1;
                }
                if !sources
                    .get(next)
                    .is_some_and(|source| source.overlaps(span))
                {
                    mentions.push(Mention {
                        span,
                        phrase: self.read(words, from, to),
                        source: false,
                    });
                }
            }
        }
        mentions.sort_by_key(|mention| mention.span);
        mentions
    }

    fn read<'w>(&self, words: Words<'w, '_>, from: usize, to: usize) -> Phrase<'w> {
        match self.article.language {
            Language::Arabic => arabic::read(words, from, to, self.lexicon),
            _ => latin::read(words, from, to, self.lexicon),
        }
    }

    /// The words of a source: the first, and the one behind the last.
    fn range(&self, span: Span) -> (usize, usize) {
        let tokens = &self.article.tokens;
        let from = tokens.partition_point(|token| token.end <= span.start);
        let to = tokens.partition_point(|token| token.start < span.end);
        (from, to.min(from + LONGEST))
    }

    /// The words from a source on that begins behind a preposition written on to it: لوزارة المياه.
    fn joined(&self, span: Span) -> Option<Vec<Token<'t>>> {
        let tokens = &self.article.tokens;
        let (from, to) = self.range(span);
        let first = tokens
            .get(from)
            .filter(|token| token.start < span.start)?
            .from(span.start, self.lexicon);
        let others = tokens.get(from + 1..(to + BEHIND).min(tokens.len()));
        let others = others.unwrap_or_default().iter().cloned();
        Some([first].into_iter().chain(others).collect())
    }

    fn source<'w>(&'w self, span: Span, joined: Option<&'w [Token<'t>]>) -> Mention<'w> {
        let all = Words(&self.article.tokens);
        let (from, to) = self.range(span);
        let mut phrase = match joined {
            Some(words) => self.read(Words(words), 0, to - from),
            None => self.read(all, from, to),
        };
        let relays = || {
            let before = from.checked_sub(1).map_or("", |before| all.fold(before));
            let verb = before.strip_prefix(['و', 'ف']).unwrap_or(before);
            let cues = &self.lexicon.cues;
            let cue = cues.get(before).or_else(|| cues.get(verb));
            cue.is_some_and(|cue| cue.kind == CueKind::Relay)
        };
        let quoted = || all.quoted(from) && self.carriers.contains(&span);
        if phrase.party.is_none() && !phrase.words.is_empty() && (relays() || quoted()) {
            phrase.party = Some(Party::Outlet);
        }
        Mention {
            span,
            phrase,
            source: true,
        }
    }

    fn note<'w>(&self, register: &mut Register<'w>, mention: &'w Mention<'w>) {
        let blocks = &self.article.blocks;
        register.paragraph = blocks.partition_point(|block| block.span.end <= mention.span.start);
        register.add(&mention.phrase, || self.printed(mention), mention.source);
    }

    fn named(&self, register: &Register<'_>, mention: &Mention<'_>) -> Named {
        let phrase = &mention.phrase;
        let known = register
            .find(phrase)
            .filter(|_| phrase.party != Some(Party::Anonymous));
        let unnamed = phrase.name.is_none() && known.is_none();
        let party = match (known, phrase.party) {
            (Some(known), _) => known.party,
            (None, Some(Party::Office)) if self.is_unnamed(phrase) => Party::Anonymous,
            (None, Some(party)) => party,
            (None, None) if unnamed => Party::Anonymous,
            (None, None) => Party::Person,
        };
        Named {
            party,
            meant: known.map_or_else(|| self.printed(mention), |known| known.name.clone()),
            count: phrase.count.filter(|_| party == Party::Anonymous),
        }
    }

    /// The witness, the official: nobody's post.
    fn is_unnamed(&self, phrase: &Phrase<'_>) -> bool {
        let head = phrase.titles.first().and_then(|title| title.first());
        head.is_some_and(|head| self.lexicon.has_any(&["anonymous", "unnamed"], head))
    }

    /// As printed, without titles and marks, in one line.
    fn printed(&self, mention: &Mention<'_>) -> String {
        let span = mention.phrase.name.unwrap_or(mention.span);
        let (inner, whole) = (self.article.trim(span), self.article.slice(mention.span));
        let printed = match self.article.slice(inner) {
            "" => whole,
            printed => printed,
        };
        let mut line = String::with_capacity(printed.len());
        for word in printed.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        // للشرطة: its article, behind the preposition that is no part of the name.
        match line.strip_prefix("لل") {
            Some(rest)
                if rest
                    .split(' ')
                    .next()
                    .is_some_and(|noun| noun.chars().count() > 2) =>
            {
                format!("ال{rest}")
            }
            _ => line,
        }
    }
}
