//! What a list of outlets may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::language::Language;
use crate::domain::{Thing, text_enum};
use crate::http::ApiError;
use crate::http::parameters::CommaList;
use crate::naming::queries::{EntityFilter, EntityOrder};

text_enum! {
    /// In which order outlets are listed; a leading `-` means falling.
    pub enum OutletSort {
        MostArticlesFirst = "-article_count",
        Name = "name",
    }
}

impl OutletSort {
    /// The order, and whether it falls.
    pub const fn order(self) -> (EntityOrder, bool) {
        match self {
            Self::MostArticlesFirst => (EntityOrder::ArticleCount, true),
            Self::Name => (EntityOrder::Name, false),
        }
    }
}

/// Which outlets to list, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListOutlets {
    /// Words of a name, in any of its languages and spellings; each may be cut short. Vowel marks, letter variants and
    /// accents do not matter.
    #[param(min_length = 1, max_length = 300, example = "صوت")]
    pub q: Option<String>,
    /// Only those in these countries, as ISO 3166-1 alpha-2.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20, example = json!(["XA"]))]
    pub country: Option<CommaList<String>>,
    /// Only those that publish in any of these languages, as BCP 47 tags; `ar` takes `ar-EG` too.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, max_items = 20, example = json!(["ar"]))]
    pub language: Option<CommaList<Language>>,
    /// In which order.
    #[param(inline, value_type = Option<OutletSort>)]
    pub sort: Option<OutletSort>,
}

impl ListOutlets {
    pub fn filter(self) -> Result<EntityFilter, ApiError> {
        Ok(EntityFilter {
            thing: Thing::Outlet,
            words: self.q,
            kinds: None,
            countries: CommaList::values(self.country, "country")?
                .map(|codes| codes.iter().map(|code| code.to_ascii_uppercase()).collect()),
            languages: CommaList::values(self.language, "language")?,
        })
    }
}
