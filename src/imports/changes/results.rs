//! The results of an import on their way from the thread that writes to the connection.
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::rt::time::timeout;
use actix_web::web::Bytes;
use tokio::sync::mpsc::{self, OwnedPermit};

use crate::http::problem::ProblemItem;
use crate::imports::types::{ImportFault, ImportLine, ImportOutcome, ImportResult, ImportSummary};
use crate::transfer::{Faults, ImportError, Observer, Progress, Report, Stored};
use crate::writing::Outcome;

/// What is told at once, unless a batch ends before.
const CHUNK: usize = 16 * 1024;
/// Chunks that wait to be sent on, on either side of the worker.
const CHUNKS_AHEAD: usize = 2;

/// Some lines of the answer.
pub enum Told {
    Lines(Bytes),
    /// With these it ends as it should.
    Last(Bytes),
}

/// What the thread tells, in lines.
pub struct Teller {
    results: mpsc::Sender<Told>,
    lines: Vec<u8>,
}

impl Teller {
    pub fn new() -> (Self, mpsc::Receiver<Told>) {
        let (results, receiver) = mpsc::channel(CHUNKS_AHEAD);
        let lines = Vec::new();
        (Self { results, lines }, receiver)
    }

    fn send(&mut self) -> Result<(), ImportError> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let lines = Told::Lines(std::mem::take(&mut self.lines).into());
        self.results
            .blocking_send(lines)
            .map_err(|_| ImportError::Unheard)
    }

    /// Tells the last line. Where nobody hears it, nobody misses it.
    pub fn end(mut self, summary: ImportSummary) {
        put(&mut self.lines, &ImportLine::Summary(summary));
        let _ = self.results.blocking_send(Told::Last(self.lines.into()));
    }
}

impl Observer for Teller {
    fn line(&mut self, number: u64, result: Result<&Stored, &Faults>) -> Result<(), ImportError> {
        put(
            &mut self.lines,
            &ImportLine::Result(result_line(number, result)),
        );
        match self.lines.len() >= CHUNK {
            true => self.send(),
            false => Ok(()),
        }
    }

    fn progress(&mut self, _: Progress) -> Result<(), ImportError> {
        self.send()
    }
}

/// A line of the answer.
fn put(lines: &mut Vec<u8>, line: &ImportLine) {
    // Into memory, and of values that always serialise.
    let _ = serde_json::to_writer(&mut *lines, line);
    lines.push(b'\n');
}

fn result_line(line: u64, result: Result<&Stored, &Faults>) -> ImportResult {
    let stored = result.ok();
    ImportResult {
        line,
        outcome: match stored.map(|stored| stored.outcome) {
            Some(Outcome::Created) => ImportOutcome::Created,
            Some(Outcome::Updated) => ImportOutcome::Updated,
            Some(Outcome::Unchanged) => ImportOutcome::Unchanged,
            None => ImportOutcome::Failed,
        },
        thing: stored.map(|stored| stored.thing),
        id: stored.map(|stored| stored.id.to_string()),
        slug: stored.and_then(|stored| stored.slug.clone()),
        revision: stored.and_then(|stored| stored.revision),
        errors: result.err().map(|faults| {
            let items = ProblemItem::of_all(faults).into_iter();
            items.map(fault).collect()
        }),
    }
}

fn fault(item: ProblemItem) -> ImportFault {
    ImportFault {
        pointer: item.pointer.unwrap_or_default(),
        code: item.code,
        detail: item.detail,
    }
}

/// The last line: of an import that came to its end, or why it did not.
pub fn summary(report: &Report, ended: Option<(&str, String)>) -> ImportSummary {
    let (code, detail) = ended.unzip();
    ImportSummary {
        done: code.is_none(),
        created: report.created,
        updated: report.updated,
        unchanged: report.unchanged,
        failed: report.failed,
        drafts: report.drafts,
        without_key: report.without_key,
        sequence: report.sequence,
        code: code.map(str::to_owned),
        detail,
    }
}

/// The end at which the worker passes results on to the connection.
pub struct Sender {
    chunks: mpsc::Sender<Told>,
    /// The last word finds a place however little is read.
    last: OwnedPermit<Told>,
}

/// The body of the answer.
pub struct Answer {
    chunks: mpsc::Receiver<Told>,
    ended: bool,
}

/// The way out, of bounded size.
pub fn answer() -> Option<(Sender, Answer)> {
    let (chunks, receiver) = mpsc::channel(CHUNKS_AHEAD + 1);
    let sender = Sender {
        last: chunks.clone().try_reserve_owned().ok()?,
        chunks,
    };
    let answer = Answer {
        chunks: receiver,
        ended: false,
    };
    Some((sender, answer))
}

impl Sender {
    /// To learn when the answer is over, sent or cut off.
    pub fn watch(&self) -> mpsc::Sender<Told> {
        self.chunks.clone()
    }

    /// Passes on what is told, as fast as the client takes it, to the last word. Who takes nothing for too long gets a last
    /// word too, in case they come back to it.
    pub async fn pass_on(self, mut results: mpsc::Receiver<Told>, patience: Duration) {
        let last = loop {
            let lines = match results.recv().await {
                Some(Told::Lines(lines)) => lines,
                Some(Told::Last(lines)) => break lines,
                None => {
                    break last_word(
                        "internal",
                        "the import failed in the server; its log tells more",
                    );
                }
            };
            match timeout(patience, self.chunks.send(Told::Lines(lines))).await {
                Ok(Ok(())) => {}
                // The client is gone.
                Ok(Err(_)) => return,
                Err(_) => {
                    let detail = "the results were not read: read them while you send the lines; \
                                  more may be stored than the answer tells, so send all of it again";
                    break last_word("request_timeout", detail);
                }
            }
        };
        self.last.send(Told::Last(last));
    }
}

/// A last word without numbers: who says it does not know them.
fn last_word(code: &str, detail: &str) -> Bytes {
    let mut line = Vec::new();
    let unknown = Report::default();
    let summary = summary(&unknown, Some((code, detail.to_owned())));
    put(&mut line, &ImportLine::Summary(summary));
    line.into()
}

/// The answer was cut off: the connection is closed without the end that HTTP gives to a whole answer.
#[derive(Debug)]
pub struct CutOff;

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an import was cut off")
    }
}

impl std::error::Error for CutOff {}

impl MessageBody for Answer {
    type Error = CutOff;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, CutOff>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.chunks.poll_recv(context).map(|told| match told {
            Some(Told::Lines(lines)) => Some(Ok(lines)),
            Some(Told::Last(lines)) => {
                self.ended = true;
                Some(Ok(lines))
            }
            None => Some(Err(CutOff)),
        })
    }
}
