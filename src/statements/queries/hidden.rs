//! Statements that are not published, and those of articles that the public does not see. No posting leads to them: the table
//! does, along indexes of what is not published, and filters look at the rows.
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::filter::{Resolved, StatementOrder};
use super::gather::{CHUNK, GATHERED, Gathered, by_order};
use crate::database::any_of::any_of;
use crate::database::keyset::keyset;
use crate::database::schema::statements;
use crate::database::{Conn, spelled};
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::lag::Range;
use crate::domain::walk::{Hit, Walk};
use crate::on_engine;
use crate::rendering::postings::StatementFacet;
use crate::statements::types::StatementStatus;

/// The statements of a list that are not published, from the walk's place on.
pub fn walk(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: StatementOrder,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<()>>> {
    let how = (walk.descends(), walk.size.rows_to_fetch());
    read(conn, filter, order, how, |range| walk.within_ids(range))
}

/// The newest statements of a list that are not published, of each status up to one more than are counted.
pub fn newest(conn: &mut Conn<'_>, filter: &Resolved) -> QueryResult<Vec<Hit<()>>> {
    let how = (true, bounds::COUNT + 1);
    let order = StatementOrder::Published;
    read(conn, filter, order, how, |range| (range, None))
}

/// Reads within a range of the moments that the list is ordered by, and from a place in it on, so many of each status.
fn read(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: StatementOrder,
    (descends, most): (bool, i64),
    within: impl Fn(Range) -> (Range, Option<(i64, Id)>),
) -> QueryResult<Vec<Hit<()>>> {
    let published = (filter.published_from, filter.published_to);
    let said = (filter.said_from, filter.said_to);
    let ((key, led), beside) = match order {
        StatementOrder::Said => ((SAID, said), (COMPARED_PUBLISHED, published)),
        StatementOrder::Published | StatementOrder::Relevance | StatementOrder::Text => {
            ((PUBLISHED, published), (COMPARED_SAID, said))
        }
    };
    let (led, place) = within(led);
    let condition = unpublished(filter, [(key, led), beside]);
    let mut hits = Vec::new();
    for status in statuses(filter) {
        let rows: Vec<Gathered> = on_engine!(&mut *conn, |conn| {
            let mut query = statements::table
                .filter(sql::<Bool>(&condition))
                .filter(statements::status.eq(status))
                .select(GATHERED)
                .limit(most)
                .into_boxed();
            let (id, place) = (statements::uuid, place.clone());
            match order {
                StatementOrder::Said => {
                    keyset!(query, statements::said_key, id, descends, place);
                }
                StatementOrder::Published | StatementOrder::Relevance | StatementOrder::Text => {
                    keyset!(query, statements::published_key, id, descends, place);
                }
            }
            query.load(conn)
        })?;
        hits.extend(rows.into_iter().map(|row| by_order(row, order)));
    }
    Ok(hits)
}

/// Of some rows, those that are not published and that the filter leaves.
pub fn of_rows(conn: &mut Conn<'_>, filter: &Resolved, rows: &[i64]) -> QueryResult<Vec<Gathered>> {
    let condition = unpublished(filter, ranges(filter));
    let statuses: Vec<StatementStatus> = statuses(filter).collect();
    let mut left = Vec::new();
    for some in rows.chunks(CHUNK) {
        left.extend(on_engine!(&mut *conn, |conn| statements::table
            .filter(sql::<Bool>(&condition))
            .filter(statements::status.eq_any(&statuses))
            .filter(any_of(statements::id, some))
            .select(GATHERED)
            .load::<Gathered>(conn))?);
    }
    Ok(left)
}

/// All statements of the articles that the filter names, by their own status: no article has very many.
pub fn of_articles(conn: &mut Conn<'_>, filter: &Resolved) -> QueryResult<Vec<Hit<()>>> {
    let condition = condition(filter, ranges(filter));
    let rows: Vec<Gathered> = on_engine!(&mut *conn, |conn| statements::table
        .filter(sql::<Bool>(&condition))
        .filter(statements::status.eq_any(&filter.statuses))
        .select(GATHERED)
        .load(conn))?;
    let hit = |row| by_order(row, StatementOrder::Text);
    Ok(rows.into_iter().map(hit).collect())
}

const PUBLISHED: &str = "statements.published_key";
const SAID: &str = "statements.said_key";
// With a sign no index of it is taken, in the order of which a list is not.
const COMPARED_PUBLISHED: &str = "+statements.published_key";
const COMPARED_SAID: &str = "+statements.said_key";

type Ranges = [(&'static str, Range); 2];

fn ranges(filter: &Resolved) -> Ranges {
    [
        (PUBLISHED, (filter.published_from, filter.published_to)),
        (SAID, (filter.said_from, filter.said_to)),
    ]
}

fn statuses(filter: &Resolved) -> impl Iterator<Item = StatementStatus> {
    let statuses = filter.statuses.iter().copied();
    statuses.filter(|status| *status != StatementStatus::Published)
}

/// All of a filter, of statements with a status that is not public, as the indexes spell it.
fn unpublished(filter: &Resolved, ranges: Ranges) -> String {
    format!(
        "statements.status <> 'published' AND {}",
        condition(filter, ranges)
    )
}

/// All of a filter but the status, with these ranges of its columns of moments.
fn condition(filter: &Resolved, ranges: Ranges) -> String {
    let held = filter.held.iter().map(|(facet, values)| match facet {
        StatementFacet::Article => Some(spelled::is_any_of("statements.article_id", values)),
        StatementFacet::Speaker => Some(hop("AND h.hop = 0 ", values)),
        StatementFacet::Via => Some(hop("", values)),
        StatementFacet::Outlet => Some(hop(OUTERMOST, values)),
        StatementFacet::Publisher => {
            let is = spelled::is_any_of("a.outlet_id", values);
            Some(format!(
                "EXISTS (SELECT 1 FROM articles AS a WHERE a.id = statements.article_id AND {is})"
            ))
        }
        StatementFacet::Tag => {
            let is = spelled::is_any_of("t.tag_id", values);
            Some(format!(
                "EXISTS (SELECT 1 FROM article_tags AS t WHERE t.article_id = statements.article_id AND {is})"
            ))
        }
        // Of a language only a hash is held; the rest is compared.
        _ => None,
    });
    let languages = Some(&filter.languages).filter(|languages| !languages.is_empty());
    let beside = [
        languages.map(|languages| spelled::within_languages("statements.language", languages)),
        filter.forms.as_ref().map(|forms| {
            let forms: Vec<&str> = forms.iter().map(|form| form.as_str()).collect();
            format!("statements.form IN ('{}')", forms.join("', '"))
        }),
        filter.anonymous.map(|anonymous| match anonymous {
            true => "statements.anonymous".to_owned(),
            false => "NOT statements.anonymous".to_owned(),
        }),
        filter.origins.as_ref().map(|origins| {
            let origins: Vec<&str> = origins.iter().map(|origin| origin.as_str()).collect();
            format!("statements.origin IN ('{}')", origins.join("', '"))
        }),
        // As many digits as tell the number from every other one.
        filter
            .min_confidence
            .map(|least| format!("statements.confidence >= {least:?}")),
    ];
    let ranges = ranges.map(|(column, range)| spelled::within(column, range));
    spelled::all(beside.into_iter().chain(ranges).chain(held))
}

/// Of an outlet: that none comes after it in the chain.
pub const OUTERMOST: &str = "AND h.role = 'outlet' AND NOT EXISTS (SELECT 1 FROM statement_hops AS o \
     WHERE o.statement_id = h.statement_id AND o.role = 'outlet' AND o.hop > h.hop) ";

/// That one of some parties stands at a hop of the chain.
fn hop(at: &str, parties: &[i64]) -> String {
    let is = spelled::is_any_of("h.entity_id", parties);
    format!(
        "EXISTS (SELECT 1 FROM statement_hops AS h WHERE h.statement_id = statements.id {at}AND {is})"
    )
}
