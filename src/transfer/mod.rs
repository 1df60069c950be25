//! NDJSON in and out: one thing a line, in the write shape.
mod export;
mod extracted;
mod import;
mod line;
mod report;

pub use export::{ExportError, export};
pub use extracted::import_extracted;
pub use import::{Faults, ImportError, ImportOptions, Importer, Observer, Progress, import};
pub use report::{Report, Stored};
