//! API keys: who may read and write, and how far.
pub mod queries;
pub mod types;
