//! How suggestions look to clients.
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::language::{Direction, Language};
use crate::domain::moment::Moment;
use crate::speakers::types::SpeakerKind;
use crate::tags::types::TagKind;

/// What somebody may mean who has begun to type. A kind that was not asked for is empty.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Suggestions {
    /// Speakers, those who said most first.
    #[schema(max_items = 10)]
    pub speakers: Vec<SpeakerSuggestion>,
    /// Outlets, those with the most articles first.
    #[schema(max_items = 10)]
    pub outlets: Vec<OutletSuggestion>,
    /// Tags, those with the most articles first.
    #[schema(max_items = 10)]
    pub tags: Vec<TagSuggestion>,
    /// Articles by their titles, the newest first.
    #[schema(max_items = 10)]
    pub articles: Vec<ArticleSuggestion>,
}

/// A speaker who may be meant.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpeakerSuggestion {
    /// The speaker's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The speaker's slug.
    #[schema(max_length = 1000, example = "ليلى-الحارثي")]
    pub slug: String,
    /// The name that is shown.
    #[schema(max_length = 300, example = "ليلى الحارثي")]
    pub name: String,
    /// The other name or spelling that begins as was typed; null where `name` does.
    #[schema(required = true, max_length = 300, example = "Layla al-Harithi")]
    pub found_by: Option<String>,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// How many statements it made.
    #[schema(minimum = 0, example = 3)]
    pub statement_count: i64,
}

/// An outlet that may be meant.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutletSuggestion {
    /// The outlet's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The outlet's slug.
    #[schema(max_length = 1000, example = "صوت-الوادي")]
    pub slug: String,
    /// The name that is shown.
    #[schema(max_length = 300, example = "صوت الوادي")]
    pub name: String,
    /// The other name or spelling that begins as was typed; null where `name` does.
    #[schema(required = true, max_length = 300, example = "Valley Voice")]
    pub found_by: Option<String>,
    /// How many articles it published.
    #[schema(minimum = 0, example = 2)]
    pub article_count: i64,
    /// How many statements articles credit to it.
    #[schema(minimum = 0, example = 5)]
    pub statement_count: i64,
}

/// A tag that may be meant.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagSuggestion {
    /// The tag's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The tag's slug.
    #[schema(max_length = 1000, example = "المياه")]
    pub slug: String,
    /// The name that is shown.
    #[schema(max_length = 300, example = "المياه")]
    pub name: String,
    /// The other name or spelling that begins as was typed; null where `name` does.
    #[schema(required = true, max_length = 300, example = "Water")]
    pub found_by: Option<String>,
    /// What kind of tag.
    pub kind: TagKind,
    /// How many articles have it.
    #[schema(minimum = 0, example = 4)]
    pub article_count: i64,
}

/// An article that may be meant.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleSuggestion {
    /// The article's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The article's slug.
    #[schema(max_length = 1000, example = "اتفاق-على-تقاسم-مياه-النهر")]
    pub slug: String,
    /// The article's headline.
    #[schema(max_length = 500, example = "اتفاق على تقاسم مياه النهر")]
    pub title: String,
    /// The language of the text, as a BCP 47 tag.
    #[schema(value_type = String, max_length = 100, example = "ar")]
    pub language: Language,
    /// Which way the text runs; derived from the language.
    pub direction: Direction,
    /// From when on the public sees it.
    #[schema(value_type = Option<String>, required = true, format = DateTime)]
    pub published_at: Option<Moment>,
}
