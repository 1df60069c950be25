//! How long a reading goes on: until its time is up, or nobody waits for it any more. Diesel has no way to interrupt SQLite, so that
//! is asked before each statement; what takes long is read in many short ones.
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::result::Error as QueryError;

/// Why a reading was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unwanted {
    #[error("reading took longer than it may")]
    TooLong,
    #[error("nobody waits for what is read")]
    Gone,
}

/// How many readings were given up, and why.
#[derive(Debug, Default)]
pub struct GivenUp {
    too_long: AtomicU64,
    gone: AtomicU64,
}

impl GivenUp {
    pub fn count(&self, why: Unwanted) -> u64 {
        self.counter(why).load(Ordering::Relaxed)
    }

    fn counter(&self, why: Unwanted) -> &AtomicU64 {
        match why {
            Unwanted::TooLong => &self.too_long,
            Unwanted::Gone => &self.gone,
        }
    }
}

/// Until when a reading is wanted.
pub struct Wanted {
    until: Option<Instant>,
    gone: Arc<AtomicBool>,
    /// Why it was given up, once it was.
    unwanted: Option<Unwanted>,
    given_up: Arc<GivenUp>,
}

/// Who waits for a reading, as long as this is there.
pub struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

thread_local! {
    /// The reading that this thread is at.
    static CURRENT: RefCell<Option<Wanted>> = const { RefCell::new(None) };
}

impl Wanted {
    /// By somebody who waits so long, or for ever; counted where it is given up.
    pub fn by(patience: Option<Duration>, given_up: &Arc<GivenUp>) -> (Self, Waiting) {
        let gone = Arc::new(AtomicBool::new(false));
        let wanted = Self {
            until: patience.map(|patience| Instant::now() + patience),
            gone: Arc::clone(&gone),
            unwanted: None,
            given_up: Arc::clone(given_up),
        };
        (wanted, Waiting(gone))
    }

    /// Does a reading on this thread.
    pub fn read<T>(self, reading: impl FnOnce() -> T) -> T {
        struct Done;
        impl Drop for Done {
            fn drop(&mut self) {
                CURRENT.set(None);
            }
        }
        CURRENT.set(Some(self));
        let _done = Done;
        reading()
    }

    fn go_on(&mut self) -> Result<(), Unwanted> {
        if let Some(why) = self.unwanted {
            return Err(why);
        }
        let why = if self.gone.load(Ordering::Relaxed) {
            Unwanted::Gone
        } else if self.until.is_some_and(|until| Instant::now() > until) {
            Unwanted::TooLong
        } else {
            return Ok(());
        };
        self.unwanted = Some(why);
        self.given_up.counter(why).fetch_add(1, Ordering::Relaxed);
        Err(why)
    }
}

/// Whether to go on with what this thread is at. Nothing but readings that somebody waits for is ever given up.
pub fn go_on() -> Result<(), QueryError> {
    let on = CURRENT.with_borrow_mut(|wanted| wanted.as_mut().map_or(Ok(()), Wanted::go_on));
    on.map_err(|unwanted| QueryError::QueryBuilderError(Box::new(unwanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given_up(error: QueryError) -> Option<Unwanted> {
        match error {
            QueryError::QueryBuilderError(why) => why.downcast_ref().copied(),
            _ => None,
        }
    }

    #[test]
    fn a_reading_goes_on_until_its_time_is_up() {
        let counts = Arc::default();
        let (wanted, _waiting) = Wanted::by(Some(Duration::from_secs(60)), &counts);
        assert!(wanted.read(|| go_on().is_ok()));
        let (wanted, _waiting) = Wanted::by(Some(Duration::ZERO), &counts);
        let why = wanted.read(|| [go_on(), go_on()].map(|on| on.err().and_then(given_up)));
        assert_eq!(why, [Some(Unwanted::TooLong); 2]);
        assert_eq!(counts.count(Unwanted::TooLong), 1);
        assert!(go_on().is_ok(), "another reading on this thread");
    }

    #[test]
    fn a_reading_goes_on_until_nobody_waits_for_it() {
        let (wanted, waiting) = Wanted::by(None, &Arc::default());
        let why = wanted.read(|| {
            assert!(go_on().is_ok());
            drop(waiting);
            go_on().err().and_then(given_up)
        });
        assert_eq!(why, Some(Unwanted::Gone));
    }
}
