//! The drain: documents that show something renamed since are rendered again, in bounded batches.
use diesel::prelude::*;

use super::{WriteError, WriteResult, Writer};
use crate::database::any_of::any_of;
use crate::database::schema::{articles, stale_documents};
use crate::database::store::{self, StoreState};
use crate::database::{Conn, Database, Touched, Written};
use crate::domain::moment::Moment;
use crate::on_engine;
use crate::rendering::article::RENDER_VERSION;
use crate::rendering::load;

/// How many articles one transaction renders.
const BATCH: i64 = 100;

/// Marks every visible document as stale where another version of the program rendered them.
pub fn mark_other_versions(database: &Database) -> WriteResult<()> {
    let state =
        database.read_newest_blocking(|conn| store::state(conn).map_err(WriteError::from))?;
    if state.render_version == RENDER_VERSION {
        return Ok(());
    }
    database.write_blocking(|conn| {
        // Another process may have had its turn meanwhile.
        let state = store::state(conn)?;
        if state.render_version == RENDER_VERSION {
            return Ok(Written::hidden(()));
        }
        on_engine!(&mut *conn, |conn| diesel::insert_into(
            stale_documents::table
        )
        .values(
            articles::table
                .filter(articles::visible)
                .select(articles::id)
        )
        .into_columns(stale_documents::article_id)
        .on_conflict_do_nothing()
        .execute(conn))?;
        let state = StoreState {
            render_version: RENDER_VERSION,
            ..state
        };
        Ok(Written {
            value: store::set_state(conn, &state)?,
            touched: Touched::Everything,
        })
    })
}

/// Renders everything stale again; says how many articles that were. What is interrupted goes on at the next call.
pub fn drain(database: &Database, now: Moment) -> WriteResult<usize> {
    let mut total = 0;
    loop {
        match drain_some(database, now)? {
            0 => return Ok(total),
            some => total += some,
        }
    }
}

/// Renders some of what is stale, in one transaction; says how many articles that were: none once nothing is stale.
pub fn drain_some(database: &Database, now: Moment) -> WriteResult<usize> {
    let stale = database.read_newest_blocking(|conn| some_stale(conn).map_err(WriteError::from))?;
    match stale.is_empty() {
        true => Ok(0),
        false => database.write_blocking(|conn| drain_batch(conn, now)),
    }
}

fn some_stale(conn: &mut Conn<'_>) -> QueryResult<Vec<i64>> {
    on_engine!(conn, |conn| stale_documents::table
        .order(stale_documents::article_id)
        .limit(BATCH)
        .select(stale_documents::article_id)
        .load(conn))
}

fn drain_batch(conn: &mut Conn<'_>, now: Moment) -> WriteResult<Written<usize>> {
    let stale = some_stale(conn)?;
    let mut writer = Writer::begin(conn, now)?;
    for record in load::articles(writer.conn, &stale)? {
        writer.render_again(record)?;
    }
    on_engine!(&mut *writer.conn, |conn| diesel::delete(
        stale_documents::table.filter(any_of(stale_documents::article_id, &stale))
    )
    .execute(conn))?;
    Ok(writer.finish()?.map(|_| stale.len()))
}
