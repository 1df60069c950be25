//! What suggestions may be asked.
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::{Thing, bounds, text_enum};
use crate::http::values::{CommaList, Sequence, Words};

text_enum! {
    /// What is suggested.
    pub enum SuggestedThing {
        Speaker = "speaker",
        Outlet = "outlet",
        Tag = "tag",
        Article = "article",
    }
}

impl From<SuggestedThing> for Thing {
    fn from(thing: SuggestedThing) -> Self {
        match thing {
            SuggestedThing::Speaker => Self::Speaker,
            SuggestedThing::Outlet => Self::Outlet,
            SuggestedThing::Tag => Self::Tag,
            SuggestedThing::Article => Self::Article,
        }
    }
}

/// Things to suggest.
pub type ThingList = CommaList<SuggestedThing>;

/// How many there are of each kind: 1 to 10, 5 unless asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SuggestionCount(pub u8);

impl Default for SuggestionCount {
    fn default() -> Self {
        Self(5)
    }
}

impl TryFrom<String> for SuggestionCount {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
            .ok()
            .filter(|count| (1..=bounds::SUGGESTIONS).contains(count))
            .map(Self)
            .ok_or("must be a whole number from 1 to 10")
    }
}

/// What was typed, and what to suggest.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Suggest {
    /// What somebody has typed so far: all of its words are sought, each of a name and the last of a title perhaps cut short. Vowel
    /// marks, letter variants, accents and the Arabic article do not matter.
    #[param(inline, value_type = Words, required = true, example = "مرجان")]
    pub q: Option<Words>,
    /// What to suggest: any of `speaker`, `outlet`, `tag`, `article`, as a comma list; all of them unless asked for.
    #[param(inline, style = Form, explode = false)]
    pub thing: Option<ThingList>,
    /// How many of each kind at most. More than 10 is refused.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 10, default = 5)]
    pub limit: SuggestionCount,
    /// Answer with what the write of this `X-Sequence` left, or a later one. Takes a key with the scope `read`.
    #[param(inline)]
    pub min_sequence: Option<Sequence>,
}
