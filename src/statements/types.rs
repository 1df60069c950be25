//! How statements look to clients.
pub mod receipt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::articles::types::ArticleReference;
use crate::domain::Thing;
use crate::domain::language::{Direction, Language};
use crate::domain::moment::Moment;
use crate::domain::page::Page;
use crate::domain::partial::relaxed_schema;
use crate::domain::text_enum;
use crate::naming::types::Reference;
use crate::naming::write_shape::NewReference;

/// Something that somebody said, as an article reports it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Statement)]
pub struct Statement<'a> {
    /// Stable for ever.
    #[schema(format = Uuid)]
    pub id: &'a str,
    /// The article that reports it.
    pub article: ArticleReference<'a>,
    /// Who published that article.
    pub publisher: Reference<'a>,
    /// Its place in the article: how many published statements stand before it in the text.
    #[schema(minimum = 0, maximum = 999, example = 0)]
    pub position: i64,
    /// Whether the words are theirs.
    pub form: Form,
    /// The text as printed; several fragments are joined by ` … `.
    #[schema(max_length = 20000, example = "لن نوقع قبل أن تصل المياه إلى آخر قرية")]
    pub quote: &'a str,
    /// Who said it; left out for an unnamed source.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub speaker: Option<Reference<'a>>,
    /// What to print for the speaker: as named in the article, else the label or the name.
    #[schema(max_length = 1000, example = "وزيرة المياه")]
    pub speaker_label: &'a str,
    /// The unnamed source that said it; left out when the speaker has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anonymous: Option<&'a Anonymous>,
    /// The outlet that the article credits, the outermost of the chain; left out when it credits none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outlet: Option<Reference<'a>>,
    /// The chain through which the words came, from the mouth outward.
    #[schema(min_items = 1, max_items = 16)]
    pub attribution: Vec<Hop<'a>>,
    /// Where the words stand in the article; left out for an editor's paraphrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anchor: Option<&'a Anchor>,
    /// When it was said; null when the article does not tell.
    #[schema(value_type = Option<String>, required = true, format = DateTime)]
    pub said_at: Option<Moment>,
    /// How exactly `said_at` is known.
    #[schema(inline, required = true)]
    pub said_precision: Option<Precision>,
    /// The language of the quote, as a BCP 47 tag.
    #[schema(value_type = String, max_length = 100, example = "ar")]
    pub language: &'a Language,
    /// Which way the quote runs; derived from the language.
    pub direction: Direction,
    /// Where it stands on its way to the public.
    pub status: StatementStatus,
    /// How it came into the store.
    pub origin: Origin,
    /// For extracted statements: how sure the rule is, 0 to 1.
    #[schema(required = true, minimum = 0.0, maximum = 1.0)]
    pub confidence: Option<f64>,
    /// For extracted statements: the rule that found it.
    #[schema(required = true, max_length = 1000)]
    pub rule: Option<&'a str>,
    /// What readers should know about it, such as why it was retracted.
    #[schema(required = true, max_length = 1000)]
    pub note: Option<&'a str>,
    /// When it was first stored.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// When one of its own fields last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Moment,
    /// Raised by every change of its own fields, from 1.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
}

text_enum! {
    /// Whether the words are the speaker's: in quotation marks, paraphrased, or some of each.
    pub enum Form {
        Direct = "direct",
        Indirect = "indirect",
        Mixed = "mixed",
    }
}

text_enum! {
    /// Where a statement stands on its way to the public.
    pub enum StatementStatus {
        Published = "published",
        Proposed = "proposed",
        Rejected = "rejected",
        Retracted = "retracted",
    }
}

impl StatementStatus {
    /// Whether a statement may name parties that nobody has looked up: one that nobody has accepted.
    pub fn may_be_unresolved(self) -> bool {
        matches!(self, Self::Proposed | Self::Rejected)
    }
}

text_enum! {
    /// How a statement came into the store.
    pub enum Origin {
        Editor = "editor",
        Import = "import",
        Extracted = "extracted",
    }
}

text_enum! {
    /// How exactly a moment is known.
    pub enum Precision {
        Year = "year",
        Month = "month",
        Day = "day",
        Minute = "minute",
    }
}

text_enum! {
    /// What a party does in a chain: says the words, passes them on, or carries them as an outlet.
    pub enum Role {
        Speaker = "speaker",
        Relay = "relay",
        Outlet = "outlet",
    }
}

impl Role {
    /// What the record of a party in this role is.
    pub fn thing(self) -> Thing {
        match self {
            Self::Speaker | Self::Relay => Thing::Speaker,
            Self::Outlet => Thing::Outlet,
        }
    }
}

/// One link of the chain through which words came. It has exactly one party.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hop)]
pub struct Hop<'a> {
    /// Its place in the chain: 0 is the mouth.
    #[schema(minimum = 0, maximum = 15, example = 0)]
    pub hop: usize,
    /// What the party does: `speaker` at hop 0, `relay` or `outlet` after it.
    pub role: Role,
    /// The party, where it is a speaker with a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub speaker: Option<Reference<'a>>,
    /// The party, where it is an outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outlet: Option<Reference<'a>>,
    /// The party, where it has no name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anonymous: Option<&'a Anonymous>,
    /// The party, where a statement that nobody has accepted names it and nobody has looked it up yet. Only who reads with
    /// a scope meets one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unresolved: Option<&'a Unresolved>,
    /// The party as the article names it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        max_length = 1000,
        example = "وزيرة المياه ليلى الحارثي"
    )]
    pub as_named: Option<&'a str>,
    /// The words that tell of the saying.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000, example = "قالت")]
    pub cue: Option<&'a str>,
    /// Where the party published the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "iri", max_length = 2048)]
    pub source_url: Option<&'a str>,
}

/// A source without a name. It keeps its words and never becomes a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Anonymous {
    /// What the article calls the source.
    #[schema(max_length = 1000, example = "مصدران حكوميان")]
    pub label: String,
    /// How many they are, where the article tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 1000000, example = 2)]
    pub count: Option<u32>,
}

/// A party that a statement names that nobody has accepted, and nobody has looked up yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unresolved {
    /// What the article calls the party.
    #[schema(max_length = 300, example = "ليلى الحارثي")]
    pub name: String,
    /// What kind of record it would be: of a speaker, such as `person`; of an outlet it counts for nothing.
    #[schema(max_length = 1000, example = "person")]
    pub kind: String,
}

impl Unresolved {
    /// The reference by which a party in this role is looked up. Outlets have no kind.
    pub fn reference(&self, role: Role) -> NewReference {
        let kind = Some(self.kind.clone()).filter(|_| role.thing() == Thing::Speaker);
        NewReference {
            name: Some(self.name.clone()),
            kind,
            ..NewReference::default()
        }
    }
}

/// Where words stand in an article. Offsets are UTF-16 code units into that text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Anchor {
    /// Which text of the article.
    #[serde(rename = "in")]
    pub place: AnchorPlace,
    /// Which block of the body, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1999, example = 0)]
    pub block: Option<u32>,
    /// Which item of a list block, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1999)]
    pub item: Option<u32>,
    /// Where the words start, in UTF-16 code units.
    #[schema(minimum = 0, maximum = 40000, example = 17)]
    pub start: u32,
    /// Where they end, in UTF-16 code units, exclusive.
    #[schema(minimum = 0, maximum = 40000, example = 55)]
    pub end: u32,
    /// The words that stand there.
    #[schema(max_length = 20000, example = "لن نوقع قبل أن تصل المياه إلى آخر قرية")]
    pub exact: String,
    /// The text before them, up to 32 UTF-16 code units.
    #[schema(max_length = 32)]
    pub prefix: String,
    /// The text after them, up to 32 UTF-16 code units.
    #[schema(max_length = 32)]
    pub suffix: String,
    /// Whether the words were found again after the last edit.
    pub state: AnchorState,
    /// Where the quote goes on, when it is in several pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 100)]
    pub continued: Option<Vec<AnchorPiece>>,
}

/// A further piece of an anchored quote, in the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnchorPiece {
    /// Which block of the body, from 0.
    #[schema(minimum = 0, maximum = 1999, example = 4)]
    pub block: u32,
    /// Which item of a list block, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1999)]
    pub item: Option<u32>,
    /// Where the words start, in UTF-16 code units.
    #[schema(minimum = 0, maximum = 40000, example = 0)]
    pub start: u32,
    /// Where they end, in UTF-16 code units, exclusive.
    #[schema(minimum = 0, maximum = 40000, example = 9)]
    pub end: u32,
    /// The words that stand there.
    #[schema(max_length = 20000)]
    pub exact: String,
}

text_enum! {
    /// Which text of an article an anchor points into.
    pub enum AnchorPlace {
        Title = "title",
        Summary = "summary",
        Body = "body",
    }
}

text_enum! {
    /// What became of an anchor: found, found in several places and the nearest taken, or not found.
    pub enum AnchorState {
        Ok = "ok",
        Moved = "moved",
        Orphaned = "orphaned",
    }
}

/// One page of statements.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementPage {
    /// The statements, in the order asked for.
    #[schema(value_type = Vec<Statement>, max_items = 100)]
    pub data: Vec<Box<RawValue>>,
    pub page: Page,
}

relaxed_schema!(
    PartialStatement,
    PartialStatementPage,
    Statement<'static>,
    "Those members of a statement that `fields` asks for.",
    |_| false
);
