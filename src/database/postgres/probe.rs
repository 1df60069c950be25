//! Asking a server how far its store has come, whatever else it is busy with, and for a bounded time.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use diesel::prelude::*;

use super::server::Server;
use crate::database::schema::store;
use crate::database::{Error, Use};

/// How long an answer is waited for.
const DEADLINE: Duration = Duration::from_secs(1);

/// Which store a server has, and the number of its last write there.
#[derive(Debug, Queryable)]
pub struct Progress {
    pub store: String,
    pub sequence: i64,
}

#[derive(Clone)]
pub struct Probe {
    /// A connection of its own: all others may be in use, or wait for a server that hangs.
    server: Server,
    /// Whether an answer to the last question is still to come.
    asking: Arc<AtomicBool>,
}

impl Probe {
    pub fn new(name: &'static str, url: &str, usage: Use) -> Self {
        Self {
            server: Server::new(name, url, 1, 0, usage),
            asking: Arc::default(),
        }
    }

    /// A server that hangs never answers, and nothing in the protocol sets it a time: the question is left to a thread of its
    /// own, and only one at a time.
    pub fn ask(&self) -> Result<Progress, Error> {
        let late = || Error::Busy("it does not answer in time".to_owned());
        if self.asking.swap(true, Ordering::AcqRel) {
            return Err(late());
        }
        let (answer, answers) = channel();
        let Self { server, asking } = self.clone();
        thread::spawn(move || {
            let answered = server.read(progress);
            asking.store(false, Ordering::Release);
            // Whoever asked may have stopped waiting.
            let _ = answer.send(answered);
        });
        answers
            .recv_timeout(DEADLINE)
            .unwrap_or_else(|_| Err(late()))
    }
}

fn progress(conn: &mut PgConnection) -> Result<Progress, Error> {
    Ok(store::table
        .select((store::identity, store::sequence))
        .first(conn)?)
}
