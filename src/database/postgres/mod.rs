//! PostgreSQL: a primary that takes the writes, and a replica that may take the reads.
mod probe;
mod replica;
mod server;
mod tables;
mod url;

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;

use super::{Failure, OpenError, PoolState, ReplicaState, Use};
use replica::Replica;
use server::{Server, is_out_of_order};

pub use tables::continue_ids;

/// How long a replica is waited for …
const MOMENT: Duration = Duration::from_millis(300);
/// … looking this often.
const GLANCE: Duration = Duration::from_millis(20);

#[derive(Clone)]
pub struct Pools {
    /// One connection: writes wait for one another anyway, across all processes.
    writer: Server,
    primary: Server,
    replica: Option<Arc<Replica>>,
}

impl Pools {
    pub fn open(url: &str, replica: Option<&str>, usage: Use) -> Result<Self, OpenError> {
        let url = url::with_deadlines(url);
        tables::prepare(&url, usage)?;
        let idle = u32::from(replica.is_none());
        Ok(Self {
            writer: Server::to_write(&url, usage),
            primary: Server::new("primary", &url, usage.readers, idle, usage),
            replica: replica
                .map(|replica| Replica::open(replica, &url, usage))
                .transpose()?
                .map(Arc::new),
        })
    }

    /// Reads on one snapshot: of the replica where there is one that answers and keeps up, else of the primary.
    pub fn read<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(replica) = &self.replica
            && replica.keeps_up()
        {
            match replica.read(&work) {
                Err(error) if is_out_of_order(&error) => {
                    log::debug!("reading from the primary, as the replica does not answer");
                }
                answer => return answer,
            }
        }
        self.read_primary(work)
    }

    /// Reads what a replica may still be about to receive: of the replica once it gives something, which is waited for a
    /// moment, else of the primary.
    pub fn read_when_there<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        let until = Instant::now() + MOMENT;
        while let Some(replica) = self.replica.as_ref().filter(|replica| replica.keeps_up()) {
            match replica.read(&work) {
                Ok(None) if Instant::now() < until => thread::sleep(GLANCE),
                Ok(None) => break,
                Err(error) if is_out_of_order(&error) => break,
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
        self.primary.read_once(work)
    }

    /// Writes. All writes of all processes take place one after the other: each begins by locking the row that counts them.
    /// So the sequences are in the order of the commits, here and on every replica, and no number is seen before a lower one.
    pub fn write<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.writer.write(work)
    }

    /// As [`Self::write`], once.
    pub fn write_once<T, E: Failure>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.writer.write_once(work)
    }

    pub fn states(&self) -> Vec<PoolState> {
        let own = [self.primary.state("readers"), self.writer.state("writer")];
        let replica = self.replica.iter().map(|replica| replica.pool());
        own.into_iter().chain(replica).collect()
    }

    pub fn replica_state(&self) -> Option<ReplicaState> {
        self.replica.as_ref().map(|replica| replica.state())
    }

    /// Looks whether the replica keeps up with the primary. Until it does, reads go to the primary.
    pub fn watch_replica(&self) {
        if let Some(replica) = &self.replica {
            replica.watch();
        }
    }
}
