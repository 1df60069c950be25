//! Reading a list of statements: walks along postings, with the documents as they lie.
use std::collections::{HashMap, HashSet};

use diesel::dsl::exists;
use diesel::prelude::*;

use super::filter::{Resolved, StatementFilter, StatementOrder, resolve};
use super::hidden;
use crate::database::Conn;
use crate::database::keyset::{keyset, within};
use crate::database::schema::{statement_postings as postings, statements};
use crate::domain::audience::Audience;
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::page::Slice;
use crate::domain::route::{Lead, Route};
use crate::domain::walk::{Hit, Walk};
use crate::on_engine;
use crate::rendering::fresh;
use crate::rendering::postings::StatementFacet;
use crate::statements::types::StatementStatus;

/// Narrows a query over statements by all of a filter.
macro_rules! narrow {
    ($query:ident, $filter:expr, $held:expr) => {
        for (facet, values) in $held {
            let probe = diesel::alias!(postings as probe);
            $query = $query.filter(exists(
                probe
                    .filter(probe.field(postings::facet).eq(*facet as i32))
                    .filter(probe.field(postings::value).eq_any(values.clone()))
                    .filter(
                        probe
                            .field(postings::sort_key)
                            .eq(statements::published_key),
                    )
                    .filter(probe.field(postings::statement_id).eq(statements::id)),
            ));
        }
        if let Some(forms) = &$filter.forms {
            $query = $query.filter(statements::form.eq_any(forms.clone()));
        }
        if let Some(anonymous) = $filter.anonymous {
            $query = $query.filter(statements::anonymous.eq(anonymous));
        }
        if let Some(origins) = &$filter.origins {
            $query = $query.filter(statements::origin.eq_any(origins.clone()));
        }
        if let Some(least) = $filter.min_confidence {
            $query = $query.filter(statements::confidence.ge(least));
        }
        if let Some(from) = $filter.said_from {
            $query = $query.filter(statements::said_key.ge(from));
        }
        if let Some(to) = $filter.said_to {
            $query = $query.filter(statements::said_key.lt(to));
        }
        if let Some(from) = $filter.published_from {
            $query = $query.filter(statements::published_key.ge(from));
        }
        if let Some(to) = $filter.published_to {
            $query = $query.filter(statements::published_key.lt(to));
        }
    };
}

/// One page of statements, each as its document. The statements of one article an editor has by their own status, whether
/// the public sees the article or not; of all others with that status only what the public sees is `published`.
pub fn list(
    conn: &mut Conn<'_>,
    filter: StatementFilter,
    order: StatementOrder,
    audience: Audience,
    walk: Walk<'_>,
) -> QueryResult<Slice<String>> {
    let beyond = filter.is_beyond_public();
    let Some(filter) = resolve(conn, filter, audience)? else {
        return Ok(walk.page(Vec::new()));
    };
    let hits = match (audience, order) {
        (Audience::Editor, StatementOrder::Text) => hidden::of_articles(conn, &filter)?,
        _ if beyond => {
            let mut hits = hidden::walk(conn, &filter, order, walk)?;
            if filter.statuses.contains(&StatementStatus::Published) {
                hits.extend(seen(conn, &filter, order, walk)?);
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

/// What the public sees of a list, from the walk's place on or all of it.
fn seen(
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
) -> QueryResult<Slice<String>> {
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

/// How many statements the list has, counted to one more than the bound.
pub fn count(
    conn: &mut Conn<'_>,
    filter: StatementFilter,
    order: StatementOrder,
    audience: Audience,
) -> QueryResult<i64> {
    let beyond = filter.is_beyond_public();
    let Some(filter) = resolve(conn, filter, audience)? else {
        return Ok(0);
    };
    if (audience, order) == (Audience::Editor, StatementOrder::Text) {
        let hits = hidden::of_articles(conn, &filter)?;
        return Ok(i64::try_from(hits.len()).unwrap_or(i64::MAX));
    }
    let hidden = match beyond {
        true => hidden::count(conn, &filter)?,
        false => 0,
    };
    match filter.statuses.contains(&StatementStatus::Published) {
        true => Ok(hidden + count_seen(conn, &filter)?),
        false => Ok(hidden),
    }
}

fn count_seen(conn: &mut Conn<'_>, filter: &Resolved) -> QueryResult<i64> {
    let (Route::Walk(lead) | Route::Gather(lead)) =
        filter.route(conn, StatementOrder::Published)?;
    let mut met: HashSet<i64> = HashSet::new();
    for value in lead.values {
        let ids: Vec<i64> = on_engine!(&mut *conn, |conn| {
            let mut query = postings::table
                .inner_join(statements::table)
                .filter(postings::facet.eq(lead.facet as i32))
                .filter(postings::value.eq(value))
                .select(statements::id)
                .limit(bounds::COUNT + 1)
                .into_boxed();
            narrow!(query, filter, filter.beside(&lead));
            let (from, to) = filter.range_of(lead.facet, *value);
            within!(query, from, to);
            query.load(conn)
        })?;
        met.extend(ids);
    }
    Ok(i64::try_from(met.len()).unwrap_or(i64::MAX))
}

/// The rows from the walk's place on, with their documents.
fn read_on(
    conn: &mut Conn<'_>,
    lead: &Lead<'_, StatementFacet>,
    value: i64,
    filter: &Resolved,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<String>>> {
    type Row = (i64, Vec<u8>, i64, Option<String>);
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
                statements::item_json,
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

/// All that a lead holds, to be put in order.
fn gather(
    conn: &mut Conn<'_>,
    lead: &Lead<'_, StatementFacet>,
    filter: &Resolved,
    order: StatementOrder,
) -> QueryResult<Vec<Hit<()>>> {
    let mut hits = Vec::new();
    for value in lead.values {
        let rows: Vec<Gathered> = on_engine!(&mut *conn, |conn| {
            let mut query = postings::table
                .inner_join(statements::table)
                .filter(postings::facet.eq(lead.facet as i32))
                .filter(postings::value.eq(value))
                .select(GATHERED)
                .into_boxed();
            narrow!(query, filter, filter.beside(lead));
            let (from, to) = filter.range_of(lead.facet, *value);
            within!(query, from, to);
            query.load(conn)
        })?;
        hits.extend(rows.into_iter().map(|row| by_order(row, order)));
    }
    Ok(hits)
}

/// When a statement was published and said, where in its text it stands, its id and its row.
pub(super) type Gathered = (Moment, Moment, i64, Id, i64);

pub(super) const GATHERED: (
    statements::published_key,
    statements::said_key,
    statements::position,
    statements::uuid,
    statements::id,
) = (
    statements::published_key,
    statements::said_key,
    statements::position,
    statements::uuid,
    statements::id,
);

pub(super) fn by_order(
    (published, said, position, uuid, row_id): Gathered,
    order: StatementOrder,
) -> Hit<()> {
    Hit {
        sort_key: match order {
            StatementOrder::Published => published.0,
            StatementOrder::Said => said.0,
            StatementOrder::Text => position,
        },
        uuid: uuid.to_bytes().to_vec(),
        row_id,
        row: (),
    }
}

/// Some statements, by row.
fn documents(conn: &mut Conn<'_>, rows: &[i64]) -> QueryResult<HashMap<i64, String>> {
    let documents: Vec<(i64, Option<String>)> = on_engine!(conn, |conn| statements::table
        .filter(statements::id.eq_any(rows))
        .select((statements::id, statements::item_json))
        .load(conn))?;
    let documents = documents.into_iter();
    Ok(documents
        .filter_map(|(row, json)| Some((row, json?)))
        .collect())
}
