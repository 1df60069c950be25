//! The HTTP endpoints that change articles.
use actix_web::{HttpResponse, delete, patch, post, put, web};

use super::handlers::HOME;
use crate::articles::draft::ArticleDraft;
use crate::articles::types::receipt::{ArticleReceipt, StatementReceipt};
use crate::articles::write_shape::{ArticleChanges, NewArticle};
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::editing::{self, Answer};
use crate::http::change::wrong_document;
use crate::http::parameters::{Deletion, Purging};
use crate::http::responses::{ChangeProblems, CreateProblems, DeleteProblems, PutProblems};
use crate::http::{ApiError, Change, Parameters};
use crate::keys::types::Scope;
use crate::rendering::records::{ArticleRecord, StatementRecord};
use crate::writing::Outcome;
use crate::writing::terms::ChangeResult;

/// Create an article
///
/// Whole, with its statements, in one transaction. It is always a new one: to write under an id of your own, and to have one
/// that is sent twice there once, put it, or send an `Idempotency-Key`. The scope `write` will do for a draft; `publish`
/// is needed for what is published, scheduled or withdrawn.
#[utoipa::path(
    tag = "articles",
    request_body(content = NewArticle, description = "The article"),
    responses((status = 201, description = "It is there", body = ArticleReceipt), CreateProblems),
)]
#[post("/articles")]
pub async fn create_article(
    mut change: Change,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let new = change.document::<NewArticle>().await?;
    let draft = ArticleDraft::check(new.without_owned()).map_err(wrong_document)?;
    editing::write(change, move |writer, terms| {
        answer(writer.create_article(draft.clone(), terms)?)
    })
    .await
}

/// Write an article under its id
///
/// Whole, with its statements, in one transaction: what the document leaves out, the article has not, save slug,
/// `published_at` and statements, which stay. An id that nothing has yet makes a new article (201). Sent again, the same
/// document writes nothing (200, `unchanged`). To change what is there takes an `If-Match` with its revision. The scope
/// `write` will do for drafts; `publish` is needed for all that is published, scheduled or withdrawn, before or after.
#[utoipa::path(
    tag = "articles",
    params(
        ("article" = String, Path, format = Uuid, description = "The article's id: a UUID, made by whoever writes", example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c"),
    ),
    request_body(content = NewArticle, description = "The article"),
    responses(
        (status = 200, description = "It was there: changed, or the same", body = ArticleReceipt),
        (status = 201, description = "It is new", body = ArticleReceipt),
        PutProblems,
    ),
)]
#[put("/articles/{article}")]
pub async fn put_article(
    mut change: Change,
    article: web::Path<String>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let wrong = |wrong| {
        ApiError::parameter(
            "article",
            format!("{wrong}; an article is written under its id"),
        )
    };
    let id: Id = article.parse().map_err(wrong)?;
    // Before the body is read: what the header holds may be wrong.
    change.precondition()?;
    let draft = ArticleDraft::check_request(change.document::<NewArticle>().await?, &id)
        .map_err(wrong_document)?;
    editing::write(change, move |writer, terms| {
        answer(writer.put_article(&id, draft.clone(), terms)?)
    })
    .await
}

/// Change some of an article
///
/// A JSON merge patch (RFC 7396): what it names is changed, `null` takes away, and what it does not name stays. `outlet` is
/// replaced as a whole, and so are lists: with `statements`, those not listed are deleted. Statements that are not named are
/// found again in the new text; the receipt says what became of each.
#[utoipa::path(
    tag = "articles",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c"),
    ),
    request_body(description = "What is to be otherwise", content(
        (ArticleChanges = "application/merge-patch+json"),
        (ArticleChanges = "application/json"),
    )),
    responses(
        (status = 200, description = "It is so", body = ArticleReceipt),
        ChangeProblems,
    ),
)]
#[patch("/articles/{article}")]
pub async fn patch_article(
    mut change: Change,
    article: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let patch = change.patch().await?;
    editing::write(change, move |writer, terms| {
        answer(writer.patch_article(&article, &patch, terms)?)
    })
    .await
}

/// Delete an article
///
/// With its statements, for good: its id and slug are never given to another, and who knew it from the public is told that
/// it is gone (410), and why, if `reason` says so. Its former states stay readable by its id, unless it is purged.
#[utoipa::path(
    tag = "articles",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c"),
        Deletion,
        Purging,
    ),
    responses((status = 204, description = "It is gone"), DeleteProblems),
)]
#[delete("/articles/{article}")]
pub async fn delete_article(
    change: Change,
    article: web::Path<Key>,
    parameters: Parameters<(Deletion, Purging)>,
) -> Result<HttpResponse, ApiError> {
    let (Deletion { reason }, Purging { purge }) = parameters.values;
    if purge {
        change.demand(Scope::Admin, "purging")?;
    }
    let reason = reason.map(|reason| reason.0);
    editing::delete(change, purge, move |writer, terms| match purge {
        true => writer.purge_article(&article, reason.as_deref(), terms),
        false => writer.delete_article(&article, reason.as_deref(), terms),
    })
    .await
}

/// The receipt of an article that was written.
pub fn answer((outcome, article): (Outcome, ArticleRecord)) -> ChangeResult<Answer> {
    let row = &article.row;
    let etag = format!("\"{}\"", row.revision);
    let receipt = serde_json::to_string(&receipt(outcome, &article))?;
    Ok(Answer::of(outcome, receipt, (HOME.path, &row.uuid), etag).about(&row.uuid))
}

fn receipt(outcome: Outcome, article: &ArticleRecord) -> ArticleReceipt {
    ArticleReceipt {
        id: article.row.uuid.to_string(),
        slug: article.row.slug.clone(),
        status: article.row.status,
        revision: article.row.revision,
        outcome,
        statements: article.statements.iter().map(statement_receipt).collect(),
    }
}

/// What became of one of its statements.
pub fn statement_receipt(statement: &StatementRecord) -> StatementReceipt {
    let anchor = statement.row.anchor.as_ref();
    StatementReceipt {
        id: statement.row.uuid.to_string(),
        anchor: anchor.map(|anchor| anchor.0.state).into(),
    }
}
