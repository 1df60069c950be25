//! Proposed statements: as drafts while rules work on them, and as they are handed out, with offsets in Unicode scalar values.
use super::Language;
use super::article::Article;
use super::confidence::{self, Features};
use super::structure::Block;
use super::words::is_alphanumeric;
use super::{lexicon, naming};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Which rule found a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A cue, its speaker, and a clause behind a complementiser or a colon.
    CueThenClause,
    /// A cue with a quotation behind it.
    CueThenQuotation,
    /// A quotation or clause with the cue behind it.
    ContentThenCue,
    /// A noun behind the cue's preposition: no words of anybody's.
    Nominal,
    /// An outlet that carries what somebody said.
    Relay,
    /// A participle that goes on with the same speaker.
    Participle,
    /// "According to" and its kin.
    Source,
    /// A quotation that a phrase behind it gives to the last speaker.
    AsHePutIt,
    /// `Speaker: …` in a title.
    Headline,
    /// `Speaker: "…"`
    NamedQuotation,
    /// A cue between commas inside a quotation.
    Incise,
    /// A sentence that is all quotation goes to the last speaker.
    QuotationAlone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Direct,
    Mixed,
    Indirect,
}

/// What a source is, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    Person,
    Organisation,
    /// A post, told without who holds it.
    Office,
    Outlet,
    Anonymous,
}

macro_rules! shown_by_name {
    ($($type:ty),+) => {
        $(
            /// By its name, as JSON has it.
            impl std::fmt::Display for $type {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.serialize(f)
                }
            }
        )+
    };
}

shown_by_name!(Language, Rule, Kind);

/// Who said something, or carried it.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// As printed.
    pub name: String,
    pub span: Span,
    pub party: Party,
    /// By which name the text calls the same party elsewhere, in full and without titles; where it does not, the printed
    /// name without titles.
    pub meant: String,
    /// How many they are, where an unnamed source tells.
    pub count: Option<u32>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Proposal {
    pub speaker: Source,
    pub cue: String,
    pub cue_span: Span,
    pub quote: String,
    /// From the first of `spans` to the last.
    pub span: Span,
    pub spans: Vec<Span>,
    pub kind: Kind,
    /// Who carried it, outermost first.
    pub via: Vec<Source>,
    /// The first of them that is an outlet.
    pub outlet: Option<String>,
    pub implicit: bool,
    pub rule: Rule,
    /// From 0 to 1.
    pub confidence: f64,
}

#[derive(Debug, Serialize)]
pub struct Extraction {
    pub language: Language,
    /// The lines of the article.
    pub blocks: Vec<Block>,
    /// Lines that belong to the page and not to the article.
    pub left_out: Vec<String>,
    pub proposals: Vec<Proposal>,
}

#[derive(Clone, Debug)]
pub struct Draft {
    pub speaker: Span,
    pub cue: Span,
    pub spans: Vec<Span>,
    pub via: Vec<Span>,
    pub implicit: bool,
    pub rule: Rule,
}

impl Draft {
    pub fn span(&self) -> Span {
        let start = self.spans.first().map_or(0, |span| span.start);
        Span::new(start, self.spans.last().map_or(start, |span| span.end))
    }
}

/// Byte offsets to scalar ones, in one pass over the text.
struct Scalars(Vec<(usize, usize)>);

impl Scalars {
    fn of(text: &str, mut offsets: Vec<usize>) -> Self {
        offsets.sort_unstable();
        offsets.dedup();
        let mut pairs = Vec::with_capacity(offsets.len());
        let (mut from, mut count) = (0, 0);
        for offset in offsets {
            count += text
                .get(from..offset)
                .map_or(0, |between| between.chars().count());
            from = offset;
            pairs.push((offset, count));
        }
        Self(pairs)
    }

    fn at(&self, offset: usize) -> usize {
        self.0
            .binary_search_by_key(&offset, |pair| pair.0)
            .ok()
            .and_then(|at| self.0.get(at))
            .map_or(0, |pair| pair.1)
    }

    fn span(&self, span: Span) -> Span {
        Span::new(self.at(span.start), self.at(span.end))
    }
}

pub fn propose(article: &Article<'_>, mut drafts: Vec<Draft>) -> Extraction {
    for draft in &mut drafts {
        if let Some(first) = draft.spans.first_mut()
            && draft.cue.start < first.start
        {
            *first = without_complementiser(article, *first);
        }
        for span in &mut draft.spans {
            *span = without_marks(article, *span);
        }
    }
    drafts.retain_mut(|draft| is_sound(article, draft));
    drafts.sort_by_key(|draft| (draft.span().start, draft.span().end));
    let offsets = drafts
        .iter()
        .flat_map(|draft| {
            draft
                .spans
                .iter()
                .chain(draft.via.iter())
                .chain([&draft.speaker, &draft.cue])
        })
        .chain(article.blocks.iter().map(|block| &block.span))
        .flat_map(|span| [span.start, span.end])
        .collect();
    let scalars = Scalars::of(article.text, offsets);
    let names = naming::of(article, &drafts);
    let source = |span: Span| {
        let known = names.binary_search_by_key(&span, |(span, _)| *span);
        let named = known.ok().and_then(|at| names.get(at));
        let name = article.slice(span).to_owned();
        Source {
            party: named.map_or(Party::Person, |(_, named)| named.party),
            meant: named.map_or_else(|| name.clone(), |(_, named)| named.meant.clone()),
            count: named.and_then(|(_, named)| named.count),
            span: scalars.span(span),
            name,
        }
    };
    let proposals = drafts
        .iter()
        .map(|draft| {
            let via: Vec<Source> = draft.via.iter().copied().map(&source).collect();
            let quote = article.slice(draft.span());
            let kind = kind(article, draft);
            let features = Features::of(article.language, draft.rule, draft.implicit, kind, quote);
            Proposal {
                speaker: source(draft.speaker),
                cue: article.slice(draft.cue).to_owned(),
                cue_span: scalars.span(draft.cue),
                quote: quote.to_owned(),
                span: scalars.span(draft.span()),
                spans: draft.spans.iter().map(|span| scalars.span(*span)).collect(),
                kind,
                outlet: via
                    .iter()
                    .find(|source| source.party == Party::Outlet)
                    .map(|outlet| outlet.name.clone()),
                via,
                implicit: draft.implicit,
                rule: draft.rule,
                confidence: confidence::of(features),
            }
        })
        .collect();
    let blocks = article.blocks.iter();
    Extraction {
        language: article.language,
        blocks: blocks
            .map(|block| Block {
                span: scalars.span(block.span),
                ..*block
            })
            .collect(),
        left_out: article.left_out.clone(),
        proposals,
    }
}

/// Whether somebody says something in a draft, once parts without a word are gone.
fn is_sound(article: &Article<'_>, draft: &mut Draft) -> bool {
    let worded = |span: &Span| article.slice(*span).contains(is_alphanumeric);
    draft.spans.retain(worded);
    draft.via.retain(worded);
    draft.spans.sort_unstable();
    draft.spans.dedup_by(|next, last| next.start < last.end);
    !draft.spans.is_empty() && worded(&draft.speaker)
}

/// "That" introduces what is said, and is no word of it.
fn without_complementiser(article: &Article<'_>, span: Span) -> Span {
    let at = article
        .tokens
        .partition_point(|token| token.start < span.start);
    let introduces = article.tokens.get(at).is_some_and(|token| {
        lexicon::of(article.language).has("complementisers", token.fold.as_ref())
    });
    let next = article.tokens.get(at + 1).filter(|_| introduces);
    next.filter(|next| next.start < span.end)
        .map_or(span, |next| Span::new(next.start, span.end))
}

/// What is exactly one quotation is told without its marks.
fn without_marks(article: &Article<'_>, span: Span) -> Span {
    let at = article
        .quotations
        .partition_point(|quotation| quotation.outer.end <= span.start);
    let whole = article
        .quotations
        .get(at)
        .filter(|quotation| quotation.outer == span);
    whole.map_or(span, |quotation| {
        let inner = article.slice(quotation.inner);
        let start = quotation.inner.start + (inner.len() - inner.trim_start().len());
        Span::new(start, start + inner.trim().len())
    })
}

/// How much of a draft's words stands between quotation marks.
fn kind(article: &Article<'_>, draft: &Draft) -> Kind {
    let (mut quoted, mut all) = (0, 0);
    for span in &draft.spans {
        let from = article
            .quotations
            .partition_point(|quotation| quotation.outer.end <= span.start);
        let inside: usize = article
            .quotations
            .iter()
            .skip(from)
            .take_while(|quotation| quotation.outer.start < span.end)
            .map(|quotation| {
                quotation.outer.end.min(span.end) - quotation.outer.start.max(span.start)
            })
            .sum();
        quoted += inside;
        all += span.end - span.start;
    }
    match quoted {
        0 => Kind::Indirect,
        quoted if quoted * 100 >= all * 97 => Kind::Direct,
        _ => Kind::Mixed,
    }
}
