//! How previews look to clients.
use serde::Serialize;
use utoipa::ToSchema;

use crate::articles::types::ArticleReference;
use crate::domain::moment::Moment;

/// A preview that was made: who has the token reads the article with it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Preview)]
pub struct Preview<'a> {
    /// By which it is revoked.
    #[schema(format = Uuid)]
    pub id: &'a str,
    /// What the article is read with, as `preview`. It is shown this once: only its hash is kept.
    #[schema(
        min_length = 57,
        max_length = 57,
        example = "isnad_preview_4gWq1kYxJ0c7TtqZ3nRrVbS5dLhE9mUaPoFiXyG2wKs"
    )]
    pub token: &'a str,
    /// The article that it shows.
    pub article: ArticleReference<'a>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// From when on nobody reads by it any more.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Moment,
}
