//! How statements are written: nested in their article.
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::types::{
    AnchorPiece, AnchorPlace, AnchorState, Anonymous, Form, Origin, Precision, Role,
    StatementStatus, Unresolved,
};
use crate::naming::write_shape::NewReference;

/// A statement as it is written.
#[skip_serializing_none]
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewStatement {
    pub id: Option<String>,
    pub form: Option<Form>,
    pub quote: Option<String>,
    pub speaker: Option<NewReference>,
    pub speaker_label: Option<String>,
    pub anonymous: Option<Anonymous>,
    pub outlet: Option<NewReference>,
    pub attribution: Option<Vec<NewHop>>,
    pub anchor: Option<NewAnchor>,
    pub said_at: Option<String>,
    pub said_precision: Option<Precision>,
    pub language: Option<String>,
    pub status: Option<StatementStatus>,
    pub origin: Option<Origin>,
    pub confidence: Option<f64>,
    pub rule: Option<String>,
    pub note: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
    pub revision: Option<i64>,
    pub was_public: Option<bool>,
    #[serde(skip_serializing)]
    pub article: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    pub publisher: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    pub position: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    pub direction: Option<IgnoredAny>,
}

/// A link of a chain as it is written.
#[skip_serializing_none]
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewHop {
    pub role: Option<Role>,
    pub speaker: Option<NewReference>,
    pub outlet: Option<NewReference>,
    pub anonymous: Option<Anonymous>,
    pub unresolved: Option<Unresolved>,
    pub as_named: Option<String>,
    pub cue: Option<String>,
    pub source_url: Option<String>,
    #[serde(skip_serializing)]
    pub hop: Option<IgnoredAny>,
}

/// An anchor as it is written. `prefix` and `suffix` count only where `state` says `orphaned`: such an anchor cannot be
/// computed anew. All others are.
#[skip_serializing_none]
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewAnchor {
    #[serde(rename = "in")]
    pub place: Option<AnchorPlace>,
    pub block: Option<u32>,
    pub item: Option<u32>,
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub exact: Option<String>,
    pub prefix: Option<String>,
    pub suffix: Option<String>,
    pub state: Option<AnchorState>,
    pub continued: Option<Vec<AnchorPiece>>,
}
