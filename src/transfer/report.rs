//! What became of the lines of an import: of each, and of all together.
use crate::articles::types::ArticleStatus;
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::writing::Outcome;
use crate::writing::imports::{SavedArticle, SavedRecord};
use crate::writing::tombstones::TombstoneDraft;

/// What a line came to that was stored, or was there already.
#[derive(Debug, Clone)]
pub struct Stored {
    pub outcome: Outcome,
    pub thing: Thing,
    pub id: Id,
    /// None of a tombstone, as the revision.
    pub slug: Option<String>,
    pub revision: Option<i64>,
    /// Of an article.
    status: Option<ArticleStatus>,
    /// Whether a second import of the line finds the same thing.
    has_key: bool,
}

/// What became of all lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    /// Lines that were not stored.
    pub failed: u64,
    /// Articles stored as drafts, which the public does not see.
    pub drafts: u64,
    /// New articles whose line has no key: a second import makes them again.
    pub without_key: u64,
    /// The number of the store's last write, as the last transaction left it; 0 where there was none.
    pub sequence: i64,
}

impl Stored {
    pub(super) fn article(saved: SavedArticle) -> Self {
        Self {
            outcome: saved.outcome,
            thing: Thing::Article,
            id: saved.id,
            slug: Some(saved.slug),
            revision: Some(saved.revision),
            status: Some(saved.status),
            has_key: saved.has_key,
        }
    }

    pub(super) fn record(thing: Thing, saved: SavedRecord) -> Self {
        Self {
            outcome: saved.outcome,
            thing,
            id: saved.id,
            slug: Some(saved.slug),
            revision: Some(saved.revision),
            status: None,
            has_key: true,
        }
    }

    pub(super) fn tombstone(draft: &TombstoneDraft, outcome: Outcome) -> Self {
        Self {
            outcome,
            thing: draft.thing,
            id: draft.id.clone(),
            slug: None,
            revision: None,
            status: None,
            has_key: true,
        }
    }
}

impl Report {
    /// Counts a line; None where it was not stored.
    pub fn add(&mut self, stored: Option<&Stored>) {
        let Some(stored) = stored else {
            self.failed += 1;
            return;
        };
        match stored.outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
        self.drafts += u64::from(stored.status == Some(ArticleStatus::Draft));
        self.without_key += u64::from(!stored.has_key);
    }
}
