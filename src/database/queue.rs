//! How many wait for a connection, which pools do not tell, and how a pool stands.
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::r2d2::{ManageConnection, Pool};

/// How a pool of connections stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// What its connections are for.
    pub name: &'static str,
    /// How many connections it may have.
    pub size: u32,
    pub connections: u32,
    pub idle: u32,
    /// How many units of work wait for one.
    pub waiting: u32,
}

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

    /// How the pool stands whose queue this is.
    pub fn state<M: ManageConnection>(&self, name: &'static str, pool: &Pool<M>) -> PoolState {
        let state = pool.state();
        PoolState {
            name,
            size: pool.max_size(),
            connections: state.connections,
            idle: state.idle_connections,
            waiting: self.0.load(Ordering::Relaxed),
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}
