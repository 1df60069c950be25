//! Wires routes, middleware, shared state and the OpenAPI document together.
mod document;

use std::time::Duration;

use actix_cors::Cors;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, web};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

pub use document::openapi;

use crate::database::Database;
use crate::http::auth::{KeyUses, authenticate};
use crate::http::change::BodyTimeout;
use crate::http::envelope::envelope;
use crate::http::idempotency::InFlight;
use crate::http::not_found::{KnownPaths, nothing_here};
use crate::imports::Imports;
use crate::site::Documentation;
use crate::{
    articles, imports, meta, outlets, related, revisions, site, speakers, statements, tags,
    timeline,
};

/// What all workers share: made once.
#[derive(Clone)]
pub struct State {
    database: web::Data<Database>,
    documentation: web::Data<Documentation>,
    paths: web::Data<KnownPaths>,
    uses: web::Data<KeyUses>,
    imports: web::Data<Imports>,
    in_flight: InFlight,
    body_timeout: BodyTimeout,
}

/// How long a body may take to arrive, unless somebody says otherwise.
const BODY_TIMEOUT: BodyTimeout = BodyTimeout(Duration::from_secs(10));

impl State {
    pub fn new(database: Database) -> Self {
        let document = openapi();
        let paths = KnownPaths::of(&document, &site::PATHS);
        // It is made of values that always serialise; a test compares what is served with what is committed.
        let text = document.to_json().unwrap_or_default();
        Self {
            database: web::Data::new(database),
            documentation: web::Data::new(Documentation::new(text)),
            paths: web::Data::new(paths),
            uses: web::Data::new(KeyUses::default()),
            imports: web::Data::new(Imports::default()),
            in_flight: InFlight::default(),
            body_timeout: BODY_TIMEOUT,
        }
    }

    /// Ends the imports that run, each after the batch that it is at.
    pub fn stop_imports(&self) {
        self.imports.stop();
    }

    /// Bodies may take so long to arrive.
    pub fn with_body_timeout(self, timeout: Duration) -> Self {
        Self {
            body_timeout: BodyTimeout(timeout),
            ..self
        }
    }
}

/// Every route there is; the document is collected from the same.
fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(
            scope("/v1")
                .configure(articles::routes)
                .configure(related::routes)
                .configure(revisions::routes)
                .configure(statements::routes)
                .configure(speakers::routes)
                .configure(timeline::routes)
                .configure(outlets::routes)
                .configure(tags::routes)
                .configure(imports::routes)
                .configure(meta::routes)
                .wrap(from_fn(authenticate)),
        )
        .configure(meta::health);
}

/// The application that a worker runs, and that tests run.
pub fn app(
    state: &State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let (app, _) = App::new()
        .into_utoipa_app()
        .configure(routes)
        .split_for_parts();
    app.app_data(state.database.clone())
        .app_data(state.documentation.clone())
        .app_data(state.paths.clone())
        .app_data(state.uses.clone())
        .app_data(state.imports.clone())
        .app_data(state.in_flight.clone())
        .app_data(state.body_timeout)
        .configure(site::routes)
        .default_service(web::to(nothing_here))
        .wrap(cors())
        .wrap(from_fn(envelope))
}

/// Anyone's page may read what is public.
fn cors() -> Cors {
    Cors::default()
        .allow_any_origin()
        .send_wildcard()
        .disable_vary_header()
        .allowed_methods([Method::GET, Method::HEAD, Method::OPTIONS])
        .allow_any_header()
        .expose_headers([
            header::ETAG.as_str(),
            header::LINK.as_str(),
            header::LOCATION.as_str(),
            header::RETRY_AFTER.as_str(),
            "ratelimit",
            "x-request-id",
            "x-sequence",
        ])
        .max_age(3600)
}
