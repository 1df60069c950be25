//! Statements: what somebody said, through whom the words came, and where they stand in the article.
pub mod anchor;
pub mod draft;


pub mod types;
pub mod write_shape;

