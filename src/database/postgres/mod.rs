//! PostgreSQL: a primary that takes the writes, and a replica that may take the reads.
mod server;
mod tables;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use diesel::prelude::*;

use super::schema::store;
use super::{Error, Failure, OpenError, Use};
use server::{Server, is_out_of_order};

pub use tables::continue_ids;

#[derive(Clone)]
pub struct Pools {
    /// One connection: writes wait for one another anyway, across all processes.
    writer: Server,
    primary: Server,
    replica: Option<Replica>,
}

impl Pools {
    pub fn open(url: &str, replica: Option<&str>, usage: Use) -> Result<Self, OpenError> {
        tables::prepare(url, usage)?;
        let idle = u32::from(replica.is_none());
        let pools = Self {
            writer: Server::new("primary", url, 1, 1, usage),
            primary: Server::new("primary", url, usage.readers, idle, usage),
            replica: replica.map(|url| Replica {
                server: Server::new("replica", url, usage.readers, 1, usage),
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
            && !replica.server.is_lost()
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

    /// Looks whether the replica has what the primary had when this was last asked. Until it has, reads go to the primary.
    pub fn watch_replica(&self) {
        let Some(replica) = &self.replica else { return };
        // Whether one that was lost answers again is found out here too.
        let has = replica.server.read(store_and_sequence);
        let now = self.primary.read(store_and_sequence);
        // While the primary is out of reach the replica is the best there is.
        let behind = match (&has, &now) {
            (Ok((replicated, has)), Ok((own, _))) => {
                replicated != own || *has < replica.expected.load(Ordering::Relaxed)
            }
            _ => false,
        };
        if let Ok((_, now)) = now {
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
        let primary = self.primary.read(store_and_sequence);
        match (primary, replica.server.read(store_and_sequence)) {
            (Ok((own, _)), Ok((other, _))) if own != other => Err(OpenError(
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

/// Which store this is, and how far it has come.
fn store_and_sequence(conn: &mut PgConnection) -> Result<(String, i64), Error> {
    Ok(store::table
        .select((store::identity, store::sequence))
        .first(conn)?)
}

#[derive(Clone)]
struct Replica {
    server: Server,
    /// Whether it lags so far behind that it is not read from.
    behind: Arc<AtomicBool>,
    /// The sequence that the primary had when it was last looked at.
    expected: Arc<AtomicI64>,
}
