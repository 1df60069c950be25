//! From a plain text to the article in the write shape: blocks, and a proposed statement for each that the rules find.
use super::parties::Parties;
use super::types::Extracted;
use super::write_shape::NewExtraction;
use crate::articles::draft::ArticleDraft;
use crate::articles::types::Block;
use crate::articles::write_shape::NewArticle;
use crate::domain::fault::{Fault, Faults};
use crate::domain::language::Language;
use crate::domain::{bounds, checked, text};
use crate::extraction::{self, Extraction, Kind, Part, Proposal, Span};
use crate::naming::write_shape::NewReference;
use crate::statements::anchor::{ArticleText, FRAGMENT_JOINT};
use crate::statements::draft::StatementDraft;
use crate::statements::types::{AnchorPiece, AnchorPlace, Form, Origin, StatementStatus};
use crate::statements::write_shape::{NewAnchor, NewStatement};

/// How deep a sub-heading is: plain text does not tell.
const LEVEL: u8 = 2;

/// Extracts what somebody asks for; or says what is wrong with that. What is made of it can be stored as it is, once its
/// title and outlet are known.
pub fn extract(new: NewExtraction) -> Result<Extracted, Vec<Fault>> {
    let mut faults = Faults::default();
    let title = checked::optional_text(&mut faults, "title", new.title, bounds::TITLE);
    let language = checked::language(&mut faults, "language", new.language.as_deref());
    let rules = rules_of(language.as_ref(), &mut faults);
    let text = text::nfc(new.text.unwrap_or_default());
    if text.trim().is_empty() {
        faults.add("text", "required", "`text` is missing or empty");
    }
    if let Some(refused) = text::refused_character(&text) {
        faults.add("text", "invalid_text", refused);
    }
    faults.into_result(())?;
    let title: Vec<&str> = title.iter().flat_map(|t| t.split_whitespace()).collect();
    let (text, extract): (_, fn(&str, _) -> Extraction) = match title.is_empty() {
        true => (text, extraction::extract),
        false => (
            format!("{}\n{text}", title.join(" ")),
            extraction::extract_titled,
        ),
    };
    let found = extract(&text, rules);
    let language = language.map_or_else(|| found.language.tag().to_owned(), |tag| tag.to_string());
    let mut extracted = Shape::of(&text, &found).extracted(&found, language, new.outlet);
    leave_out_unfit(&mut extracted.article);
    storable(&extracted.article)?;
    Ok(extracted)
}

fn rules_of(language: Option<&Language>, faults: &mut Faults) -> Option<extraction::Language> {
    let tag = language?;
    let rules = extraction::Language::of_tag(tag.as_str());
    if rules.is_none() {
        let detail = format!("there are no rules for `{tag}`, only for ar, en and fr");
        faults.add("language", "invalid_language", detail);
    }
    rules
}

/// The texts in which its statements stand.
pub fn texts_of(article: &NewArticle) -> ArticleText<'_> {
    ArticleText {
        title: article.title.as_deref().unwrap_or_default(),
        summary: None,
        body: article.body.as_deref().unwrap_or_default(),
    }
}

/// What is longer than a statement can hold is none, such as a name of a thousand words.
fn leave_out_unfit(article: &mut NewArticle) {
    let mut statements = article.statements.take();
    let texts = texts_of(article);
    let fits = |statement: &NewStatement| {
        let mut faults = Faults::default();
        StatementDraft::check(statement.clone(), &texts, &mut faults);
        let faults = faults.into_result(()).err().unwrap_or_default();
        !faults
            .iter()
            .any(|fault| matches!(fault.code, "too_long" | "too_many"))
    };
    if let Some(statements) = &mut statements {
        statements.retain(fits);
    }
    article.statements = statements;
}

/// That the article can be stored, but for what is still to be named.
fn storable(article: &NewArticle) -> Result<(), Vec<Fault>> {
    let named = |name: &str| Some(name.to_owned());
    let article = NewArticle {
        title: article.title.clone().or_else(|| named("?")),
        outlet: article.outlet.clone().or_else(|| {
            Some(NewReference {
                name: named("?"),
                ..NewReference::default()
            })
        }),
        ..article.clone()
    };
    let of_text = |fault: Fault| match fault.pointer.starts_with("/outlet") {
        true => fault,
        false => Fault {
            detail: format!(
                "makes an article that cannot be stored: at {}: {}",
                fault.pointer, fault.detail
            ),
            pointer: "/text".to_owned(),
            code: fault.code,
        },
    };
    match ArticleDraft::check(article) {
        Ok(_) => Ok(()),
        Err(faults) => Err(faults.into_iter().map(of_text).collect()),
    }
}

/// The texts that an article is made of, and where each stands in the whole.
struct Shape<'t> {
    /// The headline, if there is one, and the lines of the body.
    lines: Vec<Line<'t>>,
    has_title: bool,
}

struct Line<'t> {
    text: &'t str,
    /// Where it stands in the whole, in Unicode scalar values.
    span: Span,
    part: Part,
}

/// A stretch of one line, in UTF-16 code units.
struct Piece<'t> {
    line: usize,
    start: u32,
    end: u32,
    exact: &'t str,
}

impl<'t> Shape<'t> {
    fn of(text: &'t str, found: &Extraction) -> Self {
        let mut rest = Scalars { text, at: 0 };
        let lines: Vec<Line<'t>> = found
            .blocks
            .iter()
            .map(|block| Line {
                text: rest.cut(block.span),
                span: block.span,
                part: block.part,
            })
            .collect();
        Self {
            has_title: lines.first().is_some_and(|line| line.part == Part::Title),
            lines,
        }
    }

    fn extracted(
        &self,
        found: &Extraction,
        language: String,
        outlet: Option<NewReference>,
    ) -> Extracted {
        let (title, body) = match self.lines.split_first() {
            Some((first, rest)) if self.has_title => (Some(first.text.to_owned()), rest),
            _ => (None, self.lines.as_slice()),
        };
        let mut parties = Parties::default();
        let statements = found.proposals.iter();
        let statements = statements
            .filter_map(|proposal| self.statement(proposal, &mut parties))
            .collect();
        Extracted {
            article: NewArticle {
                language: Some(language),
                title,
                outlet,
                body: Some(body.iter().map(Line::block).collect()),
                statements: Some(statements),
                ..NewArticle::default()
            },
            names: parties.into_names(),
            left_out: found.left_out.clone(),
        }
    }

    /// A proposal as a statement; None where it stands in no line of the article.
    fn statement(&self, proposal: &Proposal, parties: &mut Parties) -> Option<NewStatement> {
        let pieces: Vec<Piece<'t>> = proposal
            .spans
            .iter()
            .flat_map(|span| self.pieces(*span))
            .collect();
        let exact: Vec<&str> = pieces.iter().map(|piece| piece.exact).collect();
        Some(NewStatement {
            form: Some(match proposal.kind {
                Kind::Direct => Form::Direct,
                Kind::Indirect => Form::Indirect,
                Kind::Mixed => Form::Mixed,
            }),
            quote: Some(exact.join(FRAGMENT_JOINT)),
            anchor: Some(self.anchor(&pieces)?),
            attribution: Some(parties.chain(proposal)),
            status: Some(StatementStatus::Proposed),
            origin: Some(Origin::Extracted),
            confidence: Some(proposal.confidence),
            rule: Some(proposal.rule.to_string()),
            ..NewStatement::default()
        })
    }

    /// A stretch of the whole, line by line.
    fn pieces(&self, span: Span) -> impl Iterator<Item = Piece<'t>> {
        let from = self
            .lines
            .partition_point(|line| line.span.end <= span.start);
        let lines = self.lines.iter().enumerate().skip(from);
        lines
            .take_while(move |(_, line)| line.span.start < span.end)
            .filter_map(move |(at, line)| {
                let start = span.start.max(line.span.start) - line.span.start;
                let end = span.end.min(line.span.end) - line.span.start;
                let mut rest = Scalars {
                    text: line.text,
                    at: 0,
                };
                let before = rest.cut(Span::new(0, start));
                let exact = rest.cut(Span::new(start, end));
                let start = u32::try_from(text::utf16_length(before)).ok()?;
                let length = u32::try_from(text::utf16_length(exact)).ok()?;
                Some(Piece {
                    line: at,
                    start,
                    end: start + length,
                    exact,
                })
            })
            .filter(|piece| !piece.exact.trim().is_empty())
    }

    fn anchor(&self, pieces: &[Piece<'_>]) -> Option<NewAnchor> {
        let (first, rest) = pieces.split_first()?;
        let block = |piece: &Piece<'_>| {
            let block = piece.line.checked_sub(usize::from(self.has_title))?;
            u32::try_from(block).ok()
        };
        let continued = rest.iter().filter_map(|piece| {
            Some(AnchorPiece {
                block: block(piece)?,
                item: None,
                start: piece.start,
                end: piece.end,
                exact: piece.exact.to_owned(),
            })
        });
        let place = block(first);
        Some(NewAnchor {
            place: Some(place.map_or(AnchorPlace::Title, |_| AnchorPlace::Body)),
            block: place,
            start: Some(first.start),
            end: Some(first.end),
            exact: Some(first.exact.to_owned()),
            continued: Some(continued.collect()).filter(|pieces: &Vec<_>| !pieces.is_empty()),
            ..NewAnchor::default()
        })
    }
}

impl Line<'_> {
    fn block(&self) -> Block {
        let text = self.text.to_owned();
        match self.part {
            Part::Heading | Part::Title => Block::Heading { level: LEVEL, text },
            Part::Paragraph => Block::Paragraph { text, marks: None },
        }
    }
}

/// A text that is cut by offsets in Unicode scalar values, each after the one before.
struct Scalars<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scalars<'t> {
    fn cut(&mut self, span: Span) -> &'t str {
        self.skip(span.start);
        let from = self.text;
        self.skip(span.end);
        let length = from.len() - self.text.len();
        from.get(..length).unwrap_or_default()
    }

    fn skip(&mut self, to: usize) {
        let ahead = to.saturating_sub(self.at);
        let bytes = self.text.char_indices().nth(ahead);
        let bytes = bytes.map_or(self.text.len(), |(byte, _)| byte);
        self.text = self.text.get(bytes..).unwrap_or_default();
        self.at += ahead;
    }
}
