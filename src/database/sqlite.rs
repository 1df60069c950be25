//! SQLite: one writer, many readers, write-ahead log.
mod backup;

use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{
    ConnectionManager, CustomizeConnection, Error as PoolError, Pool, PooledConnection,
};
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use diesel::{Connection, QueryResult, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use backup::{Place, give_identity, has_foreign_log};

use super::migrations::{Holdings, Named};
use super::prepared::Prepared;
use super::queue::Queue;
use super::{Error, Failure, OpenError, PoolState, Use};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

type SqlitePool = Pool<ConnectionManager<SqliteConnection>>;

#[derive(Clone)]
pub struct Pools {
    readers: Connections,
    writer: Connections,
}

/// The connections of one pool, and who waits for one of them.
#[derive(Clone)]
struct Connections {
    pool: SqlitePool,
    queue: Queue,
}

impl Connections {
    fn get(&self) -> Result<PooledConnection<ConnectionManager<SqliteConnection>>, Error> {
        let _place = self.queue.enter();
        Ok(self.pool.get()?)
    }
}

/// Settings that every new connection needs; busy_timeout first, so that the rest can wait for a lock.
#[derive(Debug, Clone, Copy)]
struct Pragmas {
    read_only: bool,
    /// Whether the file is one that is used: who only looks at a backup leaves it one.
    in_use: bool,
    /// In KiB.
    cache: u32,
    /// In pages.
    checkpoint: u32,
    /// In bytes.
    mapped: u64,
}

impl Pragmas {
    fn apply(self, conn: &mut SqliteConnection) -> QueryResult<()> {
        conn.batch_execute("PRAGMA busy_timeout = 5000")?;
        // Counts for a new file alone: documents are a few KiB long, and smaller pages would be half empty.
        conn.batch_execute("PRAGMA page_size = 8192")?;
        if self.in_use {
            conn.batch_execute("PRAGMA journal_mode = WAL")?;
        }
        conn.batch_execute("PRAGMA synchronous = FULL")?;
        conn.batch_execute("PRAGMA foreign_keys = ON")?;
        conn.batch_execute(&format!("PRAGMA cache_size = -{}", self.cache))?;
        conn.batch_execute(&format!("PRAGMA wal_autocheckpoint = {}", self.checkpoint))?;
        if self.read_only {
            conn.batch_execute("PRAGMA query_only = ON")?;
            conn.batch_execute(&format!("PRAGMA mmap_size = {}", self.mapped))?;
        } else {
            // What is deleted does not stay in pages that nothing uses.
            conn.batch_execute("PRAGMA secure_delete = ON")?;
            // What a savepoint would bring back is in memory, not in a file that is made and removed with each write.
            conn.batch_execute("PRAGMA temp_store = MEMORY")?;
        }
        Ok(())
    }
}

impl CustomizeConnection<SqliteConnection, PoolError> for Pragmas {
    fn on_acquire(&self, conn: &mut SqliteConnection) -> Result<(), PoolError> {
        self.apply(conn).map_err(PoolError::QueryError)
    }
}

/// The file that a database URL names.
pub fn path_of(url: &str) -> Result<&str, OpenError> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path == ":memory:" {
        return Err(OpenError(format!(
            "`{url}` names no file; give a path such as isnad.db"
        )));
    }
    match path.split_once("://") {
        Some((scheme, _)) => Err(OpenError(format!(
            "there is no driver for `{scheme}://` databases; give the path of an SQLite file, or postgres://…"
        ))),
        None => Ok(path),
    }
}

impl Pools {
    pub fn open(path: &str, usage: Use) -> Result<Self, OpenError> {
        let writing = Pragmas {
            read_only: false,
            in_use: usage.create,
            cache: usage.writer_cache,
            checkpoint: usage.checkpoint,
            mapped: 0,
        };
        let reading = Pragmas {
            read_only: true,
            mapped: usage.mapped,
            cache: 2 * 1024,
            ..writing
        };
        if !usage.create && !Path::new(path).exists() {
            return Err(OpenError(format!("there is no database at {path}")));
        }
        prepare(path, writing)?;
        let connections = |size, pragmas: Pragmas| {
            let pool = Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .test_on_check_out(false)
                .connection_timeout(Duration::from_secs(5))
                .connection_customizer(Box::new(pragmas))
                .build(ConnectionManager::new(path))
                .map_err(|error| OpenError(format!("cannot open the database {path}: {error}")))?;
            Ok(Connections {
                pool,
                queue: Queue::default(),
            })
        };
        Ok(Self {
            writer: connections(1, writing)?,
            readers: connections(usage.readers, reading)?,
        })
    }

    pub fn read<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut SqliteConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut reader = self.readers.get()?;
        on_snapshot(&mut reader, work)
    }

    /// As [`Self::read`], where a connection is free; else gives the work back.
    pub fn try_read<T, E: Failure, W>(&self, work: W) -> Result<Result<T, E>, W>
    where
        W: FnOnce(&mut SqliteConnection) -> Result<T, E>,
    {
        match self.readers.pool.try_get() {
            Some(mut reader) => Ok(on_snapshot(&mut reader, work)),
            None => Err(work),
        }
    }

    pub fn write<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut SqliteConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.writer.get()?;
        (*writer).immediate_transaction(work)
    }

    pub fn states(&self) -> Vec<PoolState> {
        let state =
            |name, connections: &Connections| connections.queue.state(name, &connections.pool);
        vec![
            state("readers", &self.readers),
            state("writer", &self.writer),
        ]
    }

    /// Empties the write-ahead log, as far as nobody reads from it.
    pub fn empty_log(&self) -> Result<(), Error> {
        let mut writer = self.writer.get()?;
        Ok((*writer).batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)
    }

    pub fn integrity(&self) -> Result<Vec<String>, Error> {
        #[derive(QueryableByName)]
        struct Finding {
            #[diesel(sql_type = Text)]
            finding: String,
        }
        let mut reader = self.readers.get()?;
        reader.transaction(|conn| {
            // A connection that has searched remembers how the index was laid out then. A query has it look again, the check does
            // not (SQLite 3.53), and takes what has changed since for broken.
            for index in ["article_terms", "statement_terms"] {
                sql_query(format!("SELECT 1 FROM {index} LIMIT 1")).execute(conn)?;
            }
            let mut findings: Vec<Finding> =
                sql_query("SELECT integrity_check AS finding FROM pragma_integrity_check")
                    .load(conn)?;
            findings.retain(|row| row.finding != "ok");
            let orphans: Vec<Finding> = sql_query(
                "SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent || ' that is not there' AS finding \
                 FROM pragma_foreign_key_check",
            )
            .load(conn)?;
            findings.extend(orphans);
            Ok(findings.into_iter().map(|row| row.finding).collect())
        })
    }
}

/// Does work that only reads on one snapshot. Diesel's own transaction has SQLite parse its beginning and its end each time.
fn on_snapshot<T, E: Failure>(
    conn: &mut SqliteConnection,
    work: impl FnOnce(&mut SqliteConnection) -> Result<T, E>,
) -> Result<T, E> {
    const fn statement(sql: &str) -> Prepared<'_> {
        Prepared { sql, values: &[] }
    }
    statement("BEGIN").execute(conn)?;
    let done = work(conn);
    let ended = statement("COMMIT").execute(conn);
    match (done, ended) {
        (Ok(done), Ok(_)) => Ok(done),
        // What failed may have ended the transaction too.
        (done, ended) => {
            let _ = statement("ROLLBACK").execute(conn);
            done.and_then(|done| Ok(ended.map(|_| done)?))
        }
    }
}

/// Writes the database at `path` into a file.
pub fn back_up(path: &str, file: &Path, force: bool) -> Result<u64, OpenError> {
    let pools = Pools::open(path, Use::EXISTING)?;
    let place = Place::prepare(Path::new(path), file, force)?;
    // A connection that only reads would not write another file either.
    let writer = pools.writer.get();
    let mut conn = writer.map_err(|error| OpenError(format!("cannot read {path}: {error}")))?;
    place.fill(&mut conn)
}

/// Makes sure that the file is a database of ours, up to date; says in a sentence why not.
fn prepare(path: &str, pragmas: Pragmas) -> Result<(), OpenError> {
    let refuse = |why: String| OpenError(format!("cannot use {path} as the database: {why}"));
    if Path::new(path).is_dir() {
        return Err(refuse("it is a directory; give the path of a file".into()));
    }
    if let Some(folder) = Path::new(path).parent()
        && !folder.as_os_str().is_empty()
        && !folder.is_dir()
    {
        return Err(refuse(format!(
            "the directory {} does not exist",
            folder.display()
        )));
    }
    if has_foreign_log(Path::new(path)) {
        return Err(refuse(format!(
            "{path}-wal is of another database that was here before; remove {path}-wal and {path}-shm"
        )));
    }
    let mut conn = SqliteConnection::establish(path).map_err(|error| refuse(error.to_string()))?;
    let told = |error: diesel::result::Error| refuse(explain(&error.to_string()));
    pragmas.apply(&mut conn).map_err(told)?;
    let behind = |conn: &mut SqliteConnection| -> Result<bool, OpenError> {
        let holdings = Holdings::ask(TABLES, |query| names(conn, query)).map_err(told)?;
        holdings.is_behind::<Sqlite>(&MIGRATIONS).map_err(refuse)
    };
    if behind(&mut conn)? {
        let migrated = conn.immediate_transaction(|conn| {
            // Another process may have been at it meanwhile.
            match behind(conn).map_err(Refused)? {
                true => conn
                    .run_pending_migrations(MIGRATIONS)
                    .map(|_| ())
                    .map_err(|error| Refused(refuse(explain(&error.to_string())))),
                false => Ok(()),
            }
        });
        migrated.map_err(|Refused(error)| error)?;
    }
    if pragmas.in_use {
        give_identity(&mut conn).map_err(told)?;
    }
    Ok(())
}

/// Why a transaction was rolled back, which cannot be a fault of a query alone.
struct Refused(OpenError);

impl From<diesel::result::Error> for Refused {
    fn from(error: diesel::result::Error) -> Self {
        Self(OpenError(explain(&error.to_string())))
    }
}

const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table'";

fn names(conn: &mut SqliteConnection, query: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<Named> = sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

fn explain(error: &str) -> String {
    if error.contains("not a database") {
        "the file is no SQLite database".into()
    } else if error.contains("readonly") || error.contains("read-only") {
        "it is read-only; make the file and its directory writable".into()
    } else if error.contains("unable to open") {
        "it cannot be opened; see that the file and its directory are readable and writable".into()
    } else if error.contains("full") {
        "the disk is full".into()
    } else if error.contains("locked") {
        "another program holds a lock on it".into()
    } else {
        error.to_owned()
    }
}
