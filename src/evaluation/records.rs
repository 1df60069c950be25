//! Articles as JSON lines: `id`, `lang`, `text`, and the statements in them, found by hand or by rules.
use crate::extraction::{Extraction, Kind, Language, Party, Proposal, Source, extract};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::{self, BufRead, Write};

/// An article with the statements that were found in it by hand.
#[derive(Debug)]
pub struct Record {
    pub id: String,
    pub language: Language,
    pub text: String,
    pub quotes: Vec<Quote>,
}

/// A statement, as far as figures ask for it. Offsets count Unicode scalar values.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Quote {
    pub speaker: Option<String>,
    pub speaker_norm: Option<String>,
    pub speaker_alts: Option<Vec<String>>,
    pub quote_start: Option<usize>,
    pub quote_end: Option<usize>,
    pub spans: Option<Vec<(usize, usize)>>,
    /// Other places that are as good.
    pub alts: Option<Vec<(usize, usize)>>,
    pub kind: Option<Kind>,
    /// Outermost first, the outlet with them.
    pub via: Option<Vec<Carrier>>,
    /// No error, found or not.
    pub optional: Option<bool>,
    /// Whether it belongs to what rules should find.
    pub core: Option<bool>,
    pub rule: Option<String>,
    pub implicit: Option<bool>,
}

/// Who carried a statement.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Carrier {
    Name(String),
    Names {
        name: Option<String>,
        norm: Option<String>,
        alts: Option<Vec<String>>,
    },
}

impl Quote {
    /// The spans that it covers.
    pub fn places(&self) -> Vec<(usize, usize)> {
        match self.spans.as_ref().filter(|spans| !spans.is_empty()) {
            Some(spans) => spans.clone(),
            None => self.quote_start.zip(self.quote_end).into_iter().collect(),
        }
    }
}

impl From<&Proposal> for Quote {
    fn from(proposal: &Proposal) -> Self {
        let spans = proposal.spans.iter().map(|span| (span.start, span.end));
        let carriers = proposal.via.iter();
        Self {
            speaker: Some(proposal.speaker.name.clone()),
            spans: Some(spans.collect()),
            via: Some(
                carriers
                    .map(|source| Carrier::Name(source.name.clone()))
                    .collect(),
            ),
            rule: Some(proposal.rule.to_string()),
            implicit: Some(proposal.implicit),
            ..Self::default()
        }
    }
}

/// What is wrong with a file of records, and in which line.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct RecordError {
    pub line: usize,
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("not a record in JSON: {0}")]
    Json(String),
    #[error("it has no `{0}`")]
    Missing(&'static str),
    #[error("`lang` is `{0}`; there are rules for {known}", known = Language::ALL.map(Language::tag).join(", "))]
    Language(String),
    #[error("a statement has neither `quote_start` and `quote_end` nor `spans`")]
    NoPlace,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Records with statements found by hand.
pub fn gold(input: impl BufRead) -> Result<Vec<Record>, RecordError> {
    #[derive(Deserialize)]
    struct Line {
        id: Option<String>,
        lang: Option<String>,
        text: Option<String>,
        quotes: Option<Vec<Quote>>,
    }
    let mut records = Vec::new();
    each_line(input, |line| {
        let line: Line = parse(line)?;
        let text = line.text.ok_or(Fault::Missing("text"))?;
        records.push(Record {
            id: line.id.ok_or(Fault::Missing("id"))?,
            language: language(line.lang.as_deref(), &text)?,
            quotes: placed(line.quotes.ok_or(Fault::Missing("quotes"))?)?,
            text,
        });
        Ok(())
    })?;
    Ok(records)
}

/// Statements that rules or some tool found, record by record in the order of the gold.
#[derive(Debug)]
pub struct Predictions {
    pub quotes: Vec<Vec<Quote>>,
    /// How many records there is no line for.
    pub missing: usize,
}

/// Statements that some tool found in the records of a gold, which it names by their `id`.
pub fn predictions(input: impl BufRead, gold: &[Record]) -> Result<Predictions, RecordError> {
    #[derive(Deserialize)]
    struct Line {
        id: Option<String>,
        quotes: Option<Vec<Quote>>,
    }
    let mut found = HashMap::new();
    each_line(input, |line| {
        let line: Line = parse(line)?;
        let id = line.id.ok_or(Fault::Missing("id"))?;
        found.insert(id, placed(line.quotes.unwrap_or_default())?);
        Ok(())
    })?;
    let missing = gold.iter().filter(|record| !found.contains_key(&record.id));
    Ok(Predictions {
        missing: missing.count(),
        quotes: gold
            .iter()
            .map(|record| found.get(&record.id).cloned().unwrap_or_default())
            .collect(),
    })
}

/// What the rules find in the records of a gold.
pub fn predict(gold: &[Record]) -> Predictions {
    let found = gold
        .iter()
        .map(|record| extract(&record.text, Some(record.language)).proposals);
    Predictions {
        missing: 0,
        quotes: found
            .map(|proposals| proposals.iter().map(Quote::from).collect())
            .collect(),
    }
}

/// Writes each record with what the rules find in its text as its `quotes`; all else in it stays as it is. Tells how many
/// there were.
pub fn annotate(input: impl BufRead, mut output: impl Write) -> Result<usize, RecordError> {
    let mut count = 0;
    each_line(input, |line| {
        let mut record: Map<String, Value> = parse(line)?;
        let member = |name| record.get(name).filter(|value| !value.is_null());
        let text = member("text").and_then(Value::as_str);
        let text = text.ok_or(Fault::Missing("text"))?;
        let tag =
            member("lang").map(|tag| tag.as_str().map_or_else(|| tag.to_string(), str::to_owned));
        let extraction = extract(text, Some(language(tag.as_deref(), text)?));
        record.insert("quotes".to_owned(), quotes(&extraction));
        writeln!(output, "{}", Value::Object(record))?;
        count += 1;
        Ok(())
    })?;
    Ok(count)
}

/// Proposals as the `quotes` of a record.
pub fn quotes(extraction: &Extraction) -> Value {
    extraction.proposals.iter().map(quote).collect()
}

fn quote(proposal: &Proposal) -> Value {
    let speaker = &proposal.speaker;
    let is_anonymous = |source: &Source| source.party == Party::Anonymous;
    let carrier =
        |source: &Source| json!({ "name": source.name, "anonymous": is_anonymous(source) });
    json!({
        "speaker": speaker.name,
        "speaker_start": speaker.span.start,
        "speaker_end": speaker.span.end,
        "anonymous": is_anonymous(speaker),
        "cue": proposal.cue,
        "cue_start": proposal.cue_span.start,
        "cue_end": proposal.cue_span.end,
        "quote": proposal.quote,
        "quote_start": proposal.span.start,
        "quote_end": proposal.span.end,
        "spans": proposal.spans.iter().map(|span| (span.start, span.end)).collect::<Vec<_>>(),
        "kind": proposal.kind,
        "via": proposal.via.iter().map(carrier).collect::<Vec<_>>(),
        "outlet": proposal.outlet,
        "implicit": proposal.implicit,
        "rule": proposal.rule,
        "confidence": proposal.confidence,
    })
}

fn each_line(
    input: impl BufRead,
    mut read: impl FnMut(&str) -> Result<(), Fault>,
) -> Result<(), RecordError> {
    for (at, line) in input.lines().enumerate() {
        let read = line.map_err(Fault::Io).and_then(|line| match line.trim() {
            "" => Ok(()),
            line => read(line),
        });
        read.map_err(|fault| RecordError {
            line: at + 1,
            fault,
        })?;
    }
    Ok(())
}

/// A line's own place in the file is told by who reads it, so only the column is kept of serde's.
fn parse<T: DeserializeOwned>(line: &str) -> Result<T, Fault> {
    serde_json::from_str(line).map_err(|error| {
        let cause = error.to_string().replace(" at line 1 column 0", "");
        Fault::Json(cause.replace(" at line 1 column ", ", column "))
    })
}

fn language(tag: Option<&str>, text: &str) -> Result<Language, Fault> {
    tag.map_or_else(
        || Ok(Language::of_text(text)),
        |tag| Language::of_tag(tag).ok_or_else(|| Fault::Language(tag.to_owned())),
    )
}

fn placed(quotes: Vec<Quote>) -> Result<Vec<Quote>, Fault> {
    match quotes.iter().any(|quote| quote.places().is_empty()) {
        true => Err(Fault::NoPlace),
        false => Ok(quotes),
    }
}
