//! Which statements a list has: what was asked for, looked up, and along which facet it is walked.
use diesel::prelude::*;

use crate::articles::queries as article_queries;
use crate::database::Conn;
use crate::database::schema::statement_postings as postings;
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::naming::queries::Named;
use crate::on_engine;
use crate::rendering::postings::{ALL, MANY, StatementFacet, language_value, rarest_first};
use crate::statements::types::Form;

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

/// A facet and values of which any will do.
pub(super) type Held = (StatementFacet, Vec<i64>);

/// The filter, its keys looked up.
#[derive(Debug)]
pub(super) struct Resolved {
    pub held: Vec<Held>,
    pub forms: Option<Vec<Form>>,
    pub anonymous: Option<bool>,
    pub said_from: Option<Moment>,
    pub said_to: Option<Moment>,
    pub published_from: Option<Moment>,
    pub published_to: Option<Moment>,
}

/// Looks up what the filter names; None where it names something that nothing visible has.
pub(super) fn resolve(
    conn: &mut Conn<'_>,
    filter: StatementFilter,
) -> QueryResult<Option<Resolved>> {
    let mut held = Vec::new();
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
pub(super) struct Route<'a> {
    pub facet: StatementFacet,
    /// Any of these: one walk each.
    pub values: &'a [i64],
    pub rest: Vec<&'a Held>,
}

/// The rarest filter that stands in the wanted order leads; the rest is looked up along the way.
pub(super) fn route(filter: &Resolved, order: StatementOrder) -> Route<'_> {
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
