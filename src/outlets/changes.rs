//! The HTTP endpoints that change outlets.
use actix_web::{HttpResponse, delete, patch, post, put, web};

use super::handlers::HOME;
use super::types::Outlet;
use super::write_shape::{NewOutlet, OutletChanges};
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::http::parameters::Deletion;
use crate::http::responses::{
    AddProblems, ChangeProblems, CreateProblems, DeleteProblems, PutProblems,
};
use crate::http::{ApiError, Change, Parameters};
use crate::naming::changes::{self, Kind, Merge};

const KIND: Kind = Kind {
    thing: Thing::Outlet,
    home: HOME,
};

/// Create an outlet
///
/// The public sees it once something visible refers to it. Of two with one name each needs a `slug` of its own: without
/// one, a name that is taken is refused (409).
#[utoipa::path(
    tag = "outlets",
    request_body(content = NewOutlet, description = "The outlet"),
    responses((status = 201, description = "It is there", body = Outlet), CreateProblems),
)]
#[post("/outlets")]
pub async fn create_outlet(change: Change, _: Parameters<()>) -> Result<HttpResponse, ApiError> {
    changes::create::<NewOutlet, Outlet>(change, KIND).await
}

/// Write an outlet under its id
///
/// Whole: what the document leaves out, the outlet has not, save its slug, which stays. An id that nothing has yet makes a new
/// one (201). Sent again, the same document writes nothing (200). To change what is there takes an `If-Match`; what
/// shows the name is rendered again by itself.
#[utoipa::path(
    tag = "outlets",
    params(
        ("outlet" = String, Path, format = Uuid, description = "The outlet's id: a UUID, made by whoever writes", example = "019c1e00-1d00-7100-8d00-6b8f0e1a2b52"),
    ),
    request_body(content = NewOutlet, description = "The outlet"),
    responses(
        (status = 200, description = "It was there: changed, or the same", body = Outlet),
        (status = 201, description = "It is new", body = Outlet),
        PutProblems,
    ),
)]
#[put("/outlets/{outlet}")]
pub async fn put_outlet(
    change: Change,
    outlet: web::Path<String>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::put::<NewOutlet, Outlet>(change, KIND, &outlet).await
}

/// Change some of an outlet
///
/// A JSON merge patch (RFC 7396): what it names is changed, `null` takes away, and what it does not name stays. A former
/// slug stays reserved and leads here.
#[utoipa::path(
    tag = "outlets",
    params(
        ("outlet" = String, Path, description = "The outlet's id or slug", min_length = 1, max_length = 1000, example = "ضفاف-الزمرد"),
    ),
    request_body(description = "What is to be otherwise", content(
        (OutletChanges = "application/merge-patch+json"),
        (OutletChanges = "application/json"),
    )),
    responses((status = 200, description = "It is so", body = Outlet), ChangeProblems),
)]
#[patch("/outlets/{outlet}")]
pub async fn patch_outlet(
    change: Change,
    outlet: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::patch::<Outlet>(change, KIND, outlet.into_inner()).await
}

/// Delete an outlet
///
/// For good: its id and slug are never given to another. One that something refers to is not deleted (409): merge it into another.
#[utoipa::path(
    tag = "outlets",
    params(
        ("outlet" = String, Path, description = "The outlet's id or slug", min_length = 1, max_length = 1000, example = "ضفاف-الزمرد"),
        Deletion,
    ),
    responses((status = 204, description = "It is gone"), DeleteProblems),
)]
#[delete("/outlets/{outlet}")]
pub async fn delete_outlet(
    change: Change,
    outlet: web::Path<Key>,
    parameters: Parameters<(Deletion,)>,
) -> Result<HttpResponse, ApiError> {
    let (Deletion { reason },) = parameters.values;
    let reason = reason.map(|reason| reason.0);
    changes::delete(change, KIND, outlet.into_inner(), reason, false).await
}

/// Merge an outlet into another
///
/// Both are one: whatever refers to this one refers to the other from then on, its names are the other's aliases, and its id
/// and slugs lead there. Filters follow at once, names that are shown as they are rendered again.
#[utoipa::path(
    tag = "outlets",
    params(
        ("outlet" = String, Path, description = "The id or slug of the outlet that ends", min_length = 1, max_length = 1000, example = "ضفاف-الزمرد"),
    ),
    request_body(content = Merge, description = "Which one is left"),
    responses((status = 200, description = "The outlet that is left", body = Outlet), AddProblems),
)]
#[post("/outlets/{outlet}/merge")]
pub async fn merge_outlet(
    change: Change,
    outlet: web::Path<Key>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    changes::merge::<Outlet>(change, KIND, outlet.into_inner()).await
}
