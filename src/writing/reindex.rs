//! Making the index anew, in bounded batches, while what it holds goes on being found.
//!
//! It goes through the articles in the order of their rows and remembers how far it has come, so that it goes on where it was
//! interrupted. What is written meanwhile is put in by who writes it.
use diesel::prelude::*;

use super::{WriteError, WriteResult, Writer};
use crate::database::schema::articles;
use crate::database::store::{self, StoreState};
use crate::database::{Conn, Database, Touched, Written};
use crate::domain::moment::Moment;
use crate::on_engine;
use crate::rendering::load;
use crate::search::analysis;

/// How many articles one transaction puts in.
const BATCH: i64 = 100;

/// Has the index made anew, though it is whole and of this version.
pub fn begin(database: &Database) -> WriteResult<()> {
    database.write_blocking(|conn| {
        let state = store::state(conn)?;
        store::set_state(conn, &begun(state))?;
        Ok::<_, WriteError>(found_otherwise(()))
    })
}

/// Makes some of the index anew, if it is not whole or of another version; says how many articles that were: none once it is done.
pub fn some(database: &Database, now: Moment) -> WriteResult<usize> {
    let state =
        database.read_newest_blocking(|conn| store::state(conn).map_err(WriteError::from))?;
    if state.is_indexed_by(analysis::VERSION) {
        return Ok(0);
    }
    database.write_blocking(|conn| batch(conn, now))
}

fn batch(conn: &mut Conn<'_>, now: Moment) -> WriteResult<Written<usize>> {
    let mut state = store::state(conn)?;
    // Another process may have had its turn meanwhile.
    if state.is_indexed_by(analysis::VERSION) {
        return Ok(Written::hidden(0));
    }
    if state.search_version != i64::from(analysis::VERSION) {
        state = begun(state);
    }
    let ids: Vec<i64> = on_engine!(&mut *conn, |conn| articles::table
        .filter(articles::id.gt(state.search_progress))
        .order(articles::id)
        .limit(BATCH)
        .select(articles::id)
        .load(conn))?;
    state.search_progress = ids.last().copied().unwrap_or(StoreState::INDEXED);
    let mut writer = Writer::begin(conn, now)?;
    for record in load::articles(writer.conn, &ids)? {
        writer.note_entries(None, Some(&record));
    }
    writer.finish()?;
    store::set_state(conn, &state)?;
    Ok(found_otherwise(ids.len()))
}

fn found_otherwise<T>(value: T) -> Written<T> {
    Written {
        value,
        touched: Touched::Everything,
    }
}

fn begun(state: StoreState) -> StoreState {
    StoreState {
        search_version: i64::from(analysis::VERSION),
        search_progress: 0,
        ..state
    }
}
