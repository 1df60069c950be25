//! Every query that reads articles. What the public may not see has no posting and no document: it cannot be read here.
use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::articles::types::ArticleStatus;
use crate::database::schema::{article_postings as postings, articles};
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
use crate::rendering::postings::{ALL, ArticleFacet, language_value};

/// In which order articles are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleOrder {
    Published,
    Updated,
}

/// Which articles to list; what is None does not matter.
#[derive(Debug, Clone, Default)]
pub struct ArticleFilter {
    pub ids: Option<Vec<Id>>,
    /// All of these.
    pub tags: Option<Vec<Key>>,
    pub tags_any: Option<Vec<Key>>,
    pub tags_not: Option<Vec<Key>>,
    pub outlets: Option<Vec<Key>>,
    pub speakers: Option<Vec<Key>>,
    pub via: Option<Vec<Key>>,
    pub languages: Option<Vec<Language>>,
    pub published_from: Option<Moment>,
    pub published_to: Option<Moment>,
    pub updated_since: Option<Moment>,
    pub has_statements: Option<bool>,
}

/// What stands under a key of an article.
#[derive(Debug)]
pub enum FoundArticle {
    Visible { revision: i64, json: String },
    Moved(Id),
    Gone(Option<String>),
    Missing,
}

/// A facet and values of which any will do.
type Held = (ArticleFacet, Vec<i64>);

/// The filter, its keys looked up.
#[derive(Debug, Default)]
struct Resolved {
    ids: Option<Vec<Id>>,
    held: Vec<Held>,
    not_held: Option<Held>,
    published_from: Option<Moment>,
    published_to: Option<Moment>,
    updated_since: Option<Moment>,
    has_statements: Option<bool>,
}

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

/// The article under a key, as the public may see it.
pub fn find(conn: &mut Conn<'_>, key: &Key) -> QueryResult<FoundArticle> {
    if let Some(found) = find_current(conn, key)? {
        return Ok(found);
    }
    let former = lookup::former(conn, Thing::Article, key)?;
    let uuid = match (former, key) {
        (Some(uuid), _) => uuid,
        (None, Key::Id(id)) => id.clone(),
        (None, Key::Slug(_)) => return Ok(FoundArticle::Missing),
    };
    if let Some(reason) = lookup::public_tombstone(conn, Thing::Article, &uuid)? {
        return Ok(FoundArticle::Gone(reason));
    }
    Ok(match find_current(conn, &Key::Id(uuid.clone()))? {
        Some(FoundArticle::Visible { .. }) => FoundArticle::Moved(uuid),
        Some(other) => other,
        None => FoundArticle::Missing,
    })
}

fn find_current(conn: &mut Conn<'_>, key: &Key) -> QueryResult<Option<FoundArticle>> {
    type Row = (
        i64,
        Option<String>,
        ArticleStatus,
        Option<String>,
        Option<i64>,
    );
    let columns = (
        articles::revision,
        articles::item_json,
        articles::status,
        articles::reason,
        articles::public_sequence,
    );
    let row: Option<Row> = on_engine!(conn, |conn| match key {
        Key::Id(id) => articles::table
            .filter(articles::uuid.eq(id))
            .select(columns)
            .first(conn)
            .optional(),
        Key::Slug(slug) => articles::table
            .filter(articles::slug.eq(slug))
            .select(columns)
            .first(conn)
            .optional(),
    })?;
    Ok(row.map(|row| match row {
        (revision, Some(json), ..) => FoundArticle::Visible { revision, json },
        (_, None, ArticleStatus::Withdrawn, reason, Some(_)) => FoundArticle::Gone(reason),
        _ => FoundArticle::Missing,
    }))
}

/// The row of the visible article under a key, a former one too.
pub fn visible_row(conn: &mut Conn<'_>, key: &Key) -> QueryResult<Option<i64>> {
    let by_id = |conn: &mut Conn<'_>, id: &Id| {
        on_engine!(conn, |conn| articles::table
            .filter(articles::uuid.eq(id))
            .filter(articles::visible)
            .select(articles::id)
            .first(conn)
            .optional())
    };
    let current: Option<i64> = match key {
        Key::Id(id) => by_id(conn, id)?,
        Key::Slug(slug) => on_engine!(&mut *conn, |conn| articles::table
            .filter(articles::slug.eq(slug))
            .filter(articles::visible)
            .select(articles::id)
            .first(conn)
            .optional())?,
    };
    match current {
        Some(id) => Ok(Some(id)),
        None => match lookup::former(conn, Thing::Article, key)? {
            Some(uuid) => by_id(conn, &uuid),
            None => Ok(None),
        },
    }
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
        Some(ids) => hits = read_some(conn, ids, &filter, order, whole, walk)?,
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

/// Looks up what the filter names; None where it names something that nothing visible has.
fn resolve(conn: &mut Conn<'_>, filter: ArticleFilter) -> QueryResult<Option<Resolved>> {
    let mut named = Named::new(conn);
    let mut held = Vec::new();
    // Most selective first: the first is what the list is walked along.
    let any = [
        (
            ArticleFacet::Speaker,
            &[Thing::Speaker][..],
            filter.speakers,
        ),
        (
            ArticleFacet::Via,
            &[Thing::Speaker, Thing::Outlet],
            filter.via,
        ),
        (ArticleFacet::Tag, &[Thing::Tag], filter.tags_any),
        (ArticleFacet::Outlet, &[Thing::Outlet], filter.outlets),
    ];
    for (facet, things, keys) in any {
        if let Some(keys) = keys {
            held.push((facet, named.rows(things, &keys)?));
        }
    }
    for tag in filter.tags.into_iter().flatten() {
        held.push((ArticleFacet::Tag, named.rows(&[Thing::Tag], &[tag])?));
    }
    if let Some(languages) = filter.languages {
        let values = languages.iter().map(|range| language_value(range.as_str()));
        held.push((ArticleFacet::Language, values.collect()));
    }
    let not_held = match filter.tags_not {
        Some(keys) => Some((ArticleFacet::Tag, named.rows(&[Thing::Tag], &keys)?)),
        None => None,
    };
    if held.iter().any(|(_, values)| values.is_empty()) {
        return Ok(None);
    }
    Ok(Some(Resolved {
        ids: filter.ids,
        held,
        not_held: not_held.filter(|(_, values)| !values.is_empty()),
        published_from: filter.published_from,
        published_to: filter.published_to,
        updated_since: filter.updated_since,
        has_statements: filter.has_statements,
    }))
}

/// Along which facet a list is walked, and what is looked up at each step.
struct Route<'a> {
    facet: ArticleFacet,
    /// Any of these: one walk each.
    values: &'a [i64],
    rest: &'a [Held],
}

/// The most selective filter leads; the rest is looked up along the way.
fn route(filter: &Resolved, order: ArticleOrder) -> Route<'_> {
    let (facet, values, rest) = match (order, filter.held.split_first()) {
        (ArticleOrder::Published, Some(((facet, values), rest))) => {
            (*facet, values.as_slice(), rest)
        }
        (ArticleOrder::Published, None) => (ArticleFacet::Published, &[ALL][..], &[][..]),
        (ArticleOrder::Updated, _) => (ArticleFacet::Updated, &[ALL][..], filter.held.as_slice()),
    };
    Route {
        facet,
        values,
        rest,
    }
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
        if facet != ArticleFacet::Updated {
            // The range as the index has it, so that the walk starts and ends within it.
            if let Some(from) = filter.published_from {
                query = query.filter(postings::sort_key.ge(from.0));
            }
            if let Some(to) = filter.published_to {
                query = query.filter(postings::sort_key.lt(to.0));
            }
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
    Ok(rows.into_iter().map(hit).collect())
}

/// Articles that the request names one by one: few enough to be put in order here.
fn read_some(
    conn: &mut Conn<'_>,
    ids: &[Id],
    filter: &Resolved,
    order: ArticleOrder,
    whole: bool,
    walk: Walk<'_>,
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
            hit((key.0, uuid.to_bytes(), id, json))
        });
    Ok(match walk.from_number() {
        None => hits.collect(),
        Some(from) if walk.descends() => hits.filter(|hit| hit.stands_before(&from)).collect(),
        Some(from) => hits.filter(|hit| hit.stands_after(&from)).collect(),
    })
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
