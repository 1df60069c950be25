//! Which articles a list has: what was asked for, looked up, and along which facet it is walked.
use diesel::prelude::*;

use crate::database::Conn;
use crate::database::keyset::{size, within};
use crate::database::schema::article_postings as postings;
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::lag::{self, Range};
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::route::{Lead, Route};
use crate::domain::{Thing, text_enum};
use crate::naming::queries::Named;
use crate::on_engine;
use crate::rendering::postings::{ALL, ArticleFacet, language_value};
use crate::search::matching::Matching;
use crate::search::vocabulary;

/// In which order articles are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleOrder {
    Published,
    Updated,
    /// What matches better first, then by publication.
    Relevance,
}

text_enum! {
    /// Where an article stands for a list: `published` is what the public sees, `scheduled` what it will see by itself.
    pub enum ArticleStanding {
        Draft = "draft",
        Scheduled = "scheduled",
        Published = "published",
        Withdrawn = "withdrawn",
    }
}

/// Which articles to list; what is None does not matter.
#[derive(Debug, Clone, Default)]
pub struct ArticleFilter {
    pub matching: Option<Matching>,
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
    /// What the public sees, unless other standings are asked for.
    pub standings: Option<Vec<ArticleStanding>>,
}

impl ArticleFilter {
    /// Whether it asks for more than the public sees.
    pub fn is_beyond_public(&self) -> bool {
        let mut standings = self.standings.iter().flatten();
        standings.any(|state| *state != ArticleStanding::Published)
    }

    /// For whom such a list is: who may not see what is hidden is refused before.
    pub fn audience(&self) -> Audience {
        match self.is_beyond_public() {
            true => Audience::Editor,
            false => Audience::Public,
        }
    }
}

/// So few articles are looked at one by one rather than searched.
const RARE: usize = 200;

/// A facet and values of which any will do.
pub(super) type Held = (ArticleFacet, Vec<i64>);

/// The filter, its keys looked up.
#[derive(Debug)]
pub(super) struct Resolved {
    pub audience: Audience,
    pub standings: Vec<ArticleStanding>,
    pub matching: Option<Matching>,
    pub ids: Option<Vec<Id>>,
    pub held: Vec<Held>,
    pub not_held: Option<Held>,
    /// As they were given; they are held as values, too.
    pub languages: Vec<Language>,
    pub published_from: Option<Moment>,
    pub published_to: Option<Moment>,
    pub updated_since: Option<Moment>,
    pub has_statements: Option<bool>,
}

/// Looks up what the filter names; None where it names something that nothing has which its audience sees.
pub(super) fn resolve(conn: &mut Conn<'_>, filter: ArticleFilter) -> QueryResult<Option<Resolved>> {
    let audience = filter.audience();
    let matching = match filter.matching {
        Some(matching) => Some(vocabulary::completed(conn, matching, audience)?),
        None => None,
    };
    let mut named = Named::new(conn, audience);
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
    if let Some(languages) = &filter.languages {
        let values = languages.iter().map(|range| language_value(range.as_str()));
        held.push((ArticleFacet::Language, values.collect()));
    }
    let not_held = match filter.tags_not {
        Some(keys) => Some((ArticleFacet::Tag, named.rows(&[Thing::Tag], &keys)?)),
        None => None,
    };
    let no_words = matching.as_ref().is_some_and(Matching::is_empty);
    if no_words || held.iter().any(|(_, values)| values.is_empty()) {
        return Ok(None);
    }
    let mut standings = filter.standings.unwrap_or(vec![ArticleStanding::Published]);
    standings.sort_unstable();
    standings.dedup();
    Ok(Some(Resolved {
        audience,
        standings,
        matching,
        ids: filter.ids,
        held,
        not_held: not_held.filter(|(_, values)| !values.is_empty()),
        languages: filter.languages.unwrap_or_default(),
        published_from: filter.published_from,
        published_to: filter.published_to,
        updated_since: filter.updated_since,
        has_statements: filter.has_statements,
    }))
}

impl Resolved {
    /// The ranges of the moments of publication and of the last change.
    pub fn ranges(&self) -> (Range, Range) {
        (
            (self.published_from, self.published_to),
            (self.updated_since, None),
        )
    }

    /// The range of moments that the filter sets on the sort key of a facet, under a value.
    pub fn range_of(&self, facet: ArticleFacet, value: i64) -> Range {
        let (published, updated) = self.ranges();
        match facet {
            ArticleFacet::Updated => updated,
            ArticleFacet::Lag => lag::both(published, lag::earlier(value, updated)),
            ArticleFacet::LagUpdated => lag::both(updated, lag::later(value, published)),
            _ => published,
        }
    }

    /// The filters but the one that leads.
    pub fn beside(&self, lead: &Lead<'_, ArticleFacet>) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(|(_, values)| !lead.is(values))
    }

    /// How a list in this order is read.
    pub fn route(
        &self,
        conn: &mut Conn<'_>,
        order: ArticleOrder,
    ) -> QueryResult<Route<'_, ArticleFacet>> {
        let led = |facet: ArticleFacet, values| Lead {
            facet,
            values,
            in_order: facet.is_by_update() == (order == ArticleOrder::Updated),
        };
        let mut leads: Vec<_> = self
            .held
            .iter()
            .map(|(facet, values)| led(*facet, values))
            .collect();
        let (all, other, lag) = match order {
            ArticleOrder::Published | ArticleOrder::Relevance => (
                ArticleFacet::Published,
                ArticleFacet::Updated,
                ArticleFacet::Lag,
            ),
            ArticleOrder::Updated => (
                ArticleFacet::Updated,
                ArticleFacet::Published,
                ArticleFacet::LagUpdated,
            ),
        };
        // What is compared along the way may be rare too.
        if let Some(has_statements) = self.has_statements {
            let values: &[i64] = if has_statements { &[1] } else { &[0] };
            leads.push(led(ArticleFacet::HasStatements, values));
        }
        let whole = led(all, &[ALL]);
        if self.range_of(other, ALL) != (None, None) {
            leads.extend([led(lag, &lag::STEPS), led(other, &[ALL])]);
        } else if self.range_of(all, ALL) != (None, None) {
            leads.push(whole);
        }
        let range_of = |facet, value| self.range_of(facet, value);
        Route::choose(leads, whole, |lead, most| size!(conn, lead, range_of, most))
    }

    /// What few articles hold, if the filter asks for such.
    pub fn rare(&self, conn: &mut Conn<'_>) -> QueryResult<Option<Lead<'_, ArticleFacet>>> {
        for (facet, values) in &self.held {
            let lead = Lead {
                facet: *facet,
                values,
                in_order: false,
            };
            let range_of = |facet, value| self.range_of(facet, value);
            let size: QueryResult<usize> = size!(conn, lead, range_of, RARE);
            if size? < RARE {
                return Ok(Some(lead));
            }
        }
        Ok(None)
    }
}
