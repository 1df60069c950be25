//! Rows → the JSON that a row is served as, rendered once when it is written.
pub mod article;
pub mod fresh;
pub mod load;
pub mod postings;
pub mod records;
pub mod source;
