//! How long a reading goes on: until its time is up, or nobody waits for it any more. Diesel has no way to interrupt SQLite, so that
//! is asked before each statement; what takes long is read in many short ones.
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// Until when a reading is wanted.
pub struct Wanted {
    until: Option<Instant>,
    gone: Arc<AtomicBool>,
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
    /// By somebody who waits so long, or for ever.
    pub fn by(patience: Option<Duration>) -> (Self, Waiting) {
        let gone = Arc::new(AtomicBool::new(false));
        let wanted = Self {
            until: patience.map(|patience| Instant::now() + patience),
            gone: Arc::clone(&gone),
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

    fn still(&self) -> Result<(), Unwanted> {
        if self.gone.load(Ordering::Relaxed) {
            Err(Unwanted::Gone)
        } else if self.until.is_some_and(|until| Instant::now() > until) {
            Err(Unwanted::TooLong)
        } else {
            Ok(())
        }
    }
}

/// Whether to go on with what this thread is at. Nothing but readings that somebody waits for is ever given up.
pub fn go_on() -> Result<(), QueryError> {
    let still = CURRENT.with_borrow(|wanted| wanted.as_ref().map_or(Ok(()), Wanted::still));
    still.map_err(|unwanted| QueryError::QueryBuilderError(Box::new(unwanted)))
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
        let (wanted, _waiting) = Wanted::by(Some(Duration::from_secs(60)));
        assert!(wanted.read(|| go_on().is_ok()));
        let (wanted, _waiting) = Wanted::by(Some(Duration::ZERO));
        let why = wanted.read(|| go_on().err().and_then(given_up));
        assert_eq!(why, Some(Unwanted::TooLong));
        assert!(go_on().is_ok(), "another reading on this thread");
    }

    #[test]
    fn a_reading_goes_on_until_nobody_waits_for_it() {
        let (wanted, waiting) = Wanted::by(None);
        let why = wanted.read(|| {
            assert!(go_on().is_ok());
            drop(waiting);
            go_on().err().and_then(given_up)
        });
        assert_eq!(why, Some(Unwanted::Gone));
    }
}
