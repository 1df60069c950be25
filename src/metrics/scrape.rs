//! `/metrics`: what was counted, and what is asked of the database just then.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::rt;
use actix_web::rt::time::timeout;
use actix_web::{HttpResponse, get, web};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::Metrics;
use super::queries;
use crate::database::{Conn, Database, Error, PoolState, Unwanted};
use crate::http::response_cache::{ResponseCache, Standing};

/// How long the database is waited for; Prometheus itself waits for ten seconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether an answer of the database is still to come: then it is not asked again.
#[derive(Clone, Default)]
pub struct Asking(Arc<AtomicBool>);

/// The routes of the address that metrics are served on.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(get_metrics);
}

/// Everything that is measured.
#[get("/metrics")]
pub async fn get_metrics(
    metrics: web::Data<Metrics>,
    cache: web::Data<ResponseCache>,
    database: web::Data<Database>,
) -> HttpResponse {
    let standing = ask(&database, metrics.asking.clone()).await;
    let mut now = Registry::with_prefix("isnad");
    tell(&mut now, &database, standing.as_ref());
    tell_cache(&mut now, &cache.standing());
    let mut text = String::new();
    // Writing to a String cannot fail.
    let written = encode(&mut text, &metrics.registry).and_then(|()| encode(&mut text, &now));
    match written {
        Ok(()) => HttpResponse::Ok().content_type(CONTENT_TYPE).body(text),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// Asks the database; None where it does not answer in time. It goes on by itself where it is late.
async fn ask(database: &Database, asking: Asking) -> Option<queries::Standing> {
    if asking.0.swap(true, Ordering::AcqRel) {
        return None;
    }
    let database = database.clone();
    let asked = rt::spawn(async move {
        let answer = database
            .read_newest(|conn: &mut Conn<'_>| Ok::<_, Error>(queries::standing(conn)?))
            .await;
        asking.0.store(false, Ordering::Release);
        answer
    });
    match timeout(PATIENCE, asked).await {
        Ok(Ok(Ok(standing))) => Some(standing),
        Ok(Ok(Err(error))) => {
            log::debug!("the database cannot be asked for metrics: {error}");
            None
        }
        _ => None,
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Pool {
    pool: &'static str,
}

fn tell(registry: &mut Registry, database: &Database, standing: Option<&queries::Standing>) {
    let version = env!("CARGO_PKG_VERSION");
    let build = [("version", version), ("engine", database.engine())];
    registry.register("build", "The program", Info::new(build.to_vec()));
    let mut gauge = |name, help, value| tell_gauge(registry, name, help, value);
    let up = i64::from(standing.is_some());
    gauge(
        "database_up",
        "Whether the database answered within two seconds",
        up,
    );
    if let Some(standing) = standing {
        let queries::Standing {
            state,
            stale,
            scheduled,
        } = standing;
        for (name, help, value) in [
            (
                "sequence",
                "The number of the store's last write",
                state.sequence,
            ),
            (
                "public_sequence",
                "The number of the last change of what the public sees",
                state.public_sequence,
            ),
            (
                "stale_documents",
                "Documents that are to be rendered again",
                *stale,
            ),
            (
                "scheduled_articles",
                "Articles that are published and not shown before their time",
                *scheduled,
            ),
        ] {
            gauge(name, help, value);
        }
    }
    if let Some(replica) = database.replica() {
        let (name, help) = (
            "replica_in_use",
            "Whether reads go to the replica, as it keeps up",
        );
        gauge(name, help, replica.in_use.into());
        if let Some(behind) = replica.behind {
            let (name, help) = (
                "replica_writes_behind",
                "Writes that the replica had not received when it was last looked at",
            );
            gauge(name, help, behind);
        }
    }
    tell_pools(registry, &database.pools());
    let given_up = database.given_up();
    for (name, help, why) in [
        (
            "database_readings_too_long",
            "Readings that were given up as they took longer than they may",
            Unwanted::TooLong,
        ),
        (
            "database_readings_abandoned",
            "Readings that were given up as nobody waited for them any more",
            Unwanted::Gone,
        ),
    ] {
        tell_counter(registry, name, help, given_up.count(why));
    }
}

fn tell_cache(registry: &mut Registry, standing: &Standing) {
    let counts = [
        (
            "response_cache_hits",
            "Answers that were in memory",
            standing.hits,
        ),
        (
            "response_cache_misses",
            "Answers that could have been in memory, and were read",
            standing.misses,
        ),
    ];
    for (name, help, count) in counts {
        tell_counter(registry, name, help, count);
    }
    for (name, help, value) in [
        (
            "response_cache_entries",
            "Answers in memory",
            standing.entries,
        ),
        (
            "response_cache_bytes",
            "What the answers in memory take",
            standing.bytes,
        ),
    ] {
        tell_gauge(
            registry,
            name,
            help,
            i64::try_from(value).unwrap_or(i64::MAX),
        );
    }
}

fn tell_counter(registry: &mut Registry, name: &str, help: &str, value: u64) {
    let counter: Counter = Counter::default();
    counter.inc_by(value);
    registry.register(name, help, counter);
}

fn tell_gauge(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

fn tell_pools(registry: &mut Registry, pools: &[PoolState]) {
    type Figure = (&'static str, &'static str, fn(&PoolState) -> u32);
    let figures: [Figure; 5] = [
        (
            "database_pool_size",
            "Connections that there may be",
            |pool| pool.size,
        ),
        (
            "database_pool_connections",
            "Connections that there are",
            |pool| pool.connections,
        ),
        (
            "database_pool_idle",
            "Connections that nobody uses",
            |pool| pool.idle,
        ),
        ("database_pool_in_use", "Connections in use", |pool| {
            pool.connections.saturating_sub(pool.idle)
        }),
        (
            "database_pool_waiting",
            "Units of work that wait for a connection; for the writer, its queue",
            |pool| pool.waiting,
        ),
    ];
    for (name, help, figure) in figures {
        let family = Family::<Pool, Gauge>::default();
        for pool in pools {
            let label = Pool { pool: pool.name };
            family.get_or_create(&label).set(figure(pool).into());
        }
        registry.register(name, help, family);
    }
}
