//! The program itself, run as a person would run it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets something else than it expects has failed"
)]
mod backups;
mod databases;
mod extracting;
mod freshness;
mod gate;
mod importing;
mod imports;
mod keys;
mod program;
mod serving;
mod settings;
mod transfer;
