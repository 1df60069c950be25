//! Looking, several times a second, at what others do: processes that write to the same store, and the replica.
use std::time::Instant;

use super::{Database, Engine, Error, Freshness, store};

impl Database {
    /// What of what was read here has gone stale.
    pub fn freshness(&self) -> &Freshness {
        &self.freshness
    }

    /// Looks whether other processes wrote. Until it is called for the first time, nobody else writes.
    pub fn watch(&self) {
        let at = Instant::now();
        match self.read_newest_blocking(|conn| Ok::<_, Error>(store::state(conn)?)) {
            Ok(state) => self.freshness.look(state, at),
            Err(error) => log::debug!("the store cannot be looked at: {error}"),
        }
    }

    /// Looks whether the replica keeps up, where there is one.
    pub fn watch_replica(&self) {
        match &self.engine {
            Engine::Sqlite(_) => {}
            #[cfg(feature = "postgres")]
            Engine::Postgres(pools) => pools.watch_replica(),
        }
    }
}
