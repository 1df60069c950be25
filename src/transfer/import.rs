//! Importing: lines are read and checked on one thread and written on another, in batches, in bounded memory.
use std::io::{self, BufRead};
use std::sync::mpsc::{SyncSender, sync_channel};

use super::line::{self, Item, Read};
use crate::articles::types::ArticleStatus;
use crate::database::{self, Database};
use crate::domain::bounds;
use crate::domain::fault::Fault;
use crate::domain::moment::Moment;
use crate::statements::types::Origin;
use crate::writing::articles::SavedArticle;
use crate::writing::{Outcome, WriteError, Writer};

/// A batch is written when it holds so many lines: few enough that whoever else would write is not kept waiting …
const BATCH_LINES: usize = 128;
/// … or so many bytes.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Batches that wait to be written.
const BATCHES_AHEAD: usize = 1;

/// How to import.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportOptions {
    /// Stop at the first line that is wrong; what stands before it stays.
    pub strict: bool,
}

/// What became of the lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    /// Lines that were not stored.
    pub failed: u64,
    /// Articles stored as drafts, which the public does not see.
    pub drafts: u64,
    /// New articles whose line has no key: a second import makes them again.
    pub without_key: u64,
}

/// A line that was not stored, and why.
#[derive(Debug)]
pub struct LineFault {
    /// From 1.
    pub line: u64,
    pub faults: Vec<Fault>,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub lines: u64,
    pub bytes: u64,
}

/// Why an import ended before its input did. What was reported as stored is stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("cannot read the input: {0}")]
    Input(#[from] io::Error),
    #[error("cannot write to the database: {0}")]
    Database(#[from] database::Error),
    #[error("stopped at the first line that is wrong")]
    Strict,
}

/// Who is told what while an import runs.
pub trait Observer {
    fn fault(&mut self, fault: LineFault);
    fn progress(&mut self, progress: Progress);
}

struct Line {
    number: u64,
    item: Result<Item, Vec<Fault>>,
}

struct Batch {
    lines: Vec<Line>,
    progress: Progress,
}

/// Imports everything that `input` holds. `report` adds up what was done, also when it ends early.
pub fn import(
    database: &Database,
    input: &mut (impl BufRead + Send),
    options: ImportOptions,
    observer: &mut impl Observer,
    report: &mut Report,
) -> Result<(), ImportError> {
    std::thread::scope(|scope| {
        let (sender, batches) = sync_channel(BATCHES_AHEAD);
        let reader = scope.spawn(move || read_batches(input, &sender));
        // Returning drops the receiver, at which the reader stops.
        for batch in batches {
            write_batch(database, &batch, options, observer, report)?;
            observer.progress(batch.progress);
        }
        match reader.join() {
            Ok(read) => Ok(read?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn read_batches(input: &mut impl BufRead, sender: &SyncSender<Batch>) -> io::Result<()> {
    let mut progress = Progress { lines: 0, bytes: 0 };
    let mut lines = Vec::new();
    let mut bytes = 0;
    let mut buffer = Vec::new();
    loop {
        let read = line::read_bounded(input, &mut buffer, bounds::IMPORT_LINE)?;
        if read == Read::End || lines.len() >= BATCH_LINES || bytes >= BATCH_BYTES {
            let batch = Batch {
                lines: std::mem::take(&mut lines),
                progress,
            };
            bytes = 0;
            // Nobody listens any more: the import has ended early.
            if sender.send(batch).is_err() || read == Read::End {
                return Ok(());
            }
        }
        progress.lines += 1;
        progress.bytes += u64::try_from(buffer.len() + 1).unwrap_or(0);
        bytes += buffer.len();
        let item = match read {
            Read::TooLong => Err(vec![Fault {
                pointer: String::new(),
                code: "too_long",
                detail: format!("the line is longer than {} bytes", bounds::IMPORT_LINE),
            }]),
            _ => {
                let text = without_mark(&buffer, progress.lines).trim_ascii();
                if text.is_empty() {
                    continue;
                }
                line::check(text)
            }
        };
        lines.push(Line {
            number: progress.lines,
            item,
        });
    }
}

/// Some editors begin a file with a byte order mark.
fn without_mark(line: &[u8], number: u64) -> &[u8] {
    line.strip_prefix("\u{FEFF}".as_bytes())
        .filter(|_| number == 1)
        .unwrap_or(line)
}

fn write_batch(
    database: &Database,
    batch: &Batch,
    options: ImportOptions,
    observer: &mut impl Observer,
    report: &mut Report,
) -> Result<(), ImportError> {
    let whole = batch.lines.iter().all(|line| line.item.is_ok()) || !options.strict;
    if whole {
        match write_lines(database, &batch.lines, report) {
            Ok(()) => {
                for line in &batch.lines {
                    if let Err(faults) = &line.item {
                        refuse(line.number, faults.clone(), options, observer, report)?;
                    }
                }
                return Ok(());
            }
            // Some line cannot be stored: nothing of the batch was. Now each line by itself.
            Err(WriteError::Faults(_)) => {}
            Err(WriteError::Database(error)) => return Err(error.into()),
        }
    }
    for line in &batch.lines {
        let result = match &line.item {
            Ok(_) => write_lines(database, std::slice::from_ref(line), report),
            Err(faults) => Err(WriteError::Faults(faults.clone())),
        };
        match result {
            Ok(()) => {}
            Err(WriteError::Faults(faults)) => {
                refuse(line.number, faults, options, observer, report)?;
            }
            Err(WriteError::Database(error)) => return Err(error.into()),
        }
    }
    Ok(())
}

fn refuse(
    line: u64,
    faults: Vec<Fault>,
    options: ImportOptions,
    observer: &mut impl Observer,
    report: &mut Report,
) -> Result<(), ImportError> {
    report.failed += 1;
    observer.fault(LineFault { line, faults });
    if options.strict {
        return Err(ImportError::Strict);
    }
    Ok(())
}

/// Writes lines in one transaction: all that are right, or none.
fn write_lines(database: &Database, lines: &[Line], report: &mut Report) -> Result<(), WriteError> {
    *report = database.write_blocking(|conn| {
        let mut done = *report;
        let mut writer = Writer::begin(conn, Moment::now())?;
        for item in lines.iter().filter_map(|line| line.item.as_ref().ok()) {
            match item {
                Item::Record(draft) => done.add(writer.save_record(draft)?),
                Item::Tombstone(draft) => done.add(writer.save_tombstone(draft)?),
                Item::Article(draft) => {
                    done.add_article(writer.save_article((**draft).clone(), Origin::Import)?);
                }
            }
        }
        writer.finish()?;
        Ok::<_, WriteError>(done)
    })?;
    Ok(())
}

impl Report {
    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }

    fn add_article(&mut self, saved: SavedArticle) {
        self.add(saved.outcome);
        self.drafts += u64::from(saved.status == ArticleStatus::Draft);
        self.without_key += u64::from(!saved.has_key);
    }
}
