//! Articles to try the program with: invented people, outlets and places.
use crate::database::{Database, Error, store};
use crate::transfer::{
    Faults, ImportError, ImportOptions, Importer, Observer, Progress, Report, Stored, import,
};

const SAMPLES: &str = include_str!("samples.ndjson");

/// Fills an empty store; says with how much, or None where there was content already.
pub fn fill(database: &Database) -> Result<Option<u64>, ImportError> {
    let state = database.read_newest_blocking(|conn| Ok::<_, Error>(store::state(conn)?))?;
    if state.sequence > 0 {
        return Ok(None);
    }
    let mut report = Report::default();
    let options = ImportOptions {
        strict: true,
        importer: Importer::Operator,
    };
    import(
        database,
        &mut SAMPLES.as_bytes(),
        &options,
        &mut Log,
        &mut report,
    )?;
    Ok(Some(report.created))
}

struct Log;

impl Observer for Log {
    fn line(&mut self, number: u64, result: Result<&Stored, &Faults>) -> Result<(), ImportError> {
        for fault in result.err().into_iter().flatten() {
            log::error!("samples, line {number}: {fault}");
        }
        Ok(())
    }

    fn progress(&mut self, _: Progress) -> Result<(), ImportError> {
        Ok(())
    }
}
