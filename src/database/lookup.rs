//! Where a key leads that no thing has now.
use diesel::prelude::*;

use super::Conn;
use super::schema::{former_keys, tombstones};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::on_engine;

/// The id that a former key leads to.
pub fn former(conn: &mut Conn<'_>, thing: Thing, key: &Key) -> QueryResult<Option<Id>> {
    on_engine!(conn, |conn| former_keys::table
        .find((thing, key.as_str()))
        .select(former_keys::uuid)
        .first(conn)
        .optional())
}

/// The reason of a deletion, where what was deleted was public once.
pub fn public_tombstone(
    conn: &mut Conn<'_>,
    thing: Thing,
    uuid: &Id,
) -> QueryResult<Option<Option<String>>> {
    on_engine!(conn, |conn| tombstones::table
        .find((thing, uuid))
        .filter(tombstones::public_sequence.is_not_null())
        .select(tombstones::reason)
        .first(conn)
        .optional())
}
