//! The HTTP endpoints for outlets.
use actix_web::{HttpResponse, get, web};

use super::parameters::{ListOutlets, OutletSort};
use super::types::{Outlet, OutletPage, PartialOutlet, PartialOutletPage};
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::http::responses::{ItemProblems, ListProblems};
use crate::http::{ApiError, Home, ItemView, Paging, Parameters, Reading};
use crate::naming::handlers::{item_of, list_of};

pub const HOME: Home = Home {
    path: "/v1/outlets",
    tail: "",
    noun: "outlet",
};

/// List outlets
///
/// Those with the most articles first. To read on, pass `page.next` back as `cursor`.
#[utoipa::path(
    tag = "outlets",
    params(Paging, ListOutlets),
    responses(
        (status = 200, description = "A page of outlets", content(
            (OutletPage = "application/json"),
            (PartialOutletPage = "application/vnd.isnad.partial+json"),
        )),
        ListProblems,
    ),
)]
#[get("/outlets")]
pub async fn list_outlets(
    reading: Reading,
    parameters: Parameters<(Paging, ListOutlets)>,
) -> Result<HttpResponse, ApiError> {
    let (paging, wanted) = parameters.values;
    let sort = wanted.sort.unwrap_or(OutletSort::MostArticlesFirst);
    let filter = wanted.filter();
    let order = (sort.as_str(), sort.order());
    list_of::<Outlet>(reading, HOME, parameters.query, paging, filter, order).await
}

/// Read one outlet
///
/// A former slug, or the id of an outlet that was merged into another, leads to the present address (308).
#[utoipa::path(
    tag = "outlets",
    params(
        ("outlet" = String, Path, description = "The outlet's id or slug", min_length = 1, max_length = 1000, example = "ضفاف-الزمرد"),
        ItemView,
    ),
    responses(
        (status = 200, description = "The outlet", content(
            (Outlet = "application/json"),
            (PartialOutlet = "application/vnd.isnad.partial+json"),
        )),
        ItemProblems,
    ),
)]
#[get("/outlets/{outlet}")]
pub async fn get_outlet(
    reading: Reading,
    outlet: web::Path<Key>,
    parameters: Parameters<(ItemView,)>,
) -> Result<HttpResponse, ApiError> {
    let (view,) = parameters.values;
    item_of::<Outlet>(
        reading,
        HOME,
        parameters.query,
        view,
        Thing::Outlet,
        outlet.into_inner(),
    )
    .await
}
