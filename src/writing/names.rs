//! From a reference to the record it means: by id, else by slug, else by name, and made where none is.
use diesel::prelude::*;

use super::{WriteError, WriteResult, Writer};
use crate::database::Json;
use crate::database::insert::{insert_row, insert_rows};
use crate::database::lookup;
use crate::database::schema::{entities, entity_spellings, entity_words};
use crate::domain::key::Key;
use crate::domain::moment::Moment;
use crate::domain::{Thing, name_fold, slug};
use crate::naming::draft::{EntityDraft, default_kind};
use crate::on_engine;
use crate::rendering::load;
use crate::rendering::records::EntityKey;

/// How a reference spelled what it meant, in this transaction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Spelling {
    Key(Thing, String),
    Name(Thing, Option<String>, String),
}

impl Writer<'_, '_> {
    /// The record that a reference means.
    pub(super) fn resolve(&mut self, draft: &EntityDraft, pointer: &str) -> WriteResult<EntityKey> {
        let spelling = spelling_of(draft);
        if let Some(known) = self.names.get(&spelling) {
            return Ok(known.clone());
        }
        let found = match self.look_up(draft, pointer)? {
            Some(found) => found,
            None => self.create_entity(draft, pointer, None, None)?,
        };
        self.names.insert(spelling, found.clone());
        Ok(found)
    }

    /// The record that a reference means, if there is one; a fault where there must be.
    fn look_up(&mut self, draft: &EntityDraft, pointer: &str) -> WriteResult<Option<EntityKey>> {
        let thing = draft.thing;
        let missing = |key: &str| {
            let detail =
                format!("no {thing} has the {key}; name it to make one, or correct the key");
            WriteError::fault(pointer, "unknown_reference", detail)
        };
        if let Some(id) = &draft.id {
            return match self.entity_by_key(thing, id.as_str())? {
                Some(found) => Ok(Some(found)),
                None => Err(missing(&format!("id {id}"))),
            };
        }
        if let Some(slug) = &draft.slug {
            return match self.entity_by_key(thing, slug)? {
                Some(found) => Ok(Some(found)),
                None if draft.name.is_some() => Ok(None),
                None => Err(missing(&format!("slug `{slug}`"))),
            };
        }
        let Some(name) = &draft.name else {
            return Err(WriteError::fault(
                pointer,
                "required",
                "needs an `id`, a `slug` or a `name`",
            ));
        };
        match self.entity_by_name(thing, draft.kind.as_deref(), name, pointer)? {
            // A tag has no aliases to take over when it is merged: its former slug is what is left of its name.
            None if thing == Thing::Tag => self.tag_by_former_slug(name),
            found => Ok(found),
        }
    }

    fn tag_by_former_slug(&mut self, name: &str) -> WriteResult<Option<EntityKey>> {
        let slug = slug::generate(name);
        let found = self.entity_by_key(Thing::Tag, &slug)?;
        Ok(found.filter(|tag| tag.slug != slug))
    }

    /// By id or slug, a former one too.
    pub(super) fn entity_by_key(
        &mut self,
        thing: Thing,
        key: &str,
    ) -> QueryResult<Option<EntityKey>> {
        let current = match key.parse() {
            Ok(id) => Key::Id(id),
            Err(_) => Key::Slug(key.to_owned()),
        };
        let found = self.entity_by_current_key(thing, &current)?;
        if found.is_some() {
            return Ok(found);
        }
        match lookup::former(self.conn, thing, key)? {
            Some(id) => self.entity_by_current_key(thing, &Key::Id(id)),
            None => Ok(None),
        }
    }

    fn entity_by_current_key(&mut self, thing: Thing, key: &Key) -> QueryResult<Option<EntityKey>> {
        on_engine!(&mut *self.conn, |conn| {
            let of_thing = entities::table
                .filter(entities::thing.eq(thing))
                .select(EntityKey::as_select());
            match key {
                Key::Id(id) => of_thing
                    .filter(entities::uuid.eq(id))
                    .get_result(conn)
                    .optional(),
                Key::Slug(slug) => of_thing
                    .filter(entities::slug.eq(slug))
                    .get_result(conn)
                    .optional(),
            }
        })
    }

    /// The one record that has the name; none, or a fault where several have it.
    pub(super) fn entity_by_name(
        &mut self,
        thing: Thing,
        kind: Option<&str>,
        name: &str,
        pointer: &str,
    ) -> WriteResult<Option<EntityKey>> {
        let mut found = self.entities_by_name(thing, kind, name)?;
        if found.len() > 1 {
            return Err(WriteError::fault(
                pointer,
                "ambiguous_name",
                format!("`{name}` names several: {}; give a slug", slugs_of(&found)),
            ));
        }
        Ok(found.pop())
    }

    /// Every record that has the name in one of its languages, spellings or aliases.
    pub(super) fn entities_by_name(
        &mut self,
        thing: Thing,
        kind: Option<&str>,
        name: &str,
    ) -> QueryResult<Vec<EntityKey>> {
        load::records_by_name(self.conn, thing, kind, name)
    }

    /// Makes the record that a draft describes.
    pub(super) fn create_entity(
        &mut self,
        draft: &EntityDraft,
        pointer: &str,
        created_at: Option<Moment>,
        updated_at: Option<Moment>,
    ) -> WriteResult<EntityKey> {
        if let Some(id) = &draft.id
            && self.is_alive(draft.thing, id)?
        {
            // One of another kind: of this kind it would have been found.
            let detail = "another record has this id; correct one of the two";
            return Err(WriteError::fault(
                &format!("{pointer}/id"),
                "id_taken",
                detail,
            ));
        }
        let name = draft.name.clone().unwrap_or_default();
        let slug = self.new_slug(draft.thing, draft.slug.as_deref(), &name, pointer)?;
        let uuid = draft.id.clone().unwrap_or_default();
        let sequence = self.sequence();
        let created_at = created_at.unwrap_or(self.now);
        let kind = draft.kind.as_deref().or(default_kind(draft.thing));
        let row = (
            (
                entities::uuid.eq(&uuid),
                entities::thing.eq(draft.thing),
                entities::slug.eq(&slug),
                entities::name.eq(&name),
                entities::fold.eq(name_fold::fold(&name)),
                entities::names.eq(Json(&draft.names)),
                entities::aliases.eq(Json(&draft.aliases)),
                entities::kind.eq(kind),
                entities::description.eq(draft.description.as_deref()),
                entities::references.eq(Json(&draft.references)),
                entities::url.eq(draft.url.as_deref()),
                entities::country.eq(draft.country.as_deref()),
                entities::language.eq(draft.language.as_deref()),
            ),
            (
                entities::article_count.eq(0),
                entities::statement_count.eq(0),
                entities::mention_count.eq(0),
                entities::visible.eq(false),
                entities::created_at.eq(created_at),
                entities::updated_at.eq(updated_at.unwrap_or(created_at)),
                entities::revision.eq(1),
                entities::sequence.eq(sequence),
            ),
        );
        let id = insert_row!(&mut *self.conn, entities, row)?;
        self.put_spellings(draft.thing, id, draft.spellings())?;
        // What one record alone was called may be what two are called now.
        self.names.clear();
        Ok(EntityKey {
            id,
            uuid,
            slug,
            name,
        })
    }

    /// Writes down every spelling that finds the record, and their words.
    pub(super) fn put_spellings<'s>(
        &mut self,
        thing: Thing,
        entity: i64,
        spellings: impl Iterator<Item = &'s str>,
    ) -> QueryResult<()> {
        let folds: Vec<String> = spellings.map(name_fold::fold).collect();
        let spellings: Vec<_> = folds
            .iter()
            .map(|fold| {
                (
                    entity_spellings::thing.eq(thing),
                    entity_spellings::fold.eq(fold),
                    entity_spellings::entity_id.eq(entity),
                )
            })
            .collect();
        let words: Vec<_> = folds
            .iter()
            .flat_map(|fold| name_fold::words(fold))
            .map(|word| {
                let entity = entity_words::entity_id.eq(entity);
                (entity, entity_words::word.eq(word))
            })
            .collect();
        insert_rows!(
            &mut *self.conn,
            entity_spellings::table,
            &spellings,
            .on_conflict_do_nothing()
        )?;
        insert_rows!(
            &mut *self.conn,
            entity_words::table,
            &words,
            .on_conflict_do_nothing()
        )
    }
}

/// The slugs of some records, to choose from.
pub(super) fn slugs_of(records: &[EntityKey]) -> String {
    let slugs: Vec<String> = records
        .iter()
        .map(|one| format!("`{}`", one.slug))
        .collect();
    slugs.join(", ")
}

fn spelling_of(draft: &EntityDraft) -> Spelling {
    let key = draft
        .id
        .as_ref()
        .map(|id| id.as_str())
        .or(draft.slug.as_deref());
    match key {
        Some(key) => Spelling::Key(draft.thing, key.to_owned()),
        None => Spelling::Name(
            draft.thing,
            draft.kind.clone(),
            draft.name.clone().unwrap_or_default(),
        ),
    }
}
