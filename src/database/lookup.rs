//! Where a key leads that no thing has now.
use diesel::prelude::*;

use super::Conn;
use super::schema::{former_keys, tombstones};
use crate::domain::Thing;
use crate::domain::audience::Audience;
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

/// The reason of a deletion, where the audience may know of what was deleted: the public of what was public once.
pub fn tombstone(
    conn: &mut Conn<'_>,
    thing: Thing,
    uuid: &Id,
    audience: Audience,
) -> QueryResult<Option<Option<String>>> {
    let found: Option<(Option<String>, Option<i64>)> = on_engine!(conn, |conn| tombstones::table
        .find((thing, uuid))
        .select((tombstones::reason, tombstones::public_sequence))
        .first(conn)
        .optional())?;
    let known = found.filter(|(_, public)| audience.sees(public.is_some()));
    Ok(known.map(|(reason, _)| reason))
}
