//! How articles look to clients.
pub mod receipt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::language::{Direction, Language};
use crate::domain::moment::Moment;
use crate::domain::partial::relaxed_schema;
use crate::domain::text_enum;
use crate::naming::types::Reference;

/// A news article, its body as plain-text blocks and the statements it reports.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Article)]
pub struct Article<'a> {
    /// Stable for ever; made by the server (version 7) or brought by the writer.
    #[schema(format = Uuid)]
    pub id: &'a str,
    /// The readable key, in the script of the title.
    #[schema(max_length = 1000, example = "اتفاق-على-تقاسم-مياه-النهر")]
    pub slug: &'a str,
    /// The language of the text, as a BCP 47 tag.
    #[schema(value_type = String, max_length = 100, example = "ar")]
    pub language: &'a Language,
    /// Which way the text runs; derived from the language.
    pub direction: Direction,
    /// The headline, as plain text.
    #[schema(max_length = 500, example = "اتفاق على تقاسم مياه النهر")]
    pub title: &'a str,
    /// A few sentences that stand for the article; null when it has none.
    #[schema(required = true, max_length = 2000)]
    pub summary: Option<&'a str>,
    /// The picture above the article; left out when it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub image: Option<&'a Image>,
    /// The text, block by block.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = true, nullable = false, max_items = 2000)]
    pub body: Option<&'a [Block]>,
    /// Who wrote it, as printed.
    #[schema(max_items = 100)]
    pub authors: &'a [Author],
    /// Where it was written, as printed; null when it does not say.
    #[schema(required = true, max_length = 1000)]
    pub dateline: Option<&'a str>,
    /// Who published it.
    pub outlet: Reference<'a>,
    /// Where the outlet published it; null when unknown.
    #[schema(required = true, format = "iri", max_length = 2048)]
    pub source_url: Option<&'a str>,
    /// Its keys in other systems.
    #[schema(max_items = 100)]
    pub references: &'a [ExternalReference],
    /// Where it stands on its way to the public.
    pub status: ArticleStatus,
    /// Why it was withdrawn; left out when no reason is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub reason: Option<&'a str>,
    /// From when on the public sees it; null for a draft without a date.
    #[schema(value_type = Option<String>, required = true, format = DateTime)]
    pub published_at: Option<Moment>,
    /// What it is about, in the writer's order.
    #[schema(max_items = 100)]
    pub tags: Vec<Reference<'a>>,
    /// How many statements it has.
    #[schema(minimum = 0, maximum = 1000, example = 3)]
    pub statement_count: i64,
    /// The statements, in text order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<crate::statements::types::Statement>, required = true, nullable = false, max_items = 1000)]
    pub statements: Option<&'a [Box<RawValue>]>,
    /// What was corrected after it went out, oldest first.
    #[schema(max_items = 100)]
    pub corrections: &'a [Correction],
    /// Shared by the translations of one another; null when there are none.
    #[schema(required = true, format = Uuid)]
    pub translation_group: Option<&'a str>,
    /// The other articles of its translation group.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = true, nullable = false, max_items = 100)]
    pub translations: Option<&'a [Translation]>,
    /// When it was first stored.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Moment,
    /// When it last changed, or went live on schedule.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Moment,
    /// Raised by every change of the article or one of its statements, from 1.
    #[schema(minimum = 1, example = 1)]
    pub revision: i64,
}

text_enum! {
    /// Where an article stands on its way to the public.
    pub enum ArticleStatus {
        Draft = "draft",
        Published = "published",
        Withdrawn = "withdrawn",
    }
}

/// A reference to an article.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ArticleReference)]
pub struct ArticleReference<'a> {
    /// The article's id.
    #[schema(format = Uuid)]
    pub id: &'a str,
    /// The article's slug.
    #[schema(max_length = 1000, example = "اتفاق-على-تقاسم-مياه-النهر")]
    pub slug: &'a str,
    /// The article's headline.
    #[schema(max_length = 500, example = "اتفاق على تقاسم مياه النهر")]
    pub title: &'a str,
    /// From when on the public sees it.
    #[schema(value_type = Option<String>, required = true, format = DateTime)]
    pub published_at: Option<Moment>,
}

/// An article that says the same in another language.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Translation {
    /// The article's id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The article's slug.
    #[schema(max_length = 1000, example = "river-accord")]
    pub slug: String,
    /// The article's headline.
    #[schema(max_length = 500, example = "River accord signed")]
    pub title: String,
    /// From when on the public sees it.
    #[schema(value_type = Option<String>, required = true, format = DateTime)]
    pub published_at: Option<Moment>,
    /// The article's language, as a BCP 47 tag.
    #[schema(value_type = String, max_length = 100, example = "en")]
    pub language: Language,
}

/// A piece of an article's body. All text is plain: nothing in it is ever HTML.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// A sub-heading.
    #[schema(title = "HeadingBlock")]
    Heading {
        /// How deep, 1 to 6; the headline stands above 2.
        #[schema(minimum = 1, maximum = 6, example = 2)]
        level: u8,
        /// The words.
        #[schema(max_length = 20000)]
        text: String,
    },
    /// A paragraph.
    #[schema(title = "ParagraphBlock")]
    Paragraph {
        /// The words.
        #[schema(max_length = 20000)]
        text: String,
        /// Links and emphasis within the text.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, max_items = 1000)]
        marks: Option<Vec<Mark>>,
    },
    /// Words set apart as a quotation.
    #[schema(title = "QuoteBlock")]
    Quote {
        /// The words.
        #[schema(max_length = 20000)]
        text: String,
        /// Whose words, as printed.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, max_length = 1000)]
        caption: Option<String>,
    },
    /// A list.
    #[schema(title = "ListBlock")]
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// The items, as plain text.
        #[schema(max_items = 2000)]
        items: Vec<String>,
    },
    /// A picture in the text.
    #[schema(title = "ImageBlock")]
    Image {
        /// Where it is.
        #[schema(format = "iri", max_length = 2048)]
        url: String,
        /// What it shows, for those who cannot see it.
        #[schema(max_length = 1000)]
        alt: String,
        /// The words below it.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, max_length = 1000)]
        caption: Option<String>,
        /// Whose picture it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, max_length = 1000)]
        credit: Option<String>,
    },
    /// Something that stands elsewhere: a video, a post, a chart.
    #[schema(title = "EmbedBlock")]
    Embed {
        /// Where it is.
        #[schema(format = "iri", max_length = 2048)]
        url: String,
        /// The words below it.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, max_length = 1000)]
        caption: Option<String>,
    },
}

impl Block {
    /// The block's one text, if it has one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Heading { text, .. }
            | Self::Paragraph { text, .. }
            | Self::Quote { text, .. } => Some(text),
            Self::List { .. } | Self::Image { .. } | Self::Embed { .. } => None,
        }
    }
}

/// A stretch of a paragraph that is a link or is emphasised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Where it starts, in UTF-16 code units.
    #[schema(minimum = 0, maximum = 40000, example = 0)]
    pub start: u32,
    /// Where it ends, in UTF-16 code units, exclusive.
    #[schema(minimum = 1, maximum = 40000, example = 12)]
    pub end: u32,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: MarkType,
    /// Where a link leads; links alone have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "iri", max_length = 2048)]
    pub url: Option<String>,
}

text_enum! {
    /// What a mark makes of its text.
    pub enum MarkType {
        Link = "link",
        Strong = "strong",
        Emphasis = "emphasis",
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// Where it is.
    #[schema(
        format = "iri",
        max_length = 2048,
        example = "https://images.example/river.jpg"
    )]
    pub url: String,
    /// What it shows, for those who cannot see it.
    #[schema(max_length = 1000)]
    pub alt: String,
    /// The words below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub caption: Option<String>,
    /// Whose picture it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub credit: Option<String>,
}

/// Somebody who wrote the article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The name, as printed.
    #[schema(max_length = 300, example = "سلمى الراوي")]
    pub name: String,
    /// A page about them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "iri", max_length = 2048)]
    pub url: Option<String>,
}

/// A key that another system knows a thing by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalReference {
    /// Which system or kind of key.
    #[serde(rename = "type")]
    #[schema(max_length = 1000, example = "guid")]
    pub kind: String,
    /// The key.
    #[schema(max_length = 1000, example = "river-2026-0301")]
    pub value: String,
}

/// A correction, as readers are told of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub at: String,
    /// What was wrong and what is right.
    #[schema(max_length = 1000)]
    pub note: String,
}

relaxed_schema!(
    ArticleSummary,
    ArticlePage,
    Article<'static>,
    "An article as lists have it: body, statements and translations are there where `include` asks for them.",
    |member| !["body", "statements", "translations"].contains(&member)
);

relaxed_schema!(
    PartialArticle,
    PartialArticlePage,
    Article<'static>,
    "Those members of an article that `fields` asks for.",
    |_| false
);
