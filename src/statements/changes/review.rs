//! The HTTP endpoints at which an editor reviews what was proposed.
use actix_web::{HttpResponse, post, web};

use super::{answer, id_of};
use crate::articles::changes::statement_receipt;
use crate::articles::handlers::HOME;
use crate::articles::types::receipt::AcceptanceReceipt;
use crate::domain::key::Key;
use crate::editing::{self, Answer};
use crate::http::change::wrong_document;
use crate::http::responses::{AcceptProblems, ReviewProblems};
use crate::http::{ApiError, Change, Parameters};
use crate::statements::types::receipt::WrittenStatement;
use crate::statements::write_shape::{Rejection, StatementChanges};
use crate::writing::review::AcceptedStatements;
use crate::writing::terms::ChangeResult;

/// Accept a proposed statement
///
/// It is `published`, with the changes that a merge patch (RFC 7396) names, if one is sent; how it came into the store stays
/// on it. Each party that is `unresolved` finds the one record that has its name, or makes it; where several have the name, the
/// changes have to say which is meant (422, `ambiguous_name`). One that was rejected can be accepted, too. The scope `write` will
/// do where the article is a draft; else it takes `publish`.
#[utoipa::path(
    tag = "statements",
    params(
        ("statement" = String, Path, description = "The statement's id", format = Uuid, max_length = 1000, example = "01a1276b-35e0-7106-b983-5ec44981525a"),
    ),
    request_body(description = "What is to be otherwise; may be left out", content(
        (StatementChanges = "application/merge-patch+json"),
        (StatementChanges = "application/json"),
    )),
    responses((status = 200, description = "It is accepted", body = WrittenStatement), ReviewProblems),
)]
#[post("/statements/{statement}/accept")]
pub async fn accept_statement(
    mut change: Change,
    statement: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let id = id_of(&statement)?;
    let patch = change.patch_if_any().await?;
    editing::write(change, move |writer, terms| {
        answer(writer.accept_statement(&id, &patch, terms)?)
    })
    .await
}

/// Reject a proposed statement
///
/// It is kept as `rejected`, so that extraction does not propose it again for the same text. Nobody it names is looked up, and
/// the public learns nothing of it. The scope `write` will do where the article is a draft; else it takes `publish`.
#[utoipa::path(
    tag = "statements",
    params(
        ("statement" = String, Path, description = "The statement's id", format = Uuid, max_length = 1000, example = "01a1276b-35e0-7106-b983-5ec44981525a"),
    ),
    request_body(content = Rejection, description = "Why; may be left out"),
    responses((status = 200, description = "It is rejected", body = WrittenStatement), ReviewProblems),
)]
#[post("/statements/{statement}/reject")]
pub async fn reject_statement(
    mut change: Change,
    statement: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let id = id_of(&statement)?;
    let rejection: Rejection = change.document_if_any().await?;
    let note = rejection.check().map_err(wrong_document)?;
    editing::write(change, move |writer, terms| {
        answer(writer.reject_statement(&id, note.as_deref(), terms)?)
    })
    .await
}

/// Accept all proposed statements of an article
///
/// Each as it is, all in one transaction. Where a name is of several records, nothing is accepted, and the problem points to
/// each such name by the place of its statement among all of the article's: accept that one by itself, and say which
/// is meant. It takes `If-Match` with the article's revision. The scope `write` will do for a draft; else it takes `publish`.
#[utoipa::path(
    tag = "statements",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c"),
    ),
    responses((status = 200, description = "They are accepted", body = AcceptanceReceipt), AcceptProblems),
)]
#[post("/articles/{article}/statements/accept")]
pub async fn accept_article_statements(
    change: Change,
    article: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    editing::write(change, move |writer, terms| {
        told(writer.accept_article_statements(&article, terms)?)
    })
    .await
}

fn told(written: AcceptedStatements) -> ChangeResult<Answer> {
    let AcceptedStatements {
        outcome,
        article,
        accepted,
    } = written;
    let row = &article.row;
    let statements = article.statements.iter();
    let receipt = AcceptanceReceipt {
        id: row.uuid.to_string(),
        slug: row.slug.clone(),
        status: row.status,
        revision: row.revision,
        outcome,
        accepted: statements
            .filter(|statement| accepted.contains(&statement.row.uuid))
            .map(statement_receipt)
            .collect(),
    };
    let etag = format!("\"{}\"", row.revision);
    let receipt = serde_json::to_string(&receipt)?;
    Ok(Answer::of(outcome, receipt, (HOME.path, &row.uuid), etag).about(&row.uuid))
}
