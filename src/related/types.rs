//! How related articles look to clients.
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::domain::page::Page;
use crate::domain::partial::relaxed_schema;
use crate::naming::types::Reference;

/// An article that shares speakers or tags with another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RelatedArticle)]
pub struct RelatedArticle<'a> {
    /// The article, as lists have it.
    #[schema(value_type = crate::articles::types::ArticleSummary)]
    pub article: &'a RawValue,
    /// How near it is: the weights of what is `shared`, added up. A shared speaker weighs `2 / ln(1 + statement_count)`, a shared
    /// tag `1 / ln(1 + article_count)`: the rarer, the more.
    #[schema(minimum = 0.0, maximum = 1000.0, example = 2.4663)]
    pub score: f64,
    /// What the two share, of the 24 rarest speakers and tags of the article that this one is related to.
    pub shared: SharedNames<'a>,
}

/// What two articles share, the rarest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SharedNames)]
pub struct SharedNames<'a> {
    /// Who says something in both.
    #[schema(max_items = 24)]
    pub speakers: Vec<Reference<'a>>,
    /// What both are about.
    #[schema(max_items = 24)]
    pub tags: Vec<Reference<'a>>,
}

/// One page of related articles.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelatedArticlePage {
    /// The related articles, the nearest first.
    #[schema(value_type = Vec<RelatedArticle>, max_items = 100)]
    pub data: Vec<Box<RawValue>>,
    pub page: Page,
}

relaxed_schema!(
    PartialRelatedArticle,
    PartialRelatedArticlePage,
    RelatedArticle<'static>,
    "Those members of a related article that `fields` asks for.",
    |_| false
);
