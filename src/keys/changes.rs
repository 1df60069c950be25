//! The HTTP endpoints that make and revoke keys. A secret is in one answer, and nowhere else.
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpResponse, delete, post, web};

use super::handlers::HOME;
use super::queries;
use super::types::{ApiKey, MadeKey, Scope};
use super::write_shape::NewKey;
use crate::database::Written;
use crate::domain::fault::Fault;
use crate::domain::moment::Moment;
use crate::domain::secret::Secret;
use crate::http::auth::Administrator;
use crate::http::change::wrong_document;
use crate::http::problem::ProblemCode;
use crate::http::responses::{CreateKeyProblems, RevokeKeyProblems};
use crate::http::{ApiError, Change, Parameters};

/// Make a key
///
/// The answer has its secret, this once: the server keeps a hash of it. Takes the scope `admin`.
#[utoipa::path(
    tag = "keys",
    request_body(content = NewKey, description = "The key"),
    responses(
        (status = 201, description = "It is made", body = MadeKey),
        CreateKeyProblems,
    ),
)]
#[post("/keys")]
pub async fn create_key(
    administrator: Administrator,
    mut change: Change,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let now = Moment::now();
    let draft = change.document::<NewKey>().await?.check(now);
    let draft = draft.map_err(wrong_document)?;
    let secret = Secret::random()?;
    let (made, kept) = (draft.clone(), secret.clone());
    let key = change
        .database
        .write(
            move |conn| match queries::create(conn, &made, &kept, now)? {
                true => Ok::<_, ApiError>(Written::hidden(queries::find(conn, &kept)?)),
                false => Ok(Written::hidden(None)),
            },
        )
        .await?;
    let key = key.ok_or_else(|| name_taken(&draft.name))?;
    log::info!(
        "the key {} made the key {} for `{}`, with the scope {}",
        administrator.0.prefix,
        key.prefix,
        key.name,
        key.scope
    );
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, format!("{}/{}", HOME.path, key.prefix)))
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(MadeKey::of(key, secret.reveal())))
}

fn name_taken(name: &str) -> ApiError {
    ApiError::Document {
        status: StatusCode::CONFLICT,
        code: ProblemCode::Conflict,
        faults: vec![Fault {
            pointer: "/name".to_owned(),
            code: "name_taken",
            detail: format!(
                "another key is called `{name}`, though it may be revoked; choose another name"
            ),
        }],
    }
}

/// Revoke a key
///
/// For good: no server takes it from then on. One that is revoked already stays so. A key may revoke itself, but not the last
/// good one with the scope `admin`: without it nobody could make another but at the machine. Takes the scope `admin`.
#[utoipa::path(
    tag = "keys",
    params(
        ("key" = String, Path, description = "The key's prefix, as the list shows it", min_length = 1, max_length = 100, example = "isnad_Qm9hdDIx"),
    ),
    responses(
        (status = 204, description = "It is revoked"),
        RevokeKeyProblems,
    ),
)]
#[delete("/keys/{key}")]
pub async fn revoke_key(
    administrator: Administrator,
    change: Change,
    key: web::Path<String>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let prefix = key.into_inner();
    let key = change
        .database
        .write(move |conn| {
            let now = Moment::now();
            let key = queries::of_prefix(conn, &prefix)?.ok_or(ApiError::NotFound(HOME.noun))?;
            if is_good_admin(&key, now) && !queries::is_other_admin_good(conn, key.id, now)? {
                return Err(last_of_its_kind());
            }
            queries::revoke(conn, &key.prefix, now)?;
            Ok(Written::hidden(key))
        })
        .await?;
    if key.revoked_at.is_none() {
        log::info!(
            "the key {} revoked the key {} (`{}`)",
            administrator.0.prefix,
            key.prefix,
            key.name
        );
    }
    Ok(HttpResponse::NoContent()
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish())
}

fn is_good_admin(key: &ApiKey, now: Moment) -> bool {
    key.has(Scope::Admin) && key.refusal(now).is_none()
}

fn last_of_its_kind() -> ApiError {
    ApiError::Refused {
        status: StatusCode::CONFLICT,
        code: ProblemCode::Conflict,
        detail: "this is the last good key with the scope `admin`: make another first, or revoke it by `isnad key revoke`"
            .to_owned(),
    }
}
