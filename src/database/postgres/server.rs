//! One PostgreSQL server: its connections, and units of work on them.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{
    ConnectionManager, CustomizeConnection, Error as PoolError, HandleError, Pool, PooledConnection,
};

use crate::database::error::line;
use crate::database::queue::Queue;
use crate::database::schema::store;
use crate::database::{Error, Failure, PoolState, Use};

/// How often work is begun anew that another transaction or a lost connection interrupted.
const TRIES: usize = 5;
/// How long a request waits for a connection, and a write for its turn …
const PATIENCE: Duration = Duration::from_secs(5);
/// … looking up this often, and waiting no longer where the server cannot be reached.
const MOMENT: Duration = Duration::from_millis(100);
/// How long a write may do nothing while others wait.
const TURN: Duration = Duration::from_secs(10);

/// The connections to one server.
#[derive(Clone)]
pub struct Server {
    name: &'static str,
    pool: Pool<ConnectionManager<PgConnection>>,
    lost: Lost,
    /// Whether the log says so: once, whoever finds out first.
    told_lost: Arc<AtomicBool>,
    queue: Queue,
}

/// Whether a server could not be reached the last time that somebody tried.
#[derive(Debug, Clone, Default)]
struct Lost(Arc<AtomicBool>);

impl Server {
    /// At most `size` connections to read by, of which `idle` are kept open. Connects when they are asked for.
    pub fn new(name: &'static str, url: &str, size: u32, idle: u32, usage: Use) -> Self {
        Self::of(name, url, size, idle, Session::of(usage))
    }

    /// The connection to write by: writes wait for one another anyway, across all processes. Who stands still in the midst of
    /// one loses its turn.
    pub fn to_write(url: &str, usage: Use) -> Self {
        let session = Session {
            idle_timeout: TURN.as_millis(),
            ..Session::of(usage)
        };
        Self::of("primary", url, 1, 1, session)
    }

    fn of(name: &'static str, url: &str, size: u32, idle: u32, session: Session) -> Self {
        let lost = Lost::default();
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(idle))
            // A server that was started again leaves dead connections behind.
            .test_on_check_out(true)
            .connection_timeout(PATIENCE)
            .connection_customizer(Box::new(session))
            .error_handler(Box::new(lost.clone()))
            .build_unchecked(ConnectionManager::new(url));
        Self {
            name,
            pool,
            lost,
            told_lost: Arc::default(),
            queue: Queue::default(),
        }
    }

    /// How its connections stand, under a name for what they are for.
    pub fn state(&self, name: &'static str) -> PoolState {
        self.queue.state(name, &self.pool)
    }

    fn is_lost(&self) -> bool {
        self.lost.0.load(Ordering::Relaxed)
    }

    /// Waits for a connection: with patience where all are in use, and hardly where the server cannot be reached.
    fn connection(&self) -> Result<PooledConnection<ConnectionManager<PgConnection>>, Error> {
        let _place = self.queue.enter();
        let until = Instant::now() + PATIENCE;
        loop {
            let error = match self.pool.get_timeout(MOMENT) {
                Ok(connection) => {
                    self.lost.0.store(false, Ordering::Relaxed);
                    if self.told_lost.swap(false, Ordering::Relaxed) {
                        log::info!("the {} answers again", self.name);
                    }
                    return Ok(connection);
                }
                Err(error) => error,
            };
            let none = self.pool.state().connections == 0;
            if none && self.is_lost() || Instant::now() > until {
                self.lost.0.store(none, Ordering::Relaxed);
                if none && !self.told_lost.swap(true, Ordering::Relaxed) {
                    log::error!("the {} is out of reach: {}", self.name, line(&error));
                }
                return Err(error.into());
            }
        }
    }

    /// Reads on one snapshot.
    pub fn read<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.with(|conn| snapshot(conn, &work))
    }

    /// As [`Self::read`], once.
    pub fn read_once<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        snapshot(&mut *self.connection()?, work)
    }

    /// Writes, when all writes that came before, also of other processes, are done.
    pub fn write<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.with(|conn| transaction(conn, &work))
    }

    /// As [`Self::write`], once.
    pub fn write_once<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        transaction(&mut *self.connection()?, work)
    }

    /// Runs work that is a transaction of its own, anew where it was interrupted.
    fn with<T, E: Failure>(
        &self,
        mut work: impl FnMut(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        for _ in 1..TRIES {
            match work(&mut *self.connection()?) {
                Err(error) if is_interrupted(&error) => {}
                result => return result,
            }
        }
        work(&mut *self.connection()?)
    }
}

fn snapshot<T, E: Failure>(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
) -> Result<T, E> {
    conn.build_transaction()
        .read_only()
        .repeatable_read()
        .run(work)
}

/// Begins by locking the row that counts the writes: whoever else would write waits, and the lock goes with the transaction
/// once it can be seen. A sequence of PostgreSQL's own would not do: its numbers are not in the order of the commits.
fn transaction<T, E: Failure>(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
) -> Result<T, E> {
    let mut done = false;
    let result = conn.build_transaction().read_committed().run(|conn| {
        store::table
            .select(store::id)
            .for_update()
            .first::<i64>(conn)?;
        let result = work(conn)?;
        done = true;
        Ok(result)
    });
    match result {
        // Whether a commit took place whose answer was lost, nobody knows: it is not begun anew.
        Err(error) if done && is_interrupted(&error) => {
            Err(E::from(Error::Busy("a commit was not answered".to_owned())))
        }
        result => result,
    }
}

fn is_interrupted(error: &impl Failure) -> bool {
    matches!(error.database(), Some(Error::Interrupted(_)))
}

/// Whether another server may answer what this one did not.
pub fn is_out_of_order(error: &impl Failure) -> bool {
    matches!(
        error.database(),
        Some(Error::Interrupted(_) | Error::Busy(_))
    )
}

/// Settings that every new connection needs.
#[derive(Debug, Clone, Copy)]
struct Session {
    /// In milliseconds; 0 for none.
    statement_timeout: u128,
    /// The same, of what is locked: a command waits for its turn as long as it takes.
    lock_timeout: u128,
    /// The same, between two statements of one transaction.
    idle_timeout: u128,
}

impl Session {
    fn of(usage: Use) -> Self {
        Self {
            statement_timeout: usage.statement_timeout.as_millis(),
            idle_timeout: 0,
            lock_timeout: match usage.statement_timeout.is_zero() {
                true => 0,
                false => PATIENCE.as_millis(),
            },
        }
    }

    fn apply(self, conn: &mut PgConnection) -> QueryResult<()> {
        let settings = [
            ("application_name", "'isnad'".to_owned()),
            ("statement_timeout", self.statement_timeout.to_string()),
            ("lock_timeout", self.lock_timeout.to_string()),
            (
                "idle_in_transaction_session_timeout",
                self.idle_timeout.to_string(),
            ),
            // Who vanishes in the midst of a statement holds its locks no longer than this either.
            ("tcp_keepalives_idle", "5".to_owned()),
            ("tcp_keepalives_interval", "2".to_owned()),
            ("tcp_keepalives_count", "3".to_owned()),
            ("tcp_user_timeout", "10000".to_owned()),
            // A list is a walk along an index, whatever its values are. Planned for the values, it is taken for a search
            // that finds next to nothing, as a facet and its value are taken for independent: all of it is read then.
            ("plan_cache_mode", "force_generic_plan".to_owned()),
            ("max_parallel_workers_per_gather", "0".to_owned()),
            ("jit", "off".to_owned()),
        ];
        let set = |(name, value): &(&str, String)| format!("SET {name} = {value};");
        conn.batch_execute(&settings.iter().map(set).collect::<String>())
    }
}

impl CustomizeConnection<PgConnection, PoolError> for Session {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), PoolError> {
        self.apply(conn).map_err(PoolError::QueryError)
    }
}

/// The pool tells of what fails, from threads of its own: that a connection was dead, or that no new one was to be had.
impl HandleError<PoolError> for Lost {
    fn handle_error(&self, error: PoolError) {
        log::debug!("{error}");
        if matches!(error, PoolError::ConnectionError(_)) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}
