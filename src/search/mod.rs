//! Search: text is made into terms by [`analysis`], for the index and for queries alike.
pub mod analysis;
