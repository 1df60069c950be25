//! Speakers: whose words are reported.
pub mod types;
