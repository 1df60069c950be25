//! What requests do to speakers, outlets and tags: make, put and patch them, on somebody's terms.
use super::names::slugs_of;
use super::patches::patched_record;
use super::terms::{ChangeError, ChangeResult, Terms};
use super::{Outcome, WriteError, Writer};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::merge_patch::Patch;
use crate::naming::draft::RecordDraft;
use crate::rendering::records::EntityKey;
use crate::rendering::source;

impl Writer<'_, '_> {
    /// Makes a new record. Of two with one name each has a slug that somebody gave it, so that they are told apart.
    pub fn create_record(
        &mut self,
        draft: &RecordDraft,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, EntityKey)> {
        let entity = &draft.entity;
        if let Some(id) = &entity.id {
            self.refuse_taken_id(entity.thing, id)?;
        }
        if let (None, Some(name)) = (&entity.slug, &entity.name) {
            let namesakes = self.entities_by_name(entity.thing, entity.kind.as_deref(), name)?;
            if !namesakes.is_empty() {
                let detail = format!(
                    "{} is called so already: {}; use that one, or give this one a `slug` of its own",
                    entity.thing.one(),
                    slugs_of(&namesakes)
                );
                return Err(ChangeError::clash("/name", "name_taken", detail));
            }
        }
        self.within(terms, |writer| {
            let made = writer.create_entity(entity, "", None, None)?;
            Ok((Outcome::Created, made))
        })
    }

    /// Makes the record of this id, which the draft has, or makes of it what the draft says.
    pub fn put_record(
        &mut self,
        id: &Id,
        draft: &RecordDraft,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, EntityKey)> {
        let thing = draft.entity.thing;
        let found = self.entity_by_key(thing, id.as_str())?;
        match found.filter(|found| found.uuid == *id) {
            Some(found) => self.change_record(&found, draft, terms),
            None => {
                self.refuse_spent_id(thing, id)?;
                if self.is_alive(thing, id)? || self.is_spent(thing, id)? {
                    let detail = "a record of another kind has or had this id; make up another";
                    return Err(ChangeError::clash("/id", "id_taken", detail));
                }
                terms.hold(thing, None)?;
                self.within(terms, |writer| {
                    let made = writer.create_entity(&draft.entity, "", None, None)?;
                    Ok((Outcome::Created, made))
                })
            }
        }
    }

    /// Changes what a merge patch names of a record.
    pub fn patch_record(
        &mut self,
        thing: Thing,
        key: &Key,
        patch: &Patch,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, EntityKey)> {
        let found = self.entity(thing, key)?;
        let (row, _) = self.entity_row(found.id)?;
        terms.hold(thing, Some(row.revision))?;
        let draft = patched_record(thing, source::record(thing, &found.uuid, row), patch)?;
        if draft.entity.id.as_ref() != Some(&found.uuid) {
            let detail = format!("the {thing} has the id {}; leave it out", found.uuid);
            return Err(WriteError::fault("/id", "id_mismatch", detail).into());
        }
        self.change_record(&found, &draft, terms)
    }

    fn change_record(
        &mut self,
        found: &EntityKey,
        draft: &RecordDraft,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, EntityKey)> {
        let thing = draft.entity.thing;
        let permitted = self.permit_record(found.id, terms);
        let outcome = self.within(terms, |writer| {
            writer.replace_record(found, draft, |revision| {
                permitted?;
                terms.hold(thing, Some(revision))
            })
        })?;
        let now = self.entity_by_key(thing, found.uuid.as_str())?;
        Ok((outcome, now.ok_or(ChangeError::Missing(thing))?))
    }
}
