//! What a list of tags may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use super::types::TagKind;
use crate::domain::{Thing, text_enum};
use crate::http::values::{CommaList, Words, values};
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

/// Kinds, of which any will do.
pub type KindList = CommaList<TagKind>;

/// Which tags to list, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListTags {
    /// Words of a name, in any of its languages and spellings; each may be cut short. Vowel marks, letter variants and
    /// accents do not matter.
    #[param(inline)]
    pub q: Option<Words>,
    /// Only these kinds: `topic`, `place`, `person`, `organisation`, `event`.
    #[param(inline, style = Form, explode = false)]
    pub kind: Option<KindList>,
    /// Only those that the public does not see, as nothing visible refers to them. Takes a key with the scope `read`.
    #[serde(default)]
    #[param(value_type = Option<bool>, default = false)]
    pub hidden: bool,
    /// In which order; the first unless asked for.
    #[param(inline, value_type = Option<TagSort>)]
    pub sort: Option<TagSort>,
}

impl ListTags {
    pub fn filter(self) -> EntityFilter {
        EntityFilter {
            thing: Thing::Tag,
            hidden: self.hidden,
            words: self.q.map(|words| words.0),
            kinds: values(self.kind).map(|kinds| kinds.iter().map(ToString::to_string).collect()),
            countries: None,
            languages: None,
        }
    }
}

/// Whether a tag is taken off what has it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Detaching {
    /// Take the tag off every article that has it. Without this, a tag that articles have is not deleted.
    #[serde(default)]
    #[param(value_type = Option<bool>, default = false)]
    pub detach: bool,
}
