//! Where the store stands, and what waits to be done in it.
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::database::Conn;
use crate::database::schema::{articles, stale_documents};
use crate::database::spelled::SCHEDULED;
use crate::database::store::{self, StoreState};
use crate::on_engine;

/// The store, and how much waits.
#[derive(Debug)]
pub struct Standing {
    pub state: StoreState,
    /// Documents that are to be rendered again.
    pub stale: i64,
    /// Articles that are published, and not shown before their time.
    pub scheduled: i64,
}

/// Each is one row or the length of one small index.
pub fn standing(conn: &mut Conn<'_>) -> QueryResult<Standing> {
    let state = store::state(conn)?;
    on_engine!(conn, |conn| Ok(Standing {
        state,
        stale: stale_documents::table.count().get_result(conn)?,
        scheduled: articles::table
            .filter(sql::<Bool>(SCHEDULED))
            .count()
            .get_result(conn)?,
    }))
}
