//! The HTTP endpoints for tags.
use actix_web::{HttpResponse, get, web};

use super::parameters::{ListTags, TagSort};
use super::types::{PartialTag, PartialTagPage, Tag, TagPage};
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::http::responses::{ItemProblems, ListProblems};
use crate::http::{ApiError, Home, ItemView, Paging, Parameters, Reading};
use crate::naming::handlers::{item_of, list_of};

pub const HOME: Home = Home {
    path: "/v1/tags",
    tail: "",
    noun: "tag",
};

/// List tags
///
/// Those with the most articles first. To read on, pass `page.next` back as `cursor`.
#[utoipa::path(
    tag = "tags",
    params(Paging, ListTags),
    responses(
        (status = 200, description = "A page of tags", content(
            (TagPage = "application/json"),
            (PartialTagPage = "application/vnd.isnad.partial+json"),
        )),
        ListProblems,
    ),
)]
#[get("/tags")]
pub async fn list_tags(
    reading: Reading,
    parameters: Parameters<(Paging, ListTags)>,
) -> Result<HttpResponse, ApiError> {
    let (paging, wanted) = parameters.values;
    let sort = wanted.sort.unwrap_or(TagSort::MostArticlesFirst);
    let filter = wanted.filter();
    let order = (sort.as_str(), sort.order());
    list_of::<Tag>(reading, HOME, parameters.query, paging, filter, order).await
}

/// Read one tag
///
/// A former slug, or the id of a tag that was merged into another, leads to the present address (308).
#[utoipa::path(
    tag = "tags",
    params(
        ("tag" = String, Path, description = "The tag's id or slug", min_length = 1, max_length = 1000, example = "مرجانة"),
        ItemView,
    ),
    responses(
        (status = 200, description = "The tag", content(
            (Tag = "application/json"),
            (PartialTag = "application/vnd.isnad.partial+json"),
        )),
        ItemProblems,
    ),
)]
#[get("/tags/{tag}")]
pub async fn get_tag(
    reading: Reading,
    tag: web::Path<Key>,
    parameters: Parameters<(ItemView,)>,
) -> Result<HttpResponse, ApiError> {
    let (view,) = parameters.values;
    item_of::<Tag>(
        reading,
        HOME,
        parameters.query,
        view,
        Thing::Tag,
        tag.into_inner(),
    )
    .await
}
