//! The HTTP endpoints that change articles.
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, LOCATION};
use actix_web::{HttpResponse, put, web};

use super::handlers::HOME;
use crate::articles::draft::ArticleDraft;
use crate::articles::types::receipt::{
    AnchorOutcome, ArticleReceipt, StatementReceipt, WriteOutcome,
};
use crate::articles::write_shape::NewArticle;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::precondition::Unmet;
use crate::http::change::{SEQUENCE, wrong_document};
use crate::http::problem::ProblemCode;
use crate::http::responses::PutProblems;
use crate::http::{ApiError, Change, Parameters};
use crate::keys::types::Scope;
use crate::rendering::records::{ArticleRecord, StatementRecord};
use crate::statements::types::AnchorState;
use crate::writing::put::{PutError, Terms};
use crate::writing::{Outcome, WriteError, Writer};

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
    let terms = Terms {
        precondition: change.precondition()?,
        may_publish: change.key.has(Scope::Publish),
    };
    let draft = ArticleDraft::check_request(change.document::<NewArticle>().await?, &id)
        .map_err(wrong_document)?;
    let held = change.key.scope;
    let put = change
        .database
        .write(move |conn| {
            let mut writer = Writer::begin(conn, Moment::now())?;
            let (outcome, article) = writer.put_article(&id, draft.clone(), &terms)?;
            Ok::<_, PutError>((outcome, article, writer.finish()?))
        })
        .await;
    let (outcome, article, sequence) = put.map_err(|error| refusal(error, held))?;
    let mut response = HttpResponse::Ok();
    if outcome == Outcome::Created {
        response
            .status(StatusCode::CREATED)
            .insert_header((LOCATION, format!("{}/{}", HOME.path, article.row.uuid)));
    }
    Ok(response
        .insert_header((ETAG, format!("\"{}\"", article.row.revision)))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((SEQUENCE, sequence))
        .json(receipt(outcome, &article)))
}

fn receipt(outcome: Outcome, article: &ArticleRecord) -> ArticleReceipt {
    ArticleReceipt {
        id: article.row.uuid.to_string(),
        slug: article.row.slug.clone(),
        status: article.row.status,
        revision: article.row.revision,
        outcome: match outcome {
            Outcome::Created => WriteOutcome::Created,
            Outcome::Updated => WriteOutcome::Updated,
            Outcome::Unchanged => WriteOutcome::Unchanged,
        },
        statements: article.statements.iter().map(statement_receipt).collect(),
    }
}

fn statement_receipt(statement: &StatementRecord) -> StatementReceipt {
    let state = statement.row.anchor.as_ref().map(|anchor| anchor.0.state);
    StatementReceipt {
        id: statement.row.uuid.to_string(),
        anchor: match state {
            Some(AnchorState::Ok) => AnchorOutcome::Ok,
            Some(AnchorState::Moved) => AnchorOutcome::Moved,
            Some(AnchorState::Orphaned) => AnchorOutcome::Orphaned,
            None => AnchorOutcome::Absent,
        },
    }
}

/// A refusal as clients see it. Whoever gets here may read everything: nothing has to be kept from them.
fn refusal(error: PutError, held: Scope) -> ApiError {
    match error {
        PutError::Deleted(reason) => ApiError::Gone(match reason {
            Some(reason) => format!("this article was deleted: {reason}; write under another id"),
            None => "this article was deleted; write under another id".to_owned(),
        }),
        PutError::Unpermitted => ApiError::MissingScope {
            needed: Scope::Publish,
            held,
        },
        PutError::Unmet(Unmet::Required { current }) => ApiError::Precondition {
            code: ProblemCode::PreconditionRequired,
            detail: format!(
                "the article is there and differs: send `If-Match: \"{current}\"` to change its revision {current}"
            ),
            current: Some(current),
        },
        PutError::Unmet(Unmet::Failed { current }) => ApiError::Precondition {
            code: ProblemCode::PreconditionFailed,
            detail: match current {
                Some(current) => format!(
                    "the article has the revision {current} by now: read it again, and change that"
                ),
                None => "there is no such article yet: leave `If-Match` out to make it".to_owned(),
            },
            current,
        },
        PutError::Clash(faults) => ApiError::Document {
            status: StatusCode::CONFLICT,
            code: ProblemCode::Conflict,
            faults,
        },
        PutError::Write(WriteError::Faults(faults)) => wrong_document(faults),
        PutError::Write(WriteError::Database(error)) => error.into(),
    }
}
