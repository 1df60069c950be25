//! Who waits for a connection, which pools do not tell.
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::r2d2::{ManageConnection, Pool};

use super::PoolState;

/// Those who wait for a connection of one pool.
#[derive(Debug, Clone, Default)]
pub struct Queue(Arc<AtomicU32>);

/// A place in a queue, until it is dropped.
pub struct Place<'a>(&'a Queue);

impl Queue {
    pub fn enter(&self) -> Place<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Place(self)
    }

    pub fn waiting(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }

    /// How the pool stands whose queue this is.
    pub fn state<M: ManageConnection>(&self, name: &'static str, pool: &Pool<M>) -> PoolState {
        let state = pool.state();
        PoolState {
            name,
            size: pool.max_size(),
            connections: state.connections,
            idle: state.idle_connections,
            waiting: self.waiting(),
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}
