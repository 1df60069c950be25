//! Writing whole records: speakers, outlets and tags.
use diesel::prelude::*;
use diesel::sql_query;

use super::{Outcome, WriteError, WriteResult, Writer};
use crate::database::Json;
use crate::database::schema::{entities, entity_spellings, entity_words};
use crate::domain::{Thing, name_fold};
use crate::naming::draft::{EntityDraft, RecordDraft, default_kind};
use crate::on_engine;
use crate::rendering::records::{EntityKey, EntityRow};

impl Writer<'_, '_> {
    /// Makes of a record what the draft says. `permit` is asked before anything is changed, with its present revision.
    pub(super) fn replace_record<E: From<WriteError> + From<diesel::result::Error>>(
        &mut self,
        found: &EntityKey,
        draft: &RecordDraft,
        permit: impl FnOnce(i64) -> Result<(), E>,
    ) -> Result<Outcome, E> {
        let thing = draft.entity.thing;
        let (before, visible) = self.entity_row(found.id)?;
        let mut after = content(&draft.entity, &before);
        let keys_added = self.keep_former_keys(thing, &draft.former_keys, &found.uuid, visible)?;
        if after == before {
            return Ok(match keys_added {
                true => Outcome::Updated,
                false => Outcome::Unchanged,
            });
        }
        permit(before.revision)?;
        if after.slug != before.slug {
            self.claim_slug(thing, &after.slug, Some(&found.uuid), "")?;
            self.keep_former_key(thing, &before.slug, &found.uuid)?;
        }
        after.revision = draft.revision.unwrap_or(before.revision);
        after.updated_at = draft.updated_at.unwrap_or(before.updated_at);
        self.store_entity(thing, found.id, &before, after, visible)?;
        Ok(Outcome::Updated)
    }

    /// Writes a record that is changed: numbers it, and sees to it that it is found and shown by its new names. A revision and
    /// a moment of the change that are higher than before stay.
    pub(super) fn store_entity(
        &mut self,
        thing: Thing,
        id: i64,
        before: &EntityRow,
        mut after: EntityRow,
        visible: bool,
    ) -> QueryResult<()> {
        if after.revision <= before.revision {
            after.revision = before.revision + 1;
        }
        if after.updated_at <= before.updated_at {
            after.updated_at = self.now;
        }
        after.sequence = self.sequence();
        if visible {
            after.public_sequence = Some(self.public_sequence());
        }
        on_engine!(&mut *self.conn, |conn| diesel::update(
            entities::table.find(id)
        )
        .set(&after)
        .execute(conn))?;
        self.drop_spellings(thing, id)?;
        self.put_spellings(thing, id, after.spellings())?;
        if (&after.slug, &after.name) != (&before.slug, &before.name) {
            // Articles of this same transaction show it too: their postings are needed.
            self.settle_postings()?;
            self.mark_stale(id)?;
        }
        // What was resolved before by an old spelling may mean something else now.
        self.names.clear();
        Ok(())
    }

    pub(super) fn find_record(&mut self, draft: &EntityDraft) -> WriteResult<Option<EntityKey>> {
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

    /// Nothing finds a record by its names any more.
    pub(super) fn drop_spellings(&mut self, thing: Thing, entity: i64) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            diesel::delete(
                entity_spellings::table
                    .filter(entity_spellings::thing.eq(thing))
                    .filter(entity_spellings::entity_id.eq(entity)),
            )
            .execute(conn)?;
            diesel::delete(entity_words::table.filter(entity_words::entity_id.eq(entity)))
                .execute(conn)
        })?;
        Ok(())
    }

    /// Marks every article that names the record, seen or not: what shows its name is rendered again by the drain, and what is found
    /// by it is found by the new one.
    pub(super) fn mark_stale(&mut self, entity: i64) -> QueryResult<()> {
        let naming = [
            format!("SELECT id FROM articles WHERE outlet_id = {entity}"),
            format!("SELECT article_id FROM article_tags WHERE tag_id = {entity}"),
            format!(
                "SELECT s.article_id FROM statement_hops AS h JOIN statements AS s ON s.id = h.statement_id \
                 WHERE h.entity_id = {entity}"
            ),
        ];
        for articles in naming {
            // SQLite takes `ON CONFLICT` after a `SELECT` for a join unless it has a `WHERE`.
            on_engine!(&mut *self.conn, |conn| sql_query(format!(
                "INSERT INTO stale_documents (article_id) {articles} ON CONFLICT DO NOTHING"
            ))
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
