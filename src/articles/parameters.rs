//! What a list of articles may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use super::queries::{ArticleFilter, ArticleOrder, ArticleStanding};
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::text_enum;
use crate::http::values::{CommaList, KeyList, LanguageList, values};

text_enum! {
    /// In which order articles are listed; a leading `-` means falling.
    pub enum ArticleSort {
        Newest = "-published_at",
        Oldest = "published_at",
        LastChanged = "-updated_at",
    }
}

impl ArticleSort {
    /// The order, and whether it falls.
    pub const fn order(self) -> (ArticleOrder, bool) {
        match self {
            Self::Newest => (ArticleOrder::Published, true),
            Self::Oldest => (ArticleOrder::Published, false),
            Self::LastChanged => (ArticleOrder::Updated, true),
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

/// What to add.
pub type IncludeList = CommaList<ArticleInclude>;

/// Which articles to list, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListArticles {
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
    /// In which order; the first unless asked for.
    #[param(inline, value_type = Option<ArticleSort>)]
    pub sort: Option<ArticleSort>,
    /// What to add to each article: any of `body`, `statements`, `translations`, as a comma list.
    #[param(inline, style = Form, explode = false)]
    pub include: Option<IncludeList>,
}

impl ListArticles {
    pub fn filter(self) -> ArticleFilter {
        ArticleFilter {
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
