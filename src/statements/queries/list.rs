//! Reading a list of statements: walks along postings, with the documents as they lie.
use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::filter::{Resolved, StatementFilter, StatementOrder, resolve};
use super::gather::gather;
use super::narrow::narrow;
use super::{hidden, search};
use crate::database::Conn;
use crate::database::any_of::any_of;
use crate::database::keyset::{keyset, within};
use crate::database::schema::{statement_postings as postings, statements};
use crate::database::verbatim::verbatim;
use crate::domain::audience::Audience;
use crate::domain::bounds;
use crate::domain::id::IdBytes;
use crate::domain::page::Slice;
use crate::domain::route::{Lead, Route};
use crate::domain::verbatim::Verbatim;
use crate::domain::walk::{self, Hit, Walk};
use crate::on_engine;
use crate::rendering::fresh;
use crate::rendering::postings::StatementFacet;
use crate::statements::types::StatementStatus;

/// One page of statements, each as its document. The statements of one article an editor has by their own status, whether
/// the public sees the article or not; of all others with that status only what the public sees is `published`.
pub fn list(
    conn: &mut Conn<'_>,
    filter: StatementFilter,
    order: StatementOrder,
    audience: Audience,
    walk: Walk<'_>,
) -> QueryResult<Slice<Verbatim>> {
    let beyond = filter.is_beyond_public();
    let Some(filter) = resolve(conn, filter, audience)? else {
        return Ok(walk.page(Vec::new()));
    };
    let hits = match (audience, order) {
        (Audience::Editor, StatementOrder::Text) => hidden::of_articles(conn, &filter)?,
        _ if beyond || filter.matching.is_some() => {
            let mut hits = match (beyond, &filter.matching) {
                (false, _) => Vec::new(),
                (true, Some(matching)) => {
                    search::hits(conn, &filter, matching, false, order, walk)?
                }
                (true, None) => hidden::walk(conn, &filter, order, walk)?,
            };
            if filter.statuses.contains(&StatementStatus::Published) {
                hits.extend(match &filter.matching {
                    Some(matching) => search::hits(conn, &filter, matching, true, order, walk)?,
                    None => seen(conn, &filter, order, walk)?,
                });
            }
            hits
        }
        _ => return list_seen(conn, &filter, order, walk),
    };
    let slice = walk.slice(hits);
    let rows: Vec<i64> = slice.rows.iter().map(|hit| hit.row_id).collect();
    let mut documents = documents(conn, &rows)?;
    let hidden: Vec<i64> = rows
        .into_iter()
        .filter(|row| !documents.contains_key(row))
        .collect();
    documents.extend(fresh::statements(conn, &hidden)?);
    Ok(slice.map(|hit| documents.remove(&hit.row_id).unwrap_or_default()))
}

/// What the public sees of a list, from the walk's place on or all of it; what it matches is left to others.
pub(super) fn seen(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: StatementOrder,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<()>>> {
    match filter.route(conn, order)? {
        Route::Gather(lead) => gather(conn, &lead, filter, order),
        Route::Walk(lead) => {
            let mut hits = Vec::new();
            for value in lead.values {
                let read = read_on(conn, &lead, *value, filter, walk)?;
                hits.extend(read.into_iter().map(Hit::without_row));
            }
            Ok(hits)
        }
    }
}

/// One page of what the public sees, each as its stored document.
fn list_seen(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: StatementOrder,
    walk: Walk<'_>,
) -> QueryResult<Slice<Verbatim>> {
    match filter.route(conn, order)? {
        Route::Walk(lead) => {
            let mut hits = Vec::new();
            for value in lead.values {
                hits.extend(read_on(conn, &lead, *value, filter, walk)?);
            }
            Ok(walk.page(hits))
        }
        Route::Gather(lead) => {
            let slice = walk.slice(gather(conn, &lead, filter, order)?);
            let rows: Vec<i64> = slice.rows.iter().map(|hit| hit.row_id).collect();
            let mut documents = documents(conn, &rows)?;
            Ok(slice.map(|hit| documents.remove(&hit.row_id).unwrap_or_default()))
        }
    }
}

/// What a list has, the newest first, up to one more than are counted.
pub fn newest(
    conn: &mut Conn<'_>,
    filter: StatementFilter,
    order: StatementOrder,
    audience: Audience,
) -> QueryResult<Vec<Hit<()>>> {
    let beyond = filter.is_beyond_public();
    let Some(filter) = resolve(conn, filter, audience)? else {
        return Ok(Vec::new());
    };
    if (audience, order) == (Audience::Editor, StatementOrder::Text) {
        return Ok(walk::newest(hidden::of_articles(conn, &filter)?));
    }
    let mut hits = match (beyond, &filter.matching) {
        (false, _) => Vec::new(),
        (true, Some(matching)) => search::newest(conn, &filter, matching, false)?,
        (true, None) => hidden::newest(conn, &filter)?,
    };
    if filter.statuses.contains(&StatementStatus::Published) {
        hits.extend(newest_seen(conn, &filter)?);
    }
    Ok(walk::newest(hits))
}

fn newest_seen(conn: &mut Conn<'_>, filter: &Resolved) -> QueryResult<Vec<Hit<()>>> {
    let order = StatementOrder::Published;
    if let Some(matching) = &filter.matching {
        return search::newest(conn, filter, matching, true);
    }
    let lead = match filter.route(conn, order)? {
        Route::Gather(lead) => return gather(conn, &lead, filter, order),
        Route::Walk(lead) => lead,
    };
    let mut hits = Vec::new();
    for value in lead.values {
        let rows: Vec<(i64, IdBytes, i64)> = on_engine!(&mut *conn, |conn| {
            let mut query = postings::table
                .inner_join(statements::table)
                .filter(postings::facet.eq(lead.facet as i32))
                .filter(postings::value.eq(value))
                .order((postings::sort_key.desc(), postings::uuid.desc()))
                .select((postings::sort_key, postings::uuid, statements::id))
                .limit(bounds::COUNT + 1)
                .into_boxed();
            narrow!(query, filter, filter.beside(&lead));
            let (from, to) = filter.range_of(lead.facet, *value);
            within!(query, from, to);
            query.load(conn)
        })?;
        hits.extend(rows.into_iter().map(Hit::of_posting));
    }
    Ok(hits)
}

/// The rows from the walk's place on, with their documents.
fn read_on(
    conn: &mut Conn<'_>,
    lead: &Lead<'_, StatementFacet>,
    value: i64,
    filter: &Resolved,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<Verbatim>>> {
    type Row = (i64, IdBytes, i64, Option<Verbatim>);
    let rows: Vec<Row> = on_engine!(conn, |conn| {
        let mut query = postings::table
            .inner_join(statements::table)
            .filter(postings::facet.eq(lead.facet as i32))
            .filter(postings::value.eq(value))
            .limit(walk.size.rows_to_fetch())
            .select((
                postings::sort_key,
                postings::uuid,
                statements::id,
                verbatim(statements::item_json),
            ))
            .into_boxed();
        narrow!(query, filter, filter.beside(lead));
        let ((from, to), place) = walk.within(filter.range_of(lead.facet, value));
        within!(query, from, to);
        keyset!(
            query,
            postings::sort_key,
            postings::uuid,
            walk.descends(),
            place
        );
        query.load(conn)
    })?;
    let hit = |(sort_key, uuid, row_id, json): Row| Hit {
        sort_key,
        uuid,
        row_id,
        // What is visible has its document: a constraint of the table holds that.
        row: json.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Some statements, by row.
fn documents(conn: &mut Conn<'_>, rows: &[i64]) -> QueryResult<HashMap<i64, Verbatim>> {
    let documents: Vec<(i64, Option<Verbatim>)> = on_engine!(conn, |conn| statements::table
        .filter(any_of(statements::id, rows))
        .select((statements::id, verbatim(statements::item_json)))
        .load(conn))?;
    let documents = documents.into_iter();
    Ok(documents
        .filter_map(|(row, json)| Some((row, json?)))
        .collect())
}
