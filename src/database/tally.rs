//! Counting things by what they hold, by each facet in one grouped query: the values that most of them hold come first.
use std::cmp::Reverse;
use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::{Conn, spelled};
use crate::domain::bounds;
use crate::domain::facet::{Facet, FacetName, FacetRecord, FacetValue, counted};
use crate::domain::moment::Moment;
use crate::domain::walk::Hit;
use crate::on_engine;

/// The facets that are asked for, each once, of the things of a list, the newest first. `values` counts some of them by one.
pub(crate) fn facets<F: Copy + Into<FacetName>>(
    asked: &[F],
    things: &[Hit<()>],
    mut values: impl FnMut(F, &[Hit<()>]) -> QueryResult<Vec<FacetValue>>,
) -> QueryResult<Vec<Facet>> {
    let (things, complete) = counted(things);
    let mut facets: Vec<Facet> = Vec::with_capacity(asked.len());
    for wanted in asked {
        let facet = (*wanted).into();
        if facets.iter().any(|told| told.facet == facet) {
            continue;
        }
        let values = match things {
            [] => Vec::new(),
            things => values(*wanted, things)?,
        };
        facets.push(Facet {
            facet,
            complete,
            values,
        });
    }
    Ok(facets)
}

/// That a column has the row of one of some things.
pub(crate) fn is_any(column: &str, things: &[Hit<()>]) -> String {
    let rows: Vec<i64> = things.iter().map(|thing| thing.row_id).collect();
    spelled::is_any_of(column, &rows)
}

#[derive(QueryableByName)]
struct OfRecord {
    #[diesel(sql_type = Text)]
    uuid: String,
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    held: i64,
}

/// Speakers, outlets and tags. `counts` is a query for their rows as `value` and how many things hold each as `held`.
pub(crate) fn records(conn: &mut Conn<'_>, counts: &str) -> QueryResult<Vec<FacetValue>> {
    let query = sql_query(format!(
        "SELECT e.uuid, e.slug, e.name, c.held FROM ({counts}) AS c JOIN entities AS e ON e.id = c.value \
         ORDER BY c.held DESC, e.fold, e.uuid LIMIT {}",
        bounds::FACET_VALUES
    ));
    let rows: Vec<OfRecord> = on_engine!(conn, |conn| query.load(conn))?;
    let value = |row: OfRecord| FacetValue {
        value: row.slug.clone(),
        record: Some(FacetRecord {
            id: row.uuid,
            slug: row.slug,
            name: row.name,
        }),
        count: row.held,
    };
    Ok(rows.into_iter().map(value).collect())
}

#[derive(QueryableByName)]
struct OfText {
    #[diesel(sql_type = Text)]
    value: String,
    #[diesel(sql_type = BigInt)]
    held: i64,
}

/// Texts. `counts` is a query for each as `value` and how many things hold it as `held`.
pub(crate) fn texts(conn: &mut Conn<'_>, counts: &str) -> QueryResult<Vec<FacetValue>> {
    let query = sql_query(format!(
        "SELECT c.value, c.held FROM ({counts}) AS c ORDER BY c.held DESC, c.value LIMIT {}",
        bounds::FACET_VALUES
    ));
    let rows: Vec<OfText> = on_engine!(conn, |conn| query.load(conn))?;
    let rows = rows.into_iter();
    Ok(rows.map(|row| of_text(row.value, row.held)).collect())
}

/// The months of publication, in UTC.
pub(crate) fn months(things: &[Hit<()>]) -> Vec<FacetValue> {
    let mut months: BTreeMap<String, i64> = BTreeMap::new();
    for thing in things {
        let published = Moment(thing.sort_key).to_string();
        let month = published.chars().take(7).collect();
        *months.entry(month).or_default() += 1;
    }
    let months = months.into_iter();
    let mut months: Vec<FacetValue> = months.map(|(month, held)| of_text(month, held)).collect();
    // Of equals the earliest stays first.
    months.sort_by_key(|month| Reverse(month.count));
    months.truncate(bounds::FACET_VALUES);
    months
}

fn of_text(value: String, count: i64) -> FacetValue {
    FacetValue {
        value,
        record: None,
        count,
    }
}
