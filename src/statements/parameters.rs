//! What a list of statements may be asked.
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::queries::{StatementFacetName, StatementFilter, StatementOrder};
use super::types::{Form, Origin, StatementStatus};
use crate::domain::moment::Moment;
use crate::domain::text_enum;
use crate::http::ApiError;
use crate::http::values::{
    CommaList, KeyList, LanguageList, NOT_RELEVANT, NOT_SEARCHED, Words, values,
};
use crate::search::matching::Matching;

text_enum! {
    /// In which order statements are listed; a leading `-` means falling.
    pub enum StatementSort {
        Newest = "-published_at",
        LastSaid = "-said_at",
        FirstSaid = "said_at",
        Relevance = "relevance",
    }
}

impl StatementSort {
    /// The order, and whether it falls.
    pub const fn order(self) -> (StatementOrder, bool) {
        match self {
            Self::Newest => (StatementOrder::Published, true),
            Self::LastSaid => (StatementOrder::Said, true),
            Self::FirstSaid => (StatementOrder::Said, false),
            Self::Relevance => (StatementOrder::Relevance, true),
        }
    }
}

/// Forms, of which any will do.
pub type FormList = CommaList<Form>;

/// Statuses, of which any will do.
pub type StatusList = CommaList<StatementStatus>;

/// Origins, of which any will do.
pub type OriginList = CommaList<Origin>;

/// By what to count.
pub type StatementFacetList = CommaList<StatementFacetName, { StatementFacetName::ALL.len() }>;

/// How sure a rule is, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence(pub f64);

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let confidence = text.parse().ok().filter(|it| (0.0..=1.0).contains(it));
        confidence
            .map(Self)
            .ok_or_else(|| D::Error::custom("must be a number from 0 to 1, such as 0.8"))
    }
}

impl PartialSchema for Confidence {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .minimum(Some(0))
            .maximum(Some(1))
            .into()
    }
}

impl ToSchema for Confidence {}

/// Which statements to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilterStatements {
    /// Only what any of these speakers said, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub speaker: Option<KeyList>,
    /// Only what is credited to any of these outlets, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub outlet: Option<KeyList>,
    /// Only what stands in articles of any of these outlets, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub publisher: Option<KeyList>,
    /// Only what came through any of these, speakers or outlets at any hop, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub via: Option<KeyList>,
    /// Only what stands in articles with all of these tags, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub tag: Option<KeyList>,
    /// Only these forms: `direct`, `indirect`, `mixed`.
    #[param(inline, style = Form, explode = false)]
    pub form: Option<FormList>,
    /// Only what an unnamed source said, or only what a named one said.
    pub anonymous: Option<bool>,
    /// Only what was said in any of these languages, as BCP 47 tags; `ar` takes `ar-EG` too.
    #[param(inline, style = Form, explode = false)]
    pub language: Option<LanguageList>,
    /// Only what was said at this moment or later; a bare date is midnight UTC. Where nobody tells when something was
    /// said, its publication counts.
    #[param(inline)]
    pub said_from: Option<Moment>,
    /// Only what was said before this moment; a bare date is midnight UTC.
    #[param(inline)]
    pub said_to: Option<Moment>,
    /// Only what was published at this moment or later; a bare date is midnight UTC.
    #[param(inline)]
    pub published_from: Option<Moment>,
    /// Only what was published before this moment; a bare date is midnight UTC.
    #[param(inline)]
    pub published_to: Option<Moment>,
    /// Where they stand: any of `published`, `proposed`, `rejected`, `retracted`, as a comma list; `published`, which is what the
    /// public sees, unless asked for. Others take a key with the scope `read`.
    #[param(inline, style = Form, explode = false)]
    pub status: Option<StatusList>,
    /// Only those that came into the store in one of these ways: `editor`, `import`, `extracted`. Takes a key with the scope `read`.
    #[param(inline, style = Form, explode = false)]
    pub origin: Option<OriginList>,
    /// Only those that were extracted by a rule which is at least so sure, 0 to 1. Takes a key with the scope `read`.
    #[param(inline)]
    pub min_confidence: Option<Confidence>,
}

/// What only the list over all articles may be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListStatements {
    /// Only those in which all of these words stand, in the quote or in the names of its chain. `"words in quotation marks"` stand side by
    /// side; `-word` stands nowhere. Forms of one word find each other, however they are spelled.
    #[param(inline)]
    pub q: Option<Words>,
    /// Whether the last word of `q` is only the beginning of one, as while somebody is typing.
    #[serde(default)]
    #[param(value_type = Option<bool>, default = false)]
    pub prefix: bool,
    /// Whether `page.highlights` tells where the words of `q` stand.
    #[serde(default)]
    #[param(value_type = Option<bool>, default = false)]
    pub highlight: bool,
    /// Only what stands in any of these articles, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub article: Option<KeyList>,
    /// In which order; the first unless asked for, with `q` by `relevance`: where all the words stand in the quote, then in the quote and
    /// what the speaker is called, then in quote and chain; the newest first in each.
    #[param(inline, value_type = Option<StatementSort>)]
    pub sort: Option<StatementSort>,
    /// Count the whole list into `page.facets` by any of `speaker`, `outlet` (the credited one), `tag`, `language`, `form`, `month` (of publication,
    /// in UTC), as a comma list: the newest 10,000 at most.
    #[param(inline, style = Form, explode = false)]
    pub facet: Option<StatementFacetList>,
}

impl ListStatements {
    /// What is searched for.
    pub fn matching(&self) -> Result<Option<Matching>, ApiError> {
        match &self.q {
            Some(q) => Ok(Some(Matching::of(&q.0, self.prefix))),
            None if self.prefix => Err(ApiError::parameter("prefix", NOT_SEARCHED)),
            None if self.highlight => Err(ApiError::parameter("highlight", NOT_SEARCHED)),
            None => Ok(None),
        }
    }

    /// The order that is asked for, or that the list has by itself.
    pub fn order(&self) -> Result<StatementSort, ApiError> {
        match (self.sort, &self.q) {
            (Some(StatementSort::Relevance), None) => {
                Err(ApiError::parameter("sort", NOT_RELEVANT))
            }
            (Some(sort), _) => Ok(sort),
            (None, Some(_)) => Ok(StatementSort::Relevance),
            (None, None) => Ok(StatementSort::Newest),
        }
    }
}

impl FilterStatements {
    pub fn filter(self) -> StatementFilter {
        StatementFilter {
            matching: None,
            speakers: values(self.speaker),
            outlets: values(self.outlet),
            publishers: values(self.publisher),
            via: values(self.via),
            articles: None,
            tags: values(self.tag),
            forms: values(self.form),
            anonymous: self.anonymous,
            languages: values(self.language),
            said_from: self.said_from,
            said_to: self.said_to,
            published_from: self.published_from,
            published_to: self.published_to,
            statuses: values(self.status),
            origins: values(self.origin),
            min_confidence: self.min_confidence.map(|it| it.0),
        }
    }
}
