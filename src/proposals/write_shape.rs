//! How an extraction is asked for.
use serde::Deserialize;
use utoipa::ToSchema;

use crate::naming::write_shape::NewReference;

/// The plain text of an article.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExtraction {
    /// The text, a paragraph a line. A first line that is no sentence is its headline, unless `title` is given.
    #[schema(
        required = true,
        nullable = false,
        max_length = 262144,
        example = "قالت وزيرة المياه ليلى الحارثي إن السد سيفتح غدا."
    )]
    pub text: Option<String>,
    /// The headline, where the text does not begin with it.
    #[schema(max_length = 500)]
    pub title: Option<String>,
    /// The language of the text, as a BCP 47 tag; told by its script and words unless given. There are rules for Arabic,
    /// English and French.
    #[schema(max_length = 100, example = "ar")]
    pub language: Option<String>,
    /// Who published it.
    pub outlet: Option<NewReference>,
}
