//! The one shape in which articles are created, imported and exported.
//!
//! Everything is optional here: what a writer must give is said by `draft.rs`, which names all that is missing at once.
//! Fields that the server owns are taken and ignored, so that what was read can be sent back.
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::types::{ArticleStatus, Author, Block, Correction, ExternalReference, Image};
use crate::naming::write_shape::NewReference;
use crate::statements::write_shape::NewStatement;

/// An article as it is written.
#[skip_serializing_none]
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct NewArticle {
    pub id: Option<String>,
    pub slug: Option<String>,
    pub former_slugs: Option<Vec<String>>,
    pub former_ids: Option<Vec<String>>,
    pub language: Option<String>,
    pub title: Option<String>,
    pub summary: Option<String>,
    pub image: Option<Image>,
    pub body: Option<Vec<Block>>,
    /// Plain text instead of `body`.
    pub text: Option<String>,
    pub authors: Option<Vec<Author>>,
    pub dateline: Option<String>,
    pub outlet: Option<NewReference>,
    pub source_url: Option<String>,
    pub references: Option<Vec<ExternalReference>>,
    pub status: Option<ArticleStatus>,
    pub reason: Option<String>,
    pub published_at: Option<String>,
    pub tags: Option<Vec<NewReference>>,
    pub statements: Option<Vec<NewStatement>>,
    pub corrections: Option<Vec<Correction>>,
    pub translation_group: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
    pub revision: Option<i64>,
    pub was_public: Option<bool>,
    #[serde(skip_serializing)]
    pub direction: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    pub statement_count: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    pub translations: Option<IgnoredAny>,
}
