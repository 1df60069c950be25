//! Outlets: who publishes, and who is credited.
pub mod types;
