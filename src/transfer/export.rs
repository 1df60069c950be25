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
use crate::naming::write_shape::{NewRecord, NewReference, NewTombstone};
use crate::on_engine;
use crate::rendering::load;
use crate::rendering::records::{
    ArticleRecord, EntityKey, EntityRow, HopRecord, Party, StatementRecord,
};
use crate::statements::types::{Anchor, Role};
use crate::statements::write_shape::{NewAnchor, NewHop, NewStatement};
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
            put(output, &record_line(thing, &uuid, row, keys))?;
            lines += 1;
        }
    }
}

fn record_line(
    thing: Thing,
    uuid: &Id,
    row: EntityRow,
    (former_slugs, former_ids): (Vec<String>, Vec<String>),
) -> NewRecord {
    NewRecord {
        thing: Some(thing.to_string()),
        id: Some(uuid.to_string()),
        slug: Some(row.slug),
        former_slugs: some(former_slugs),
        former_ids: some(former_ids),
        name: Some(row.name),
        names: Some(row.names.0).filter(|names| !names.is_empty()),
        aliases: some(row.aliases.0),
        kind: row.kind,
        description: row.description,
        references: some(row.references.0),
        url: row.url,
        country: row.country,
        language: row.language,
        created_at: Some(row.created_at.to_string()),
        updated_at: Some(row.updated_at.to_string()),
        revision: Some(row.revision),
        ..NewRecord::default()
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
            let keys = former.remove(&record.row.uuid).unwrap_or_default();
            put(output, &article_line(record, keys))?;
            lines += 1;
        }
    }
}

fn article_line(
    record: ArticleRecord,
    (former_slugs, former_ids): (Vec<String>, Vec<String>),
) -> NewArticle {
    let row = record.row;
    NewArticle {
        id: Some(row.uuid.to_string()),
        slug: Some(row.slug),
        former_slugs: some(former_slugs),
        former_ids: some(former_ids),
        language: Some(row.language.to_string()),
        title: Some(row.title),
        summary: row.summary,
        image: row.image.map(|image| image.0),
        body: Some(row.body.0),
        authors: some(row.authors.0),
        dateline: row.dateline,
        outlet: Some(reference(record.outlet)),
        source_url: row.source_url,
        references: some(record.references),
        status: Some(row.status),
        reason: row.reason,
        published_at: row.published_at.map(|at| at.to_string()),
        tags: some(record.tags.into_iter().map(reference).collect()),
        statements: Some(record.statements.into_iter().map(statement).collect()),
        corrections: some(row.corrections.0),
        translation_group: row.translation_group.map(|group| group.to_string()),
        created_at: Some(row.created_at.to_string()),
        updated_at: Some(row.updated_at.to_string()),
        revision: Some(row.revision),
        was_public: (!row.visible && row.public_sequence.is_some()).then_some(true),
        ..NewArticle::default()
    }
}

fn statement(record: StatementRecord) -> NewStatement {
    let row = record.row;
    NewStatement {
        id: Some(row.uuid.to_string()),
        form: Some(row.form),
        quote: Some(row.quote),
        attribution: Some(record.hops.into_iter().map(hop).collect()),
        anchor: row.anchor.map(|anchor| anchor_line(anchor.0)),
        said_at: row.said_at.map(|at| at.to_string()),
        said_precision: row.said_precision,
        language: Some(row.language.to_string()),
        status: Some(row.status),
        origin: Some(row.origin),
        confidence: row.confidence,
        rule: row.rule,
        note: row.note,
        created_at: Some(row.created_at.to_string()),
        updated_at: Some(row.updated_at.to_string()),
        revision: Some(row.revision),
        was_public: (!row.visible && row.public_sequence.is_some()).then_some(true),
        ..NewStatement::default()
    }
}

fn hop(record: HopRecord) -> NewHop {
    let mut hop = NewHop {
        role: Some(record.role),
        as_named: record.as_named,
        cue: record.cue,
        source_url: record.source_url,
        ..NewHop::default()
    };
    match (record.party, record.role) {
        (Party::Named(entity), Role::Outlet) => hop.outlet = Some(reference(entity)),
        (Party::Named(entity), Role::Speaker | Role::Relay) => {
            hop.speaker = Some(reference(entity))
        }
        (Party::Anonymous(source), _) => hop.anonymous = Some(source),
        (Party::Unresolved(name), _) => hop.unresolved = Some(name),
    }
    hop
}

fn anchor_line(anchor: Anchor) -> NewAnchor {
    NewAnchor {
        place: Some(anchor.place),
        block: anchor.block,
        item: anchor.item,
        start: Some(anchor.start),
        end: Some(anchor.end),
        exact: Some(anchor.exact),
        prefix: Some(anchor.prefix),
        suffix: Some(anchor.suffix),
        state: Some(anchor.state),
        continued: anchor.continued,
    }
}

fn reference(entity: EntityKey) -> NewReference {
    NewReference {
        id: Some(entity.uuid.to_string()),
        slug: Some(entity.slug),
        name: Some(entity.name),
        ..NewReference::default()
    }
}

/// Empty lists are left out.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}
