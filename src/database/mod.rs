//! The one place that knows which engine is open: connections, transactions, what can go wrong with them.
pub(crate) mod any_of;
mod copy;
mod error;
mod freshness;
mod group_commit;
mod id_bytes;
pub(crate) mod insert;
mod json;
pub(crate) mod keyset;
pub mod lookup;
mod migrations;
#[cfg(feature = "postgres")]
mod postgres;
pub(crate) mod prepared;
mod queue;
pub mod rejected;
pub mod schema;
pub(crate) mod spelled;
mod sqlite;
mod standing;
pub mod store;
pub(crate) mod tally;
mod upkeep;
mod usage;
pub(crate) mod verbatim;
mod wanted;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::time::timeout;
use actix_web::web;
use diesel::SqliteConnection;

pub use copy::Progress;
pub use error::{Error, Failure, OpenError, unserializable};
pub use freshness::{Beginning, Freshness, Stamp, Touched, Written};
use group_commit::Writes;
pub use json::Json;
pub use standing::{PoolState, ReplicaState};
pub use usage::Use;
use wanted::Wanted;
pub use wanted::{GivenUp, Unwanted, go_on};

/// A borrowed connection to whichever engine is open.
pub enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(&'a mut diesel::PgConnection),
}

/// Compiles one query body once per engine, each against its own backend. It is not put when nobody wants the answer any more.
#[macro_export]
macro_rules! on_engine {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $crate::database::go_on() {
            Err(unwanted) => Err(unwanted),
            Ok(()) => match $conn {
                $crate::database::Conn::Sqlite(c) => {
                    let $c = &mut **c;
                    $body
                }
                #[cfg(feature = "postgres")]
                $crate::database::Conn::Postgres(c) => {
                    let $c = &mut **c;
                    $body
                }
            },
        }
    };
}

impl Conn<'_> {
    /// Lets the engine's own counting of rows go on from what is there, after rows were put in with their ids.
    fn continue_ids(&mut self) -> diesel::QueryResult<()> {
        match self {
            // It takes the highest there is.
            Self::Sqlite(_) => Ok(()),
            #[cfg(feature = "postgres")]
            Self::Postgres(conn) => postgres::continue_ids(conn),
        }
    }
}

/// How much longer than one statement the work of a request may take.
#[cfg(feature = "postgres")]
const GRACE: Duration = Duration::from_secs(10);

/// An open store. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    engine: Engine,
    /// How long a request waits for its work; None where each step of it ends by itself.
    deadline: Option<Duration>,
    /// How long one reading may go on; None where the engine sees to that.
    patience: Option<Duration>,
    given_up: Arc<GivenUp>,
    freshness: Arc<Freshness>,
    writes: Arc<Writes>,
}

#[derive(Clone)]
enum Engine {
    Sqlite(sqlite::Pools),
    #[cfg(feature = "postgres")]
    Postgres(postgres::Pools),
}

/// Runs a unit of work by the engine's own method: SQLite's, then PostgreSQL's.
macro_rules! on_pools {
    ($database:expr, $of_sqlite:ident, $of_postgres:ident, $work:expr) => {
        match &$database.engine {
            Engine::Sqlite(pools) => pools.$of_sqlite(|conn| $work(&mut Conn::Sqlite(conn))),
            #[cfg(feature = "postgres")]
            Engine::Postgres(pools) => pools.$of_postgres(|conn| $work(&mut Conn::Postgres(conn))),
        }
    };
}

impl Database {
    /// Opens or makes the database at `url` (`isnad.db`, `sqlite:PATH`, `postgres://…`) and brings its tables up to date.
    pub fn open(url: &str, usage: Use) -> Result<Self, OpenError> {
        Self::open_with_replica(url, None, usage)
    }

    /// As [`Self::open`]; reads go to the replica at the other URL.
    pub fn open_with_replica(
        url: &str,
        replica: Option<&str>,
        usage: Use,
    ) -> Result<Self, OpenError> {
        let engine = match is_postgres(url) {
            true => open_postgres(url, replica, usage)?,
            false if replica.is_some() => {
                return Err(OpenError(
                    "a replica to read from is a PostgreSQL server; SQLite has none".to_owned(),
                ));
            }
            false => Engine::Sqlite(sqlite::Pools::open(sqlite::path_of(url)?, usage)?),
        };
        let limit = Some(usage.statement_timeout).filter(|limit| !limit.is_zero());
        let (deadline, patience) = match &engine {
            Engine::Sqlite(_) => (None, limit),
            #[cfg(feature = "postgres")]
            // The server ends a statement by itself, unless it hangs.
            Engine::Postgres(_) => (limit.map(|limit| limit + GRACE), None),
        };
        Ok(Self {
            engine,
            deadline,
            patience,
            given_up: Arc::default(),
            freshness: Arc::new(match replica {
                Some(_) => Freshness::of_replica(),
                None => Freshness::default(),
            }),
            writes: Arc::default(),
        })
    }

    /// Runs `work` on a read-only connection, on one snapshot, off the async threads. It may be begun anew.
    pub async fn read<T, E>(
        &self,
        work: impl Fn(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure + Send + 'static,
    {
        let database = self.clone();
        self.aside(move || database.read_blocking(work)).await
    }

    /// As [`Self::read`], for work of a few steps: on this thread, where nothing has to be waited for.
    pub async fn read_shortly<T, E>(
        &self,
        work: impl Fn(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite(pools) => {
                if let Ok(done) = pools.try_read(|conn| work(&mut Conn::Sqlite(conn))) {
                    return done;
                }
            }
            #[cfg(feature = "postgres")]
            Engine::Postgres(_) => {}
        }
        self.read(work).await
    }

    /// As [`Self::read`], never from a replica: what is read here is as new as the last write.
    pub async fn read_newest<T, E>(
        &self,
        work: impl Fn(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure + Send + 'static,
    {
        let database = self.clone();
        self.aside(move || database.read_newest_blocking(work))
            .await
    }

    /// As [`Self::read`], of the store as it was left by the write of this sequence or a later one; None where there was
    /// none such yet. Waits a moment for a replica to receive it, then asks the primary.
    pub async fn read_since<T, E>(
        &self,
        sequence: i64,
        work: impl Fn(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<Option<T>, E>
    where
        T: Send + 'static,
        E: Failure + Send + 'static,
    {
        let work = move |conn: &mut Conn<'_>| match store::state(conn)?.sequence < sequence {
            true => Ok(None),
            false => work(conn).map(Some),
        };
        let database = self.clone();
        self.aside(move || on_pools!(database, read, read_when_there, work))
            .await
    }

    /// Does work on a thread where it may wait. A server that hangs is waited for until the deadline and no longer, and then
    /// nobody knows what became of the work.
    async fn aside<T, E>(
        &self,
        work: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure + Send + 'static,
    {
        let busy = |why: &str| E::from(Error::Busy(why.to_owned()));
        // Whoever hangs up is not there any more, and neither is this.
        let (wanted, _waiting) = Wanted::by(self.patience, &self.given_up);
        let work = web::block(move || wanted.read(work));
        let done = match self.deadline {
            Some(deadline) => timeout(deadline, work)
                .await
                .map_err(|_| busy("it does not answer"))?,
            None => work.await,
        };
        done.map_err(|_| busy("the server is stopping"))?
    }

    /// As [`Self::read`], on this thread.
    pub fn read_blocking<T, E: Failure>(
        &self,
        work: impl Fn(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        on_pools!(self, read, read, work)
    }

    /// As [`Self::read_newest`], on this thread.
    pub fn read_newest_blocking<T, E: Failure>(
        &self,
        work: impl Fn(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        on_pools!(self, read, read_primary, work)
    }

    /// As [`Self::read_newest_blocking`], once: for work that cannot be begun anew, as it has told somebody of it.
    pub fn snapshot<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        on_pools!(self, read, snapshot, work)
    }

    /// Runs `work` in a write transaction of its own, on this thread. It may be begun anew, when nothing of it was written.
    pub fn write_blocking<T, E: Failure>(
        &self,
        work: impl Fn(&mut Conn<'_>) -> Result<Written<T>, E>,
    ) -> Result<T, E> {
        let _turn = self.writes.turn()?;
        let Written { value, touched } = self.write_in_turn(work)?;
        // Before anybody is told that it was written.
        self.freshness.note(&touched);
        Ok(value)
    }

    /// Copies this store, as it stands at one moment, into an empty one: all of it or nothing. Says how many rows it has,
    /// or None where the other store is not empty.
    pub fn copy_to(
        &self,
        other: &Self,
        told: &mut dyn FnMut(Progress),
    ) -> Result<Option<u64>, Error> {
        self.snapshot(|from| {
            // Before others are kept from writing: in a large file it takes a while.
            let of = copy::count_rows(from)?;
            other.write_once(|to| match copy::is_empty(to)? {
                true => copy::copy(from, of, to, told).map(Some),
                false => Ok(None),
            })
        })
    }

    /// As [`Self::write_blocking`], once: for work that cannot be begun anew.
    fn write_once<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.writes.turn()?;
        self.write_once_in_turn(work)
    }

    fn write_in_turn<T, E: Failure>(
        &self,
        work: impl Fn(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        on_pools!(self, write, write, work)
    }

    fn write_once_in_turn<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        on_pools!(self, write, write_once, work)
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

#[cfg(feature = "postgres")]
fn open_postgres(url: &str, replica: Option<&str>, usage: Use) -> Result<Engine, OpenError> {
    postgres::Pools::open(url, replica, usage).map(Engine::Postgres)
}

#[cfg(not(feature = "postgres"))]
fn open_postgres(_: &str, _: Option<&str>, _: Use) -> Result<Engine, OpenError> {
    Err(OpenError(
        "this build has no driver for PostgreSQL; build it with `--features postgres`".to_owned(),
    ))
}
