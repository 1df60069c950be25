//! NDJSON in and out: one thing a line, in the write shape.
mod export;
mod import;
mod line;

pub use export::{ExportError, export};
pub use import::{ImportError, ImportOptions, LineFault, Observer, Progress, Report, import};
