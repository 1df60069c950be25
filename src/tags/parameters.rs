//! What a list of tags may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use super::types::TagKind;
use crate::domain::{Thing, text_enum};
use crate::http::ApiError;
use crate::http::parameters::CommaList;
use crate::naming::queries::{EntityFilter, EntityOrder};

text_enum! {
    /// In which order tags are listed; a leading `-` means falling.
    pub enum TagSort {
        MostArticlesFirst = "-article_count",
        Name = "name",
    }
}

impl TagSort {
    /// The order, and whether it falls.
    pub const fn order(self) -> (EntityOrder, bool) {
        match self {
            Self::MostArticlesFirst => (EntityOrder::ArticleCount, true),
            Self::Name => (EntityOrder::Name, false),
        }
    }
}

/// Which tags to list, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListTags {
    /// Words of a name, in any of its languages and spellings; each may be cut short. Vowel marks, letter variants and
    /// accents do not matter.
    #[param(min_length = 1, max_length = 300, example = "مياه")]
    pub q: Option<String>,
    /// Only these kinds: `topic`, `place`, `person`, `organisation`, `event`.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 5, example = json!(["place"]))]
    pub kind: Option<CommaList<TagKind>>,
    /// In which order.
    #[param(inline, value_type = Option<TagSort>)]
    pub sort: Option<TagSort>,
}

impl ListTags {
    pub fn filter(self) -> Result<EntityFilter, ApiError> {
        Ok(EntityFilter {
            thing: Thing::Tag,
            words: self.q,
            kinds: CommaList::values(self.kind, "kind")?
                .map(|kinds| kinds.iter().map(ToString::to_string).collect()),
            countries: None,
            languages: None,
        })
    }
}
