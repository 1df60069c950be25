//! Articles: what an outlet published, as blocks of plain text with the statements it reports.
pub mod draft;


pub mod types;
pub mod write_shape;

