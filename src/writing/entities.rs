//! Writing whole records: speakers, outlets and tags.
use diesel::prelude::*;

use super::{Outcome, WriteError, WriteResult, Writer};
use crate::database::Json;
use crate::database::schema::{
    article_postings, entities, entity_spellings, entity_words, stale_documents,
};
use crate::domain::id::Id;
use crate::domain::name_fold;
use crate::naming::draft::{EntityDraft, RecordDraft, default_kind};
use crate::on_engine;
use crate::rendering::postings::ArticleFacet;
use crate::rendering::records::{EntityKey, EntityRow};

/// What became of a record.
#[derive(Debug, Clone)]
pub struct SavedRecord {
    pub outcome: Outcome,
    pub id: Id,
    pub slug: String,
    pub revision: i64,
}

impl Writer<'_, '_> {
    /// Creates or replaces a record: found by its id where it has one, else by its slug, else by its name.
    pub fn save_record(&mut self, draft: &RecordDraft) -> WriteResult<SavedRecord> {
        let thing = draft.entity.thing;
        let Some(found) = self.find_record(&draft.entity)? else {
            let made = self.create_entity(&draft.entity, "", draft.created_at, draft.updated_at)?;
            if let Some(revision) = draft.revision {
                on_engine!(&mut *self.conn, |conn| diesel::update(
                    entities::table.find(made.id)
                )
                .set(entities::revision.eq(revision))
                .execute(conn))?;
            }
            self.keep_former_keys(thing, &draft.former_keys, &made.uuid, false)?;
            return Ok(SavedRecord {
                outcome: Outcome::Created,
                id: made.uuid,
                slug: made.slug,
                revision: draft.revision.unwrap_or(1),
            });
        };
        let (before, visible): (EntityRow, bool) =
            on_engine!(&mut *self.conn, |conn| entities::table
                .find(found.id)
                .select((EntityRow::as_select(), entities::visible))
                .first(conn))?;
        let mut after = content(&draft.entity, &before);
        let keys_added = self.keep_former_keys(thing, &draft.former_keys, &found.uuid, visible)?;
        if after == before {
            return Ok(SavedRecord {
                outcome: match keys_added {
                    true => Outcome::Updated,
                    false => Outcome::Unchanged,
                },
                id: found.uuid,
                slug: before.slug,
                revision: before.revision,
            });
        }
        if after.slug != before.slug {
            self.claim_slug(thing, &after.slug, Some(&found.uuid), "")?;
            self.keep_former_key(thing, &before.slug, &found.uuid)?;
        }
        after.revision = draft
            .revision
            .filter(|r| *r > before.revision)
            .unwrap_or(before.revision + 1);
        after.updated_at = draft
            .updated_at
            .filter(|at| *at > before.updated_at)
            .unwrap_or(self.now);
        after.sequence = self.sequence();
        if visible {
            after.public_sequence = Some(self.public_sequence());
        }
        on_engine!(&mut *self.conn, |conn| diesel::update(
            entities::table.find(found.id)
        )
        .set(&after)
        .execute(conn))?;
        self.replace_spellings(found.id, &draft.entity)?;
        if (&after.slug, &after.name) != (&before.slug, &before.name) {
            // Articles of this same transaction show it too: their postings are needed.
            self.settle_postings()?;
            self.mark_stale(found.id)?;
        }
        // What was resolved before by an old spelling may mean something else now.
        self.names.clear();
        Ok(SavedRecord {
            outcome: Outcome::Updated,
            id: found.uuid,
            slug: after.slug,
            revision: after.revision,
        })
    }

    fn find_record(&mut self, draft: &EntityDraft) -> WriteResult<Option<EntityKey>> {
        if let Some(id) = &draft.id {
            if self.is_buried(draft.thing, id)? {
                let detail = format!(
                    "this {} was deleted, and is never revived; use another id",
                    draft.thing
                );
                return Err(WriteError::fault("/id", "deleted", detail));
            }
            return Ok(self.entity_by_key(draft.thing, id.as_str())?);
        }
        if let Some(slug) = &draft.slug {
            return Ok(self.entity_by_key(draft.thing, slug)?);
        }
        let name = draft.name.as_deref().unwrap_or_default();
        self.entity_by_name(draft.thing, draft.kind.as_deref(), name, "/name")
    }

    fn replace_spellings(&mut self, entity: i64, draft: &EntityDraft) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            diesel::delete(
                entity_spellings::table
                    .filter(entity_spellings::thing.eq(draft.thing))
                    .filter(entity_spellings::entity_id.eq(entity)),
            )
            .execute(conn)?;
            diesel::delete(entity_words::table.filter(entity_words::entity_id.eq(entity)))
                .execute(conn)
        })?;
        self.put_spellings(entity, draft)
    }

    /// Marks every document that shows the record's name or slug; the drain renders them again.
    fn mark_stale(&mut self, entity: i64) -> QueryResult<()> {
        let showing = [ArticleFacet::Outlet, ArticleFacet::Tag, ArticleFacet::Via];
        for facet in showing {
            on_engine!(&mut *self.conn, |conn| diesel::insert_into(
                stale_documents::table
            )
            .values(
                article_postings::table
                    .filter(article_postings::facet.eq(facet as i32))
                    .filter(article_postings::value.eq(entity))
                    .select(article_postings::article_id)
            )
            .into_columns(stale_documents::article_id)
            .on_conflict_do_nothing()
            .execute(conn))?;
        }
        Ok(())
    }
}

/// The row that a draft makes of the one there is; what the server owns stays.
fn content(draft: &EntityDraft, before: &EntityRow) -> EntityRow {
    let name = draft.name.clone().unwrap_or_else(|| before.name.clone());
    let kind = draft.kind.as_deref().or(default_kind(draft.thing));
    EntityRow {
        slug: draft
            .slug
            .clone()
            .filter(|_| draft.id.is_some())
            .unwrap_or_else(|| before.slug.clone()),
        fold: name_fold::fold(&name),
        name,
        names: Json(draft.names.clone()),
        aliases: Json(draft.aliases.clone()),
        kind: kind.map(str::to_owned),
        description: draft.description.clone(),
        references: Json(draft.references.clone()),
        url: draft.url.clone(),
        country: draft.country.clone(),
        language: draft.language.clone(),
        ..before.clone()
    }
}
