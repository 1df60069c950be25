//! What speakers, outlets and tags share: a name in many spellings, a slug, and being referred to.
pub mod draft;

pub mod queries;
pub mod reading;
pub mod types;
pub mod write_shape;
