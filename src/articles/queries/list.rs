//! Reading a list of articles: walks along postings, with the documents as they lie.
use std::collections::{HashMap, HashSet};

use diesel::dsl::exists;
use diesel::prelude::*;

use super::filter::{ArticleFilter, ArticleOrder, ArticleStanding, Resolved, resolve};
use super::hidden;
use crate::database::Conn;
use crate::database::keyset::{keyset, within};
use crate::database::schema::{article_postings as postings, articles};
use crate::domain::audience::Audience;
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::page::Slice;
use crate::domain::route::{Lead, Route};
use crate::domain::walk::{Hit, Walk};
use crate::on_engine;
use crate::rendering::fresh;
use crate::rendering::postings::ArticleFacet;

/// Narrows a query over articles by all of a filter.
macro_rules! narrow {
    ($query:ident, $filter:expr, $held:expr) => {
        for (facet, values) in $held {
            $query = $query.filter(exists(holds!(*facet, values)));
        }
        if let Some((facet, values)) = &$filter.not_held {
            $query = $query.filter(diesel::dsl::not(exists(holds!(*facet, values))));
        }
        if let Some(from) = $filter.published_from {
            $query = $query.filter(articles::published_key.ge(from));
        }
        if let Some(to) = $filter.published_to {
            $query = $query.filter(articles::published_key.lt(to));
        }
        if let Some(since) = $filter.updated_since {
            $query = $query.filter(articles::updated_at.ge(since));
        }
        match $filter.has_statements {
            Some(true) => $query = $query.filter(articles::statement_count.gt(0)),
            Some(false) => $query = $query.filter(articles::statement_count.eq(0)),
            None => {}
        }
    };
}

/// The posting by which an article holds one of some values of a facet.
macro_rules! holds {
    ($facet:expr, $values:expr) => {{
        let probe = diesel::alias!(postings as probe);
        probe
            .filter(probe.field(postings::facet).eq($facet as i32))
            .filter(probe.field(postings::value).eq_any($values.clone()))
            .filter(probe.field(postings::sort_key).eq(articles::published_key))
            .filter(probe.field(postings::article_id).eq(articles::id))
    }};
}

/// One page of articles, each as the whole document, or as the one of lists: stored for the public, else made of the rows.
pub fn list(
    conn: &mut Conn<'_>,
    filter: ArticleFilter,
    order: ArticleOrder,
    whole: bool,
    walk: Walk<'_>,
) -> QueryResult<Slice<String>> {
    let Some(filter) = resolve(conn, filter)? else {
        return Ok(walk.page(Vec::new()));
    };
    if filter.audience == Audience::Editor {
        return list_for_editor(conn, &filter, order, whole, walk);
    }
    let gathered = match &filter.ids {
        Some(ids) => gather_named(conn, ids, &filter, order)?,
        None => match filter.route(conn, order)? {
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
) -> QueryResult<Slice<String>> {
    let mut hits = hidden::walk(conn, filter, order, walk)?;
    if filter.standings.contains(&ArticleStanding::Published) {
        hits.extend(seen(conn, filter, order, walk)?);
    }
    let slice = walk.slice(hits);
    let rows: Vec<i64> = slice.rows.iter().map(|hit| hit.row_id).collect();
    let mut documents = fresh::articles(conn, &rows)?;
    Ok(slice.map(|hit| match documents.remove(&hit.row_id) {
        Some(rendered) if whole => rendered.item,
        Some(rendered) => rendered.list,
        None => String::new(),
    }))
}

/// What the public sees of a list, from the walk's place on or all of it.
fn seen(
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

/// How many articles the list has, counted to one more than the bound.
pub fn count(conn: &mut Conn<'_>, filter: ArticleFilter) -> QueryResult<i64> {
    let Some(filter) = resolve(conn, filter)? else {
        return Ok(0);
    };
    let hidden = match filter.audience {
        Audience::Public => 0,
        Audience::Editor => hidden::count(conn, &filter)?,
    };
    match filter.standings.contains(&ArticleStanding::Published) {
        true => Ok(hidden + count_seen(conn, &filter)?),
        false => Ok(hidden),
    }
}

fn count_seen(conn: &mut Conn<'_>, filter: &Resolved) -> QueryResult<i64> {
    let order = ArticleOrder::Published;
    if let Some(ids) = &filter.ids {
        let hits = gather_named(conn, ids, filter, order)?;
        return Ok(i64::try_from(hits.len()).unwrap_or(i64::MAX));
    }
    let (Route::Walk(lead) | Route::Gather(lead)) = filter.route(conn, order)?;
    let mut met: HashSet<i64> = HashSet::new();
    for value in lead.values {
        let ids: Vec<i64> = on_engine!(&mut *conn, |conn| {
            let mut query = postings::table
                .inner_join(articles::table)
                .filter(postings::facet.eq(lead.facet as i32))
                .filter(postings::value.eq(value))
                .select(articles::id)
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

/// What lists show of some articles, or all of each, by row.
pub fn documents(
    conn: &mut Conn<'_>,
    rows: &[i64],
    whole: bool,
) -> QueryResult<HashMap<i64, String>> {
    let documents: Vec<(i64, Option<String>)> = on_engine!(conn, |conn| {
        let mut query = articles::table
            .filter(articles::id.eq_any(rows))
            .select((articles::id, articles::list_json))
            .into_boxed();
        if whole {
            query = query.select((articles::id, articles::item_json));
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
) -> QueryResult<Vec<Hit<String>>> {
    type Row = (i64, Vec<u8>, i64, Option<String>);
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
                articles::list_json,
            ))
            .into_boxed();
        if whole {
            query = query.select((
                postings::sort_key,
                postings::uuid,
                articles::id,
                articles::item_json,
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

/// All that a lead holds, to be put in order.
fn gather(
    conn: &mut Conn<'_>,
    lead: &Lead<'_, ArticleFacet>,
    filter: &Resolved,
    order: ArticleOrder,
) -> QueryResult<Vec<Hit<()>>> {
    let mut hits = Vec::new();
    for value in lead.values {
        let rows: Vec<Gathered> = on_engine!(&mut *conn, |conn| {
            let mut query = postings::table
                .inner_join(articles::table)
                .filter(postings::facet.eq(lead.facet as i32))
                .filter(postings::value.eq(value))
                .select((
                    articles::published_key,
                    articles::updated_at,
                    articles::uuid,
                    articles::id,
                ))
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

/// Articles that the request names one by one.
fn gather_named(
    conn: &mut Conn<'_>,
    ids: &[Id],
    filter: &Resolved,
    order: ArticleOrder,
) -> QueryResult<Vec<Hit<()>>> {
    let rows: Vec<Gathered> = on_engine!(conn, |conn| {
        let mut query = articles::table
            .filter(articles::visible)
            .filter(articles::uuid.eq_any(ids))
            .select((
                articles::published_key,
                articles::updated_at,
                articles::uuid,
                articles::id,
            ))
            .into_boxed();
        narrow!(query, filter, &filter.held);
        query.load(conn)
    })?;
    Ok(rows.into_iter().map(|row| by_order(row, order)).collect())
}

/// When an article was published and last changed, its id and its row.
pub(super) type Gathered = (Moment, Moment, Id, i64);

pub(super) fn by_order(
    (published, updated, uuid, row_id): Gathered,
    order: ArticleOrder,
) -> Hit<()> {
    let key = match order {
        ArticleOrder::Published => published,
        ArticleOrder::Updated => updated,
    };
    Hit {
        sort_key: key.0,
        uuid: uuid.to_bytes().to_vec(),
        row_id,
        row: (),
    }
}
