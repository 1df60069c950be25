//! Which lists a visible thing stands in, and where: what the public's lists are read from.
//!
//! A posting is an entry of an inverted index: under a value of a facet, at a sort key, stands a thing. Every list is a
//! walk along one facet, and every further filter a look into another. Counts are numbers of postings.
use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_64;

use super::records::{ArticleRecord, StatementRecord};
use crate::domain::lag;

/// By what articles are found. The numbers are stored: never reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i32)]
pub enum ArticleFacet {
    /// All, by publication.
    Published = 1,
    /// All, by the moment of the last change.
    Updated = 2,
    /// By publishing outlet.
    Outlet = 3,
    Tag = 4,
    /// By who made a statement in it.
    Speaker = 5,
    /// By who stands at any hop of a statement in it.
    Via = 6,
    /// By language, under every range that the tag is within.
    Language = 7,
    /// All, by publication; under how long after it they were last changed.
    Lag = 8,
    /// The same, by the moment of the last change.
    LagUpdated = 9,
}

impl ArticleFacet {
    /// Whether it has articles by the moment of the last change, not by publication.
    pub fn is_by_update(self) -> bool {
        matches!(self, Self::Updated | Self::LagUpdated)
    }
}

/// By what statements are found. The numbers are stored: never reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i32)]
pub enum StatementFacet {
    /// All, by publication of the article.
    Published = 1,
    /// All, by the moment they were said.
    Said = 2,
    Speaker = 3,
    /// By speaker, by the moment they were said.
    SpeakerSaid = 4,
    /// By the outlet that is credited.
    Outlet = 5,
    /// By the outlet that published the article.
    Publisher = 6,
    /// By who stands at any hop.
    Via = 7,
    /// By tag of the article.
    Tag = 8,
    Article = 9,
    /// By article, in text order.
    ArticleText = 10,
    /// By language, under every range that the tag is within.
    Language = 11,
    /// All, by publication of the article; under how long before it they were said.
    Lag = 12,
    /// The same, by the moment they were said.
    LagSaid = 13,
}

/// One entry: the facet's number, the value and the sort key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Posting {
    pub facet: i32,
    pub value: i64,
    pub sort_key: i64,
}

/// The value of a facet that has but one.
pub const ALL: i64 = 0;

/// The value of a language tag or range: a hash, the same on every machine.
pub fn language_value(range: &str) -> i64 {
    i64::from_le_bytes(xxh3_64(range.as_bytes()).to_le_bytes())
}

/// Where the public finds an article; nowhere while it may not see it.
pub fn of_article(record: &ArticleRecord) -> BTreeSet<Posting> {
    let mut postings = BTreeSet::new();
    let row = &record.row;
    if !row.visible {
        return postings;
    }
    let mut add = |facet: ArticleFacet, value, sort_key| {
        postings.insert(Posting {
            facet: facet as i32,
            value,
            sort_key,
        });
    };
    let published = row.published_key.0;
    add(ArticleFacet::Published, ALL, published);
    add(ArticleFacet::Updated, ALL, row.updated_at.0);
    let lag = lag::step(row.updated_at.0 - published);
    add(ArticleFacet::Lag, lag, published);
    add(ArticleFacet::LagUpdated, lag, row.updated_at.0);
    add(ArticleFacet::Outlet, record.outlet.id, published);
    for range in row.language.ranges() {
        add(ArticleFacet::Language, language_value(range), published);
    }
    for tag in &record.tags {
        add(ArticleFacet::Tag, tag.id, published);
    }
    for statement in record.statements.iter().filter(|s| s.row.visible) {
        if let Some(speaker) = statement.speaker() {
            add(ArticleFacet::Speaker, speaker.id, published);
        }
        for party in statement.hops.iter().filter_map(|hop| hop.named()) {
            add(ArticleFacet::Via, party.id, published);
        }
    }
    postings
}

/// Where the public finds a statement; nowhere while it may not see it.
pub fn of_statement(article: &ArticleRecord, statement: &StatementRecord) -> BTreeSet<Posting> {
    let mut postings = BTreeSet::new();
    let row = &statement.row;
    if !row.visible {
        return postings;
    }
    let mut add = |facet: StatementFacet, value, sort_key| {
        postings.insert(Posting {
            facet: facet as i32,
            value,
            sort_key,
        });
    };
    let published = row.published_key.0;
    add(StatementFacet::Published, ALL, published);
    add(StatementFacet::Said, ALL, row.said_key.0);
    let lag = lag::step(published - row.said_key.0);
    add(StatementFacet::Lag, lag, published);
    add(StatementFacet::LagSaid, lag, row.said_key.0);
    if let Some(speaker) = statement.speaker() {
        add(StatementFacet::Speaker, speaker.id, published);
        add(StatementFacet::SpeakerSaid, speaker.id, row.said_key.0);
    }
    if let Some(outlet) = statement.credited_outlet() {
        add(StatementFacet::Outlet, outlet.id, published);
    }
    add(StatementFacet::Publisher, article.outlet.id, published);
    for party in statement.hops.iter().filter_map(|hop| hop.named()) {
        add(StatementFacet::Via, party.id, published);
    }
    for tag in &article.tags {
        add(StatementFacet::Tag, tag.id, published);
    }
    add(StatementFacet::Article, article.id, published);
    add(StatementFacet::ArticleText, article.id, row.position);
    for range in row.language.ranges() {
        add(StatementFacet::Language, language_value(range), published);
    }
    postings
}

/// So many postings are walked along rather than gathered, and not counted further.
pub const MANY: usize = 10_000;

/// Things that hold any of some values of a facet: what a list can be led by.
#[derive(Debug, Clone, Copy)]
pub struct Lead<'a, F> {
    pub facet: F,
    pub values: &'a [i64],
    /// Whether the facet has them in the order of the list.
    pub in_order: bool,
}

impl<F> Lead<'_, F> {
    /// Whether this is what leads: the very values, not equal ones.
    pub fn is(&self, values: &[i64]) -> bool {
        std::ptr::eq(self.values, values)
    }
}

/// How a list is read.
#[derive(Debug, Clone, Copy)]
pub enum Route<'a, F> {
    /// In its own order, as far as a page goes: one walk a value.
    Walk(Lead<'a, F>),
    /// All that the lead holds, fewer than [`MANY`], to be put in order afterwards.
    Gather(Lead<'a, F>),
}

impl<'a, F: Copy> Route<'a, F> {
    /// Lets that lead which the fewest things hold, so that the fewest are looked at in vain. `whole` is the list without
    /// any filter, in its order; `size_of` counts the postings of a lead, up to [`MANY`].
    pub fn choose<E>(
        leads: Vec<Lead<'a, F>>,
        whole: Lead<'a, F>,
        mut size_of: impl FnMut(&Lead<'a, F>) -> Result<usize, E>,
    ) -> Result<Self, E> {
        match leads.as_slice() {
            [] => return Ok(Self::Walk(whole)),
            [only] if only.in_order => return Ok(Self::Walk(*only)),
            _ => {}
        }
        let mut sized = Vec::with_capacity(leads.len() + 1);
        for lead in leads {
            sized.push((size_of(&lead)?, lead));
        }
        sized.sort_by_key(|(size, _)| *size);
        sized.push((usize::MAX, whole));
        let least = |in_order: bool| sized.iter().find(|(_, lead)| lead.in_order == in_order);
        Ok(match (least(true), least(false)) {
            // Of a walk only a page is read, unless much of what is met on it is in vain.
            (Some((walked, _)), Some((gathered, lead)))
                if *gathered < MANY && (*walked >= MANY || *gathered < *walked / 4) =>
            {
                Self::Gather(*lead)
            }
            (Some((_, lead)), _) => Self::Walk(*lead),
            (None, _) => Self::Walk(whole),
        })
    }
}

/// How postings add up in what an entity tells of itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles: an outlet's as publisher, a tag's.
    pub articles: i64,
    /// Statements: a speaker's at hop 0, an outlet's as the credited one.
    pub statements: i64,
    /// Everything visible that refers to the entity.
    pub mentions: i64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.statements += other.statements;
        self.mentions += other.mentions;
    }
}

/// What one article posting counts for, at the entity that is its value.
pub fn article_counts(posting: &Posting, sign: i64) -> Option<(i64, Counts)> {
    let counted = [ArticleFacet::Outlet as i32, ArticleFacet::Tag as i32];
    counted.contains(&posting.facet).then_some((
        posting.value,
        Counts {
            articles: sign,
            statements: 0,
            mentions: sign,
        },
    ))
}

/// What one statement posting counts for, at the entity that is its value.
pub fn statement_counts(posting: &Posting, sign: i64) -> Option<(i64, Counts)> {
    let said = [
        StatementFacet::Speaker as i32,
        StatementFacet::Outlet as i32,
    ];
    let statements = i64::from(said.contains(&posting.facet)) * sign;
    let mentions = i64::from(posting.facet == StatementFacet::Via as i32) * sign;
    (statements != 0 || mentions != 0).then_some((
        posting.value,
        Counts {
            articles: 0,
            statements,
            mentions,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which lead is chosen, walked or gathered, of leads by name, size and whether they are in order.
    fn chosen(leads: &[(&'static str, usize, bool)]) -> String {
        let lead = |facet, in_order| Lead {
            facet,
            values: &[ALL],
            in_order,
        };
        let given = leads
            .iter()
            .map(|(name, _, in_order)| lead(*name, *in_order));
        let size_of = |lead: &Lead<'_, &str>| {
            let found = leads.iter().find(|(name, ..)| *name == lead.facet);
            found
                .map(|(_, size, _)| (*size).min(MANY))
                .ok_or("counted the whole list")
        };
        match Route::choose(given.collect(), lead("whole", true), size_of).unwrap() {
            Route::Walk(lead) => format!("walk {}", lead.facet),
            Route::Gather(lead) => format!("gather {}", lead.facet),
        }
    }

    #[test]
    fn a_list_is_walked_along_the_rarest_that_is_in_its_order() {
        assert_eq!(chosen(&[]), "walk whole");
        assert_eq!(chosen(&[("tag", MANY, true)]), "walk tag");
        assert_eq!(
            chosen(&[("tag", 90, true), ("speaker", 7, true)]),
            "walk speaker"
        );
        assert_eq!(chosen(&[("tag", MANY, false)]), "walk whole");
        assert_eq!(
            chosen(&[("tag", MANY, false), ("range", MANY, true)]),
            "walk range"
        );
    }

    #[test]
    fn few_in_another_order_are_gathered() {
        assert_eq!(chosen(&[("tag", MANY - 1, false)]), "gather tag");
        assert_eq!(
            chosen(&[("tag", 90, false), ("speaker", 7, false)]),
            "gather speaker"
        );
        assert_eq!(
            chosen(&[("tag", 90, false), ("range", MANY, true)]),
            "gather tag"
        );
        assert_eq!(
            chosen(&[("tag", 90, false), ("range", 400, true)]),
            "gather tag"
        );
        assert_eq!(
            chosen(&[("tag", 90, false), ("range", 300, true)]),
            "walk range"
        );
    }
}
