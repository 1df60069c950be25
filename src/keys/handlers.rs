//! The HTTP endpoints that show keys: all of it but what their secrets could be told from.
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;

use super::queries;
use super::types::{ApiKey, ApiKeyList};
use crate::database::{Conn, Database};
use crate::http::auth::Administrator;
use crate::http::etag::EntityTag;
use crate::http::responses::{KeyListProblems, KeyProblems};
use crate::http::work::{Answer, Wanted, not_modified};
use crate::http::{ApiError, Home, Parameters};

pub const HOME: Home = Home {
    path: "/v1/keys",
    tail: "",
    noun: "key",
};

/// List all keys
///
/// In the order in which they were made, those that are revoked or expired too: all of them, there are no pages. Takes the
/// scope `admin`.
#[utoipa::path(
    tag = "keys",
    responses(
        (status = 200, description = "All keys", body = ApiKeyList),
        KeyListProblems,
    ),
)]
#[get("/keys")]
pub async fn list_keys(
    _: Administrator,
    request: HttpRequest,
    database: web::Data<Database>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let all = |conn: &mut Conn<'_>| Ok::<_, ApiError>(queries::list(conn)?);
    let data = database.read_newest(all).await?;
    shown(&request, &ApiKeyList { data })
}

/// Read one key
///
/// By its prefix. Takes the scope `admin`.
#[utoipa::path(
    tag = "keys",
    params(
        ("key" = String, Path, description = "The key's prefix, as the list shows it", min_length = 1, max_length = 100, example = "isnad_Qm9hdDIx"),
    ),
    responses(
        (status = 200, description = "The key", body = ApiKey),
        KeyProblems,
    ),
)]
#[get("/keys/{key}")]
pub async fn get_key(
    _: Administrator,
    request: HttpRequest,
    key: web::Path<String>,
    database: web::Data<Database>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let prefix = key.into_inner();
    let one = move |conn: &mut Conn<'_>| Ok::<_, ApiError>(queries::of_prefix(conn, &prefix)?);
    let key = database.read_newest(one).await?;
    shown(&request, &key.ok_or(ApiError::NotFound(HOME.noun))?)
}

/// Keys are no content: no sequence tells whether they changed, so their tag is that of the answer itself.
fn shown(request: &HttpRequest, what: &impl Serialize) -> Result<HttpResponse, ApiError> {
    let json = serde_json::to_string(what)?;
    let tag = EntityTag::of_text(&json);
    let wanted = Wanted::of(request.headers());
    if let Some(known) = wanted.knows(&tag) {
        return Ok(not_modified(known, true));
    }
    let answer = Answer::new(tag, json.into_bytes(), None, false);
    Ok(answer.respond(&answer.code(wanted.coding), true))
}
