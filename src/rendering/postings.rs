//! Which lists a visible thing stands in, and where: what the public's lists are read from.
//!
//! A posting is an entry of an inverted index: under a value of a facet, at a sort key, stands a thing. Every list is a
//! walk along one facet, and every further filter a look into another. Counts are numbers of postings.
use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_64;

use super::records::{ArticleRecord, StatementRecord};
use crate::domain::lag;
use crate::statements::types::Form;

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
    /// By whether it has statements.
    HasStatements = 10,
}

impl ArticleFacet {
    /// Those whose values are speakers, outlets and tags.
    pub const OF_RECORDS: [Self; 4] = [Self::Outlet, Self::Tag, Self::Speaker, Self::Via];

    /// Those by which [`Counts::articles`] counts.
    pub const COUNTED: [Self; 2] = [Self::Outlet, Self::Tag];

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
    /// By form, and by whether the source has a name.
    Voice = 14,
}

impl StatementFacet {
    /// Those whose values are speakers, outlets and tags.
    pub const OF_RECORDS: [Self; 6] = [
        Self::Speaker,
        Self::SpeakerSaid,
        Self::Outlet,
        Self::Publisher,
        Self::Via,
        Self::Tag,
    ];

    /// Those by which [`Counts::statements`] counts.
    pub const COUNTED: [Self; 2] = [Self::Speaker, Self::Outlet];
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

/// The value of a form, said by a source with or without a name.
pub fn voice_value(form: Form, anonymous: bool) -> i64 {
    let form = match form {
        Form::Direct => 0,
        Form::Indirect => 2,
        Form::Mixed => 4,
    };
    form + i64::from(anonymous)
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
    let visible = || record.statements.iter().filter(|s| s.row.visible);
    let has_statements = i64::from(visible().next().is_some());
    add(ArticleFacet::HasStatements, has_statements, published);
    for statement in visible() {
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
    let voice = voice_value(row.form, row.anonymous);
    add(StatementFacet::Voice, voice, published);
    add(StatementFacet::Article, article.id, published);
    add(StatementFacet::ArticleText, article.id, statement.place);
    for range in row.language.ranges() {
        add(StatementFacet::Language, language_value(range), published);
    }
    postings
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
    let counted = ArticleFacet::COUNTED.map(|facet| facet as i32);
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
    let counted = StatementFacet::COUNTED.map(|facet| facet as i32);
    let statements = i64::from(counted.contains(&posting.facet)) * sign;
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
