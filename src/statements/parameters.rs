//! What a list of statements may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use super::queries::{StatementFilter, StatementOrder};
use super::types::Form;
use crate::domain::moment::Moment;
use crate::domain::text_enum;
use crate::http::values::{CommaList, KeyList, LanguageList, values};

text_enum! {
    /// In which order statements are listed; a leading `-` means falling.
    pub enum StatementSort {
        Newest = "-published_at",
        LastSaid = "-said_at",
        FirstSaid = "said_at",
    }
}

impl StatementSort {
    /// The order, and whether it falls.
    pub const fn order(self) -> (StatementOrder, bool) {
        match self {
            Self::Newest => (StatementOrder::Published, true),
            Self::LastSaid => (StatementOrder::Said, true),
            Self::FirstSaid => (StatementOrder::Said, false),
        }
    }
}

/// Forms, of which any will do.
pub type FormList = CommaList<Form>;

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
}

/// What only the list over all articles may be asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListStatements {
    /// Only what stands in any of these articles, by slug or id.
    #[param(inline, style = Form, explode = false)]
    pub article: Option<KeyList>,
    /// In which order; the first unless asked for.
    #[param(inline, value_type = Option<StatementSort>)]
    pub sort: Option<StatementSort>,
}

impl FilterStatements {
    pub fn filter(self) -> StatementFilter {
        StatementFilter {
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
        }
    }
}
