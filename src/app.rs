//! Wires routes, middleware, shared state and the OpenAPI document together.
mod document;

use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, web};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

pub use document::openapi;

use crate::database::Database;
use crate::domain::network::Networks;
use crate::domain::origin::Origins;
use crate::domain::rate::Rate;
use crate::http::change::BodyTimeout;
use crate::http::cors::cors;
use crate::http::envelope::envelope;
use crate::http::gate::{Gate, guard};
use crate::http::idempotency::InFlight;
use crate::http::not_found::{KnownPaths, nothing_here};
use crate::http::response_cache::ResponseCache;
use crate::imports::Imports;
use crate::metrics::{Metrics, measure};
use crate::site::Documentation;
use crate::{
    articles, imports, keys, meta, outlets, previews, proposals, related, revisions, site,
    speakers, statements, suggest, tags, timeline,
};

/// What all workers share: made once.
#[derive(Clone)]
pub struct State {
    database: web::Data<Database>,
    documentation: web::Data<Documentation>,
    paths: web::Data<KnownPaths>,
    gate: web::Data<Gate>,
    cache: web::Data<ResponseCache>,
    origins: web::Data<Origins>,
    in_flight: InFlight,
    imports: web::Data<Imports>,
    metrics: Option<web::Data<Metrics>>,
    body_timeout: BodyTimeout,
}

/// Who is let in, and how often.
#[derive(Debug, Clone)]
pub struct Admission {
    /// Whether what is public may be read without a key.
    pub public: bool,
    pub rate: Option<Rate>,
    /// Who is believed when it says for whom it asks.
    pub trusted_proxies: Networks,
    /// Whose pages may write.
    pub cors_origins: Origins,
}

impl Default for Admission {
    fn default() -> Self {
        Self {
            public: true,
            rate: None,
            trusted_proxies: Networks::default(),
            cors_origins: Origins::default(),
        }
    }
}

impl Admission {
    fn gate(self) -> Gate {
        Gate::new(self.public, self.rate, self.trusted_proxies)
    }
}

/// How many bytes of answers are kept, unless somebody says otherwise.
const CACHE: u64 = 16 * 1024 * 1024;

/// How long a body may take to arrive, unless somebody says otherwise.
const BODY_TIMEOUT: BodyTimeout = BodyTimeout(Duration::from_secs(10));

impl State {
    pub fn new(database: Database) -> Self {
        // It is made of values that always serialise; a test compares what is served with what is committed.
        let document = || openapi().to_json().unwrap_or_default().into();
        let paths = || KnownPaths::of(&openapi(), &site::PATHS);
        Self {
            database: web::Data::new(database),
            documentation: web::Data::new(Documentation::new(document)),
            paths: web::Data::new(KnownPaths::new(paths)),
            gate: web::Data::new(Admission::default().gate()),
            cache: web::Data::new(ResponseCache::of_bytes(CACHE)),
            origins: web::Data::default(),
            in_flight: InFlight::default(),
            imports: web::Data::default(),
            metrics: None,
            body_timeout: BODY_TIMEOUT,
        }
    }

    /// Lets in who is to be let in.
    pub fn with_admission(self, admission: Admission) -> Self {
        Self {
            origins: web::Data::new(admission.cors_origins.clone()),
            gate: web::Data::new(admission.gate()),
            ..self
        }
    }

    /// Keeps answers in so many bytes; none in none.
    pub fn with_cache(self, bytes: u64) -> Self {
        Self {
            cache: web::Data::new(ResponseCache::of_bytes(bytes)),
            ..self
        }
    }

    /// The answers that it keeps, for who measures.
    pub fn cache(&self) -> web::Data<ResponseCache> {
        self.cache.clone()
    }

    /// Counts what it does.
    pub fn with_metrics(self, metrics: web::Data<Metrics>) -> Self {
        Self {
            metrics: Some(metrics),
            ..self
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
                .configure(previews::routes)
                .configure(revisions::routes)
                .configure(statements::routes)
                .configure(speakers::routes)
                .configure(timeline::routes)
                .configure(outlets::routes)
                .configure(tags::routes)
                .configure(suggest::routes)
                .configure(proposals::routes)
                .configure(imports::routes)
                .configure(keys::routes)
                .configure(meta::routes)
                .wrap(from_fn(guard)),
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
    let measured = state.metrics.clone();
    app.configure(|config| {
        if let Some(metrics) = measured {
            config.app_data(metrics);
        }
    })
    .app_data(state.database.clone())
    .app_data(state.cache.clone())
    .app_data(state.documentation.clone())
    .app_data(state.paths.clone())
    .app_data(state.gate.clone())
    .app_data(state.origins.clone())
    .app_data(state.in_flight.clone())
    .app_data(state.imports.clone())
    .app_data(state.body_timeout)
    .configure(site::routes)
    .default_service(web::to(nothing_here))
    .wrap(from_fn(cors))
    .wrap(from_fn(envelope))
    .wrap(from_fn(measure))
}
