//! Merging the segments in which an index lies after much was put in: searches take a third less then.
use diesel::prelude::*;

use super::{WriteError, WriteResult};
use crate::database::schema::articles;
use crate::database::{Database, Written};
use crate::on_engine;
use crate::search::Kind;
use crate::search::index::Index;

/// Of so many articles one has to have been written: the whole index is gone through.
const MUCH: u64 = 4;

/// Merges after so many things were written, where that is much of the store.
pub fn merge_after(database: &Database, written: u64) -> WriteResult<()> {
    let articles: i64 = database.read_newest_blocking(|conn| {
        let articles = on_engine!(conn, |conn| articles::table.count().get_result(conn));
        articles.map_err(WriteError::from)
    })?;
    match i64::try_from(written * MUCH) {
        Ok(much) if much < articles => Ok(()),
        _ => merge(database),
    }
}

/// Merges all there are.
pub fn merge(database: &Database) -> WriteResult<()> {
    let mut merging = Merging::default();
    while merging.some(database)? {}
    Ok(())
}

/// A merging under way, of one part of the index after the other.
#[derive(Default)]
pub struct Merging {
    /// How many parts are merged.
    done: usize,
    /// Whether the next one is begun.
    begun: bool,
}

impl Merging {
    const PARTS: [Kind; 2] = [Kind::Article, Kind::Statement];

    /// Merges some, in one short transaction; false once there is nothing left.
    pub fn some(&mut self, database: &Database) -> WriteResult<bool> {
        let Some(kind) = Self::PARTS.get(self.done) else {
            return Ok(false);
        };
        self.begun = database.write_blocking(|conn| {
            let more = Index(*kind).merge(conn, !self.begun)?;
            Ok::<_, WriteError>(Written::hidden(more))
        })?;
        self.done += usize::from(!self.begun);
        Ok(true)
    }
}
