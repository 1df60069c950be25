//! The HTTP endpoints that change statements.
pub(super) mod review;

use actix_web::{HttpResponse, delete, patch, post, web};

use super::handlers::HOME;
use super::types::receipt::{ArticleRevision, WrittenStatement};
use super::write_shape::{NewStatement, StatementChanges};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::editing::{self, Answer};
use crate::http::parameters::{Deletion, Purging};
use crate::http::responses::{AddProblems, ChangeProblems, DeleteProblems};
use crate::http::{ApiError, Change, Parameters};
use crate::keys::types::Scope;
use crate::writing::statement_requests::WrittenStatement as Written;
use crate::writing::terms::ChangeResult;

/// Add a statement to an article
///
/// Its words are looked for in the article, unless `anchor` says where they stand. The article has a new revision. The
/// scope `write` will do where the article is a draft; else it takes `publish`.
#[utoipa::path(
    tag = "statements",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c"),
    ),
    request_body(content = NewStatement, description = "The statement"),
    responses((status = 201, description = "It is there", body = WrittenStatement), AddProblems),
)]
#[post("/articles/{article}/statements")]
pub async fn create_statement(
    mut change: Change,
    article: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let new = change.document::<NewStatement>().await?;
    editing::write(change, move |writer, terms| {
        answer(writer.create_statement(&article, new.clone(), terms)?)
    })
    .await
}

/// Change some of a statement
///
/// A JSON merge patch (RFC 7396). `attribution` replaces the chain; the shortcuts alone, `speaker`, `anonymous`,
/// `speaker_label` and `outlet`, change its first link or the outermost outlet, and what lies between stays. An `anchor`
/// confirms where the words stand, `null` has them looked for again. The article has a new revision, too.
#[utoipa::path(
    tag = "statements",
    params(
        ("statement" = String, Path, description = "The statement's id", format = Uuid, max_length = 1000, example = "01a1276b-35e0-7106-b983-5ec44981525a"),
    ),
    request_body(description = "What is to be otherwise", content(
        (StatementChanges = "application/merge-patch+json"),
        (StatementChanges = "application/json"),
    )),
    responses((status = 200, description = "It is so", body = WrittenStatement), ChangeProblems),
)]
#[patch("/statements/{statement}")]
pub async fn patch_statement(
    mut change: Change,
    statement: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let id = id_of(&statement)?;
    let patch = change.patch().await?;
    editing::write(change, move |writer, terms| {
        answer(writer.patch_statement(&id, &patch, terms)?)
    })
    .await
}

/// Delete a statement
///
/// For good; who knew it from the public is told that it is gone (410), and why, if `reason` says so. To take back what was
/// said, and keep it on record, change its `status` to `retracted` instead. The article has a new revision.
#[utoipa::path(
    tag = "statements",
    params(
        ("statement" = String, Path, description = "The statement's id", format = Uuid, max_length = 1000, example = "01a1276b-35e0-7106-b983-5ec44981525a"),
        Deletion,
        Purging,
    ),
    responses((status = 204, description = "It is gone"), DeleteProblems),
)]
#[delete("/statements/{statement}")]
pub async fn delete_statement(
    change: Change,
    statement: web::Path<Key>,
    parameters: Parameters<(Deletion, Purging)>,
) -> Result<HttpResponse, ApiError> {
    let (Deletion { reason }, Purging { purge }) = parameters.values;
    if purge {
        change.demand(Scope::Admin, "purging")?;
    }
    let id = id_of(&statement)?;
    let reason = reason.map(|reason| reason.0);
    editing::delete(change, purge, move |writer, terms| match purge {
        true => writer.purge_statement(&id, reason.as_deref(), terms),
        false => writer
            .delete_statement_by(&id, reason.as_deref(), terms)
            .map(drop),
    })
    .await
}

/// A statement has no slug.
fn id_of(key: &Key) -> Result<Id, ApiError> {
    match key {
        Key::Id(id) => Ok(id.clone()),
        Key::Slug(_) => Err(ApiError::NotFound(Thing::Statement.as_str())),
    }
}

fn answer(written: Written) -> ChangeResult<Answer> {
    let Written {
        outcome,
        article,
        statement,
    } = written;
    let row = statement.row;
    let receipt = WrittenStatement {
        id: row.uuid.to_string(),
        status: row.status,
        revision: row.revision,
        outcome,
        anchor: row.anchor.map(|anchor| anchor.0.state).into(),
        article: ArticleRevision {
            id: article.row.uuid.to_string(),
            revision: article.row.revision,
        },
    };
    let etag = format!("\"{}\"", row.revision);
    let receipt = serde_json::to_string(&receipt)?;
    let home = (HOME.path, &row.uuid);
    Ok(Answer::of(outcome, receipt, home, etag).about(&article.row.uuid))
}
