//! What keeps a store in order: backups, the log, what the engine finds wrong.
use std::path::Path;

use super::{Database, Engine, Error, OpenError, is_postgres, sqlite};

const NO_BACKUP: &str = "PostgreSQL has its own: pg_dump --format=custom, and pg_restore";

impl Database {
    /// Writes the store at `url` as it is at one moment into a file, whole or not at all; says how many bytes that are.
    pub fn back_up(url: &str, file: &Path, force: bool) -> Result<u64, OpenError> {
        match is_postgres(url) {
            true => Err(OpenError(NO_BACKUP.to_owned())),
            false => sqlite::back_up(sqlite::path_of(url)?, file, force),
        }
    }

    /// Moves what is in the log of SQLite into the file, as far as nobody reads from it: what was purged is in neither then.
    /// (PostgreSQL's own lies where that archives it.)
    pub async fn empty_log(&self) {
        let database = self.clone();
        let emptied = self.aside(move || match &database.engine {
            Engine::Sqlite(pools) => pools.empty_log(),
            #[cfg(feature = "postgres")]
            Engine::Postgres(_) => Ok::<_, Error>(()),
        });
        if let Err(error) = emptied.await {
            log::warn!("the log could not be emptied, later writes will do it: {error}");
        }
    }

    /// What the engine itself finds wrong with the file: pages, indexes, foreign keys. Empty when all is well, and on
    /// PostgreSQL, which holds its own constraints and has its own tools.
    pub fn integrity(&self) -> Result<Vec<String>, Error> {
        match &self.engine {
            Engine::Sqlite(pools) => pools.integrity(),
            #[cfg(feature = "postgres")]
            Engine::Postgres(_) => Ok(Vec::new()),
        }
    }
}
