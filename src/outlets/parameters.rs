//! What a list of outlets may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::country::Country;
use crate::domain::{Thing, text_enum};
use crate::http::values::{CommaList, LanguageList, Words, values};
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

/// Countries, of which any will do.
pub type CountryList = CommaList<Country>;

/// Which outlets to list, and in which order.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListOutlets {
    /// Words of a name, in any of its languages and spellings; each may be cut short. Vowel marks, letter variants and
    /// accents do not matter.
    #[param(inline)]
    pub q: Option<Words>,
    /// Only those in these countries, as ISO 3166-1 alpha-2.
    #[param(inline, style = Form, explode = false)]
    pub country: Option<CountryList>,
    /// Only those that publish in any of these languages, as BCP 47 tags; `ar` takes `ar-EG` too.
    #[param(inline, style = Form, explode = false)]
    pub language: Option<LanguageList>,
    /// Only those that the public does not see, as nothing visible refers to them. Takes a key with the scope `read`.
    #[serde(default)]
    #[param(value_type = Option<bool>, default = false)]
    pub hidden: bool,
    /// In which order; the first unless asked for.
    #[param(inline, value_type = Option<OutletSort>)]
    pub sort: Option<OutletSort>,
}

impl ListOutlets {
    pub fn filter(self) -> EntityFilter {
        EntityFilter {
            thing: Thing::Outlet,
            hidden: self.hidden,
            words: self.q.map(|words| words.0),
            kinds: None,
            countries: values(self.country)
                .map(|codes| codes.into_iter().map(|code| code.0).collect()),
            languages: values(self.language),
        }
    }
}
