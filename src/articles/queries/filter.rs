//! Which articles a list has: what was asked for, looked up, and along which facet it is walked.
use diesel::prelude::*;

use crate::database::Conn;
use crate::database::schema::article_postings as postings;
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::naming::queries::Named;
use crate::on_engine;
use crate::rendering::postings::{ALL, ArticleFacet, MANY, language_value, rarest_first};

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

/// A facet and values of which any will do.
pub(super) type Held = (ArticleFacet, Vec<i64>);

/// The filter, its keys looked up.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub ids: Option<Vec<Id>>,
    pub held: Vec<Held>,
    pub not_held: Option<Held>,
    pub published_from: Option<Moment>,
    pub published_to: Option<Moment>,
    pub updated_since: Option<Moment>,
    pub has_statements: Option<bool>,
}

/// Looks up what the filter names; None where it names something that nothing visible has.
pub(super) fn resolve(conn: &mut Conn<'_>, filter: ArticleFilter) -> QueryResult<Option<Resolved>> {
    let mut named = Named::new(conn);
    let mut held = Vec::new();
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
    rarest_first(&mut held, |facet, value| {
        on_engine!(&mut *conn, |conn| postings::table
            .filter(postings::facet.eq(facet as i32))
            .filter(postings::value.eq(value))
            .select(postings::sort_key)
            .limit(MANY)
            .load::<i64>(conn))
        .map(|some| some.len())
    })?;
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
pub(super) struct Route<'a> {
    pub facet: ArticleFacet,
    /// Any of these: one walk each.
    pub values: &'a [i64],
    pub rest: &'a [Held],
}

/// The rarest filter leads; the rest is looked up along the way.
pub(super) fn route(filter: &Resolved, order: ArticleOrder) -> Route<'_> {
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
