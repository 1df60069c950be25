//! What those who open a database need of it.
use std::time::Duration;

/// How a database is used, which decides how much memory its connections may take and how long they may.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// Connections that read.
    pub readers: u32,
    /// Whether a database that is not there is made, and one that was a backup becomes a store of its own.
    pub create: bool,
    /// SQLite: the page cache of the writing connection, in KiB.
    pub writer_cache: u32,
    /// SQLite: pages that the write-ahead log holds before they are moved into the file.
    pub checkpoint: u32,
    /// SQLite: bytes of the file that each reading connection maps into memory.
    pub mapped: u64,
    /// PostgreSQL: how long one statement may take; zero for as long as it takes.
    pub statement_timeout: Duration,
}

impl Use {
    /// What a server needs.
    pub const fn serving(readers: u32, statement_timeout: Duration) -> Self {
        Self {
            readers,
            create: true,
            writer_cache: 8 * 1024,
            checkpoint: 4096,
            mapped: 0,
            statement_timeout,
        }
    }

    /// What a command needs that only reads a store.
    pub const EXISTING: Self = Self {
        create: false,
        ..Self::BULK
    };

    /// What a command needs that goes through the whole store.
    pub const BULK: Self = Self {
        readers: 1,
        create: true,
        writer_cache: 128 * 1024,
        checkpoint: 16 * 1024,
        mapped: 0,
        statement_timeout: Duration::ZERO,
    };
}
