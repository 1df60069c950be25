//! What speakers, outlets and tags share: a name in many spellings, a slug, and being referred to.
pub mod changes;
pub mod draft;

pub mod handlers;
pub mod queries;
pub mod types;
pub mod write_shape;
