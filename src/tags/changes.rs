//! The HTTP endpoints that change tags.
use actix_web::{HttpResponse, delete, patch, post, put, web};

use super::handlers::HOME;
use super::parameters::Detaching;
use super::types::Tag;
use super::write_shape::{NewTag, TagChanges};
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::http::parameters::Deletion;
use crate::http::responses::{
    AddProblems, ChangeProblems, CreateProblems, DeleteProblems, PutProblems,
};
use crate::http::{ApiError, Change, Parameters};
use crate::naming::changes::{self, Kind, Merge};

const KIND: Kind = Kind {
    thing: Thing::Tag,
    home: HOME,
};

/// Create a tag
///
/// The public sees it once something visible refers to it. Of two with one name each needs a `slug` of its own: without
/// one, a name that is taken is refused (409).
#[utoipa::path(
    tag = "tags",
    request_body(content = NewTag, description = "The tag"),
    responses((status = 201, description = "It is there", body = Tag), CreateProblems),
)]
#[post("/tags")]
pub async fn create_tag(change: Change, _: Parameters<()>) -> Result<HttpResponse, ApiError> {
    changes::create::<NewTag, Tag>(change, KIND).await
}

/// Write a tag under its id
///
/// Whole: what the document leaves out, the tag has not, save its slug, which stays. An id that nothing has yet makes a new
/// one (201). Sent again, the same document writes nothing (200). To change what is there takes an `If-Match`; what
/// shows the name is rendered again by itself.
#[utoipa::path(
    tag = "tags",
    params(
        ("tag" = String, Path, format = Uuid, description = "The tag's id: a UUID, made by whoever writes", example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b53"),
    ),
    request_body(content = NewTag, description = "The tag"),
    responses(
        (status = 200, description = "It was there: changed, or the same", body = Tag),
        (status = 201, description = "It is new", body = Tag),
        PutProblems,
    ),
)]
#[put("/tags/{tag}")]
pub async fn put_tag(
    change: Change,
    tag: web::Path<String>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::put::<NewTag, Tag>(change, KIND, &tag).await
}

/// Change some of a tag
///
/// A JSON merge patch (RFC 7396): what it names is changed, `null` takes away, and what it does not name stays. A former
/// slug stays reserved and leads here.
#[utoipa::path(
    tag = "tags",
    params(
        ("tag" = String, Path, description = "The tag's id or slug", min_length = 1, max_length = 1000, example = "مياه"),
    ),
    request_body(description = "What is to be otherwise", content(
        (TagChanges = "application/merge-patch+json"),
        (TagChanges = "application/json"),
    )),
    responses((status = 200, description = "It is so", body = Tag), ChangeProblems),
)]
#[patch("/tags/{tag}")]
pub async fn patch_tag(
    change: Change,
    tag: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::patch::<Tag>(change, KIND, tag.into_inner()).await
}

/// Delete a tag
///
/// For good: its id and slug are never given to another. A tag that articles have is not deleted (409), unless `detach=true` takes it off them.
#[utoipa::path(
    tag = "tags",
    params(
        ("tag" = String, Path, description = "The tag's id or slug", min_length = 1, max_length = 1000, example = "مياه"),
        Deletion,
        Detaching,
    ),
    responses((status = 204, description = "It is gone"), DeleteProblems),
)]
#[delete("/tags/{tag}")]
pub async fn delete_tag(
    change: Change,
    tag: web::Path<Key>,
    parameters: Parameters<(Deletion, Detaching)>,
) -> Result<HttpResponse, ApiError> {
    let (Deletion { reason }, Detaching { detach }) = parameters.values;
    let reason = reason.map(|reason| reason.0);
    changes::delete(change, KIND, tag.into_inner(), reason, detach).await
}

/// Merge a tag into another
///
/// Both are one: whatever refers to this one refers to the other from then on, its names by language that the other lacks, and its id
/// and slugs lead there. Filters follow at once, names that are shown as they are rendered again.
#[utoipa::path(
    tag = "tags",
    params(
        ("tag" = String, Path, description = "The id or slug of the tag that ends", min_length = 1, max_length = 1000, example = "مياه"),
    ),
    request_body(content = Merge, description = "Which one is left"),
    responses((status = 200, description = "The tag that is left", body = Tag), AddProblems),
)]
#[post("/tags/{tag}/merge")]
pub async fn merge_tag(
    change: Change,
    tag: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::merge::<Tag>(change, KIND, tag.into_inner()).await
}
