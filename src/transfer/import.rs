//! Importing: lines are read and checked on one thread and written on another, in batches, in bounded memory.
use std::io::{self, BufRead};
use std::sync::mpsc::{SyncSender, sync_channel};

use super::line::{self, Item, Lines, Read};
use super::report::{Report, Stored};
use crate::database::{self, Conn, Database};
use crate::domain::bounds;
use crate::domain::fault::Fault;
use crate::domain::moment::Moment;
use crate::statements::types::Origin;
use crate::writing::terms::Terms;
use crate::writing::{WriteError, Writer, segments};

/// A batch is written when it holds so many lines: few enough that whoever else would write is not kept waiting …
const BATCH_LINES: usize = 128;
/// … or so many bytes. What arrives slowly is written whenever there is a lull.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Batches that wait to be written.
const BATCHES_AHEAD: usize = 1;

/// How to import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Stop at the first line that is wrong; what stands before it stays.
    pub strict: bool,
    pub importer: Importer,
}

/// Who imports.
#[derive(Debug, Clone)]
pub enum Importer {
    /// Whoever runs the program: what another store gave to its things stays theirs, such as revisions and former keys.
    Operator,
    /// Whose key has this name, as in any request: what the server owns is passed over.
    Client { name: String, may_publish: bool },
}

impl Importer {
    fn is_operator(&self) -> bool {
        matches!(self, Self::Operator)
    }

    fn terms(&self) -> Terms {
        Terms::unconditional(match self {
            Self::Operator => true,
            Self::Client { may_publish, .. } => *may_publish,
        })
    }

    fn begin<'a, 'c>(&self, conn: &'a mut Conn<'c>) -> Result<Writer<'a, 'c>, WriteError> {
        Ok(match self {
            Self::Operator => Writer::begin(conn, Moment::now())?,
            Self::Client { name, .. } => Writer::begin_as(conn, Moment::now(), name)?,
        })
    }
}

/// How far an import has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub lines: u64,
    pub bytes: u64,
}

/// Why an import ended before its input did. What was told as stored is stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("cannot read the input: {0}")]
    Input(#[from] io::Error),
    #[error("cannot write to the database: {0}")]
    Database(#[from] database::Error),
    #[error("stopped at the first line that is wrong")]
    Strict,
    #[error("nobody hears what becomes of the lines")]
    Unheard,
}

/// Why a line was not stored.
pub type Faults = Vec<Fault>;
type LineResult = Result<Stored, Faults>;

/// Who is told what becomes of an import.
pub trait Observer {
    /// What became of a line, numbered from 1: in order, and only once it is committed. Blank lines are not told of.
    fn line(&mut self, number: u64, result: Result<&Stored, &Faults>) -> Result<(), ImportError>;
    /// A batch is done.
    fn progress(&mut self, progress: Progress) -> Result<(), ImportError>;
}

struct Line {
    number: u64,
    item: Result<Item, Faults>,
}

struct Batch {
    lines: Vec<Line>,
    progress: Progress,
}

/// Imports everything that `input` holds. `report` adds up what was done, also when it ends early.
pub fn import(
    database: &Database,
    input: &mut (impl BufRead + Send),
    options: &ImportOptions,
    observer: &mut impl Observer,
    report: &mut Report,
) -> Result<(), ImportError> {
    let honoured = options.importer.is_operator();
    let mut import = Import {
        database,
        options,
        observer,
        report,
    };
    std::thread::scope(|scope| -> Result<(), ImportError> {
        let (sender, batches) = sync_channel(BATCHES_AHEAD);
        let reader = scope.spawn(move || read_batches(input, honoured, &sender));
        // Returning drops the receiver, at which the reader stops.
        for batch in batches {
            import.write_batch(&batch.lines)?;
            import.observer.progress(batch.progress)?;
        }
        match reader.join() {
            Ok(read) => Ok(read?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })?;
    // Everything is stored and found already.
    if let Err(error) = segments::merge_after(database, report.created + report.updated) {
        log::warn!("the index was not merged, searches take longer than they might: {error}");
    }
    Ok(())
}

fn read_batches(
    input: &mut impl BufRead,
    honoured: bool,
    sender: &SyncSender<Batch>,
) -> io::Result<()> {
    let mut input = Lines::new(input, bounds::IMPORT_LINE);
    let mut progress = Progress { lines: 0, bytes: 0 };
    let mut lines = Vec::new();
    let mut bytes = 0;
    loop {
        let read = input.read()?;
        let text = input.text();
        if matches!(read, Read::Line | Read::TooLong) {
            progress.lines += 1;
            progress.bytes += u64::try_from(text.len() + 1).unwrap_or(0);
            bytes += text.len();
        }
        let item = match read {
            Read::End | Read::Lull => None,
            Read::TooLong => Some(Err(vec![too_long()])),
            Read::Line => match without_mark(text, progress.lines).trim_ascii() {
                [] => None,
                text => Some(line::check(text, honoured)),
            },
        };
        lines.extend(item.map(|item| Line {
            number: progress.lines,
            item,
        }));
        let is_full = lines.len() >= BATCH_LINES || bytes >= BATCH_BYTES;
        // In a lull also what is empty, to learn whether anybody listens still.
        if is_full || matches!(read, Read::End | Read::Lull) {
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
    }
}

fn too_long() -> Fault {
    Fault {
        pointer: String::new(),
        code: "too_long",
        detail: format!("the line is longer than {} bytes", bounds::IMPORT_LINE),
    }
}

/// Some editors begin a file with a byte order mark.
fn without_mark(line: &[u8], number: u64) -> &[u8] {
    line.strip_prefix("\u{FEFF}".as_bytes())
        .filter(|_| number == 1)
        .unwrap_or(line)
}

/// An import under way.
struct Import<'a, O> {
    database: &'a Database,
    options: &'a ImportOptions,
    observer: &'a mut O,
    report: &'a mut Report,
}

impl<O: Observer> Import<'_, O> {
    fn write_batch(&mut self, lines: &[Line]) -> Result<(), ImportError> {
        let is_right = |line: &Line| line.item.is_ok();
        if self.options.strict && !lines.iter().all(is_right) {
            return self.write_one_by_one(lines);
        }
        match self.write(lines) {
            Ok(results) => self.tell(lines, results),
            // Some line cannot be stored: nothing of the batch was. Now each line by itself.
            Err(WriteError::Faults(_)) => self.write_one_by_one(lines),
            Err(WriteError::Database(error)) => Err(error.into()),
        }
    }

    fn write_one_by_one(&mut self, lines: &[Line]) -> Result<(), ImportError> {
        for line in lines {
            let line = std::slice::from_ref(line);
            let results = match self.write(line) {
                Ok(results) => results,
                Err(WriteError::Faults(faults)) => vec![Err(faults)],
                Err(WriteError::Database(error)) => return Err(error.into()),
            };
            self.tell(line, results)?;
        }
        Ok(())
    }

    /// Writes the lines that are right in one transaction, all or none; says what became of each line.
    fn write(&mut self, lines: &[Line]) -> Result<Vec<LineResult>, WriteError> {
        if lines.iter().all(|line| line.item.is_err()) {
            let wrong = lines.iter().filter_map(|line| line.item.clone().err());
            return Ok(wrong.map(Err).collect());
        }
        let importer = &self.options.importer;
        let terms = importer.terms();
        let (results, sequence) = self.database.write_blocking(|conn| {
            let mut writer = importer.begin(conn)?;
            let results = lines.iter().map(|line| match &line.item {
                Ok(item) => write_item(&mut writer, item, &terms).map(Ok),
                Err(faults) => Ok(Err(faults.clone())),
            });
            let results = results.collect::<Result<Vec<_>, WriteError>>()?;
            Ok::<_, WriteError>(writer.finish()?.map(|sequence| (results, sequence)))
        })?;
        self.report.sequence = sequence;
        Ok(results)
    }

    fn tell(&mut self, lines: &[Line], results: Vec<LineResult>) -> Result<(), ImportError> {
        for (line, result) in lines.iter().zip(results) {
            self.report.add(result.as_ref().ok());
            self.observer.line(line.number, result.as_ref())?;
            if self.options.strict && result.is_err() {
                return Err(ImportError::Strict);
            }
        }
        Ok(())
    }
}

fn write_item(
    writer: &mut Writer<'_, '_>,
    item: &Item,
    terms: &Terms,
) -> Result<Stored, WriteError> {
    writer.import(terms, |writer| match item {
        Item::Record(draft) => {
            let saved = writer.save_record(draft)?;
            Ok(Stored::record(draft.entity.thing, saved))
        }
        Item::Tombstone(draft) => {
            let outcome = writer.save_tombstone(draft)?;
            Ok(Stored::tombstone(draft, outcome))
        }
        Item::Article(draft) => {
            let saved = writer.save_article((**draft).clone(), Origin::Import, terms)?;
            Ok(Stored::article(saved))
        }
    })
}
