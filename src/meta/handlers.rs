//! The HTTP endpoints about the service itself.
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, get, web};

use super::queries;
use super::types::{Health, Meta, MetaBounds};
use crate::database::{Database, store};
use crate::domain::lookup::{Item, Lookup};
use crate::domain::verbatim::Verbatim;
use crate::http::fields::Shown;
use crate::http::responses::{ListProblems, LivenessProblems, ReadinessProblems};
use crate::http::{ApiError, Home, Parameters, Reading};

const HOME: Home = Home {
    path: "/v1/meta",
    tail: "",
    noun: "service",
};

/// Describe the service
///
/// Its version, how much the public sees, and the bounds of what it takes.
#[utoipa::path(
    tag = "meta",
    responses(
        (status = 200, description = "The service", body = Meta),
        ListProblems,
    ),
)]
#[get("/meta")]
pub async fn get_meta(
    reading: Reading,
    parameters: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    reading
        .at_length()
        .item(HOME, parameters.query, Shown::default(), |conn| {
            let meta = Meta {
                name: env!("CARGO_PKG_NAME"),
                version: env!("CARGO_PKG_VERSION"),
                public_sequence: store::state(conn)?.public_sequence,
                counts: queries::counts(conn)?,
                bounds: MetaBounds::PUBLISHED,
            };
            let json = Verbatim::of(&meta)?;
            let revision = meta.public_sequence;
            Ok(Lookup::Found(Item::new(revision, json)))
        })
        .await
}

/// Ask whether the process lives
///
/// Answers as long as the process does; for a supervisor that restarts it.
#[utoipa::path(
    tag = "meta",
    responses(
        (status = 200, description = "It lives", body = Health),
        LivenessProblems,
    ),
)]
#[get("/health/live")]
pub async fn get_liveness(_: Parameters<()>) -> HttpResponse {
    healthy()
}

/// Ask whether the service is ready
///
/// Answers when the database does; for a load balancer that sends requests to it.
#[utoipa::path(
    tag = "meta",
    responses(
        (status = 200, description = "It is ready", body = Health),
        ReadinessProblems,
    ),
)]
#[get("/health/ready")]
pub async fn get_readiness(
    database: web::Data<Database>,
    _: Parameters<()>,
) -> Result<HttpResponse, ApiError> {
    database
        .read(|conn| Ok::<_, ApiError>(store::state(conn)?))
        .await?;
    Ok(healthy())
}

fn healthy() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(Health { status: "ok" })
}
