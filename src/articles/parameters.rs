//! What a list of articles may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use super::queries::{ArticleFilter, ArticleOrder};
use crate::domain::bounds;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::text_enum;
use crate::http::ApiError;
use crate::http::parameters::CommaList;

text_enum! {
    /// In which order articles are listed; a leading `-` means falling.
    pub enum ArticleSort {
        NewestFirst = "-published_at",
        OldestFirst = "published_at",
        LastChangedFirst = "-updated_at",
    }
}

impl ArticleSort {
    /// The order, and whether it falls.
    pub const fn order(self) -> (ArticleOrder, bool) {
        match self {
            Self::NewestFirst => (ArticleOrder::Published, true),
            Self::OldestFirst => (ArticleOrder::Published, false),
            Self::LastChangedFirst => (ArticleOrder::Updated, true),
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

/// Which articles to list, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListArticles {
    /// Only these, by id; up to 100.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 100, example = json!(["01999a00-0000-7000-8000-000000000001"]))]
    pub ids: Option<CommaList<Id>>,
    /// Only those with all of these tags, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20, example = json!(["المياه"]))]
    pub tag: Option<CommaList<Key>>,
    /// Only those with any of these tags, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub tag_any: Option<CommaList<Key>>,
    /// Only those with none of these tags, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub tag_not: Option<CommaList<Key>>,
    /// Only those that any of these outlets published, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub outlet: Option<CommaList<Key>>,
    /// Only those in which any of these speakers says something, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub speaker: Option<CommaList<Key>>,
    /// Only those in which any of these, speakers or outlets, stands anywhere in a chain, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub via: Option<CommaList<Key>>,
    /// Only those in any of these languages, as BCP 47 tags; `ar` takes `ar-EG` too.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20, example = json!(["ar"]))]
    pub language: Option<CommaList<Language>>,
    /// Only those published at this moment or later; a bare date is midnight UTC.
    #[param(value_type = Option<String>, max_length = 40, example = "2026-03-01")]
    pub published_from: Option<Moment>,
    /// Only those published before this moment; a bare date is midnight UTC.
    #[param(value_type = Option<String>, max_length = 40, example = "2026-12-01T00:00:00Z")]
    pub published_to: Option<Moment>,
    /// Only those changed at this moment or later; a bare date is midnight UTC.
    #[param(value_type = Option<String>, max_length = 40, example = "2026-03-01")]
    pub updated_since: Option<Moment>,
    /// Only those with statements, or only those without.
    #[param(example = true)]
    pub has_statements: Option<bool>,
    /// In which order.
    #[param(inline, value_type = Option<ArticleSort>)]
    pub sort: Option<ArticleSort>,
    /// What to add to each article: any of `body`, `statements`, `translations`, as a comma list.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 3, example = json!(["statements"]))]
    pub include: Option<CommaList<ArticleInclude>>,
}

impl ListArticles {
    pub fn filter(self) -> Result<ArticleFilter, ApiError> {
        Ok(ArticleFilter {
            ids: CommaList::bounded(self.ids, "ids", bounds::IDS)?,
            tags: CommaList::values(self.tag, "tag")?,
            tags_any: CommaList::values(self.tag_any, "tag_any")?,
            tags_not: CommaList::values(self.tag_not, "tag_not")?,
            outlets: CommaList::values(self.outlet, "outlet")?,
            speakers: CommaList::values(self.speaker, "speaker")?,
            via: CommaList::values(self.via, "via")?,
            languages: CommaList::values(self.language, "language")?,
            published_from: self.published_from,
            published_to: self.published_to,
            updated_since: self.updated_since,
            has_statements: self.has_statements,
        })
    }
}
