//! Reading a list of statements: walks along postings, with the documents as they lie.
use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::filter::{Held, Resolved, StatementFilter, StatementOrder, resolve, route};
use crate::database::Conn;
use crate::database::keyset::keyset;
use crate::database::schema::{statement_postings as postings, statements};
use crate::domain::bounds;
use crate::domain::moment::Moment;
use crate::domain::page::Slice;
use crate::domain::walk::{Hit, Walk};
use crate::on_engine;
use crate::rendering::postings::StatementFacet;

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

/// One page of statements, each as its stored document.
pub fn list(
    conn: &mut Conn<'_>,
    filter: StatementFilter,
    order: StatementOrder,
    walk: Walk<'_>,
) -> QueryResult<Slice<String>> {
    let Some(filter) = resolve(conn, filter)? else {
        return Ok(walk.page(Vec::new()));
    };
    let mut hits = Vec::new();
    let route = route(&filter, order);
    for value in route.values {
        hits.extend(read_facet(
            conn,
            (route.facet, *value),
            &route.rest,
            &filter,
            walk,
        )?);
    }
    Ok(walk.page(hits))
}

/// How many statements the list has, counted to one more than the bound.
pub fn count(conn: &mut Conn<'_>, filter: StatementFilter) -> QueryResult<i64> {
    let Some(filter) = resolve(conn, filter)? else {
        return Ok(0);
    };
    let mut met: HashSet<i64> = HashSet::new();
    let route = route(&filter, StatementOrder::Published);
    for value in route.values {
        let ids: Vec<i64> = on_engine!(&mut *conn, |conn| {
            let mut query = postings::table
                .inner_join(statements::table)
                .filter(postings::facet.eq(route.facet as i32))
                .filter(postings::value.eq(value))
                .select(statements::id)
                .limit(bounds::COUNT + 1)
                .into_boxed();
            narrow!(query, filter, route.rest.iter().copied());
            query.load(conn)
        })?;
        met.extend(ids);
    }
    Ok(i64::try_from(met.len()).unwrap_or(i64::MAX))
}

fn read_facet(
    conn: &mut Conn<'_>,
    (facet, value): (StatementFacet, i64),
    rest: &[&Held],
    filter: &Resolved,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<String>>> {
    type Row = (i64, Vec<u8>, i64, Option<String>);
    let rows: Vec<Row> = on_engine!(conn, |conn| {
        let mut query = postings::table
            .inner_join(statements::table)
            .filter(postings::facet.eq(facet as i32))
            .filter(postings::value.eq(value))
            .limit(walk.size.rows_to_fetch())
            .select((
                postings::sort_key,
                postings::uuid,
                statements::id,
                statements::item_json,
            ))
            .into_boxed();
        narrow!(query, filter, rest.iter().copied());
        // The range as the index has it, so that the walk starts and ends within it.
        if let Some(from) = range_of(facet, filter).0 {
            query = query.filter(postings::sort_key.ge(from.0));
        }
        if let Some(to) = range_of(facet, filter).1 {
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
    let hit = |(sort_key, uuid, row_id, json): Row| Hit {
        sort_key,
        uuid,
        row_id,
        // What is visible has its document: a constraint of the table holds that.
        row: json.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// The range of moments that the filter sets on the sort key of a facet.
fn range_of(facet: StatementFacet, filter: &Resolved) -> (Option<Moment>, Option<Moment>) {
    match facet {
        StatementFacet::Said | StatementFacet::SpeakerSaid => (filter.said_from, filter.said_to),
        StatementFacet::ArticleText => (None, None),
        _ => (filter.published_from, filter.published_to),
    }
}
