//! How speakers, outlets and tags are written: as whole records, and where something refers to them.
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use utoipa::ToSchema;

use super::types::Names;
use crate::articles::types::ExternalReference;

/// A reference to a speaker, an outlet or a tag: by id, else by slug, else by name, which finds the record in any of its
/// languages, spellings and aliases, and makes it where there is none. The other members count only where it is made.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReference {
    /// The record's id.
    #[schema(format = Uuid)]
    pub id: Option<String>,
    /// The record's slug, or a former one.
    #[schema(max_length = 1000, example = "ليلى-الحارثي")]
    pub slug: Option<String>,
    /// The record's name.
    #[schema(max_length = 300, example = "ليلى الحارثي")]
    pub name: Option<String>,
    /// Its names by language.
    #[schema(inline)]
    pub names: Option<Names>,
    /// Other names that it is found by; tags have none.
    #[schema(max_items = 50)]
    pub aliases: Option<Vec<String>>,
    /// What a speaker or a tag is, such as `person`; outlets have none.
    #[schema(max_length = 100, example = "person")]
    pub kind: Option<String>,
    /// Who a speaker is, in a few words.
    #[schema(max_length = 1000)]
    pub description: Option<String>,
    /// A speaker's keys in other systems.
    #[schema(max_items = 100)]
    pub references: Option<Vec<ExternalReference>>,
    /// An outlet's home page.
    #[schema(format = "iri", max_length = 2048)]
    pub url: Option<String>,
    /// An outlet's country, as ISO 3166-1 alpha-2.
    #[schema(max_length = 2, example = "XM")]
    pub country: Option<String>,
    /// An outlet's language, as a BCP 47 tag.
    #[schema(max_length = 100, example = "ar")]
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

impl NewRecord {
    /// Without what the server owns: an import may bring that along from another store, a request may not.
    pub fn without_owned(self) -> Self {
        Self {
            former_slugs: None,
            former_ids: None,
            created_at: None,
            updated_at: None,
            revision: None,
            ..self
        }
    }
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

impl NewTombstone {
    /// Without what the server owns, as [`NewRecord::without_owned`].
    pub fn without_owned(self) -> Self {
        Self {
            deleted_at: None,
            was_public: None,
            ..self
        }
    }
}
