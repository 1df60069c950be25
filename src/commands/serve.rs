//! `isnad serve`: opens the store and serves it.
use std::time::Duration;

use super::Failure;
use crate::app::Admission;
use crate::config::Serve;
use crate::database::{Database, Use};
use crate::domain::moment::Moment;
use crate::samples;
use crate::server::{self, Settings};
use crate::writing::{schedule, stale};

pub fn run(options: Serve) -> Result<(), Failure> {
    let statement_timeout = Duration::from_secs(options.statement_timeout);
    let usage = Use {
        mapped: options.mmap_size.as_u64(),
        ..Use::serving(options.readers, statement_timeout)
    };
    let replica = options.replica.as_deref().filter(|url| !url.is_empty());
    let database = Database::open_with_replica(&options.store.url, replica, usage)?;
    if options.samples {
        match samples::fill(&database)? {
            Some(count) => {
                log::info!("filled the empty store with {count} sample articles and records")
            }
            None => log::info!("the store has content already: no samples were added"),
        }
    }
    // What came due or was interrupted while nobody ran.
    if let Err(error) = schedule::publish_due(&database, Moment::now()) {
        log::warn!("scheduled articles cannot go live, will try again: {error}");
    }
    stale::mark_other_versions(&database)?;
    let settings = Settings {
        listen: options.listen,
        admission: Admission {
            public: options.admission.public,
            rate: options.admission.rate_limit.0,
            trusted_proxies: options.admission.trusted_proxies,
            cors_origins: options.admission.cors_origins,
        },
        cache_bytes: options.cache_size.as_u64(),
        metrics_listen: options.metrics_listen.filter(|listen| !listen.is_empty()),
        workers: options.workers,
        request_timeout: Duration::from_secs(options.request_timeout),
        shutdown_timeout: Duration::from_secs(options.shutdown_timeout),
        revision_days: Some(options.revision_days).filter(|days| *days > 0),
    };
    actix_web::rt::System::new()
        .block_on(server::run(database, settings))
        .map_err(Failure::from)
}
