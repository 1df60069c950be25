//! Articles to try the program with: invented people, outlets and places.
use crate::database::{Database, Error, store};
use crate::transfer::{ImportError, ImportOptions, LineFault, Observer, Progress, Report, import};

const SAMPLES: &str = include_str!("samples.ndjson");

/// Fills an empty store; says with how much, or None where there was content already.
pub fn fill(database: &Database) -> Result<Option<u64>, ImportError> {
    let state = database.read_newest_blocking(|conn| Ok::<_, Error>(store::state(conn)?))?;
    if state.sequence > 0 {
        return Ok(None);
    }
    let mut report = Report::default();
    let options = ImportOptions { strict: true };
    import(
        database,
        &mut SAMPLES.as_bytes(),
        options,
        &mut Log,
        &mut report,
    )?;
    Ok(Some(report.created))
}

struct Log;

impl Observer for Log {
    fn fault(&mut self, fault: LineFault) {
        for one in &fault.faults {
            log::error!("samples, line {}: {one}", fault.line);
        }
    }

    fn progress(&mut self, _: Progress) {}
}
