//! How many imports run at once, and the word that they are to end.
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::http::ApiError;
use crate::http::problem::ProblemCode;

/// Each holds two threads and some megabytes; and only one of them writes at a time.
const MOST_AT_ONCE: usize = 2;

/// The imports of this process: made once, shared by all workers.
pub struct Imports {
    slots: Arc<Semaphore>,
    stopping: watch::Sender<bool>,
}

/// The right to run, as long as it is held.
pub type Slot = OwnedSemaphorePermit;

impl Default for Imports {
    fn default() -> Self {
        Self {
            slots: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            stopping: watch::Sender::new(false),
        }
    }
}

impl Imports {
    /// Ends those that run after the batch that each is at, and those that are still to come.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    pub(super) fn take_slot(&self) -> Result<Slot, ApiError> {
        Arc::clone(&self.slots)
            .try_acquire_owned()
            .map_err(|_| ApiError::Unavailable {
                code: ProblemCode::TooManyImports,
                detail: format!(
                    "{MOST_AT_ONCE} imports run, and no more may at once; try again when one has ended"
                ),
            })
    }
}
