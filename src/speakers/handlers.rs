//! The HTTP endpoints for speakers.
use actix_web::{HttpResponse, get, web};

use super::parameters::{ListSpeakers, SpeakerSort};
use super::types::{PartialSpeaker, PartialSpeakerPage, Speaker, SpeakerPage};
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::http::responses::{ItemProblems, ListProblems};
use crate::http::{ApiError, Home, ItemView, Paging, Parameters, Reading};
use crate::naming::handlers::{item_of, list_of};

pub const HOME: Home = Home {
    path: "/v1/speakers",
    tail: "",
    noun: "speaker",
};

/// List speakers
///
/// Those with the most statements first. To read on, pass `page.next` back as `cursor`.
#[utoipa::path(
    tag = "speakers",
    params(Paging, ListSpeakers),
    responses(
        (status = 200, description = "A page of speakers", content(
            (SpeakerPage = "application/json"),
            (PartialSpeakerPage = "application/vnd.isnad.partial+json"),
        )),
        ListProblems,
    ),
)]
#[get("/speakers")]
pub async fn list_speakers(
    reading: Reading,
    parameters: Parameters<(Paging, ListSpeakers)>,
) -> Result<HttpResponse, ApiError> {
    let (paging, wanted) = parameters.values;
    let sort = wanted.sort.unwrap_or(SpeakerSort::MostStatementsFirst);
    let filter = wanted.filter();
    let order = (sort.as_str(), sort.order());
    list_of::<Speaker>(reading, HOME, parameters.query, paging, filter, order).await
}

/// Read one speaker
///
/// A former slug, or the id of a speaker that was merged into another, leads to the present address (308).
#[utoipa::path(
    tag = "speakers",
    params(
        ("speaker" = String, Path, description = "The speaker's id or slug", min_length = 1, max_length = 1000, example = "نادرة-السلهبي"),
        ItemView,
    ),
    responses(
        (status = 200, description = "The speaker", content(
            (Speaker = "application/json"),
            (PartialSpeaker = "application/vnd.isnad.partial+json"),
        )),
        ItemProblems,
    ),
)]
#[get("/speakers/{speaker}")]
pub async fn get_speaker(
    reading: Reading,
    speaker: web::Path<Key>,
    parameters: Parameters<(ItemView,)>,
) -> Result<HttpResponse, ApiError> {
    let (view,) = parameters.values;
    item_of::<Speaker>(
        reading,
        HOME,
        parameters.query,
        view,
        Thing::Speaker,
        speaker.into_inner(),
    )
    .await
}
