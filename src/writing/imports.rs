//! What an import writes: whole things, each found by the keys that its line gives.
use diesel::prelude::*;

use super::terms::{ChangeError, ChangeResult, Terms};
use super::{Outcome, WriteError, WriteResult, Writer};
use crate::articles::draft::ArticleDraft;
use crate::articles::types::ArticleStatus;
use crate::database::schema::entities;
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::naming::draft::RecordDraft;
use crate::on_engine;
use crate::statements::types::Origin;

/// What became of an article, and whether anyone may see it.
#[derive(Debug, Clone)]
pub struct SavedArticle {
    pub outcome: Outcome,
    pub id: Id,
    pub slug: String,
    pub revision: i64,
    pub status: ArticleStatus,
    /// Whether the line named the article by a key that a second import will find again.
    pub has_key: bool,
}

/// What became of a record.
#[derive(Debug, Clone)]
pub struct SavedRecord {
    pub outcome: Outcome,
    pub id: Id,
    pub slug: String,
    pub revision: i64,
}

impl Writer<'_, '_> {
    /// Writes what a line holds, on the terms of who imports.
    pub fn import<T>(
        &mut self,
        terms: &Terms,
        work: impl FnOnce(&mut Self) -> WriteResult<T>,
    ) -> WriteResult<T> {
        let done: ChangeResult<T> = self.within(terms, |writer| Ok(work(writer)?));
        Ok(done?)
    }

    /// Creates or replaces the article that the draft's keys point at; a draft without keys is always new.
    pub fn save_article(
        &mut self,
        draft: ArticleDraft,
        origin: Origin,
        terms: &Terms,
    ) -> WriteResult<SavedArticle> {
        let has_key = draft.id.is_some() || draft.slug.is_some() || !draft.references.is_empty();
        let status = draft.status;
        let before = match self.find_article(&draft)? {
            Some(row) => Some(self.load_current(row, Thing::Article)?),
            None => None,
        };
        let (outcome, article) = self.replace_article(before, draft, origin, |before, after| {
            terms.permit(before, Some(after))
        })?;
        Ok(SavedArticle {
            outcome,
            id: article.row.uuid,
            slug: article.row.slug,
            revision: article.row.revision,
            status,
            has_key,
        })
    }

    /// Stores an article that was extracted from a text, unless one of its keys is known: what somebody made of that text
    /// since then stays.
    pub fn save_extracted(
        &mut self,
        draft: ArticleDraft,
        terms: &Terms,
    ) -> WriteResult<SavedArticle> {
        let Some(row) = self.find_article(&draft)? else {
            return self.save_article(draft, Origin::Extracted, terms);
        };
        let known = self.load_current(row, Thing::Article)?;
        Ok(SavedArticle {
            outcome: Outcome::Unchanged,
            id: known.row.uuid,
            slug: known.row.slug,
            revision: known.row.revision,
            status: known.row.status,
            has_key: true,
        })
    }

    /// Creates or replaces a record: found by its id where it has one, else by its slug, else by its name.
    pub fn save_record(&mut self, draft: &RecordDraft) -> WriteResult<SavedRecord> {
        if let Some(found) = self.find_record(&draft.entity)? {
            let outcome = self.replace_record(&found, draft, |_| WriteResult::Ok(()))?;
            let (row, _) = self.entity_row(found.id)?;
            return Ok(SavedRecord {
                outcome,
                id: found.uuid,
                slug: row.slug,
                revision: row.revision,
            });
        }
        let made = self.create_entity(&draft.entity, "", draft.created_at, draft.updated_at)?;
        if let Some(revision) = draft.revision {
            on_engine!(&mut *self.conn, |conn| diesel::update(
                entities::table.find(made.id)
            )
            .set(entities::revision.eq(revision))
            .execute(conn))?;
        }
        self.keep_former_keys(draft.entity.thing, &draft.former_keys, &made.uuid, false)?;
        Ok(SavedRecord {
            outcome: Outcome::Created,
            id: made.uuid,
            slug: made.slug,
            revision: draft.revision.unwrap_or(1),
        })
    }
}

/// As the line of an import is told it.
impl From<ChangeError> for WriteError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Write(error) => error,
            ChangeError::Clash(faults) => Self::Faults(faults),
            ChangeError::Unpermitted => Self::fault(
                "",
                "missing_scope",
                "the public would see this: it takes a key with the scope `publish`",
            ),
            other => Self::fault("", "conflict", other.to_string()),
        }
    }
}
