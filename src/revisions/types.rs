//! How former states look to clients.
use serde::Serialize;
use utoipa::ToSchema;

use crate::articles::write_shape::NewArticle;
use crate::domain::moment::Moment;
use crate::domain::page::Page;
use crate::domain::partial::relaxed_schema;

/// A state that an article has or had.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revision {
    /// The article's revision then.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
    /// When it became so.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Moment,
    /// The name of the key by which it became so; null where it was imported by a command.
    #[schema(required = true, max_length = 300, example = "editors' desk")]
    pub changed_by: Option<String>,
    /// Whether it is so now.
    pub current: bool,
}

/// A state that an article has or had, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleState {
    /// The article's revision then.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
    /// When it became so.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Moment,
    /// The name of the key by which it became so; null where it was imported by a command.
    #[schema(required = true, max_length = 300, example = "editors' desk")]
    pub changed_by: Option<String>,
    /// Whether it is so now.
    pub current: bool,
    /// The article, with all its statements, in the shape in which it is written.
    pub state: NewArticle,
}

/// One page of revisions.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionPage {
    /// The revisions, the latest first.
    #[schema(max_items = 100)]
    pub data: Vec<Revision>,
    pub page: Page,
}

relaxed_schema!(
    PartialRevision,
    PartialRevisionPage,
    Revision,
    "Those members of a revision that `fields` asks for.",
    |_| false
);

relaxed_schema!(
    PartialArticleState,
    ArticleState,
    "Those members of a former state that `fields` asks for.",
    |_| false
);
