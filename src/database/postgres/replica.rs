//! A replica that is read from while it keeps up with its primary.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use diesel::prelude::*;

use super::server::Server;
use super::url;
use crate::database::schema::store;
use crate::database::{Error, Failure, OpenError, Use};

/// How long it may take to say how far it has come.
const DEADLINE: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub struct Replica {
    server: Server,
    /// A connection of its own, for when all others wait for a server that hangs.
    probe: Server,
    /// Whether an answer to the last question is still to come.
    asking: Arc<AtomicBool>,
    /// Whether it is not to be read from.
    behind: Arc<AtomicBool>,
    /// The sequence that the primary had when it was last looked at.
    expected: Arc<AtomicI64>,
}

impl Replica {
    /// It need not answer yet, nor keep up; until it does, it is not read from.
    pub fn open(url: &str, primary: &Server, usage: Use) -> Result<Self, OpenError> {
        let url = url::with_deadlines(url);
        if let Err(error) = PgConnection::establish(&url) {
            let unreadable = |why| OpenError(format!("cannot use the replica: {why}"));
            let told = url::told(&error).map_err(unreadable)?;
            log::warn!("the replica cannot be read yet, so the primary is: {told}");
        }
        let replica = Self {
            server: Server::new("replica", &url, usage.readers, 1, usage),
            probe: Server::new("replica", &url, 1, 0, usage),
            asking: Arc::default(),
            behind: Arc::default(),
            expected: Arc::default(),
        };
        // Twice: what it has is compared with what the primary had at the look before.
        replica.watch(primary);
        replica.watch(primary);
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

    pub fn watch(&self, primary: &Server) {
        let has = self.progress();
        let behind = match (primary.read(progress), has) {
            (Ok((own, now)), has) => {
                let expected = self.expected.swap(now, Ordering::Relaxed);
                !matches!(has, Ok((store, has)) if store == own && has >= expected)
            }
            // While the primary is out of reach the replica is the best there is.
            (Err(_), _) => false,
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

    /// Asks how far it has come. A server that hangs never answers, and nothing in the protocol sets it a time: the question
    /// is left to a thread of its own, and only one at a time.
    fn progress(&self) -> Result<(String, i64), Error> {
        let late = || Error::Busy("the replica does not answer in time".to_owned());
        if self.asking.swap(true, Ordering::AcqRel) {
            return Err(late());
        }
        let (answer, answers) = channel();
        let (probe, asking) = (self.probe.clone(), Arc::clone(&self.asking));
        thread::spawn(move || {
            let answered = probe.read(progress);
            asking.store(false, Ordering::Release);
            // Whoever asked may have stopped waiting.
            let _ = answer.send(answered);
        });
        answers
            .recv_timeout(DEADLINE)
            .unwrap_or_else(|_| Err(late()))
    }
}

/// Which store it is, and how far it has come.
fn progress(conn: &mut PgConnection) -> Result<(String, i64), Error> {
    Ok(store::table
        .select((store::identity, store::sequence))
        .first(conn)?)
}
