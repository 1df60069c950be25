//! `isnad export`: writes the whole store as NDJSON.
use std::fs::File;
use std::io::{self, BufWriter};

use super::Failure;
use crate::config::Export;
use crate::database::{Database, Use};
use crate::transfer::export;

pub fn run(options: Export) -> Result<(), Failure> {
    let database = Database::open(&options.store.url, Use::EXISTING)?;
    let lines = match &options.file {
        Some(path) => {
            let file = File::create(path)
                .map_err(|error| Failure(format!("cannot write {}: {error}", path.display())))?;
            let mut output = BufWriter::new(file);
            let lines = export(&database, &mut output)?;
            output
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?
                .sync_all()?;
            lines
        }
        None => export(&database, &mut BufWriter::new(io::stdout().lock()))?,
    };
    log::info!("exported {lines} lines");
    Ok(())
}
