//! What was deleted leaves a tombstone: its keys stay taken, and who knew it is told that it is gone.
use diesel::prelude::*;

use super::{Outcome, WriteError, WriteResult, Writer};
use crate::database::lookup;
use crate::database::schema::{articles, entities, statements, tombstones};
use crate::domain::Thing;
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::on_engine;

/// A tombstone as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = tombstones)]
pub struct Tombstone {
    pub thing: Thing,
    pub uuid: Id,
    pub reason: Option<String>,
    pub deleted_at: Moment,
    pub sequence: i64,
    pub public_sequence: Option<i64>,
}

/// A tombstone that an import brings along, checked.
#[derive(Debug, Clone)]
pub struct TombstoneDraft {
    pub thing: Thing,
    pub id: Id,
    pub slugs: Vec<String>,
    pub reason: Option<String>,
    pub deleted_at: Option<Moment>,
    pub was_public: bool,
}

impl Writer<'_, '_> {
    /// Buries a thing whose rows are gone.
    pub(super) fn bury(
        &mut self,
        thing: Thing,
        uuid: &Id,
        reason: Option<&str>,
        deleted_at: Moment,
        was_public: bool,
    ) -> QueryResult<()> {
        let tombstone = Tombstone {
            thing,
            uuid: uuid.clone(),
            reason: reason.map(str::to_owned),
            deleted_at,
            sequence: self.sequence(),
            public_sequence: was_public.then(|| self.public_sequence()),
        };
        on_engine!(&mut *self.conn, |conn| diesel::insert_into(
            tombstones::table
        )
        .values(&tombstone)
        .on_conflict_do_nothing()
        .execute(conn))?;
        Ok(())
    }

    /// Keeps a tombstone from another store. It never deletes what is alive here.
    pub fn save_tombstone(&mut self, draft: &TombstoneDraft) -> WriteResult<Outcome> {
        if self.is_buried(draft.thing, &draft.id)? {
            return Ok(Outcome::Unchanged);
        }
        if self.is_alive(draft.thing, &draft.id)? {
            let detail = format!(
                "this {} is alive here; an import deletes nothing",
                draft.thing
            );
            return Err(WriteError::fault("/id", "not_deleted", detail));
        }
        self.keep_former_keys(draft.thing, &draft.slugs, &draft.id, draft.was_public)?;
        let at = draft.deleted_at.unwrap_or(self.now);
        self.bury(
            draft.thing,
            &draft.id,
            draft.reason.as_deref(),
            at,
            draft.was_public,
        )?;
        Ok(Outcome::Created)
    }

    pub(super) fn is_buried(&mut self, thing: Thing, id: &Id) -> QueryResult<bool> {
        Ok(self.burial(thing, id)?.is_some())
    }

    /// The reason of a deletion; None where nothing of this id was deleted.
    pub(super) fn burial(&mut self, thing: Thing, id: &Id) -> QueryResult<Option<Option<String>>> {
        lookup::tombstone(self.conn, thing, id, Audience::Editor)
    }

    pub(super) fn is_alive(&mut self, thing: Thing, id: &Id) -> QueryResult<bool> {
        let found: Option<i64> = on_engine!(&mut *self.conn, |conn| match thing {
            Thing::Article => articles::table
                .filter(articles::uuid.eq(id))
                .select(articles::id)
                .get_result(conn)
                .optional(),
            Thing::Statement => statements::table
                .filter(statements::uuid.eq(id))
                .select(statements::id)
                .get_result(conn)
                .optional(),
            Thing::Speaker | Thing::Outlet | Thing::Tag => entities::table
                .filter(entities::uuid.eq(id))
                .select(entities::id)
                .get_result(conn)
                .optional(),
        })?;
        Ok(found.is_some())
    }
}
