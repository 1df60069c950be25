//! What every test of the API uses: an app over a store of its own, checked responses, articles to write.
pub mod app;
pub mod archive;
pub mod article;
pub mod document;
pub mod exposition;
pub mod keys;
pub mod lists;
pub mod newsroom;
pub mod press;
pub mod proposals;
pub mod questions;
pub mod random;
pub mod response;
pub mod store;
pub mod twins;
pub mod writes;

pub use app::{Imported, TestApp};
pub use article::{Article, id, outlet, quote, speaker, tag};
pub use response::Response;
