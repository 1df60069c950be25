//! Tags: what articles are about.
pub mod types;
