//! From the keys that filters give to the rows that they name.
use diesel::prelude::*;

use crate::database::schema::entities;
use crate::database::{Conn, lookup};
use crate::domain::Thing;
use crate::domain::audience::Audience;
use crate::domain::key::Key;
use crate::on_engine;

/// Looks up the rows that filters name.
pub struct Named<'a, 'c> {
    conn: &'a mut Conn<'c>,
    audience: Audience,
}

impl<'a, 'c> Named<'a, 'c> {
    /// For an audience: what that does not see is not found.
    pub fn new(conn: &'a mut Conn<'c>, audience: Audience) -> Self {
        Self { conn, audience }
    }

    /// The rows of the records of one of these kinds that the keys name, former keys included.
    pub fn rows(&mut self, things: &[Thing], keys: &[Key]) -> QueryResult<Vec<i64>> {
        let mut rows = Vec::new();
        for thing in things {
            for key in keys {
                rows.extend(self.row(*thing, key)?);
            }
        }
        rows.sort_unstable();
        rows.dedup();
        Ok(rows)
    }

    fn row(&mut self, thing: Thing, key: &Key) -> QueryResult<Option<i64>> {
        if let Some(row) = self.current(thing, key)? {
            return Ok(Some(row));
        }
        match lookup::former(self.conn, thing, key.as_str())? {
            Some(uuid) => self.current(thing, &Key::Id(uuid)),
            None => Ok(None),
        }
    }

    fn current(&mut self, thing: Thing, key: &Key) -> QueryResult<Option<i64>> {
        let found: Option<(i64, bool)> = on_engine!(&mut *self.conn, |conn| {
            let records = entities::table
                .filter(entities::thing.eq(thing))
                .select((entities::id, entities::visible));
            match key {
                Key::Id(id) => records
                    .filter(entities::uuid.eq(id))
                    .get_result(conn)
                    .optional(),
                Key::Slug(slug) => records
                    .filter(entities::slug.eq(slug))
                    .get_result(conn)
                    .optional(),
            }
        })?;
        let seen = found.filter(|(_, visible)| self.audience.sees(*visible));
        Ok(seen.map(|(row, _)| row))
    }
}
