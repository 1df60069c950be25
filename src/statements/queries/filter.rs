//! Which statements a list has: what was asked for, looked up, and along which facet it is walked.
use diesel::prelude::*;

use crate::articles::queries as article_queries;
use crate::database::Conn;
use crate::database::keyset::{size, within};
use crate::database::schema::statement_postings as postings;
use crate::domain::Thing;
use crate::domain::audience::Audience;
use crate::domain::key::Key;
use crate::domain::lag::{self, Range};
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::route::{Lead, Route};
use crate::naming::queries::Named;
use crate::on_engine;
use crate::rendering::postings::{ALL, StatementFacet, language_value, voice_value};
use crate::search::matching::Matching;
use crate::search::vocabulary;
use crate::statements::types::{Form, Origin, StatementStatus};

/// In which order statements are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementOrder {
    Published,
    Said,
    /// What matches better first, then by publication.
    Relevance,
    /// As they stand in one article.
    Text,
}

/// Which statements to list; what is None does not matter.
#[derive(Debug, Clone, Default)]
pub struct StatementFilter {
    pub matching: Option<Matching>,
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
    /// What the public sees, unless others are asked for.
    pub statuses: Option<Vec<StatementStatus>>,
    pub origins: Option<Vec<Origin>>,
    pub min_confidence: Option<f64>,
}

impl StatementFilter {
    /// Whether it asks for more than the public sees.
    pub fn is_beyond_public(&self) -> bool {
        let mut statuses = self.statuses.iter().flatten();
        statuses.any(|status| *status != StatementStatus::Published)
    }
}

/// So few statements are looked at one by one rather than searched.
const RARE: usize = 200;

/// A facet and values of which any will do.
pub(super) type Held = (StatementFacet, Vec<i64>);

/// The filter, its keys looked up.
#[derive(Debug)]
pub(super) struct Resolved {
    pub matching: Option<Matching>,
    pub held: Vec<Held>,
    /// What `forms` and `anonymous` come to as values of their facet; none where neither is given.
    voices: Vec<i64>,
    pub forms: Option<Vec<Form>>,
    pub anonymous: Option<bool>,
    pub said_from: Option<Moment>,
    pub said_to: Option<Moment>,
    pub published_from: Option<Moment>,
    pub published_to: Option<Moment>,
    /// As they were given; they are held as values, too.
    pub languages: Vec<Language>,
    pub statuses: Vec<StatementStatus>,
    pub origins: Option<Vec<Origin>>,
    pub min_confidence: Option<f64>,
}

/// Looks up what the filter names; None where it names something that nothing has which the audience sees.
pub(super) fn resolve(
    conn: &mut Conn<'_>,
    filter: StatementFilter,
    audience: Audience,
) -> QueryResult<Option<Resolved>> {
    let matching = match filter.matching {
        Some(matching) => Some(vocabulary::completed(conn, matching, audience)?),
        None => None,
    };
    let mut held = Vec::new();
    if let Some(keys) = &filter.articles {
        let mut rows = Vec::new();
        for key in keys {
            rows.extend(article_queries::row(conn, key, audience)?);
        }
        held.push((StatementFacet::Article, rows));
    }
    let mut named = Named::new(conn, audience);
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
    if let Some(languages) = &filter.languages {
        let values = languages.iter().map(|range| language_value(range.as_str()));
        held.push((StatementFacet::Language, values.collect()));
    }
    let no_words = matching.as_ref().is_some_and(Matching::is_empty);
    if no_words || held.iter().any(|(_, values)| values.is_empty()) {
        return Ok(None);
    }
    let mut statuses = filter.statuses.unwrap_or(vec![StatementStatus::Published]);
    statuses.sort_unstable();
    statuses.dedup();
    Ok(Some(Resolved {
        matching,
        languages: filter.languages.unwrap_or_default(),
        statuses,
        origins: filter.origins,
        min_confidence: filter.min_confidence,
        held,
        voices: voices(filter.forms.as_deref(), filter.anonymous),
        forms: filter.forms,
        anonymous: filter.anonymous,
        said_from: filter.said_from,
        said_to: filter.said_to,
        published_from: filter.published_from,
        published_to: filter.published_to,
    }))
}

impl Resolved {
    /// The range of moments that the filter sets on the sort key of a facet, under a value.
    pub fn range_of(&self, facet: StatementFacet, value: i64) -> Range {
        let said = (self.said_from, self.said_to);
        let published = (self.published_from, self.published_to);
        match facet {
            StatementFacet::Said | StatementFacet::SpeakerSaid => said,
            StatementFacet::ArticleText => (None, None),
            StatementFacet::Lag => lag::both(published, lag::later(value, said)),
            StatementFacet::LagSaid => lag::both(said, lag::earlier(value, published)),
            _ => published,
        }
    }

    /// The filters but the one that leads.
    pub fn beside(&self, lead: &Lead<'_, StatementFacet>) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(|(_, values)| !lead.is(values))
    }

    /// How a list in this order is read.
    pub fn route(
        &self,
        conn: &mut Conn<'_>,
        order: StatementOrder,
    ) -> QueryResult<Route<'_, StatementFacet>> {
        let mut leads: Vec<_> = self
            .held
            .iter()
            .map(|(facet, values)| led(order, *facet, values))
            .collect();
        // An article has few, and only along it are they in the order in which the public has them.
        let of_article = leads
            .iter()
            .find(|lead| lead.facet == StatementFacet::ArticleText);
        if let Some(lead) = of_article {
            return Ok(Route::Walk(*lead));
        }
        let (all, other, lag) = match order {
            StatementOrder::Said => (
                StatementFacet::Said,
                StatementFacet::Published,
                StatementFacet::LagSaid,
            ),
            // What is listed as it stands in one article has that article for a filter.
            StatementOrder::Published | StatementOrder::Relevance | StatementOrder::Text => (
                StatementFacet::Published,
                StatementFacet::Said,
                StatementFacet::Lag,
            ),
        };
        // What is compared along the way may be rare too.
        if !self.voices.is_empty() {
            leads.push(led(order, StatementFacet::Voice, &self.voices));
        }
        let whole = led(order, all, &[ALL]);
        if self.range_of(other, ALL) != (None, None) {
            let ranged = [led(order, lag, &lag::STEPS), led(order, other, &[ALL])];
            leads.extend(ranged);
        } else if self.range_of(all, ALL) != (None, None) {
            leads.push(whole);
        }
        let range_of = |facet, value| self.range_of(facet, value);
        Route::choose(leads, whole, |lead, most| size!(conn, lead, range_of, most))
    }

    /// What few statements hold, if the filter asks for such.
    pub fn rare(&self, conn: &mut Conn<'_>) -> QueryResult<Option<Lead<'_, StatementFacet>>> {
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

/// The values of the voices in any of some forms, with or without a name; none where it does not matter.
fn voices(forms: Option<&[Form]>, anonymous: Option<bool>) -> Vec<i64> {
    if forms.is_none() && anonymous.is_none() {
        return Vec::new();
    }
    let mut voices: Vec<i64> = forms
        .unwrap_or(Form::ALL)
        .iter()
        .flat_map(|form| [false, true].map(|unnamed| (*form, unnamed)))
        .filter(|(_, unnamed)| anonymous.is_none_or(|wanted| wanted == *unnamed))
        .map(|(form, unnamed)| voice_value(form, unnamed))
        .collect();
    voices.sort_unstable();
    voices.dedup();
    voices
}

/// Some values of a facet as a lead, along the facet that has them in the order of the list where there is one.
fn led(order: StatementOrder, facet: StatementFacet, values: &[i64]) -> Lead<'_, StatementFacet> {
    use StatementFacet::{Article, ArticleText, LagSaid, Said, Speaker, SpeakerSaid};
    let (facet, in_order) = match (order, facet) {
        (StatementOrder::Said, Speaker) => (SpeakerSaid, true),
        (StatementOrder::Text, Article) => (ArticleText, true),
        (StatementOrder::Published | StatementOrder::Relevance, facet) => {
            (facet, !matches!(facet, Said | LagSaid))
        }
        (StatementOrder::Said, facet) => (facet, matches!(facet, Said | LagSaid)),
        (StatementOrder::Text, facet) => (facet, false),
    };
    Lead {
        facet,
        values,
        in_order,
    }
}
