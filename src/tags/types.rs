//! How tags look to clients.
use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::moment::Moment;
use crate::domain::page::Page;
use crate::domain::partial::relaxed_schema;
use crate::domain::text_enum;

/// What articles are about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tag {
    /// Stable for ever.
    #[schema(format = Uuid)]
    pub id: String,
    /// The readable key, in the script of the name.
    #[schema(max_length = 1000, example = "المياه")]
    pub slug: String,
    /// The name that is shown.
    #[schema(max_length = 300, example = "المياه")]
    pub name: String,
    /// The name by language, as BCP 47 tags.
    pub names: BTreeMap<String, String>,
    /// What kind of tag.
    pub kind: TagKind,
    /// How many articles have it.
    #[schema(minimum = 0, example = 4)]
    pub article_count: i64,
    /// When it was first stored.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Moment,
    /// Raised by every change, from 1.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
}

text_enum! {
    /// What kind of tag.
    pub enum TagKind {
        Topic = "topic",
        Place = "place",
        Person = "person",
        Organisation = "organisation",
        Event = "event",
    }
}

/// One page of tags.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagPage {
    /// The tags, in the order asked for.
    #[schema(max_items = 100)]
    pub data: Vec<Tag>,
    pub page: Page,
}

relaxed_schema!(
    PartialTag,
    PartialTagPage,
    Tag,
    "Those members of a tag that `fields` asks for.",
    |_| false
);
