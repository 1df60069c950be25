//! Walking along articles that the public does not see. No posting leads to them: the table does, along indexes of what is
//! hidden, and filters look at the rows. What a filter asks of statements it asks of those that the public will see.
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::filter::{ArticleOrder, ArticleStanding, Resolved};
use super::gather::{CHUNK, GATHERED, Gathered, by_order};
use crate::articles::types::ArticleStatus;
use crate::database::any_of::any_of;
use crate::database::keyset::keyset;
use crate::database::schema::articles;
use crate::database::{Conn, spelled};
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::lag::Range;
use crate::domain::walk::{Hit, Walk};
use crate::on_engine;
use crate::rendering::postings::ArticleFacet;

/// Hidden articles of a list: from the walk's place on, or all that the filter names one by one.
pub fn walk(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: ArticleOrder,
    walk: Walk<'_>,
) -> QueryResult<Vec<Hit<()>>> {
    let how = (walk.descends(), walk.size.rows_to_fetch());
    read(conn, filter, order, how, |range| walk.within_ids(range))
}

/// The newest hidden articles of a list, of each state up to one more than are counted.
pub fn newest(conn: &mut Conn<'_>, filter: &Resolved) -> QueryResult<Vec<Hit<()>>> {
    let how = (true, bounds::COUNT + 1);
    let order = ArticleOrder::Published;
    read(conn, filter, order, how, |range| (range, None))
}

/// Reads within a range of the moments that the list is ordered by, and from a place in it on, so many of each state.
fn read(
    conn: &mut Conn<'_>,
    filter: &Resolved,
    order: ArticleOrder,
    (descends, most): (bool, i64),
    within: impl Fn(Range) -> (Range, Option<(i64, Id)>),
) -> QueryResult<Vec<Hit<()>>> {
    let (published, updated) = filter.ranges();
    let ((key, led), beside) = match order {
        ArticleOrder::Published | ArticleOrder::Relevance => {
            ((PUBLISHED, published), (COMPARED_UPDATED, updated))
        }
        ArticleOrder::Updated => ((UPDATED, updated), (COMPARED_PUBLISHED, published)),
    };
    let named = filter.ids.is_some();
    let (led, place) = match named {
        true => (led, None),
        false => within(led),
    };
    let condition = condition(filter, [(key, led), beside]);
    let mut hits = Vec::new();
    for status in statuses(filter) {
        let rows: Vec<Gathered> = on_engine!(&mut *conn, |conn| {
            let mut query = articles::table
                .filter(sql::<Bool>(&condition))
                .filter(articles::status.eq(status))
                .select(GATHERED)
                .into_boxed();
            if !named {
                query = query.limit(most);
                let (id, place) = (articles::uuid, place.clone());
                match order {
                    ArticleOrder::Published | ArticleOrder::Relevance => {
                        keyset!(query, articles::published_key, id, descends, place);
                    }
                    ArticleOrder::Updated => {
                        keyset!(query, articles::updated_at, id, descends, place);
                    }
                }
            }
            query.load(conn)
        })?;
        hits.extend(rows.into_iter().map(|row| by_order(row, order)));
    }
    Ok(hits)
}

/// Of some rows, the hidden ones that the filter leaves.
pub fn of_rows(conn: &mut Conn<'_>, filter: &Resolved, rows: &[i64]) -> QueryResult<Vec<Gathered>> {
    let (published, updated) = filter.ranges();
    let condition = condition(filter, [(PUBLISHED, published), (UPDATED, updated)]);
    let statuses: Vec<ArticleStatus> = statuses(filter).collect();
    let mut left = Vec::new();
    for some in rows.chunks(CHUNK) {
        left.extend(on_engine!(&mut *conn, |conn| articles::table
            .filter(sql::<Bool>(&condition))
            .filter(articles::status.eq_any(&statuses))
            .filter(any_of(articles::id, some))
            .select(GATHERED)
            .load::<Gathered>(conn))?);
    }
    Ok(left)
}

const PUBLISHED: &str = "articles.published_key";
const UPDATED: &str = "articles.updated_at";
// With a sign no index of it is taken, in the order of which a list is not.
const COMPARED_PUBLISHED: &str = "+articles.published_key";
const COMPARED_UPDATED: &str = "+articles.updated_at";

/// The hidden standings that are asked for, as the column has them: what is published and hidden is scheduled.
fn statuses(filter: &Resolved) -> impl Iterator<Item = ArticleStatus> {
    filter.standings.iter().filter_map(|state| match state {
        ArticleStanding::Draft => Some(ArticleStatus::Draft),
        ArticleStanding::Scheduled => Some(ArticleStatus::Published),
        ArticleStanding::Withdrawn => Some(ArticleStatus::Withdrawn),
        ArticleStanding::Published => None,
    })
}

/// All of a filter, with these ranges of its columns of moments.
fn condition(filter: &Resolved, ranges: [(&str, Range); 2]) -> String {
    let held = filter.held.iter().map(|(facet, values)| match facet {
        ArticleFacet::Outlet => Some(spelled::is_any_of("articles.outlet_id", values)),
        ArticleFacet::Tag => Some(tagged(values)),
        ArticleFacet::Speaker => Some(said("AND h.hop = 0 ", values)),
        ArticleFacet::Via => Some(said("", values)),
        // Of a language only a hash is held; the rest is compared.
        _ => None,
    });
    let languages = Some(&filter.languages).filter(|languages| !languages.is_empty());
    let says = "EXISTS (SELECT 1 FROM statements AS s WHERE s.article_id = articles.id AND s.status = 'published')";
    let beside = [
        // As the indexes spell it.
        Some("articles.visible IS FALSE".to_owned()),
        filter
            .ids
            .as_ref()
            .map(|ids| spelled::is_any_id("articles.uuid", ids)),
        languages.map(|languages| spelled::within_languages("articles.language", languages)),
        filter
            .not_held
            .as_ref()
            .map(|(_, tags)| format!("NOT {}", tagged(tags))),
        filter.has_statements.map(|has| match has {
            true => says.to_owned(),
            false => format!("NOT {says}"),
        }),
    ];
    let ranges = ranges.map(|(column, range)| spelled::within(column, range));
    spelled::all(beside.into_iter().chain(ranges).chain(held))
}

fn tagged(tags: &[i64]) -> String {
    let is = spelled::is_any_of("t.tag_id", tags);
    format!("EXISTS (SELECT 1 FROM article_tags AS t WHERE t.article_id = articles.id AND {is})")
}

/// That one of some parties stands at a hop of what the article says.
fn said(at: &str, parties: &[i64]) -> String {
    let is = spelled::is_any_of("h.entity_id", parties);
    format!(
        "EXISTS (SELECT 1 FROM statements AS s JOIN statement_hops AS h ON h.statement_id = s.id \
         WHERE s.article_id = articles.id AND s.status = 'published' {at}AND {is})"
    )
}
