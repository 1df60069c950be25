//! Articles of a list that are taken all together, to be put in order or searched.
use diesel::dsl::exists;
use diesel::prelude::*;

use super::filter::{ArticleOrder, Resolved};
use super::narrow::{holds, narrow};
use crate::database::Conn;
use crate::database::any_of::any_of;
use crate::database::keyset::within;
use crate::database::schema::{article_postings as postings, articles};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::route::Lead;
use crate::domain::walk::Hit;
use crate::on_engine;
use crate::rendering::postings::ArticleFacet;

/// All that a lead holds, to be put in order.
pub(super) fn gather(
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

/// Articles that the request names one by one.
pub(super) fn gather_named(
    conn: &mut Conn<'_>,
    ids: &[Id],
    filter: &Resolved,
    order: ArticleOrder,
) -> QueryResult<Vec<Hit<()>>> {
    let rows: Vec<Gathered> = on_engine!(conn, |conn| {
        let mut query = articles::table
            .filter(articles::visible)
            .filter(articles::uuid.eq_any(ids))
            .select(GATHERED)
            .into_boxed();
        narrow!(query, filter, &filter.held);
        query.load(conn)
    })?;
    Ok(rows.into_iter().map(|row| by_order(row, order)).collect())
}

/// What a filter leaves, if that is little enough to be looked at one by one; None where it is not, or is not known.
pub(super) fn few(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: ArticleOrder,
) -> QueryResult<Option<Vec<Hit<()>>>> {
    if let Some(ids) = &filter.ids {
        return gather_named(conn, ids, filter, order).map(Some);
    }
    match filter.rare(conn)? {
        Some(lead) => gather(conn, &lead, filter, order).map(Some),
        None => Ok(None),
    }
}

/// Of some rows, those that the public sees and the filter leaves.
pub(super) fn of_rows(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    rows: &[i64],
) -> QueryResult<Vec<Gathered>> {
    let mut left = Vec::new();
    for some in rows.chunks(CHUNK) {
        left.extend(on_engine!(&mut *conn, |conn| {
            let mut query = articles::table
                .filter(articles::visible)
                .filter(any_of(articles::id, some))
                .select(GATHERED)
                .into_boxed();
            narrow!(query, filter, &filter.held);
            query.load::<Gathered>(conn)
        })?);
    }
    Ok(left)
}

/// How many rows one statement names.
pub(super) const CHUNK: usize = 500;

/// When an article was published and last changed, its id and its row.
pub(super) type Gathered = (Moment, Moment, Id, i64);

pub(super) const GATHERED: (
    articles::published_key,
    articles::updated_at,
    articles::uuid,
    articles::id,
) = (
    articles::published_key,
    articles::updated_at,
    articles::uuid,
    articles::id,
);

pub(super) fn by_order(
    (published, updated, uuid, row_id): Gathered,
    order: ArticleOrder,
) -> Hit<()> {
    let key = match order {
        ArticleOrder::Published | ArticleOrder::Relevance => published,
        ArticleOrder::Updated => updated,
    };
    Hit {
        sort_key: key.0,
        uuid: uuid.to_bytes(),
        row_id,
        row: (),
    }
}
