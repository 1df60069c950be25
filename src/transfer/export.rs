//! Exporting: the whole store, one thing a line, so that importing it into an empty store gives the same store.
use std::collections::HashMap;
use std::io::{self, Write};

use diesel::prelude::*;
use serde::Serialize;

use crate::articles::write_shape::NewArticle;
use crate::database::schema::{articles, entities, former_keys, tombstones};
use crate::database::{self, Conn, Database, Failure};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::naming::write_shape::{NewRecord, NewTombstone};
use crate::on_engine;
use crate::rendering::load;
use crate::rendering::records::EntityRow;
use crate::rendering::source::{self, some};
use crate::writing::tombstones::Tombstone;

/// How many things are held in memory at once.
const BATCH: i64 = 200;

/// Why an export did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("cannot write the export: {0}")]
    Output(#[from] io::Error),
    #[error("cannot read the database: {0}")]
    Database(#[from] database::Error),
}

impl From<diesel::result::Error> for ExportError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error.into())
    }
}

impl Failure for ExportError {
    fn database(&self) -> Option<&database::Error> {
        match self {
            Self::Database(error) => Some(error),
            Self::Output(_) => None,
        }
    }
}

/// Writes everything the store holds, as it stands at one moment; says how many lines that were.
pub fn export(database: &Database, output: &mut impl Write) -> Result<u64, ExportError> {
    database.snapshot(|conn| {
        let mut lines = 0;
        for thing in [Thing::Speaker, Thing::Outlet, Thing::Tag] {
            lines += export_records(conn, thing, output)?;
        }
        lines += export_tombstones(conn, output)?;
        lines += export_articles(conn, output)?;
        output.flush()?;
        Ok(lines)
    })
}

fn put(output: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")
}

/// Former slugs and former ids by the thing they lead to.
type FormerKeys = HashMap<Id, (Vec<String>, Vec<String>)>;

fn former_keys_of(conn: &mut Conn<'_>, thing: Thing, uuids: &[Id]) -> QueryResult<FormerKeys> {
    let rows: Vec<(Id, String)> = on_engine!(conn, |conn| former_keys::table
        .filter(former_keys::uuid.eq_any(uuids))
        .filter(former_keys::thing.eq(thing))
        .order((former_keys::uuid, former_keys::key))
        .select((former_keys::uuid, former_keys::key))
        .load(conn))?;
    let mut keys = FormerKeys::new();
    for (uuid, key) in rows {
        let (slugs, ids) = keys.entry(uuid).or_default();
        if key.parse::<Id>().is_ok() {
            ids.push(key);
        } else {
            slugs.push(key);
        }
    }
    Ok(keys)
}

fn export_records(
    conn: &mut Conn<'_>,
    thing: Thing,
    output: &mut impl Write,
) -> Result<u64, ExportError> {
    let mut lines = 0;
    let mut after = String::new();
    loop {
        let rows: Vec<(Id, EntityRow)> = on_engine!(&mut *conn, |conn| entities::table
            .filter(entities::thing.eq(thing))
            .filter(entities::uuid.gt(&after))
            .order(entities::uuid)
            .limit(BATCH)
            .select((entities::uuid, EntityRow::as_select()))
            .load(conn))?;
        let Some((last, _)) = rows.last() else {
            return Ok(lines);
        };
        after = last.to_string();
        let uuids: Vec<Id> = rows.iter().map(|(uuid, _)| uuid.clone()).collect();
        let mut former = former_keys_of(conn, thing, &uuids)?;
        for (uuid, row) in rows {
            let keys = former.remove(&uuid).unwrap_or_default();
            let (former_slugs, former_ids) = keys;
            let line = NewRecord {
                former_slugs: some(former_slugs),
                former_ids: some(former_ids),
                ..source::record(thing, &uuid, row)
            };
            put(output, &line)?;
            lines += 1;
        }
    }
}

fn export_tombstones(conn: &mut Conn<'_>, output: &mut impl Write) -> Result<u64, ExportError> {
    let mut lines = 0;
    for thing in Thing::ALL {
        let mut after = String::new();
        loop {
            let rows: Vec<Tombstone> = on_engine!(&mut *conn, |conn| tombstones::table
                .filter(tombstones::thing.eq(thing))
                .filter(tombstones::uuid.gt(&after))
                .order(tombstones::uuid)
                .limit(BATCH)
                .select(Tombstone::as_select())
                .load(conn))?;
            let Some(last) = rows.last() else { break };
            after = last.uuid.to_string();
            let uuids: Vec<Id> = rows.iter().map(|row| row.uuid.clone()).collect();
            let mut former = former_keys_of(conn, *thing, &uuids)?;
            for row in rows {
                let (mut slugs, ids) = former.remove(&row.uuid).unwrap_or_default();
                slugs.extend(ids);
                let line = NewTombstone {
                    line_type: Some("deleted".to_owned()),
                    thing: Some(row.thing),
                    id: Some(row.uuid.to_string()),
                    slugs: some(slugs),
                    reason: row.reason,
                    deleted_at: Some(row.deleted_at.to_string()),
                    was_public: row.public_sequence.map(|_| true),
                };
                put(output, &line)?;
                lines += 1;
            }
        }
    }
    Ok(lines)
}

fn export_articles(conn: &mut Conn<'_>, output: &mut impl Write) -> Result<u64, ExportError> {
    let mut lines = 0;
    let mut after = String::new();
    loop {
        let rows: Vec<(i64, Id)> = on_engine!(&mut *conn, |conn| articles::table
            .filter(articles::uuid.gt(&after))
            .order(articles::uuid)
            .limit(BATCH)
            .select((articles::id, articles::uuid))
            .load(conn))?;
        let Some((_, last)) = rows.last() else {
            return Ok(lines);
        };
        after = last.to_string();
        let (ids, uuids): (Vec<i64>, Vec<Id>) = rows.into_iter().unzip();
        let mut former = former_keys_of(conn, Thing::Article, &uuids)?;
        for record in load::articles(conn, &ids)? {
            let (former_slugs, former_ids) = former.remove(&record.row.uuid).unwrap_or_default();
            let line = NewArticle {
                former_slugs: some(former_slugs),
                former_ids: some(former_ids),
                ..source::article(record)
            };
            put(output, &line)?;
            lines += 1;
        }
    }
}
