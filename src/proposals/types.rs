//! What extraction answers: an article in the write shape, and how its names were understood.
use serde::Serialize;
use serde_with::skip_serializing_none;
use utoipa::ToSchema;

use crate::articles::write_shape::NewArticle;
use crate::domain::partial::relaxed_schema;
use crate::domain::text_enum;

/// An article made of its plain text, with every statement proposed that the rules find in it. Nothing is stored.
#[skip_serializing_none]
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Extracted {
    /// In the write shape: what is to be stored, once its `outlet` is named. Its statements are `proposed`, each with the
    /// rule that found it and how often that rule is right.
    #[schema(value_type = ExtractedArticle)]
    pub article: NewArticle,
    /// The parties of its statements, in the order in which the text names them.
    #[schema(max_items = 16000)]
    pub names: Vec<FoundName>,
    /// Lines of the text that belong to the page that it was on, such as "related articles".
    #[schema(max_items = 300000)]
    pub left_out: Vec<String>,
}

relaxed_schema!(
    ExtractedArticle,
    NewArticle,
    "An article in the write shape, all but what its text does not tell, such as who published it.",
    |name| matches!(name, "language")
);

/// A party that the text names, and who it was taken for.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FoundName {
    /// The fullest name that the text has for the party, without titles.
    #[schema(max_length = 300, example = "ليلى الحارثي")]
    pub name: String,
    /// Whether it says something or carries what others say.
    pub thing: FoundThing,
    /// What it is: `person`, `organisation`, `office` or `outlet`.
    #[schema(max_length = 100, example = "person")]
    pub kind: String,
    /// How the text names it, each way once.
    #[schema(max_items = 1000)]
    pub as_named: Vec<String>,
    /// The one record that has this name; left out where none or several have it.
    pub record: Option<FoundRecord>,
    /// Slugs of the records that have this name, where there are several.
    #[schema(max_items = 100)]
    pub ambiguous: Option<Vec<String>>,
}

/// The record that a name finds in the store.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FoundRecord {
    /// The record's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The record's slug.
    #[schema(max_length = 1000, example = "ليلى-الحارثي")]
    pub slug: String,
    /// The name that is shown.
    #[schema(max_length = 300, example = "ليلى الحارثي")]
    pub name: String,
}

text_enum! {
    /// What a party is a record of.
    pub enum FoundThing {
        Speaker = "speaker",
        Outlet = "outlet",
    }
}
