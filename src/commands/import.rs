//! `isnad import`: reads NDJSON into the store.
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use indicatif::ProgressBar;

use super::progress::bar;
use super::{Failure, manuscripts};
use crate::config::Import;
use crate::database::{Database, Use};
use crate::transfer::{
    Faults, ImportError, ImportOptions, Importer, Observer, Progress, Report, Stored, import,
};

/// How much of a file is read at once.
const BUFFER: usize = 256 * 1024;

pub fn run(options: Import) -> Result<(), Failure> {
    let database = Database::open(&options.store.url, Use::BULK)?;
    let mut report = Report::default();
    let outcome = match options.extract {
        true => manuscripts::import(&database, &options, &mut report),
        false => import_lines(&database, &options, &mut report),
    };
    tell(&report);
    outcome?;
    let what = if options.extract { "file" } else { "line" };
    match report.failed {
        0 => Ok(()),
        1 => Err(Failure(format!("1 {what} was not stored"))),
        failed => Err(Failure(format!("{failed} {what}s were not stored"))),
    }
}

fn import_lines(database: &Database, options: &Import, report: &mut Report) -> Result<(), Failure> {
    let how = ImportOptions {
        strict: options.strict,
        importer: Importer::Operator,
    };
    options
        .files
        .iter()
        .try_for_each(|file| import_file(database, file, &how, report))
}

fn import_file(
    database: &Database,
    path: &Path,
    options: &ImportOptions,
    report: &mut Report,
) -> Result<(), Failure> {
    let named = |error: io::Error| Failure(format!("cannot read {}: {error}", path.display()));
    let (mut input, length): (Box<dyn BufRead + Send>, u64) = if path == Path::new("-") {
        (Box::new(BufReader::with_capacity(BUFFER, io::stdin())), 0)
    } else {
        let file = File::open(path).map_err(named)?;
        let about = file.metadata().map_err(named)?;
        if about.is_dir() {
            return Err(Failure(format!(
                "cannot read {}: it is a directory",
                path.display()
            )));
        }
        (
            Box::new(BufReader::with_capacity(BUFFER, file)),
            about.len(),
        )
    };
    let mut teller = Teller {
        path,
        bar: bar(length),
    };
    let result = import(database, &mut input, options, &mut teller, report);
    teller.bar.finish_and_clear();
    result.map_err(|error| match error {
        ImportError::Strict => Failure(format!("{}: {error}", path.display())),
        error => Failure(format!(
            "{}: {error}; what was stored before is kept",
            path.display()
        )),
    })
}

struct Teller<'a> {
    path: &'a Path,
    bar: ProgressBar,
}

impl Observer for Teller<'_> {
    fn line(&mut self, number: u64, result: Result<&Stored, &Faults>) -> Result<(), ImportError> {
        if let Err(faults) = result {
            self.bar.suspend(|| {
                for fault in faults {
                    log::error!("{}:{number}: {fault}", self.path.display());
                }
            });
        }
        Ok(())
    }

    fn progress(&mut self, progress: Progress) -> Result<(), ImportError> {
        self.bar.set_position(progress.bytes);
        self.bar.set_message(format!("{} lines", progress.lines));
        Ok(())
    }
}

fn tell(report: &Report) {
    log::info!(
        "{} created, {} updated, {} unchanged, {} failed",
        report.created,
        report.updated,
        report.unchanged,
        report.failed
    );
    if report.drafts > 0 {
        log::info!(
            "{} articles are drafts, which nobody sees yet",
            report.drafts
        );
    }
    if report.without_key > 0 {
        log::info!(
            "{} articles have no id, reference or slug of their own: importing them again makes them anew",
            report.without_key
        );
    }
}
