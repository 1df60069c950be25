//! What a key leads to: the thing that has it now, the one that had it once, or nothing.
use diesel::prelude::*;

use super::Conn;
use super::schema::{former_keys, tombstones};
use crate::domain::Thing;
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::lookup::Lookup;
use crate::on_engine;

/// Columns of the row that has a key now, in a table where the ids are `uuid` and the readable keys `slug`.
macro_rules! select_by_key {
    ($conn:expr, $table:ident, $key:expr, $columns:expr) => {
        $crate::on_engine!($conn, |conn| match $key {
            $crate::domain::key::Key::Id(id) => $table::table
                .filter($table::uuid.eq(id))
                .select($columns)
                .get_result(conn)
                .optional(),
            $crate::domain::key::Key::Slug(slug) => $table::table
                .filter($table::slug.eq(slug))
                .select($columns)
                .get_result(conn)
                .optional(),
        })
    };
}

pub(crate) use select_by_key;

/// What stands under a key: what has it now, as `current` finds it; else what had it once, or was deleted.
pub fn find<T>(
    conn: &mut Conn<'_>,
    thing: Thing,
    key: &Key,
    audience: Audience,
    current: impl Fn(&mut Conn<'_>, &Key) -> QueryResult<Lookup<T>>,
) -> QueryResult<Lookup<T>> {
    match current(conn, key)? {
        Lookup::Missing => {}
        found => return Ok(found),
    }
    let Some(id) = leads_to(conn, thing, key)? else {
        return Ok(Lookup::Missing);
    };
    if let Some(reason) = tombstone(conn, thing, &id, audience)? {
        return Ok(Lookup::Gone(reason));
    }
    Ok(match current(conn, &Key::Id(id.clone()))? {
        Lookup::Found(_) => Lookup::Moved(id),
        other => other,
    })
}

/// The id under which to look for what a key leads to, where nothing has the key now.
pub fn leads_to(conn: &mut Conn<'_>, thing: Thing, key: &Key) -> QueryResult<Option<Id>> {
    let former = former(conn, thing, key.as_str())?;
    Ok(former.or_else(|| match key {
        Key::Id(id) => Some(id.clone()),
        Key::Slug(_) => None,
    }))
}

/// The id that a former key leads to.
pub fn former(conn: &mut Conn<'_>, thing: Thing, key: &str) -> QueryResult<Option<Id>> {
    on_engine!(conn, |conn| former_keys::table
        .find((thing, key))
        .select(former_keys::uuid)
        .get_result(conn)
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
        .get_result(conn)
        .optional())?;
    let known = found.filter(|(_, public)| audience.sees(public.is_some()));
    Ok(known.map(|(reason, _)| reason))
}
