//! The HTTP endpoint that restores a former state of an article.
use actix_web::{HttpResponse, post, web};

use super::handlers::revision_of;
use crate::articles::changes::answer;
use crate::articles::types::receipt::ArticleReceipt;
use crate::domain::key::Key;
use crate::editing;
use crate::http::responses::RestoreProblems;
use crate::http::{ApiError, Change, Parameters};

/// Restore a former state of an article
///
/// As it was at that revision, status and date included; it is a new revision. Statements that were deleted since come
/// back under new ids. It takes `publish`, unless the article is a draft and was one.
#[utoipa::path(
    tag = "revisions",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c"),
        ("revision" = i64, Path, description = "The revision to go back to", minimum = 1, maximum = 9007199254740991_i64, example = 1),
    ),
    responses(
        (status = 200, description = "It is so again", body = ArticleReceipt),
        RestoreProblems,
    ),
)]
#[post("/articles/{article}/revisions/{revision}/restore")]
pub async fn restore_article(
    change: Change,
    path: web::Path<(Key, String)>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let (article, revision) = path.into_inner();
    let revision = revision_of(&revision)?;
    editing::write(change, move |writer, terms| {
        answer(writer.restore_article(&article, revision, terms)?)
    })
    .await
}
