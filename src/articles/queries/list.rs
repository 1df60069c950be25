//! Reading a list of articles: walks along postings, with the documents as they lie.
use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::filter::{ArticleFilter, ArticleOrder, ArticleStanding, Resolved, resolve};
use super::gather::{gather, gather_named};
use super::narrow::{holds, narrow};
use super::{hidden, search};
use crate::database::Conn;
use crate::database::any_of::any_of;
use crate::database::keyset::{keyset, within};
use crate::database::schema::{article_postings as postings, articles};
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
use crate::rendering::postings::ArticleFacet;

/// One page of articles, each as the whole document, or as the one of lists: stored for the public, else made of the rows.
pub fn list(
    conn: &mut Conn<'_>,
    filter: ArticleFilter,
    order: ArticleOrder,
    whole: bool,
    walk: Walk<'_>,
) -> QueryResult<Slice<Verbatim>> {
    let Some(filter) = resolve(conn, filter)? else {
        return Ok(walk.page(Vec::new()));
    };
    if filter.audience == Audience::Editor {
        return list_for_editor(conn, &filter, order, whole, walk);
    }
    let gathered = match (&filter.matching, &filter.ids) {
        (Some(matching), _) => search::hits(conn, &filter, matching, true, order, walk)?,
        (None, Some(ids)) => gather_named(conn, ids, &filter, order)?,
        (None, None) => match filter.route(conn, order)? {
            Route::Walk(lead) => {
                let mut hits = Vec::new();
                for value in lead.values {
                    hits.extend(read_on(conn, &lead, *value, &filter, whole, walk)?);
                }
                return Ok(walk.page(hits));
            }
            Route::Gather(lead) => gather(conn, &lead, &filter, order)?,
        },
    };
    let slice = walk.slice(gathered);
    let rows: Vec<i64> = slice.rows.iter().map(|hit| hit.row_id).collect();
    let mut documents = documents(conn, &rows, whole)?;
    Ok(slice.map(|hit| documents.remove(&hit.row_id).unwrap_or_default()))
}

/// One page of articles of any state: what the public sees of the list and what it does not, merged.
fn list_for_editor(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: ArticleOrder,
    whole: bool,
    walk: Walk<'_>,
) -> QueryResult<Slice<Verbatim>> {
    let mut hits = match &filter.matching {
        Some(matching) => search::hits(conn, filter, matching, false, order, walk)?,
        None => hidden::walk(conn, filter, order, walk)?,
    };
    if filter.standings.contains(&ArticleStanding::Published) {
        hits.extend(match &filter.matching {
            Some(matching) => search::hits(conn, filter, matching, true, order, walk)?,
            None => seen_unsearched(conn, filter, order, walk)?,
        });
    }
    let slice = walk.slice(hits);
    let rows: Vec<i64> = slice.rows.iter().map(|hit| hit.row_id).collect();
    let mut documents = fresh::articles(conn, &rows)?;
    Ok(slice.map(|hit| match documents.remove(&hit.row_id) {
        Some(rendered) if whole => rendered.item.into(),
        Some(rendered) => rendered.list.into(),
        None => Verbatim::default(),
    }))
}

/// What the public sees of a list, from the walk's place on or all of it; what it matches is left to others.
pub(super) fn seen_unsearched(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: ArticleOrder,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<()>>> {
    if let Some(ids) = &filter.ids {
        return gather_named(conn, ids, filter, order);
    }
    match filter.route(conn, order)? {
        Route::Gather(lead) => gather(conn, &lead, filter, order),
        Route::Walk(lead) => {
            let mut hits = Vec::new();
            for value in lead.values {
                let read = read_on(conn, &lead, *value, filter, false, walk)?;
                hits.extend(read.into_iter().map(Hit::without_row));
            }
            Ok(hits)
        }
    }
}

/// What a list has, the newest first, up to one more than are counted.
pub fn newest(conn: &mut Conn<'_>, filter: ArticleFilter) -> QueryResult<Vec<Hit<()>>> {
    let Some(filter) = resolve(conn, filter)? else {
        return Ok(Vec::new());
    };
    let mut hits = match (filter.audience, &filter.matching) {
        (Audience::Public, _) => Vec::new(),
        (Audience::Editor, Some(matching)) => search::newest(conn, &filter, matching, false)?,
        (Audience::Editor, None) => hidden::newest(conn, &filter)?,
    };
    if filter.standings.contains(&ArticleStanding::Published) {
        hits.extend(newest_seen(conn, &filter)?);
    }
    Ok(walk::newest(hits))
}

fn newest_seen(conn: &mut Conn<'_>, filter: &Resolved) -> QueryResult<Vec<Hit<()>>> {
    let order = ArticleOrder::Published;
    if let Some(matching) = &filter.matching {
        return search::newest(conn, filter, matching, true);
    }
    if let Some(ids) = &filter.ids {
        return gather_named(conn, ids, filter, order);
    }
    let lead = match filter.route(conn, order)? {
        Route::Gather(lead) => return gather(conn, &lead, filter, order),
        Route::Walk(lead) => lead,
    };
    let mut hits = Vec::new();
    for value in lead.values {
        let rows: Vec<(i64, IdBytes, i64)> = on_engine!(&mut *conn, |conn| {
            let mut query = postings::table
                .inner_join(articles::table)
                .filter(postings::facet.eq(lead.facet as i32))
                .filter(postings::value.eq(value))
                .order((postings::sort_key.desc(), postings::uuid.desc()))
                .select((postings::sort_key, postings::uuid, articles::id))
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

/// What lists show of some articles, or all of each, by row.
pub fn documents(
    conn: &mut Conn<'_>,
    rows: &[i64],
    whole: bool,
) -> QueryResult<HashMap<i64, Verbatim>> {
    let documents: Vec<(i64, Option<Verbatim>)> = on_engine!(conn, |conn| {
        let mut query = articles::table
            .filter(any_of(articles::id, rows))
            .select((articles::id, verbatim(articles::list_json)))
            .into_boxed();
        if whole {
            query = query.select((articles::id, verbatim(articles::item_json)));
        }
        query.load(conn)
    })?;
    // What is visible has its documents: a constraint of the table holds that.
    let documents = documents.into_iter();
    Ok(documents
        .filter_map(|(row, json)| Some((row, json?)))
        .collect())
}

/// The rows from the walk's place on, with their documents.
fn read_on(
    conn: &mut Conn<'_>,
    lead: &Lead<'_, ArticleFacet>,
    value: i64,
    filter: &Resolved,
    whole: bool,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<Verbatim>>> {
    type Row = (i64, IdBytes, i64, Option<Verbatim>);
    let rows: Vec<Row> = on_engine!(conn, |conn| {
        let mut query = postings::table
            .inner_join(articles::table)
            .filter(postings::facet.eq(lead.facet as i32))
            .filter(postings::value.eq(value))
            .limit(walk.size.rows_to_fetch())
            .select((
                postings::sort_key,
                postings::uuid,
                articles::id,
                verbatim(articles::list_json),
            ))
            .into_boxed();
        if whole {
            query = query.select((
                postings::sort_key,
                postings::uuid,
                articles::id,
                verbatim(articles::item_json),
            ));
        }
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
        row: json.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(hit).collect())
}
