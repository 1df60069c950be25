//! The lines of an import on their way from the connection to the thread that reads them.
use std::io::{self, BufRead, Read};
use std::time::{Duration, Instant};

use actix_web::dev::Payload;
use actix_web::rt::time::timeout;
use actix_web::web::Bytes;
use futures_util::future::{Either, select};
use futures_util::{FutureExt, StreamExt};
use tokio::sync::mpsc::{self, OwnedPermit};
use tokio::sync::watch;

/// After so long without the end of a line, the lines that are there are written.
const LULL: Duration = Duration::from_millis(200);

/// Parts that wait to be read; actix gives them out in at most 32 KiB.
const PARTS_AHEAD: usize = 8;

/// What came over the connection.
enum Part {
    Bytes(Bytes),
    /// No line has ended for a while.
    Lull,
    End,
    Halt(Halt),
}

/// Why no more is read, though the input has not ended.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub enum Halt {
    #[error("the body did not arrive whole")]
    CutOff,
    #[error("nothing arrived for {} seconds", .0.as_secs())]
    Stalled(Duration),
    #[error("the server is stopping")]
    Stopping,
}

/// The end at which lines are put in.
pub struct Inlet {
    parts: mpsc::Sender<Part>,
    /// The last part finds a place however full it is.
    last: OwnedPermit<Part>,
}

/// The end at which they are read.
pub struct Outlet {
    parts: mpsc::Receiver<Part>,
    bytes: Bytes,
    ended: bool,
}

/// A pipe of bounded size.
pub fn pipe() -> Option<(Inlet, Outlet)> {
    let (parts, receiver) = mpsc::channel(PARTS_AHEAD + 1);
    let inlet = Inlet {
        last: parts.clone().try_reserve_owned().ok()?,
        parts,
    };
    let outlet = Outlet {
        parts: receiver,
        bytes: Bytes::new(),
        ended: false,
    };
    Some((inlet, outlet))
}

impl Inlet {
    /// Puts in what arrives, as fast as it is read, until that ends one way or the other.
    pub async fn fill(
        self,
        payload: &mut Payload,
        patience: Duration,
        mut stopping: watch::Receiver<bool>,
    ) {
        let Self { parts, last } = self;
        let last_part = {
            let stop = stopping.wait_for(|stopping| *stopping).map(|_| ());
            let pass_on = pass_on(payload, &parts, patience);
            match select(std::pin::pin!(pass_on), std::pin::pin!(stop)).await {
                Either::Left((part, _)) => part,
                Either::Right(_) => Part::Halt(Halt::Stopping),
            }
        };
        last.send(last_part);
    }
}

/// Passes on all parts but the last, and gives that.
async fn pass_on(payload: &mut Payload, parts: &mpsc::Sender<Part>, patience: Duration) -> Part {
    let mut silence = Duration::ZERO;
    let mut line_ended = Instant::now();
    loop {
        let part = match timeout(LULL, payload.next()).await {
            Err(_) => {
                silence += LULL;
                if silence >= patience {
                    return Part::Halt(Halt::Stalled(patience));
                }
                Part::Lull
            }
            Ok(None) => return Part::End,
            Ok(Some(Err(_))) => return Part::Halt(Halt::CutOff),
            Ok(Some(Ok(bytes))) => {
                silence = Duration::ZERO;
                if bytes.contains(&b'\n') {
                    line_ended = Instant::now();
                }
                Part::Bytes(bytes)
            }
        };
        let long_line = matches!(part, Part::Bytes(_)) && line_ended.elapsed() > LULL;
        let mut sent = parts.send(part).await;
        if long_line && sent.is_ok() {
            line_ended = Instant::now();
            sent = parts.send(Part::Lull).await;
        }
        if sent.is_err() {
            // Nobody reads any more.
            return Part::End;
        }
    }
}

impl Read for Outlet {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Outlet {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.bytes.is_empty() && !self.ended {
            match self.parts.blocking_recv() {
                Some(Part::Bytes(bytes)) => self.bytes = bytes,
                Some(Part::Lull) => return Err(io::ErrorKind::WouldBlock.into()),
                Some(Part::End) => self.ended = true,
                Some(Part::Halt(halt)) => return Err(io::Error::other(halt)),
                None => return Err(io::Error::other(Halt::CutOff)),
            }
        }
        Ok(&self.bytes)
    }

    fn consume(&mut self, amount: usize) {
        drop(self.bytes.split_to(amount));
    }
}
