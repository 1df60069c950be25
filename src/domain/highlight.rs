//! Where the words of a search stand in what was found, as a page tells it.
use serde::Serialize;
use utoipa::ToSchema;

use super::text_enum;

text_enum! {
    /// Which text of a thing.
    pub enum HighlightPlace {
        Title = "title",
        Summary = "summary",
        Body = "body",
        Caption = "caption",
        Quote = "quote",
        SpeakerLabel = "speaker_label",
    }
}

/// The highlights of one thing of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Highlights {
    /// Which thing of `data`.
    #[schema(format = Uuid)]
    pub id: String,
    /// Texts in which words of the search stand, the most telling first in the body; none where only names have them.
    #[schema(max_items = 4)]
    pub texts: Vec<Highlight>,
}

/// A text in which words of the search stand. It is plain text, as stored; offsets are UTF-16 code units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Highlight {
    /// Which text of the thing.
    #[serde(rename = "in")]
    pub place: HighlightPlace,
    /// Which block of the body, from 0, the text or the caption is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1999, example = 0)]
    pub block: Option<u32>,
    /// Which item of a list block, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1999)]
    pub item: Option<u32>,
    /// The part of the text where most of the words stand.
    #[schema(
        max_length = 20000,
        example = "وافقت الدولتان على تقاسم مياه النهر حتى نهاية موسم الجفاف"
    )]
    pub snippet: String,
    /// Where in the text the snippet begins.
    #[schema(minimum = 0, maximum = 40000, example = 0)]
    pub snippet_start: usize,
    /// The words in the snippet.
    #[schema(max_items = 100)]
    pub in_snippet: Vec<Span>,
    /// The words in the whole text, the first hundred.
    #[schema(max_items = 100)]
    pub in_text: Vec<Span>,
}

/// A whole printed word, in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Span {
    /// Where it starts.
    #[schema(minimum = 0, maximum = 40000, example = 22)]
    pub start: usize,
    /// Where it ends, exclusive.
    #[schema(minimum = 0, maximum = 40000, example = 26)]
    pub end: usize,
}
