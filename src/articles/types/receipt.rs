//! What a writer is told of an article that was written: drafts have no public document.
use serde::Serialize;
use utoipa::ToSchema;

use super::ArticleStatus;
use crate::domain::outcome::WriteOutcome;
use crate::statements::types::receipt::AnchorOutcome;

/// What became of an article that was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleReceipt {
    /// The article's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Its slug, given or made.
    #[schema(max_length = 1000, example = "اتفاق-على-تقاسم-مياه-النهر")]
    pub slug: String,
    /// Where it stands on its way to the public.
    pub status: ArticleStatus,
    /// Its revision; the next change names it in `If-Match`.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
    /// What the request came to.
    pub outcome: WriteOutcome,
    /// Its statements, in text order.
    #[schema(max_items = 1000)]
    pub statements: Vec<StatementReceipt>,
}

/// What became of an article in which all that was proposed was accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptanceReceipt {
    /// The article's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Its slug.
    #[schema(max_length = 1000, example = "اتفاق-على-تقاسم-مياه-النهر")]
    pub slug: String,
    /// Where it stands on its way to the public.
    pub status: ArticleStatus,
    /// Its revision; the next change names it in `If-Match`.
    #[schema(minimum = 1, example = 2)]
    pub revision: i64,
    /// What the request came to.
    pub outcome: WriteOutcome,
    /// The statements that were accepted, in text order.
    #[schema(max_items = 1000)]
    pub accepted: Vec<StatementReceipt>,
}

/// What became of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementReceipt {
    /// The statement's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// What became of its anchor.
    pub anchor: AnchorOutcome,
}
