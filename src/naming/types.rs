//! What speakers, outlets and tags look alike in.
use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// A reference to a speaker, an outlet or a tag.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[schema(as = Reference)]
pub struct Reference<'a> {
    /// The record's id.
    #[schema(format = Uuid)]
    pub id: &'a str,
    /// The record's slug.
    #[schema(max_length = 1000, example = "ليلى-الحارثي")]
    pub slug: &'a str,
    /// The record's name.
    #[schema(max_length = 300, example = "ليلى الحارثي")]
    pub name: &'a str,
}

/// Names by language, in the order of their tags.
pub type Names = BTreeMap<String, String>;
