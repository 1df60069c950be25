//! How speakers, outlets and tags are written: as whole records, and where something refers to them.
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::types::Names;
use crate::articles::types::ExternalReference;

/// A reference to a speaker, an outlet or a tag: by id, else by slug, else by name. The other fields count only where
/// the reference makes the record.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewReference {
    pub id: Option<String>,
    pub slug: Option<String>,
    pub name: Option<String>,
    pub names: Option<Names>,
    pub aliases: Option<Vec<String>>,
    pub kind: Option<String>,
    pub description: Option<String>,
    pub references: Option<Vec<ExternalReference>>,
    pub url: Option<String>,
    pub country: Option<String>,
    pub language: Option<String>,
}

/// A whole record: a line of an import or export that has a `type`.
#[skip_serializing_none]
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    #[serde(rename = "type")]
    pub thing: Option<String>,
    pub id: Option<String>,
    pub slug: Option<String>,
    pub former_slugs: Option<Vec<String>>,
    pub former_ids: Option<Vec<String>>,
    pub name: Option<String>,
    pub names: Option<Names>,
    pub aliases: Option<Vec<String>>,
    pub kind: Option<String>,
    pub description: Option<String>,
    pub references: Option<Vec<ExternalReference>>,
    pub url: Option<String>,
    pub country: Option<String>,
    pub language: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
    pub revision: Option<i64>,
    #[serde(skip_serializing)]
    pub article_count: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    pub statement_count: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    pub first_said_at: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    pub last_said_at: Option<IgnoredAny>,
}

/// A tombstone: a line of an import or export whose `type` is `deleted`.
#[skip_serializing_none]
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewTombstone {
    #[serde(rename = "type")]
    pub line_type: Option<String>,
    pub thing: Option<crate::domain::Thing>,
    pub id: Option<String>,
    pub slugs: Option<Vec<String>>,
    pub reason: Option<String>,
    pub deleted_at: Option<String>,
    pub was_public: Option<bool>,
}
