//! Former keys, tombstones and previews: each leads to something, and nothing is both dead and alive.
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::Inspection;
use crate::database::Conn;
use crate::database::schema::{articles, entities, former_keys, previews, statements, tombstones};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::on_engine;

/// More are not told one by one.
const TOLD: i64 = 100;

pub(super) fn inspect(conn: &mut Conn<'_>, inspection: &mut Inspection<'_>) -> QueryResult<()> {
    let dangling: Vec<String> = on_engine!(&mut *conn, |conn| former_keys::table
        .filter(not(exists(
            articles::table.filter(articles::uuid.eq(former_keys::uuid))
        )))
        .filter(not(exists(
            entities::table.filter(entities::uuid.eq(former_keys::uuid))
        )))
        .filter(not(exists(
            tombstones::table.filter(tombstones::uuid.eq(former_keys::uuid))
        )))
        .select(former_keys::key)
        .limit(TOLD)
        .load(conn))?;
    for key in dangling {
        inspection.finding(&format!("the former key `{key}` leads to nothing"));
    }
    let lost: Vec<Id> = on_engine!(&mut *conn, |conn| previews::table
        .filter(not(exists(
            articles::table.filter(articles::uuid.eq(previews::article))
        )))
        .select(previews::uuid)
        .limit(TOLD)
        .load(conn))?;
    for preview in lost {
        inspection.finding(&format!("the preview {preview} is of no article"));
    }
    let undead: Vec<Id> = on_engine!(conn, |conn| tombstones::table
        .filter(
            exists(
                articles::table
                    .filter(articles::uuid.eq(tombstones::uuid))
                    .filter(tombstones::thing.eq(Thing::Article))
            )
            .or(exists(
                statements::table
                    .filter(statements::uuid.eq(tombstones::uuid))
                    .filter(tombstones::thing.eq(Thing::Statement))
            ))
            .or(exists(
                entities::table
                    .filter(entities::uuid.eq(tombstones::uuid))
                    .filter(entities::thing.eq(tombstones::thing))
            ))
        )
        .select(tombstones::uuid)
        .limit(TOLD)
        .load(conn))?;
    for id in undead {
        inspection.finding(&format!("{id} is both deleted and alive"));
    }
    Ok(())
}
