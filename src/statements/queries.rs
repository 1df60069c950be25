//! Every query that reads statements. What the public may not see has no posting and no document.
use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::types::{Form, StatementStatus};
use crate::articles::queries as article_queries;
use crate::articles::types::ArticleStatus;
use crate::database::schema::{articles, statement_postings as postings, statements};
use crate::database::{Conn, lookup};
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::page::Slice;
use crate::domain::walk::{Hit, Walk};
use crate::domain::{Thing, bounds};
use crate::naming::queries::Named;
use crate::on_engine;
use crate::rendering::postings::{ALL, StatementFacet, language_value};

/// In which order statements are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementOrder {
    Published,
    Said,
    /// As they stand in one article.
    Text,
}

/// Which statements to list; what is None does not matter.
#[derive(Debug, Clone, Default)]
pub struct StatementFilter {
    pub speakers: Option<Vec<Key>>,
    /// The credited outlet.
    pub outlets: Option<Vec<Key>>,
    pub publishers: Option<Vec<Key>>,
    pub via: Option<Vec<Key>>,
    pub articles: Option<Vec<Key>>,
    /// All of these.
    pub tags: Option<Vec<Key>>,
    pub forms: Option<Vec<Form>>,
    pub anonymous: Option<bool>,
    pub languages: Option<Vec<Language>>,
    pub said_from: Option<Moment>,
    pub said_to: Option<Moment>,
    pub published_from: Option<Moment>,
    pub published_to: Option<Moment>,
}

/// What stands under the id of a statement.
#[derive(Debug)]
pub enum FoundStatement {
    Visible { revision: i64, json: String },
    Gone(Option<String>),
    Missing,
}

/// A facet and values of which any will do.
type Held = (StatementFacet, Vec<i64>);

/// The filter, its keys looked up.
#[derive(Debug)]
struct Resolved {
    held: Vec<Held>,
    forms: Option<Vec<Form>>,
    anonymous: Option<bool>,
    said_from: Option<Moment>,
    said_to: Option<Moment>,
    published_from: Option<Moment>,
    published_to: Option<Moment>,
}

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

/// The statement with an id, as the public may see it.
pub fn find(conn: &mut Conn<'_>, id: &Id) -> QueryResult<FoundStatement> {
    type Row = (
        (
            i64,
            Option<String>,
            StatementStatus,
            Option<String>,
            Option<i64>,
        ),
        (ArticleStatus, Option<String>),
    );
    let row: Option<Row> = on_engine!(&mut *conn, |conn| statements::table
        .inner_join(articles::table)
        .filter(statements::uuid.eq(id))
        .select((
            (
                statements::revision,
                statements::item_json,
                statements::status,
                statements::note,
                statements::public_sequence,
            ),
            (articles::status, articles::reason),
        ))
        .first(conn)
        .optional())?;
    Ok(match row {
        Some(((revision, Some(json), ..), _)) => FoundStatement::Visible { revision, json },
        Some(((_, None, StatementStatus::Retracted, note, Some(_)), _)) => {
            FoundStatement::Gone(note)
        }
        Some((
            (_, None, StatementStatus::Published, _, Some(_)),
            (ArticleStatus::Withdrawn, why),
        )) => FoundStatement::Gone(why),
        Some(_) => FoundStatement::Missing,
        None => match lookup::public_tombstone(conn, Thing::Statement, id)? {
            Some(reason) => FoundStatement::Gone(reason),
            None => FoundStatement::Missing,
        },
    })
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

/// Looks up what the filter names; None where it names something that nothing visible has.
fn resolve(conn: &mut Conn<'_>, filter: StatementFilter) -> QueryResult<Option<Resolved>> {
    let mut held = Vec::new();
    // Most selective first: the first is what the list is walked along.
    if let Some(keys) = &filter.articles {
        let mut rows = Vec::new();
        for key in keys {
            rows.extend(article_queries::visible_row(conn, key)?);
        }
        held.push((StatementFacet::Article, rows));
    }
    let mut named = Named::new(conn);
    let any = [
        (
            StatementFacet::Speaker,
            &[Thing::Speaker][..],
            filter.speakers,
        ),
        (
            StatementFacet::Via,
            &[Thing::Speaker, Thing::Outlet],
            filter.via,
        ),
        (StatementFacet::Outlet, &[Thing::Outlet], filter.outlets),
    ];
    for (facet, things, keys) in any {
        if let Some(keys) = keys {
            held.push((facet, named.rows(things, &keys)?));
        }
    }
    for tag in filter.tags.into_iter().flatten() {
        held.push((StatementFacet::Tag, named.rows(&[Thing::Tag], &[tag])?));
    }
    if let Some(keys) = filter.publishers {
        held.push((
            StatementFacet::Publisher,
            named.rows(&[Thing::Outlet], &keys)?,
        ));
    }
    if let Some(languages) = filter.languages {
        let values = languages.iter().map(|range| language_value(range.as_str()));
        held.push((StatementFacet::Language, values.collect()));
    }
    if held.iter().any(|(_, values)| values.is_empty()) {
        return Ok(None);
    }
    Ok(Some(Resolved {
        held,
        forms: filter.forms,
        anonymous: filter.anonymous,
        said_from: filter.said_from,
        said_to: filter.said_to,
        published_from: filter.published_from,
        published_to: filter.published_to,
    }))
}

/// Along which facet a list is walked, and what is looked up at each step.
struct Route<'a> {
    facet: StatementFacet,
    /// Any of these: one walk each.
    values: &'a [i64],
    rest: Vec<&'a Held>,
}

/// The most selective filter that stands in the wanted order leads; the rest is looked up along the way.
fn route(filter: &Resolved, order: StatementOrder) -> Route<'_> {
    // In which facet each order finds the values of another.
    let led_by = |facet: StatementFacet| match (order, facet) {
        (StatementOrder::Published, facet) => Some(facet),
        (StatementOrder::Said, StatementFacet::Speaker) => Some(StatementFacet::SpeakerSaid),
        (StatementOrder::Text, StatementFacet::Article) => Some(StatementFacet::ArticleText),
        (StatementOrder::Said | StatementOrder::Text, _) => None,
    };
    let leader = filter
        .held
        .iter()
        .find_map(|held| Some((held, led_by(held.0)?)));
    let leads = |held: &Held| leader.is_some_and(|(leader, _)| std::ptr::eq(leader, held));
    Route {
        facet: match (leader, order) {
            (Some((_, facet)), _) => facet,
            (None, StatementOrder::Said) => StatementFacet::Said,
            (None, StatementOrder::Published | StatementOrder::Text) => StatementFacet::Published,
        },
        values: leader.map_or(&[ALL], |((_, values), _)| values),
        rest: filter.held.iter().filter(|held| !leads(held)).collect(),
    }
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
        // The bound on the key comes first: without it the index would be scanned.
        if walk.descends() {
            if let Some((key, uuid)) = walk.from_number() {
                let beyond = postings::sort_key.lt(key).or(postings::uuid.lt(uuid));
                query = query.filter(postings::sort_key.le(key).and(beyond));
            }
            query = query.order((postings::sort_key.desc(), postings::uuid.desc()));
        } else {
            if let Some((key, uuid)) = walk.from_number() {
                let beyond = postings::sort_key.gt(key).or(postings::uuid.gt(uuid));
                query = query.filter(postings::sort_key.ge(key).and(beyond));
            }
            query = query.order((postings::sort_key.asc(), postings::uuid.asc()));
        }
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
