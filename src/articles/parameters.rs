//! What a list of articles may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use super::queries::{ArticleFacetName, ArticleFilter, ArticleOrder, ArticleStanding};
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::text_enum;
use crate::http::ApiError;
use crate::http::values::{
    CommaList, KeyList, LanguageList, NOT_RELEVANT, NOT_SEARCHED, Words, values,
};
use crate::search::matching::Matching;

text_enum! {
    /// In which order articles are listed; a leading `-` means falling.
    pub enum ArticleSort {
        Newest = "-published_at",
        Oldest = "published_at",
        LastChanged = "-updated_at",
        Relevance = "relevance",
    }
}

impl ArticleSort {
    /// The order, and whether it falls.
    pub const fn order(self) -> (ArticleOrder, bool) {
        match self {
            Self::Newest => (ArticleOrder::Published, true),
            Self::Oldest => (ArticleOrder::Published, false),
            Self::LastChanged => (ArticleOrder::Updated, true),
            Self::Relevance => (ArticleOrder::Relevance, true),
        }
    }
}

text_enum! {
    /// What a list of articles leaves out unless it is asked for.
    pub enum ArticleInclude {
        Body = "body",
        Statements = "statements",
        Translations = "translations",
    }
}

/// Ids of articles.
pub type IdList = CommaList<Id, { bounds::IDS }>;

/// Where articles stand.
pub type StandingList = CommaList<ArticleStanding>;

/// By what to count.
pub type ArticleFacetList = CommaList<ArticleFacetName, { ArticleFacetName::ALL.len() }>;

/// What to add.
pub type IncludeList = CommaList<ArticleInclude>;

/// Which articles to list, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListArticles {
    /// Only those in which all of these words stand, in title, summary, text, statements or names. `"words in quotation marks"` stand side by
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
    /// Only these, by id; up to 100.
    #[param(inline, style = Form, explode = false)]
    pub ids: Option<IdList>,
    /// Only those with all of these tags, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub tag: Option<KeyList>,
    /// Only those with any of these tags, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub tag_any: Option<KeyList>,
    /// Only those with none of these tags, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub tag_not: Option<KeyList>,
    /// Only those that any of these outlets published, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub outlet: Option<KeyList>,
    /// Only those in which any of these speakers says something, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub speaker: Option<KeyList>,
    /// Only those in which any of these, speakers or outlets, stands anywhere in a chain, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub via: Option<KeyList>,
    /// Only those in any of these languages, as BCP 47 tags; `ar` takes `ar-EG` too.
    #[param(inline, style = Form, explode = false)]
    pub language: Option<LanguageList>,
    /// Only those published at this moment or later; a bare date is midnight UTC.
    #[param(inline)]
    pub published_from: Option<Moment>,
    /// Only those published before this moment; a bare date is midnight UTC.
    #[param(inline)]
    pub published_to: Option<Moment>,
    /// Only those changed at this moment or later; a bare date is midnight UTC.
    #[param(inline)]
    pub updated_since: Option<Moment>,
    /// Only those with statements, or only those without.
    pub has_statements: Option<bool>,
    /// Where they stand: any of `draft`, `scheduled`, `published`, `withdrawn`, as a comma list; `published`, which is what the public sees,
    /// unless asked for. Others take a key with the scope `read`.
    #[param(inline, style = Form, explode = false)]
    pub status: Option<StandingList>,
    /// In which order; the first unless asked for, with `q` by `relevance`: where all the words stand in the title, then in title,
    /// summary and names, then in what it says; the newest first in each.
    #[param(inline, value_type = Option<ArticleSort>)]
    pub sort: Option<ArticleSort>,
    /// What to add to each article: any of `body`, `statements`, `translations`, as a comma list.
    #[param(inline, style = Form, explode = false)]
    pub include: Option<IncludeList>,
    /// Count the whole list into `page.facets` by any of `tag`, `speaker`, `outlet`, `language`, `month` (of publication, in UTC), as a comma
    /// list: the newest 10,000 at most.
    #[param(inline, style = Form, explode = false)]
    pub facet: Option<ArticleFacetList>,
}

impl ListArticles {
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
    pub fn order(&self) -> Result<ArticleSort, ApiError> {
        match (self.sort, &self.q) {
            (Some(ArticleSort::Relevance), None) => Err(ApiError::parameter("sort", NOT_RELEVANT)),
            (Some(sort), _) => Ok(sort),
            (None, Some(_)) => Ok(ArticleSort::Relevance),
            (None, None) => Ok(ArticleSort::Newest),
        }
    }

    pub fn filter(self, matching: Option<Matching>) -> ArticleFilter {
        ArticleFilter {
            matching,
            ids: values(self.ids),
            tags: values(self.tag),
            tags_any: values(self.tag_any),
            tags_not: values(self.tag_not),
            outlets: values(self.outlet),
            speakers: values(self.speaker),
            via: values(self.via),
            languages: values(self.language),
            published_from: self.published_from,
            published_to: self.published_to,
            updated_since: self.updated_since,
            has_statements: self.has_statements,
            standings: values(self.status),
        }
    }
}
