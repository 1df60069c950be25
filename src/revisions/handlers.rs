//! The HTTP endpoints for former states of articles.
use actix_web::{HttpResponse, get, web};

use super::queries;
use super::types::{
    ArticleState, PartialArticleState, PartialRevisionPage, Revision, RevisionPage,
};
use crate::domain::key::Key;
use crate::domain::lookup::{Item, Lookup};
use crate::domain::verbatim::Verbatim;
use crate::domain::walk::Walk;
use crate::http::fields::Shown;
use crate::http::responses::{EditorItemProblems, EditorListProblems};
use crate::http::{ApiError, Home, ItemView, ListRequest, Listing, Paging, Parameters, Reading};
use crate::keys::types::Scope;

const HOME: Home = Home {
    path: "/v1/articles",
    tail: "/revisions",
    noun: "article",
};

const WHAT: &str = "reading former states";

/// List the revisions of an article
///
/// The latest first: when it became what it was then, and by which key. Takes the scope `read`. Those of a deleted article
/// are found by its id.
#[utoipa::path(
    tag = "revisions",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "حريق-يلتهم-ثلث-السوق-القديم-في-خان-السدرة"),
        Paging,
    ),
    responses(
        (status = 200, description = "A page of revisions", content(
            (RevisionPage = "application/json"),
            (PartialRevisionPage = "application/vnd.isnad.partial+json"),
        )),
        EditorListProblems,
    ),
)]
#[get("/articles/{article}/revisions")]
pub async fn list_revisions(
    reading: Reading,
    article: web::Path<Key>,
    parameters: Parameters<(Paging,)>,
) -> Result<HttpResponse, ApiError> {
    let reading = reading.demand(Scope::Read, WHAT)?;
    let (paging,) = parameters.values;
    let request = ListRequest {
        query: parameters.query,
        sort: "-revision",
        size: paging.limit,
        cursor: paging.cursor,
        shown: Shown::of::<Revision>(paging.fields)?,
    };
    reading
        .since(paging.min_sequence)?
        .list(HOME, request, move |conn, size, cursor| {
            queries::find(conn, &article)?.and_then(|article| {
                let total = match paging.count {
                    true => Some(queries::count(conn, &article)?),
                    false => None,
                };
                let walk = Walk {
                    falling: true,
                    size,
                    cursor,
                };
                let slice = queries::list(conn, article, walk)?;
                let json = |revision| Verbatim::of(&revision);
                let slice = slice.map(json).transpose()?;
                Ok(Lookup::Found(Listing::unsearched(slice, total)))
            })
        })
        .await
}

/// Read a revision of an article
///
/// The article as it was then, whole, with all its statements, in the shape in which it is written: it can be sent back, or
/// restored. Takes the scope `read`.
#[utoipa::path(
    tag = "revisions",
    params(
        ("article" = String, Path, description = "The article's id or slug", min_length = 1, max_length = 1000, example = "حريق-يلتهم-ثلث-السوق-القديم-في-خان-السدرة"),
        ("revision" = i64, Path, description = "Which revision", minimum = 1, maximum = 9007199254740991_i64, example = 1),
        ItemView,
    ),
    responses(
        (status = 200, description = "The article as it was", content(
            (ArticleState = "application/json"),
            (PartialArticleState = "application/vnd.isnad.partial+json"),
        )),
        EditorItemProblems,
    ),
)]
#[get("/articles/{article}/revisions/{revision}")]
pub async fn get_revision(
    reading: Reading,
    path: web::Path<(Key, String)>,
    parameters: Parameters<(ItemView,)>,
) -> Result<HttpResponse, ApiError> {
    let reading = reading.demand(Scope::Read, WHAT)?;
    let (article, text) = path.into_inner();
    let revision = revision_of(&text)?;
    let (view,) = parameters.values;
    let shown = Shown::of::<ArticleState>(view.fields)?;
    let home = Home {
        noun: "revision",
        ..HOME
    };
    reading
        .since(view.min_sequence)?
        .item(home, parameters.query, shown, move |conn| {
            queries::find(conn, &article)?.and_then(|article| {
                let Some((of, state)) = queries::state(conn, article, revision)? else {
                    return Ok(Lookup::Missing);
                };
                let json = Verbatim::of(&ArticleState {
                    revision: of.revision,
                    changed_at: of.changed_at,
                    changed_by: of.changed_by,
                    current: of.current,
                    state: state.documented(),
                })?;
                Ok(Lookup::Found(Item::new(revision, json)))
            })
        })
        .await
}

/// A revision that a path names; what is no number of one is none.
pub fn revision_of(text: &str) -> Result<i64, ApiError> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let revision = text.parse().ok().filter(|_| digits);
    revision.ok_or(ApiError::NotFound("revision"))
}
