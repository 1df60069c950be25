//! What a writer is told of a statement that was written.
use serde::Serialize;
use utoipa::ToSchema;

use super::{AnchorState, StatementStatus};
use crate::domain::outcome::WriteOutcome;
use crate::domain::text_enum;

/// What became of a statement that was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrittenStatement {
    /// The statement's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Where it stands on its way to the public.
    pub status: StatementStatus,
    /// Its revision; the next change names it in `If-Match`.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
    /// What the request came to.
    pub outcome: WriteOutcome,
    /// What became of its anchor.
    pub anchor: AnchorOutcome,
    /// The article that has it.
    pub article: ArticleRevision,
}

/// An article, and its revision by now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleRevision {
    /// The article's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The article's revision.
    #[schema(minimum = 1, example = 2)]
    pub revision: i64,
}

text_enum! {
    /// Where a statement's words are: found; found in several places and the nearest taken, so that somebody should look;
    /// lost by an edit; or nowhere in the text from the beginning, as an editor's paraphrase is.
    pub enum AnchorOutcome {
        Ok = "ok",
        Moved = "moved",
        Orphaned = "orphaned",
        Absent = "absent",
    }
}

impl From<Option<AnchorState>> for AnchorOutcome {
    fn from(state: Option<AnchorState>) -> Self {
        match state {
            Some(AnchorState::Ok) => Self::Ok,
            Some(AnchorState::Moved) => Self::Moved,
            Some(AnchorState::Orphaned) => Self::Orphaned,
            None => Self::Absent,
        }
    }
}
