//! How a database stands, for who measures: what it is, its connections, its replica.
use super::wanted::GivenUp;
use super::{Database, Engine};

/// How a pool of connections stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// What its connections are for.
    pub name: &'static str,
    /// How many connections it may have.
    pub size: u32,
    pub connections: u32,
    pub idle: u32,
    /// How many units of work wait for one.
    pub waiting: u32,
}

/// How a replica stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplicaState {
    /// Whether it is read from.
    pub in_use: bool,
    /// How many writes it had not received when it was last looked at; None where that is not known.
    pub behind: Option<i64>,
}

impl Database {
    /// What the engine is called.
    pub fn engine(&self) -> &'static str {
        match &self.engine {
            Engine::Sqlite(_) => "sqlite",
            #[cfg(feature = "postgres")]
            Engine::Postgres(_) => "postgres",
        }
    }

    /// How the pools of connections stand. Asks nobody.
    pub fn pools(&self) -> Vec<PoolState> {
        let mut states = match &self.engine {
            Engine::Sqlite(pools) => pools.states(),
            #[cfg(feature = "postgres")]
            Engine::Postgres(pools) => pools.states(),
        };
        for writer in states.iter_mut().filter(|pool| pool.name == "writer") {
            writer.waiting += self.writes.waiting();
        }
        states
    }

    /// How many readings were given up.
    pub fn given_up(&self) -> &GivenUp {
        &self.given_up
    }

    /// How the replica stands, where there is one. Asks nobody.
    pub fn replica(&self) -> Option<ReplicaState> {
        match &self.engine {
            Engine::Sqlite(_) => None,
            #[cfg(feature = "postgres")]
            Engine::Postgres(pools) => pools.replica_state(),
        }
    }
}
