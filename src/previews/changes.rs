//! The HTTP endpoints that make and revoke previews.
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpResponse, delete, post, web};

use super::queries::{self, NewRow, Previewed};
use super::types::Preview;
use super::write_shape::NewPreview;
use crate::articles::handlers::HOME;
use crate::articles::queries::find;
use crate::articles::types::ArticleReference;
use crate::database::{Conn, Written};
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::lookup::Lookup;
use crate::domain::moment::Moment;
use crate::domain::secret::PreviewToken;
use crate::http::change::wrong_document;
use crate::http::elsewhere::elsewhere;
use crate::http::responses::{PreviewProblems, RevokeProblems};
use crate::http::{ApiError, Change, Parameters};

/// Make a preview of an article
///
/// A token with which anybody reads this one article as the public would see it if it were published now, by `?preview=`:
/// its published statements, and no proposals. It is good for a day unless `expires_at` says otherwise, and is shown this
/// once. Takes the scope `write`.
#[utoipa::path(
    tag = "previews",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c"),
    ),
    request_body(content = NewPreview, description = "When it ends; may be left out"),
    responses(
        (status = 201, description = "The preview, with its token", body = Preview),
        PreviewProblems,
    ),
)]
#[post("/articles/{article}/preview")]
pub async fn create_preview(
    mut change: Change,
    article: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let now = Moment::now();
    let asked: NewPreview = change.document_if_any().await?;
    let expires_at = asked.check(now).map_err(wrong_document)?;
    let token = PreviewToken::random()?;
    let id = Id::new();
    let (author, uri) = (change.key.name, change.uri);
    let row = (id.clone(), token.hash());
    let of = change
        .database
        .write(move |conn| {
            let of = article_of(conn, &article, &uri)?;
            let preview = NewRow {
                uuid: &row.0,
                article: &of.uuid,
                hash: row.1.clone(),
                created_at: now,
                created_by: &author,
                expires_at,
            };
            queries::create(conn, &preview)?;
            Ok::<_, ApiError>(Written::hidden(of))
        })
        .await?;
    let preview = Preview {
        id: id.as_str(),
        token: token.reveal(),
        article: ArticleReference {
            id: of.uuid.as_str(),
            slug: &of.slug,
            title: &of.title,
            published_at: of.published_at,
        },
        created_at: now,
        expires_at,
    };
    let home = format!("{}/{}/preview/{id}", HOME.path, of.uuid);
    Ok(HttpResponse::build(StatusCode::CREATED)
        .insert_header((LOCATION, home))
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(preview))
}

/// Revoke a preview
///
/// Nobody reads by its token from then on. Takes the scope `write`.
#[utoipa::path(
    tag = "previews",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3c"),
        ("preview" = String, Path, description = "The preview's id", format = Uuid, max_length = 1000, example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b3d"),
    ),
    responses((status = 204, description = "It is revoked"), RevokeProblems),
)]
#[delete("/articles/{article}/preview/{preview}")]
pub async fn delete_preview(
    change: Change,
    path: web::Path<(Key, Key)>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    let uri = change.uri;
    change
        .database
        .write(move |conn| {
            let (article, preview) = &*path;
            let of = article_of(conn, article, &uri)?;
            let revoked = match preview {
                Key::Id(id) => queries::revoke(conn, &of.uuid, id)?,
                Key::Slug(_) => false,
            };
            match revoked {
                true => Ok(Written::hidden(())),
                false => Err(ApiError::NotFound("preview")),
            }
        })
        .await?;
    Ok(HttpResponse::NoContent()
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish())
}

/// The article under a key, whether the public sees it or not. Whoever gets here may read everything.
fn article_of(conn: &mut Conn<'_>, key: &Key, uri: &str) -> Result<Previewed, ApiError> {
    match find(conn, key, Audience::Editor)? {
        Lookup::Found(article) => Ok(queries::previewed(conn, article.row)?),
        Lookup::Moved(id) => Err(ApiError::Moved(elsewhere(uri, &id))),
        Lookup::Gone(reason) => Err(ApiError::gone(HOME.noun, "was deleted", reason)),
        Lookup::Missing => Err(ApiError::NotFound(HOME.noun)),
    }
}
