//! How statements are written: nested in their article.
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use utoipa::ToSchema;

use super::types::{
    AnchorPiece, AnchorPlace, AnchorState, Anonymous, Form, Origin, Precision, Role,
    StatementStatus, Unresolved,
};
use crate::domain::fault::{Fault, Faults};
use crate::domain::partial::relaxed_schema;
use crate::domain::{bounds, checked};
use crate::naming::write_shape::NewReference;

/// A statement as it is written: who said it either hop by hop in `attribution`, or by the shortcuts `speaker` or
/// `anonymous`, and `outlet`. It is the one of the article with its `id`, else with its words, else a new one.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStatement {
    /// Its id: of one of the article's statements, or of one that is to be made.
    #[schema(format = Uuid)]
    pub id: Option<String>,
    /// Whether the words are theirs.
    #[schema(required = true, nullable = false)]
    pub form: Option<Form>,
    /// The text as printed; several fragments are joined by ` … `.
    #[schema(
        required = true,
        nullable = false,
        max_length = 20000,
        example = "لن نوقع قبل أن تصل المياه إلى آخر قرية"
    )]
    pub quote: Option<String>,
    /// Who said it.
    pub speaker: Option<NewReference>,
    /// The speaker as the article names them there.
    #[schema(max_length = 1000, example = "وزيرة المياه")]
    pub speaker_label: Option<String>,
    /// The source that said it, where it has no name.
    pub anonymous: Option<Anonymous>,
    /// The outlet that the article credits.
    pub outlet: Option<NewReference>,
    /// The chain through which the words came, from the mouth outward.
    #[schema(max_items = 16)]
    pub attribution: Option<Vec<NewHop>>,
    /// Where the words stand. Left out, they are looked for; after an edit they are found again.
    pub anchor: Option<NewAnchor>,
    /// When it was said.
    #[schema(format = DateTime)]
    pub said_at: Option<String>,
    /// How exactly `said_at` is known.
    pub said_precision: Option<Precision>,
    /// The language of the quote; the article's unless given.
    #[schema(max_length = 100, example = "ar")]
    pub language: Option<String>,
    /// Where it stands on its way to the public; `published` unless given.
    pub status: Option<StatementStatus>,
    /// How it came into the store; `editor` unless given.
    pub origin: Option<Origin>,
    /// For extracted statements: how sure the rule is, 0 to 1.
    #[schema(minimum = 0.0, maximum = 1.0)]
    pub confidence: Option<f64>,
    /// For extracted statements: the rule that found it.
    #[schema(max_length = 1000)]
    pub rule: Option<String>,
    /// What readers should know about it, such as why it was retracted.
    #[schema(max_length = 1000)]
    pub note: Option<String>,
    #[schema(ignore)]
    pub created_at: Option<String>,
    #[schema(ignore)]
    pub updated_at: Option<String>,
    #[schema(ignore)]
    pub revision: Option<i64>,
    #[schema(ignore)]
    pub was_public: Option<bool>,
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub article: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub publisher: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub position: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub direction: Option<IgnoredAny>,
}

relaxed_schema!(
    StatementChanges,
    NewStatement,
    "What is to be otherwise with a statement: a JSON merge patch (RFC 7396).",
    |_| false
);

/// What is said of a statement that is rejected.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// Why, for those who may read it: the public never does.
    #[schema(max_length = 1000, example = "هذا عنوان خبر آخر.")]
    pub note: Option<String>,
}

impl Rejection {
    /// The note, checked.
    pub fn check(self) -> Result<Option<String>, Vec<Fault>> {
        let mut faults = Faults::default();
        let note = checked::optional_text(&mut faults, "note", self.note, bounds::STRING);
        faults.into_result(note)
    }
}

impl NewStatement {
    /// Without what the server owns. An orphaned anchor cannot be held against the text: the statement keeps the one it
    /// has, so that it can be sent back, and nobody makes one up.
    pub fn without_owned(self) -> Self {
        let is_orphan = |anchor: &NewAnchor| anchor.state == Some(AnchorState::Orphaned);
        Self {
            anchor: self.anchor.filter(|anchor| !is_orphan(anchor)),
            ..self
        }
        .documented()
    }

    /// With those members alone that the document has.
    pub(crate) fn documented(self) -> Self {
        let anchor = self.anchor.map(|anchor| NewAnchor {
            prefix: None,
            suffix: None,
            ..anchor
        });
        Self {
            anchor,
            created_at: None,
            updated_at: None,
            revision: None,
            was_public: None,
            ..self
        }
    }
}

/// A link of a chain as it is written. It has exactly one party.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHop {
    /// What the party does: `speaker` at hop 0, `relay` or `outlet` after it.
    #[schema(required = true, nullable = false)]
    pub role: Option<Role>,
    /// The party, where it is a speaker with a name.
    pub speaker: Option<NewReference>,
    /// The party, where it is an outlet.
    pub outlet: Option<NewReference>,
    /// The party, where it has no name.
    pub anonymous: Option<Anonymous>,
    /// The party, where a `proposed` or `rejected` statement names it and nobody has looked it up yet.
    pub unresolved: Option<Unresolved>,
    /// The party as the article names it there.
    #[schema(max_length = 1000, example = "وزيرة المياه ليلى الحارثي")]
    pub as_named: Option<String>,
    /// The words that tell of the saying.
    #[schema(max_length = 1000, example = "قالت")]
    pub cue: Option<String>,
    /// Where the party published the words.
    #[schema(format = "iri", max_length = 2048)]
    pub source_url: Option<String>,
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub hop: Option<IgnoredAny>,
}

// `prefix` and `suffix` count only where `state` says `orphaned`: such an anchor cannot be computed anew. All others are.
/// An anchor as it is written: what stands from `start` to `end` must be `exact`. The rest of an `Anchor` is computed.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnchor {
    /// Which text of the article; the body unless given.
    #[serde(rename = "in")]
    pub place: Option<AnchorPlace>,
    /// Which block of the body, from 0.
    #[schema(minimum = 0, maximum = 1999, example = 0)]
    pub block: Option<u32>,
    /// Which item of a list block, from 0.
    #[schema(minimum = 0, maximum = 1999)]
    pub item: Option<u32>,
    /// Where the words start, in UTF-16 code units.
    #[schema(
        required = true,
        nullable = false,
        minimum = 0,
        maximum = 40000,
        example = 17
    )]
    pub start: Option<u32>,
    /// Where they end, in UTF-16 code units, exclusive.
    #[schema(
        required = true,
        nullable = false,
        minimum = 0,
        maximum = 40000,
        example = 55
    )]
    pub end: Option<u32>,
    /// The words that stand there.
    #[schema(
        required = true,
        nullable = false,
        max_length = 20000,
        example = "لن نوقع قبل أن تصل المياه إلى آخر قرية"
    )]
    pub exact: Option<String>,
    #[schema(ignore)]
    pub prefix: Option<String>,
    #[schema(ignore)]
    pub suffix: Option<String>,
    /// `moved`, as it was read, until a person has looked; `ok`, or left out, where somebody has.
    pub state: Option<AnchorState>,
    /// Where the quote goes on, when it is in several pieces.
    #[schema(max_items = 100)]
    pub continued: Option<Vec<AnchorPiece>>,
}
