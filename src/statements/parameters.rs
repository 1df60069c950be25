//! What a list of statements may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use super::queries::{StatementFilter, StatementOrder};
use super::types::Form;
use crate::domain::key::Key;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::text_enum;
use crate::http::ApiError;
use crate::http::parameters::CommaList;

text_enum! {
    /// In which order statements are listed; a leading `-` means falling.
    pub enum StatementSort {
        NewestFirst = "-published_at",
        LastSaidFirst = "-said_at",
        FirstSaidFirst = "said_at",
    }
}

impl StatementSort {
    /// The order, and whether it falls.
    pub const fn order(self) -> (StatementOrder, bool) {
        match self {
            Self::NewestFirst => (StatementOrder::Published, true),
            Self::LastSaidFirst => (StatementOrder::Said, true),
            Self::FirstSaidFirst => (StatementOrder::Said, false),
        }
    }
}

/// Which statements to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FilterStatements {
    /// Only what any of these speakers said, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub speaker: Option<CommaList<Key>>,
    /// Only what is credited to any of these outlets, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub outlet: Option<CommaList<Key>>,
    /// Only what stands in articles of any of these outlets, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub publisher: Option<CommaList<Key>>,
    /// Only what came through any of these, speakers or outlets at any hop, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub via: Option<CommaList<Key>>,
    /// Only what stands in articles with all of these tags, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20, example = json!(["المياه"]))]
    pub tag: Option<CommaList<Key>>,
    /// Only these forms: `direct`, `indirect`, `mixed`.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 3, example = json!(["direct"]))]
    pub form: Option<CommaList<Form>>,
    /// Only what an unnamed source said, or only what a named one said.
    #[param(example = true)]
    pub anonymous: Option<bool>,
    /// Only what was said in any of these languages, as BCP 47 tags; `ar` takes `ar-EG` too.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20, example = json!(["ar"]))]
    pub language: Option<CommaList<Language>>,
    /// Only what was said at this moment or later; a bare date is midnight UTC. Where nobody tells when something was
    /// said, its publication counts.
    #[param(value_type = Option<String>, max_length = 40, example = "2026-03-01")]
    pub said_from: Option<Moment>,
    /// Only what was said before this moment; a bare date is midnight UTC.
    #[param(value_type = Option<String>, max_length = 40, example = "2026-12-01T00:00:00Z")]
    pub said_to: Option<Moment>,
    /// Only what was published at this moment or later; a bare date is midnight UTC.
    #[param(value_type = Option<String>, max_length = 40, example = "2026-03-01")]
    pub published_from: Option<Moment>,
    /// Only what was published before this moment; a bare date is midnight UTC.
    #[param(value_type = Option<String>, max_length = 40, example = "2026-12-01T00:00:00Z")]
    pub published_to: Option<Moment>,
}

/// What only the list over all articles may be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListStatements {
    /// Only what stands in any of these articles, by slug or id.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20)]
    pub article: Option<CommaList<Key>>,
    /// In which order.
    #[param(inline, value_type = Option<StatementSort>)]
    pub sort: Option<StatementSort>,
}

impl FilterStatements {
    pub fn filter(self) -> Result<StatementFilter, ApiError> {
        Ok(StatementFilter {
            speakers: CommaList::values(self.speaker, "speaker")?,
            outlets: CommaList::values(self.outlet, "outlet")?,
            publishers: CommaList::values(self.publisher, "publisher")?,
            via: CommaList::values(self.via, "via")?,
            articles: None,
            tags: CommaList::values(self.tag, "tag")?,
            forms: CommaList::values(self.form, "form")?,
            anonymous: self.anonymous,
            languages: CommaList::values(self.language, "language")?,
            said_from: self.said_from,
            said_to: self.said_to,
            published_from: self.published_from,
            published_to: self.published_to,
        })
    }
}
