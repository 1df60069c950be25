//! Reading a list of articles: walks along postings, with the documents as they lie.
use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::filter::{ArticleFilter, ArticleOrder, Held, Resolved, resolve, route};
use crate::database::Conn;
use crate::database::keyset::keyset;
use crate::database::schema::{article_postings as postings, articles};
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::page::Slice;
use crate::domain::walk::{Hit, Walk};
use crate::on_engine;
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

/// One page of articles, each as its stored document: the whole one, or the one of lists.
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
    let mut hits = Vec::new();
    match &filter.ids {
        Some(ids) => hits = read_some(conn, ids, &filter, order, whole)?,
        None => {
            let route = route(&filter, order);
            for value in route.values {
                hits.extend(read_facet(
                    conn,
                    (route.facet, *value),
                    route.rest,
                    &filter,
                    whole,
                    walk,
                )?);
            }
        }
    }
    Ok(walk.page(hits))
}

/// How many articles the list has, counted to one more than the bound.
pub fn count(conn: &mut Conn<'_>, filter: ArticleFilter) -> QueryResult<i64> {
    let Some(filter) = resolve(conn, filter)? else {
        return Ok(0);
    };
    let mut met: HashSet<i64> = HashSet::new();
    if let Some(ids) = &filter.ids {
        let ids: Vec<i64> = on_engine!(conn, |conn| {
            let mut query = articles::table
                .filter(articles::visible)
                .filter(articles::uuid.eq_any(ids))
                .select(articles::id)
                .into_boxed();
            narrow!(query, filter, &filter.held);
            query.load(conn)
        })?;
        met.extend(ids);
    } else {
        let route = route(&filter, ArticleOrder::Published);
        for value in route.values {
            let ids: Vec<i64> = on_engine!(&mut *conn, |conn| {
                let mut query = postings::table
                    .inner_join(articles::table)
                    .filter(postings::facet.eq(route.facet as i32))
                    .filter(postings::value.eq(value))
                    .select(articles::id)
                    .limit(bounds::COUNT + 1)
                    .into_boxed();
                narrow!(query, filter, route.rest);
                query.load(conn)
            })?;
            met.extend(ids);
        }
    }
    Ok(i64::try_from(met.len()).unwrap_or(i64::MAX))
}

fn read_facet(
    conn: &mut Conn<'_>,
    (facet, value): (ArticleFacet, i64),
    rest: &[Held],
    filter: &Resolved,
    whole: bool,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<String>>> {
    type Row = (i64, Vec<u8>, i64, Option<String>);
    let rows: Vec<Row> = on_engine!(conn, |conn| {
        let mut query = postings::table
            .inner_join(articles::table)
            .filter(postings::facet.eq(facet as i32))
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
        narrow!(query, filter, rest);
        // The range as the index has it, so that the walk starts and ends within it.
        let (from, to) = match facet {
            ArticleFacet::Updated => (filter.updated_since, None),
            _ => (filter.published_from, filter.published_to),
        };
        if let Some(from) = from {
            query = query.filter(postings::sort_key.ge(from.0));
        }
        if let Some(to) = to {
            query = query.filter(postings::sort_key.lt(to.0));
        }
        keyset!(
            query,
            postings::sort_key,
            postings::uuid,
            walk.descends(),
            walk.from_number()
        );
        query.load(conn)
    })?;
    Ok(rows.into_iter().map(hit).collect())
}

/// Articles that the request names one by one: few enough to be put in order here.
fn read_some(
    conn: &mut Conn<'_>,
    ids: &[Id],
    filter: &Resolved,
    order: ArticleOrder,
    whole: bool,
) -> QueryResult<Vec<Hit<String>>> {
    type Row = (Moment, Moment, Id, i64, Option<String>);
    let rows: Vec<Row> = on_engine!(conn, |conn| {
        let mut query = articles::table
            .filter(articles::visible)
            .filter(articles::uuid.eq_any(ids))
            .select((
                articles::published_key,
                articles::updated_at,
                articles::uuid,
                articles::id,
                articles::list_json,
            ))
            .into_boxed();
        if whole {
            query = query.select((
                articles::published_key,
                articles::updated_at,
                articles::uuid,
                articles::id,
                articles::item_json,
            ));
        }
        narrow!(query, filter, &filter.held);
        query.load(conn)
    })?;
    let hits = rows
        .into_iter()
        .map(|(published, updated, uuid, id, json)| {
            let key = match order {
                ArticleOrder::Published => published,
                ArticleOrder::Updated => updated,
            };
            hit((key.0, uuid.to_bytes().to_vec(), id, json))
        });
    Ok(hits.collect())
}

fn hit((sort_key, uuid, row_id, json): (i64, Vec<u8>, i64, Option<String>)) -> Hit<String> {
    Hit {
        sort_key,
        uuid,
        row_id,
        // What is visible has its documents: a constraint of the table holds that.
        row: json.unwrap_or_default(),
    }
}
