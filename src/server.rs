//! The HTTP server: binds, runs workers, keeps the store's clockwork going, stops gracefully.
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
#[cfg(unix)]
use actix_web::rt::signal::unix::{SignalKind, signal};
use actix_web::{App, HttpServer, rt, web};

use crate::app::{Admission, State, app};
use crate::database::Database;
use crate::domain::moment::Moment;
use crate::http::response_cache::ResponseCache;
use crate::metrics::{self, Metrics};
use crate::writing::segments::Merging;
use crate::writing::{reindex, retention, schedule, stale};

/// How to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    pub listen: String,
    pub admission: Admission,
    /// How many bytes of answers are kept; 0 to keep none.
    pub cache_bytes: u64,
    /// Where metrics are served; nowhere unless it is said.
    pub metrics_listen: Option<String>,
    /// 0 for one a processor.
    pub workers: usize,
    pub request_timeout: Duration,
    pub shutdown_timeout: Duration,
    /// For how many days former states of articles are kept; None for ever.
    pub revision_days: Option<u32>,
}

/// Serves until a signal asks it to stop; what is in flight then is finished.
pub async fn run(database: Database, settings: Settings) -> io::Result<()> {
    let listener = bind("the API", &settings.listen)?;
    let address = listener.local_addr()?;
    let mut state = State::new(database.clone())
        .with_admission(settings.admission)
        .with_cache(settings.cache_bytes)
        .with_body_timeout(settings.request_timeout);
    let mut exporter = None;
    if let Some(listen) = &settings.metrics_listen {
        let metrics = web::Data::<Metrics>::default();
        let cache = state.cache();
        exporter = Some(Exporter::start(listen, metrics.clone(), cache, &database)?);
        state = state.with_metrics(metrics);
    }
    end_imports_on_stop(state.clone());
    let mut server = HttpServer::new(move || app(&state))
        // Who closes his side is gone, and nothing is read for him any more.
        .h1_allow_half_closed(false)
        .client_request_timeout(settings.request_timeout)
        .shutdown_timeout(settings.shutdown_timeout.as_secs())
        .listen(listener)?;
    if settings.workers > 0 {
        server = server.workers(settings.workers);
    }
    let clockwork = Clockwork::start(database.clone(), settings.revision_days);
    log::info!("serving on http://{address} (explore it at http://{address}/docs/)");
    if let Some(exporter) = &exporter {
        exporter.tell();
    }
    let result = server.run().await;
    if let Some(exporter) = exporter {
        exporter.stop().await;
    }
    clockwork.stop();
    // So that what is copied of the store now is one file, and the next start finds nothing to go through.
    database.empty_log().await;
    log::info!("stopped");
    result
}

/// actix lets requests that run come to their end; an import's may be hours away. It stops by the same signal, and the two do
/// not get in each other's way.
fn end_imports_on_stop(state: State) {
    #[cfg(unix)]
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => drop(rt::spawn(async move {
            signal.recv().await;
            state.stop_imports();
        })),
        Err(error) => log::warn!("imports will not hear of the server's stopping: {error}"),
    }
}

fn bind(what: &str, address: &str) -> io::Result<TcpListener> {
    TcpListener::bind(address).map_err(|error| {
        let sentence = format!("cannot serve {what} on {address}: {error}");
        io::Error::new(error.kind(), sentence)
    })
}

/// The second server, for who measures: on an address of its own, which the public need not reach.
struct Exporter {
    address: SocketAddr,
    server: ServerHandle,
}

impl Exporter {
    fn start(
        listen: &str,
        metrics: web::Data<Metrics>,
        cache: web::Data<ResponseCache>,
        database: &Database,
    ) -> io::Result<Self> {
        let listener = bind("metrics", listen)?;
        let address = listener.local_addr()?;
        let database = web::Data::new(database.clone());
        let app = move || {
            App::new()
                .app_data(metrics.clone())
                .app_data(cache.clone())
                .app_data(database.clone())
                .configure(metrics::routes)
        };
        // It is stopped when the first one has stopped.
        let server = HttpServer::new(app)
            .workers(1)
            .disable_signals()
            .shutdown_timeout(1)
            .listen(listener)?
            .run();
        let handle = server.handle();
        rt::spawn(server);
        Ok(Self {
            address,
            server: handle,
        })
    }

    fn tell(&self) {
        let address = self.address;
        log::info!("metrics on http://{address}/metrics");
        if !address.ip().is_loopback() {
            log::warn!(
                "metrics are for all who reach {address}: nobody is asked for a key there; let a firewall see to it, or listen on a loopback address"
            );
        }
    }

    async fn stop(self) {
        self.server.stop(true).await;
    }
}

/// What happens by itself: scheduled articles go live, stale documents are rendered again, the replica is watched.
struct Clockwork {
    stopping: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// How often it looks; each look is two reads of an index where there is nothing to do.
const TICK: Duration = Duration::from_millis(500);

/// How often it forgets what is too old.
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// How often it looks at the replica, and whether others wrote: two looks are well within the second after which no answer may
/// be stale.
const GLANCE: Duration = Duration::from_millis(200);

/// How long the last look may take, once nobody is served any more; a batch takes less.
const LAST_TICK: Duration = Duration::from_secs(3);

impl Clockwork {
    fn start(database: Database, revision_days: Option<u32>) -> Self {
        let stopping = Arc::new(AtomicBool::new(false));
        // Before anybody is served: nothing is kept that others may have changed unseen.
        database.watch();
        let (store, replicated) = (database.clone(), database.clone());
        // On threads of their own, which nobody waits for: what is asked there may be answered late.
        repeat(&stopping, GLANCE, move || store.watch());
        repeat(&stopping, GLANCE, move || replicated.watch_replica());
        let mut swept: Option<Instant> = None;
        let ends = Arc::clone(&stopping);
        let thread = repeat(&stopping, TICK, move || {
            tick(&database, &ends);
            if swept.is_none_or(|at| at.elapsed() > SWEEP) {
                sweep(&database, revision_days);
                swept = Some(Instant::now());
            }
        });
        Self { stopping, thread }
    }

    /// Lets it finish what it is at, unless that takes too long: a database that hangs keeps nobody from stopping.
    fn stop(self) {
        self.stopping.store(true, Ordering::Release);
        self.thread.thread().unpark();
        let until = Instant::now() + LAST_TICK;
        while !self.thread.is_finished() {
            if Instant::now() > until {
                log::warn!(
                    "stopped in the midst of what goes on by itself; it goes on at the next start"
                );
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        if self.thread.join().is_err() {
            log::error!("the clockwork panicked");
        }
    }
}

fn repeat(
    stopping: &Arc<AtomicBool>,
    every: Duration,
    mut work: impl FnMut() + Send + 'static,
) -> JoinHandle<()> {
    let stopping = Arc::clone(stopping);
    thread::spawn(move || {
        while !stopping.load(Ordering::Acquire) {
            // What goes wrong once does not end what goes on by itself.
            if catch_unwind(AssertUnwindSafe(&mut work)).is_err() {
                log::error!("what goes on by itself panicked, and goes on");
            }
            thread::park_timeout(every);
        }
    })
}

/// Between one batch of what is stale and the next it looks for what is due, so that nothing goes live late.
fn tick(database: &Database, stopping: &AtomicBool) {
    let mut rendered = 0;
    while !stopping.load(Ordering::Acquire) {
        go_live(database);
        match stale::drain_some(database, Moment::now()) {
            Ok(0) => break,
            Ok(count) => rendered += count,
            Err(error) => {
                log::warn!("stale documents cannot be rendered, will try again: {error}");
                break;
            }
        }
    }
    if rendered > 0 {
        log::info!("{rendered} articles were rendered again");
    }
    index(database, stopping);
}

/// What another version of the program made things found by is made anew, while the server serves.
fn index(database: &Database, stopping: &AtomicBool) {
    let mut indexed = 0;
    let mut told = Instant::now();
    while !stopping.load(Ordering::Acquire) {
        match reindex::some(database, Moment::now()) {
            Ok(0) => break,
            Ok(count) => indexed += count,
            Err(error) => {
                log::warn!("the index cannot be made anew, will try again: {error}");
                return;
            }
        }
        if told.elapsed() > TOLD_EVERY {
            told = Instant::now();
            log::info!("the index is being made anew: {indexed} articles so far");
        }
        // Nothing goes live late meanwhile.
        go_live(database);
    }
    if indexed > 0 {
        log::info!("the index was made anew: {indexed} articles");
        merge_segments(database, stopping);
    }
}

fn merge_segments(database: &Database, stopping: &AtomicBool) {
    let mut merging = Merging::default();
    while !stopping.load(Ordering::Acquire) {
        match merging.some(database) {
            Ok(true) => go_live(database),
            Ok(false) => return,
            Err(error) => {
                log::warn!(
                    "the index was not merged, searches take longer than they might: {error}"
                );
                return;
            }
        }
    }
}

fn go_live(database: &Database) {
    match schedule::publish_due(database, Moment::now()) {
        Ok(0) => {}
        Ok(count) => log::info!("{count} scheduled articles went live"),
        Err(error) => log::warn!("scheduled articles cannot go live, will try again: {error}"),
    }
}

/// How often it is told how far a long work has come.
const TOLD_EVERY: Duration = Duration::from_secs(5);

fn sweep(database: &Database, revision_days: Option<u32>) {
    match retention::sweep(database, Moment::now(), revision_days) {
        Ok(0) => {}
        Ok(count) => log::info!("{count} former states and answers are past their time, and gone"),
        Err(error) => {
            log::warn!("what is past its time cannot be taken out, will try again: {error}")
        }
    }
}
