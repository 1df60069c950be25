//! PostgreSQL: a primary that takes the writes, and a replica that may take the reads.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::r2d2::{
    ConnectionManager, CustomizeConnection, Error as PoolError, Pool, PooledConnection,
};
use diesel::sql_query;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::migrations::Holdings;
use super::schema::store;
use super::{Error, Failure, OpenError, Use};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// How often work is begun anew that another transaction or a lost connection interrupted.
const TRIES: usize = 5;
/// How long a request waits for a connection …
const PATIENCE: Duration = Duration::from_secs(5);
/// … and how long where the server could not be reached the last time.
const IMPATIENCE: Duration = Duration::from_millis(250);

#[derive(Clone)]
pub struct Pools {
    /// One connection: writes wait for one another anyway, across all processes.
    writer: Server,
    primary: Server,
    replica: Option<Replica>,
}

impl Pools {
    pub fn open(url: &str, replica: Option<&str>, usage: Use) -> Result<Self, OpenError> {
        prepare(url, usage)?;
        let session = Session::of(usage);
        let idle = u32::from(replica.is_none());
        let pools = Self {
            writer: Server::new("primary", url, 1, 1, session),
            primary: Server::new("primary", url, usage.readers, idle, session),
            replica: replica.map(|url| Replica {
                server: Server::new("replica", url, usage.readers, 1, session),
                behind: Arc::default(),
                expected: Arc::default(),
            }),
        };
        pools.refuse_other_replica()?;
        Ok(pools)
    }

    /// Reads on one snapshot: of the replica where there is one that answers and keeps up, else of the primary.
    pub fn read<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(replica) = &self.replica
            && !replica.behind.load(Ordering::Relaxed)
        {
            match replica.server.read(&work) {
                Err(error) if is_out_of_order(&error) => {
                    log::debug!("reading from the primary, as the replica does not answer");
                }
                answer => return answer,
            }
        }
        self.read_primary(work)
    }

    /// Reads on one snapshot of the primary.
    pub fn read_primary<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.primary.read(work)
    }

    /// As [`Self::read_primary`], once.
    pub fn snapshot<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        snapshot(&mut *self.primary.connection()?, work)
    }

    /// Writes. All writes of all processes take place one after the other: each begins by locking the row that counts them.
    /// So the sequences are in the order of the commits, here and on every replica, and no number is seen before a lower one.
    pub fn write<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.writer.with(|conn| transaction(conn, &work))
    }

    /// As [`Self::write`], once.
    pub fn write_once<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        transaction(&mut *self.writer.connection()?, work)
    }

    /// Looks whether the replica has what the primary had when this was last asked. Until it has, reads go to the primary.
    pub fn watch_replica(&self) {
        let Some(replica) = &self.replica else { return };
        // While the primary is out of reach the replica is the best there is.
        let now = self.primary.read(sequence).ok();
        let behind = now.is_some() && {
            let expected = replica.expected.load(Ordering::Relaxed);
            // A replica that does not answer is no reason to give it up: a read finds out by itself.
            let has = replica.server.read(sequence).unwrap_or(expected);
            has < expected
        };
        if let Some(now) = now {
            replica.expected.store(now, Ordering::Relaxed);
        }
        match (replica.behind.swap(behind, Ordering::Relaxed), behind) {
            (false, true) => log::warn!("the replica lags behind: reading from the primary"),
            (true, false) => log::info!("the replica has caught up: reading from it again"),
            _ => {}
        }
    }

    /// A replica of another store would answer with other articles.
    fn refuse_other_replica(&self) -> Result<(), OpenError> {
        let Some(replica) = &self.replica else {
            return Ok(());
        };
        let identity = |conn: &mut PgConnection| -> Result<String, Error> {
            Ok(store::table.select(store::identity).first(conn)?)
        };
        match (self.primary.read(identity), replica.server.read(identity)) {
            (Ok(own), Ok(other)) if own != other => Err(OpenError(
                "the replica to read from holds another store than the primary".to_owned(),
            )),
            (_, Err(error)) => {
                log::warn!("the replica cannot be read yet, so the primary is: {error}");
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn sequence(conn: &mut PgConnection) -> Result<i64, Error> {
    Ok(store::table.select(store::sequence).first(conn)?)
}

#[derive(Clone)]
struct Replica {
    server: Server,
    /// Whether it lags so far behind that it is not read from.
    behind: Arc<AtomicBool>,
    /// The sequence that the primary had when it was last looked at.
    expected: Arc<AtomicI64>,
}

/// The connections to one server.
#[derive(Clone)]
struct Server {
    name: &'static str,
    pool: Pool<ConnectionManager<PgConnection>>,
    /// Whether it could not be reached the last time: then nobody waits for it for long.
    lost: Arc<AtomicBool>,
}

impl Server {
    fn new(name: &'static str, url: &str, size: u32, idle: u32, session: Session) -> Self {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(idle))
            // A server that was started again leaves dead connections behind.
            .test_on_check_out(true)
            .connection_timeout(PATIENCE)
            .connection_customizer(Box::new(session))
            .error_handler(Box::new(Quiet))
            .build_unchecked(ConnectionManager::new(url));
        Self {
            name,
            pool,
            lost: Arc::default(),
        }
    }

    fn connection(&self) -> Result<PooledConnection<ConnectionManager<PgConnection>>, Error> {
        let patience = match self.lost.load(Ordering::Relaxed) {
            true => IMPATIENCE,
            false => PATIENCE,
        };
        let connection = self.pool.get_timeout(patience);
        let lost = connection.is_err() && self.pool.state().connections == 0;
        match (self.lost.swap(lost, Ordering::Relaxed), &connection) {
            (false, Err(error)) if lost => {
                log::error!("the {} is out of reach: {error}", self.name)
            }
            (true, Ok(_)) => log::info!("the {} answers again", self.name),
            _ => {}
        }
        Ok(connection?)
    }

    fn read<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.with(|conn| snapshot(conn, &work))
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

fn is_out_of_order(error: &impl Failure) -> bool {
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
}

impl Session {
    fn of(usage: Use) -> Self {
        Self {
            statement_timeout: usage.statement_timeout.as_millis(),
        }
    }

    fn apply(self, conn: &mut PgConnection) -> QueryResult<()> {
        conn.batch_execute(&format!(
            "SET application_name = 'isnad'; SET statement_timeout = {}; SET lock_timeout = '{} ms'; SET jit = off",
            self.statement_timeout,
            PATIENCE.as_millis()
        ))
    }
}

impl CustomizeConnection<PgConnection, PoolError> for Session {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), PoolError> {
        self.apply(conn).map_err(PoolError::QueryError)
    }
}

/// What the pool meets while it connects in the background is told by who waits for a connection.
#[derive(Debug)]
struct Quiet;

impl<E: std::error::Error> diesel::r2d2::HandleError<E> for Quiet {
    fn handle_error(&self, error: E) {
        log::debug!("cannot connect: {error}");
    }
}

/// Makes sure that the database is a store of ours, up to date; says in a sentence why not.
fn prepare(url: &str, usage: Use) -> Result<(), OpenError> {
    // The URL may hold a password: it is not shown.
    let refuse = |why: String| OpenError(format!("cannot use the PostgreSQL database: {why}"));
    let mut conn = PgConnection::establish(url)
        .map_err(|error| refuse(error.to_string().trim().to_owned()))?;
    let told = |error: diesel::result::Error| refuse(error.to_string());
    let encoding: String = diesel::select(sql::<Text>("current_setting('server_encoding')"))
        .get_result(&mut conn)
        .map_err(told)?;
    if encoding != "UTF8" {
        return Err(refuse(format!(
            "its encoding is {encoding}; make one with ENCODING 'UTF8'"
        )));
    }
    let mut behind = || -> Result<bool, OpenError> {
        let holdings = Holdings::ask(TABLES, |query| names(&mut conn, query)).map_err(told)?;
        if !usage.create && !holdings.is_store() {
            return Err(refuse("there is no store in it".to_owned()));
        }
        holdings.is_behind::<Pg>(&MIGRATIONS).map_err(refuse)
    };
    if !behind()? {
        return Ok(());
    }
    // Processes that start at once wait for one another; the lock goes with its connection.
    let mut turn = PgConnection::establish(url).map_err(|error| refuse(error.to_string()))?;
    turn.batch_execute("SELECT pg_advisory_lock(7246128)")
        .map_err(told)?;
    if behind()? {
        turn.run_pending_migrations(MIGRATIONS)
            .map_err(|error| refuse(explain(error.to_string())))?;
    }
    Ok(())
}

const TABLES: &str =
    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()";

fn names(conn: &mut PgConnection, query: &str) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Named> = sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Lets every table number its rows on from the highest there is.
pub fn continue_ids(conn: &mut PgConnection) -> QueryResult<()> {
    let numbered = "SELECT table_name::text AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES'";
    for table in names(conn, numbered)? {
        conn.batch_execute(&format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
        ))?;
    }
    Ok(())
}

fn explain(error: String) -> String {
    if error.contains("permission denied") || error.contains("no schema has been selected") {
        format!("{error}; make its user the owner of the database, or grant it CREATE on a schema")
    } else {
        error
    }
}
