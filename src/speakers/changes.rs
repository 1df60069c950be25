//! The HTTP endpoints that change speakers.
use actix_web::{HttpResponse, delete, patch, post, put, web};

use super::handlers::HOME;
use super::types::Speaker;
use super::write_shape::{NewSpeaker, SpeakerChanges};
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::http::parameters::Deletion;
use crate::http::responses::{
    AddProblems, ChangeProblems, CreateProblems, DeleteProblems, PutProblems,
};
use crate::http::{ApiError, Change, Parameters};
use crate::naming::changes::{self, Kind, Merge};

const KIND: Kind = Kind {
    thing: Thing::Speaker,
    home: HOME,
};

/// Create a speaker
///
/// The public sees it once something visible refers to it. Of two with one name each needs a `slug` of its own: without
/// one, a name that is taken is refused (409).
#[utoipa::path(
    tag = "speakers",
    request_body(content = NewSpeaker, description = "The speaker"),
    responses((status = 201, description = "It is there", body = Speaker), CreateProblems),
)]
#[post("/speakers")]
pub async fn create_speaker(change: Change, _: Parameters<()>) -> Result<HttpResponse, ApiError> {
    changes::create::<NewSpeaker, Speaker>(change, KIND).await
}

/// Write a speaker under its id
///
/// Whole: what the document leaves out, the speaker has not, save its slug, which stays. An id that nothing has yet makes a new
/// one (201). Sent again, the same document writes nothing (200). To change what is there takes an `If-Match`; what
/// shows the name is rendered again by itself.
#[utoipa::path(
    tag = "speakers",
    params(
        ("speaker" = String, Path, format = Uuid, description = "The speaker's id: a UUID, made by whoever writes", example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b51"),
    ),
    request_body(content = NewSpeaker, description = "The speaker"),
    responses(
        (status = 200, description = "It was there: changed, or the same", body = Speaker),
        (status = 201, description = "It is new", body = Speaker),
        PutProblems,
    ),
)]
#[put("/speakers/{speaker}")]
pub async fn put_speaker(
    change: Change,
    speaker: web::Path<String>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::put::<NewSpeaker, Speaker>(change, KIND, &speaker).await
}

/// Change some of a speaker
///
/// A JSON merge patch (RFC 7396): what it names is changed, `null` takes away, and what it does not name stays. A former
/// slug stays reserved and leads here.
#[utoipa::path(
    tag = "speakers",
    params(
        ("speaker" = String, Path, description = "The speaker's id or slug", min_length = 1, max_length = 1000, example = "نادرة-السلهبي"),
    ),
    request_body(description = "What is to be otherwise", content(
        (SpeakerChanges = "application/merge-patch+json"),
        (SpeakerChanges = "application/json"),
    )),
    responses((status = 200, description = "It is so", body = Speaker), ChangeProblems),
)]
#[patch("/speakers/{speaker}")]
pub async fn patch_speaker(
    change: Change,
    speaker: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::patch::<Speaker>(change, KIND, speaker.into_inner()).await
}

/// Delete a speaker
///
/// For good: its id and slug are never given to another. One that something refers to is not deleted (409): merge it into another.
#[utoipa::path(
    tag = "speakers",
    params(
        ("speaker" = String, Path, description = "The speaker's id or slug", min_length = 1, max_length = 1000, example = "نادرة-السلهبي"),
        Deletion,
    ),
    responses((status = 204, description = "It is gone"), DeleteProblems),
)]
#[delete("/speakers/{speaker}")]
pub async fn delete_speaker(
    change: Change,
    speaker: web::Path<Key>,
    parameters: Parameters<(Deletion,)>,
) -> Result<HttpResponse, ApiError> {
    let (Deletion { reason },) = parameters.values;
    let reason = reason.map(|reason| reason.0);
    changes::delete(change, KIND, speaker.into_inner(), reason, false).await
}

/// Merge a speaker into another
///
/// Both are one: whatever refers to this one refers to the other from then on, its names are the other's aliases, and its id
/// and slugs lead there. Filters follow at once, names that are shown as they are rendered again.
#[utoipa::path(
    tag = "speakers",
    params(
        ("speaker" = String, Path, description = "The id or slug of the speaker that ends", min_length = 1, max_length = 1000, example = "نادرة-السلهبي"),
    ),
    request_body(content = Merge, description = "Which one is left"),
    responses((status = 200, description = "The speaker that is left", body = Speaker), AddProblems),
)]
#[post("/speakers/{speaker}/merge")]
pub async fn merge_speaker(
    change: Change,
    speaker: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::merge::<Speaker>(change, KIND, speaker.into_inner()).await
}
