//! The one shape in which articles are created, imported and exported.
//!
//! Everything is optional here: what a writer must give is said by `draft.rs`, which names all that is missing at once.
//! Fields that the server owns are taken and ignored, so that what was read can be sent back.
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use utoipa::ToSchema;

use super::types::{ArticleStatus, Author, Block, Correction, ExternalReference, Image};
use crate::domain::partial::relaxed_schema;
use crate::naming::write_shape::NewReference;
use crate::statements::write_shape::NewStatement;

/// An article as it is written. null means absent. What an `Article` has besides, such as counts, dates of changes and
/// the revision, is the server's own: it is passed over, so that what was read can be sent back. Any other member is refused.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewArticle {
    /// Its id: the one in the path, or left out.
    #[schema(format = Uuid)]
    pub id: Option<String>,
    /// The readable key, in any script. Left out, it stays as it is, or is made from the title.
    #[schema(max_length = 1000, example = "اتفاق-على-تقاسم-مياه-النهر")]
    pub slug: Option<String>,
    #[schema(ignore)]
    pub former_slugs: Option<Vec<String>>,
    #[schema(ignore)]
    pub former_ids: Option<Vec<String>>,
    /// The language of the text, as a BCP 47 tag.
    #[schema(required = true, nullable = false, max_length = 100, example = "ar")]
    pub language: Option<String>,
    /// The headline, as plain text.
    #[schema(
        required = true,
        nullable = false,
        max_length = 500,
        example = "اتفاق على تقاسم مياه النهر"
    )]
    pub title: Option<String>,
    /// A few sentences that stand for the article.
    #[schema(max_length = 2000)]
    pub summary: Option<String>,
    /// The picture above the article.
    pub image: Option<Image>,
    /// The text, block by block. An article has this or `text`.
    #[schema(max_items = 2000)]
    pub body: Option<Vec<Block>>,
    /// Plain text instead of `body`: every line becomes a block.
    #[schema(max_length = 302000)]
    pub text: Option<String>,
    /// Who wrote it, as printed.
    #[schema(max_items = 100)]
    pub authors: Option<Vec<Author>>,
    /// Where it was written, as printed.
    #[schema(max_length = 1000)]
    pub dateline: Option<String>,
    /// Who published it.
    #[schema(required = true, nullable = false)]
    pub outlet: Option<NewReference>,
    /// Where the outlet published it.
    #[schema(format = "iri", max_length = 2048)]
    pub source_url: Option<String>,
    /// Its keys in other systems; no two articles share one.
    #[schema(max_items = 100)]
    pub references: Option<Vec<ExternalReference>>,
    /// Where it stands on its way to the public; `draft` unless given.
    pub status: Option<ArticleStatus>,
    /// Why it is withdrawn, as the public is told.
    #[schema(max_length = 1000)]
    pub reason: Option<String>,
    /// From when on the public sees it; one to come schedules it. Left out, it stays as it is, or is the moment of publishing.
    #[schema(format = DateTime)]
    pub published_at: Option<String>,
    /// What it is about.
    #[schema(max_items = 100)]
    pub tags: Option<Vec<NewReference>>,
    /// Its statements, all of them: those not listed are deleted. Left out, they stay as they are.
    #[schema(max_items = 1000)]
    pub statements: Option<Vec<NewStatement>>,
    /// What was corrected after it went out, oldest first.
    #[schema(max_items = 100)]
    pub corrections: Option<Vec<Correction>>,
    /// Shared by the translations of one another.
    #[schema(format = Uuid)]
    pub translation_group: Option<String>,
    #[schema(ignore)]
    pub created_at: Option<String>,
    #[schema(ignore)]
    pub updated_at: Option<String>,
    #[schema(ignore)]
    pub revision: Option<i64>,
    #[schema(ignore)]
    pub was_public: Option<bool>,
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub direction: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub statement_count: Option<IgnoredAny>,
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub translations: Option<IgnoredAny>,
}

relaxed_schema!(
    ArticleChanges,
    NewArticle,
    "What is to be otherwise with an article: a JSON merge patch (RFC 7396).",
    |_| false
);

impl NewArticle {
    /// Without what the server owns: an import may bring that along from another store, a request may not.
    pub fn without_owned(self) -> Self {
        self.each_statement(NewStatement::without_owned)
            .documented()
    }

    /// With those members alone that the document has.
    pub fn documented(self) -> Self {
        Self {
            former_slugs: None,
            former_ids: None,
            created_at: None,
            updated_at: None,
            revision: None,
            was_public: None,
            ..self.each_statement(NewStatement::documented)
        }
    }

    fn each_statement(self, change: fn(NewStatement) -> NewStatement) -> Self {
        let statements = self.statements;
        let statements = statements.map(|all| all.into_iter().map(change).collect());
        Self { statements, ..self }
    }
}
