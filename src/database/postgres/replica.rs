//! A replica that is read from while it keeps up with its primary.
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use diesel::prelude::*;

use super::probe::Probe;
use super::server::Server;
use super::url;
use crate::database::{Failure, OpenError, PoolState, ReplicaState, Use};

pub struct Replica {
    server: Server,
    itself: Probe,
    primary: Probe,
    /// Whether it is of the primary's store, as far as is known.
    akin: AtomicBool,
    /// Whether it is not to be read from.
    behind: AtomicBool,
    /// The sequence that the primary had when it was last looked at.
    expected: AtomicI64,
    /// How many writes it lacked at the last look; [`UNKNOWN`] where one of the two did not answer.
    lacking: AtomicI64,
}

const UNKNOWN: i64 = -1;

impl Replica {
    /// It need not answer yet, nor keep up; until it does, it is not read from.
    pub fn open(url: &str, primary: &str, usage: Use) -> Result<Self, OpenError> {
        let url = url::with_deadlines(url);
        if let Err(error) = PgConnection::establish(&url) {
            let unreadable = |why| OpenError(format!("cannot use the replica: {why}"));
            let told = url::told(&error).map_err(unreadable)?;
            log::warn!("the replica cannot be read yet, so the primary is: {told}");
        }
        let replica = Self {
            server: Server::new("replica", &url, usage.readers, 1, usage),
            itself: Probe::new("replica", &url, usage),
            primary: Probe::new("primary", primary, usage),
            akin: AtomicBool::default(),
            behind: AtomicBool::default(),
            expected: AtomicI64::default(),
            lacking: AtomicI64::new(UNKNOWN),
        };
        // Twice: what it has is compared with what the primary had at the look before.
        replica.watch();
        replica.watch();
        Ok(replica)
    }

    pub fn read<T, E: Failure>(
        &self,
        work: impl Fn(&mut PgConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.server.read(work)
    }

    /// Whether it had, when it was last looked at, what the primary had at the look before.
    pub fn keeps_up(&self) -> bool {
        !self.behind.load(Ordering::Relaxed)
    }

    pub fn pool(&self) -> PoolState {
        self.server.state("replica")
    }

    pub fn state(&self) -> ReplicaState {
        let lacking = self.lacking.load(Ordering::Relaxed);
        ReplicaState {
            in_use: self.keeps_up(),
            behind: Some(lacking).filter(|lacking| *lacking != UNKNOWN),
        }
    }

    pub fn watch(&self) {
        let has = self.itself.ask();
        let own = self.primary.ask();
        let lacking = match (&has, &own) {
            (Ok(has), Ok(own)) if has.store == own.store => (own.sequence - has.sequence).max(0),
            _ => UNKNOWN,
        };
        self.lacking.store(lacking, Ordering::Relaxed);
        let behind = match own {
            Ok(own) => {
                if let Ok(has) = &has {
                    self.akin.store(has.store == own.store, Ordering::Relaxed);
                }
                let expected = self.expected.swap(own.sequence, Ordering::Relaxed);
                !matches!(has, Ok(has) if has.store == own.store && has.sequence >= expected)
            }
            // While the primary is out of reach its replica is the best there is.
            Err(_) => !self.akin.load(Ordering::Relaxed),
        };
        match (self.behind.swap(behind, Ordering::Relaxed), behind) {
            (false, true) => {
                log::warn!(
                    "the replica does not keep up or is of another store: reading from the primary"
                );
            }
            (true, false) => log::info!("the replica keeps up again: reading from it"),
            _ => {}
        }
    }
}
