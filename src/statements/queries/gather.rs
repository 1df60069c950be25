//! Statements of a list that are taken all together, to be put in order or searched.
use diesel::dsl::exists;
use diesel::prelude::*;

use super::filter::{Resolved, StatementOrder};
use super::narrow::narrow;
use crate::database::Conn;
use crate::database::any_of::any_of;
use crate::database::keyset::within;
use crate::database::schema::{statement_postings as postings, statements};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::route::Lead;
use crate::domain::walk::Hit;
use crate::on_engine;
use crate::rendering::postings::StatementFacet;

/// All that a lead holds, to be put in order.
pub(super) fn gather(
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

/// What a filter leaves, if that is little enough to be looked at one by one; None where it is not, or is not known.
pub(super) fn few(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: StatementOrder,
) -> QueryResult<Option<Vec<Hit<()>>>> {
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
            let mut query = statements::table
                .filter(statements::visible)
                .filter(any_of(statements::id, some))
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
            StatementOrder::Published | StatementOrder::Relevance => published.0,
            StatementOrder::Said => said.0,
            StatementOrder::Text => position,
        },
        uuid: uuid.to_bytes(),
        row_id,
        row: (),
    }
}
