//! The one row that counts: the numbers of the last write and of the last public change.
use diesel::prelude::*;

use super::Conn;
use super::prepared::{Prepared, Value};
use super::schema::store;
use crate::on_engine;

/// Where the store stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = store)]
pub struct StoreState {
    /// Which store this is: random, made with it, never exported.
    pub identity: String,
    /// Advanced by every write.
    pub sequence: i64,
    /// Advanced by every write that changes what the public sees.
    pub public_sequence: i64,
    /// How the stored JSON was rendered.
    pub render_version: i64,
    /// By which version of the analyser things are found.
    pub search_version: i64,
    /// Up to which article they are, where that is another version than before.
    pub search_progress: i64,
}

impl StoreState {
    /// The progress of an index that is whole.
    pub const INDEXED: i64 = i64::MAX;

    /// Whether everything is found by what this version of the analyser makes of it.
    pub fn is_indexed_by(&self, version: u32) -> bool {
        self.search_version == i64::from(version) && self.search_progress == Self::INDEXED
    }
}

pub fn state(conn: &mut Conn<'_>) -> QueryResult<StoreState> {
    on_engine!(conn, |conn| store::table
        .select(StoreState::as_select())
        .get_result(conn))
}

pub fn set_state(conn: &mut Conn<'_>, state: &StoreState) -> QueryResult<()> {
    let values = [
        Value::Text(&state.identity),
        Value::Number(state.sequence),
        Value::Number(state.public_sequence),
        Value::Number(state.render_version),
        Value::Number(state.search_version),
        Value::Number(state.search_progress),
    ];
    let set = Prepared {
        sql: "UPDATE store SET identity = ?, sequence = ?, public_sequence = ?, render_version = ?, search_version = ?, \
              search_progress = ? WHERE id = 1",
        values: &values,
    };
    on_engine!(conn, |conn| set.execute(conn))?;
    Ok(())
}
