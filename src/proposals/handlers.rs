//! The HTTP endpoint that extracts.
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, post};

use super::types::Extracted;
use super::write_shape::NewExtraction;
use super::{article, queries};
use crate::domain::bounds;
use crate::http::change::wrong_document;
use crate::http::responses::ExtractProblems;
use crate::http::{ApiError, Change, Parameters};

/// Propose the statements of a text
///
/// From the plain text of an article to the article in the write shape: its headline, its blocks, and a `proposed`
/// statement for each that the rules find: who says it, through whom, in which words, where. By rules, in process: the same
/// text has the same answer, as long as the store has the same names. Nothing is stored: send `article` on to
/// `POST /v1/articles`, with its `outlet`, and review what is proposed. Names that one record has are given as that record;
/// the others stay `unresolved` until somebody accepts the statement. What was rejected in the same words and surroundings
/// is not proposed again. There are rules for Arabic, English and French.
#[utoipa::path(
    tag = "extraction",
    request_body(content = NewExtraction, description = "The text, of at most 256 KiB in all"),
    responses((status = 200, description = "The article", body = Extracted), ExtractProblems),
)]
#[post("/extract")]
pub async fn extract_statements(
    mut change: Change,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let new = change
        .document_within::<NewExtraction>(bounds::EXTRACTION)
        .await?;
    let extracted = change
        .database
        .read_newest(move |conn| {
            let mut extracted = article::extract(new.clone()).map_err(wrong_document)?;
            queries::consult(conn, &mut extracted)?;
            Ok::<_, ApiError>(extracted)
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(extracted))
}
