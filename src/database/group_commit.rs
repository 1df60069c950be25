//! Group commit: works that wait for the writer at the same time are committed together, as each commit waits for the disk.
use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use actix_web::rt::task::spawn_blocking;
use actix_web::rt::time::timeout;
use diesel::Connection;
use parking_lot::{FairMutex, FairMutexGuard, Mutex};
use tokio::sync::oneshot;

use super::queue::Queue;
use super::{Conn, Database, Error, Failure, Freshness, Written};

/// How many works are committed together …
const MOST: usize = 16;
/// … and for how long they are gathered, so that neither they nor others wait long for the last of them.
const LONGEST: Duration = Duration::from_millis(20);
/// How long a write waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// The writes of this process, which take turns.
#[derive(Default)]
pub struct Writes {
    /// Handed on in the order in which it was waited for: neither groups nor what writes alone push in.
    turn: FairMutex<()>,
    /// Who waits to write alone.
    alone: Queue,
    waiting: Mutex<Waiting>,
}

/// Works that wait to be committed with others.
#[derive(Default)]
struct Waiting {
    works: VecDeque<(Ticket, Box<dyn Work>)>,
    tickets: Ticket,
    /// Whether a thread is at them.
    led: bool,
}

type Ticket = u64;

/// Works that are committed together.
type Group = Vec<Box<dyn Work>>;

/// What a work came to; as an error its panic.
type Outcome<T, E> = Result<Result<T, E>, Box<dyn Any + Send>>;

/// A unit of work, and who waits for it.
trait Work: Send {
    /// Does it within a transaction. What it came to is kept until it is told.
    fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), Undone>;
    /// Does it in a transaction of its own.
    fn run_alone(&mut self, database: &Database);
    /// Nothing was written, for a reason that lies not in it.
    fn fail(&mut self, error: &Error);
    /// It is committed, or nothing of it was written: what it touched is noted, and who asked is told.
    fn tell(self: Box<Self>, freshness: &Freshness);
}

/// Why a work is taken back.
enum Undone {
    /// It failed, and nobody else is concerned.
    ByItself,
    ByDatabase(Error),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::ByDatabase(error)
    }
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::ByDatabase(error.into())
    }
}

impl Failure for Undone {
    fn database(&self) -> Option<&Error> {
        match self {
            Self::ByDatabase(error) => Some(error),
            Self::ByItself => None,
        }
    }
}

/// A work that was asked for.
struct Asked<T, E, W> {
    work: W,
    outcome: Option<Outcome<Written<T>, E>>,
    asker: oneshot::Sender<Outcome<T, E>>,
}

impl<T, E, W> Work for Asked<T, E, W>
where
    T: Send,
    E: Failure + Send,
    W: Fn(&mut Conn<'_>) -> Result<Written<T>, E> + Send,
{
    fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), Undone> {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.work)(conn)));
        let undone = match &outcome {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(match error.database() {
                Some(error @ Error::Interrupted(_)) => Undone::ByDatabase(error.again()),
                _ => Undone::ByItself,
            }),
            Err(_) => Err(Undone::ByItself),
        };
        self.outcome = Some(outcome);
        undone
    }

    fn run_alone(&mut self, database: &Database) {
        let run = || database.write_in_turn(&self.work);
        self.outcome = Some(catch_unwind(AssertUnwindSafe(run)));
    }

    fn fail(&mut self, error: &Error) {
        if !matches!(self.outcome, Some(Err(_))) {
            self.outcome = Some(Ok(Err(error.again().into())));
        }
    }

    fn tell(self: Box<Self>, freshness: &Freshness) {
        let Self {
            work,
            outcome,
            asker,
        } = *self;
        // Here it is committed (or, as a failure, taken back), and nobody knows yet. What the work holds, it holds no longer
        // than until then: its `Idempotency-Key` is one that the next request may have.
        drop(work);
        let told = outcome.map(|outcome| {
            outcome.map(|done| {
                done.map(|Written { value, touched }| {
                    freshness.note(&touched);
                    value
                })
            })
        });
        if let Some(told) = told {
            // Who asked may have gone.
            let _ = asker.send(told);
        }
    }
}

impl Writes {
    /// Waits for the turn of what writes alone.
    pub fn turn(&self) -> Result<FairMutexGuard<'_, ()>, Error> {
        let _place = self.alone.enter();
        self.turn
            .try_lock_for(PATIENCE)
            .ok_or_else(|| because(LATE))
    }

    /// How many units of work wait for their turn.
    pub fn waiting(&self) -> u32 {
        let works = self.waiting.lock().works.len();
        u32::try_from(works).unwrap_or(u32::MAX) + self.alone.waiting()
    }

    /// Puts a work among those that wait; tells whether somebody has to lead them.
    fn enter(&self, work: Box<dyn Work>) -> (Ticket, bool) {
        let mut waiting = self.waiting.lock();
        waiting.tickets += 1;
        let ticket = waiting.tickets;
        waiting.works.push_back((ticket, work));
        (ticket, !std::mem::replace(&mut waiting.led, true))
    }

    /// Takes a work back, unless it was begun.
    fn withdraw(&self, ticket: Ticket) -> bool {
        let mut waiting = self.waiting.lock();
        let before = waiting.works.len();
        waiting.works.retain(|(other, _)| *other != ticket);
        waiting.works.len() < before
    }

    fn next(&self) -> Option<Box<dyn Work>> {
        Some(self.waiting.lock().works.pop_front()?.1)
    }

    /// Does the works that wait and those that come meanwhile, within a transaction: all, or where one fails none.
    fn gather(&self, conn: &mut Conn<'_>, group: &mut Group) -> Result<(), Undone> {
        let begun = Instant::now();
        while group.len() < MOST && begun.elapsed() < LONGEST {
            let Some(mut work) = self.next() else {
                break;
            };
            let done = work.run(conn);
            group.push(work);
            done?;
        }
        Ok(())
    }

    /// Commits a group, and tells everybody what became of his work.
    fn commit(&self, database: &Database) {
        let _turn = self.turn.lock();
        let mut group = Group::new();
        let mut done = database.write_once_in_turn(|conn| self.gather(conn, &mut group));
        // Hardly ever one fails, so it may take others along at first: SQLite writes its index of words at each savepoint.
        if matches!(done, Err(Undone::ByItself)) && group.len() > 1 {
            done = database.write_once_in_turn(|conn| apart(conn, &mut group));
        }
        if let Err(Undone::ByDatabase(error)) = done {
            if group.is_empty() {
                // Nobody who waits can write.
                group.extend(std::iter::from_fn(|| self.next()).take(MOST));
            }
            for work in &mut group {
                match &error {
                    // Nothing was committed. Whom it concerns is not known, so each goes on by himself.
                    Error::Interrupted(_) => work.run_alone(database),
                    error => work.fail(error),
                }
            }
        }
        for work in group {
            work.tell(&database.freshness);
        }
    }
}

/// Does works within a transaction, of which those that fail leave nothing.
fn apart(conn: &mut Conn<'_>, group: &mut Group) -> Result<(), Undone> {
    for work in group {
        match within(conn, |conn| work.run(conn)) {
            Err(Undone::ByItself) => {}
            done => done?,
        }
    }
    Ok(())
}

const LATE: &str = "others write, and its turn did not come in time";

fn because(why: &str) -> Error {
    Error::Busy(why.to_owned())
}

/// Work within a transaction of which nothing is left where it fails.
fn within(
    conn: &mut Conn<'_>,
    work: impl FnOnce(&mut Conn<'_>) -> Result<(), Undone>,
) -> Result<(), Undone> {
    match conn {
        Conn::Sqlite(conn) => conn.transaction(|conn| work(&mut Conn::Sqlite(conn))),
        #[cfg(feature = "postgres")]
        Conn::Postgres(conn) => conn.transaction(|conn| work(&mut Conn::Postgres(conn))),
    }
}

/// Who leads the works that wait, until none is left.
struct Lead {
    database: Database,
    done: bool,
}

impl Lead {
    fn run(mut self) {
        while !self.is_done() {
            self.database.writes.commit(&self.database);
        }
    }

    fn is_done(&mut self) -> bool {
        let mut waiting = self.database.writes.waiting.lock();
        self.done = waiting.works.is_empty();
        waiting.led = !self.done;
        self.done
    }
}

/// A server that stops does not begin what it was to do: then nobody would lead.
impl Drop for Lead {
    fn drop(&mut self) {
        if !self.done {
            let mut waiting = self.database.writes.waiting.lock();
            waiting.led = false;
            waiting.works.clear();
        }
    }
}

impl Database {
    /// Runs `work` in a write transaction, off the async threads; with others that wait at the same time, none of which
    /// is concerned when it fails. It may be begun anew, when nothing of it was written.
    pub async fn write<T, E>(
        &self,
        work: impl Fn(&mut Conn<'_>) -> Result<Written<T>, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure + Send + 'static,
    {
        let (asker, mut answer) = oneshot::channel();
        let (ticket, leads) = self.writes.enter(Box::new(Asked {
            work,
            outcome: None,
            asker,
        }));
        if leads {
            let lead = Lead {
                database: self.clone(),
                done: false,
            };
            drop(spawn_blocking(|| lead.run()));
        }
        let told = match timeout(PATIENCE, &mut answer).await {
            Ok(told) => told,
            Err(_) if self.writes.withdraw(ticket) => return Err(because(LATE).into()),
            Err(_) => match self.deadline {
                Some(deadline) => timeout(deadline.saturating_sub(PATIENCE), answer)
                    .await
                    .map_err(|_| because("it does not answer"))?,
                None => answer.await,
            },
        };
        match told {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Err(because("the server is stopping").into()),
        }
    }
}

#[cfg(test)]
mod tests;
