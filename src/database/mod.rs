//! The one place that knows which engine is open: connections, transactions, what can go wrong with them.
mod json;
pub(crate) mod keyset;
pub mod lookup;
pub mod schema;
mod sqlite;
pub mod store;

use actix_web::web;
use diesel::SqliteConnection;

pub use json::Json;

/// Why the database did not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
    /// No connection came free in time, or the server is stopping.
    #[error("the database is busy")]
    Busy,
}

impl From<diesel::r2d2::PoolError> for Error {
    fn from(_: diesel::r2d2::PoolError) -> Self {
        Self::Busy
    }
}

/// Why a database could not be opened, in words for the person who started the program.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct OpenError(pub String);

/// A borrowed connection to whichever engine is open.
pub enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
}

/// Compiles one query body once per engine, each against its own backend.
#[macro_export]
macro_rules! on_engine {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::database::Conn::Sqlite(c) => {
                let $c = &mut **c;
                $body
            }
        }
    };
}

/// How a database is used, which decides how much memory its connections may take.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// Connections that read.
    pub readers: u32,
    /// Page cache of the writing connection, in KiB.
    pub writer_cache: u32,
    /// Whether a database that is not there is made.
    pub create: bool,
    /// Pages that the write-ahead log holds before they are moved into the file.
    pub checkpoint: u32,
}

impl Use {
    /// What a server needs.
    pub const fn serving(readers: u32) -> Self {
        Self {
            readers,
            writer_cache: 8 * 1024,
            create: true,
            checkpoint: 1000,
        }
    }

    /// What a command needs that only reads a store.
    pub const EXISTING: Self = Self {
        create: false,
        ..Self::BULK
    };

    /// What a command needs that goes through the whole store.
    pub const BULK: Self = Self {
        readers: 1,
        writer_cache: 128 * 1024,
        create: true,
        checkpoint: 16 * 1024,
    };
}

/// An open store. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    sqlite: sqlite::Pools,
}

impl Database {
    /// Opens or makes the database at `url` (`isnad.db`, `sqlite:PATH`) and brings its tables up to date.
    pub fn open(url: &str, usage: Use) -> Result<Self, OpenError> {
        let path = sqlite::path_of(url)?;
        let sqlite = sqlite::Pools::open(path, usage)?;
        Ok(Self { sqlite })
    }

    /// Runs `work` on a read-only connection, on one snapshot, off the async threads.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + From<diesel::result::Error> + Send + 'static,
    {
        let database = self.clone();
        web::block(move || database.read_blocking(work))
            .await
            .map_err(|_| Error::Busy)?
    }

    /// Runs `work` in one write transaction, off the async threads.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + From<diesel::result::Error> + Send + 'static,
    {
        let database = self.clone();
        web::block(move || database.write_blocking(work))
            .await
            .map_err(|_| Error::Busy)?
    }

    /// As [`Self::read`], on this thread.
    pub fn read_blocking<T, E>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<Error> + From<diesel::result::Error>,
    {
        self.sqlite.read(|conn| work(&mut Conn::Sqlite(conn)))
    }

    /// As [`Self::write`], on this thread.
    pub fn write_blocking<T, E>(
        &self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<Error> + From<diesel::result::Error>,
    {
        self.sqlite.write(|conn| work(&mut Conn::Sqlite(conn)))
    }

    /// What the engine itself finds wrong with the file: pages, indexes, foreign keys. Empty when all is well.
    pub fn integrity(&self) -> Result<Vec<String>, Error> {
        self.sqlite.integrity()
    }
}
