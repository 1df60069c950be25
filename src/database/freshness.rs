//! What of what was read has gone stale since. Every write tells what it touched, once it is committed and before anybody is told of
//! it; whoever keeps an answer keeps with it a stamp of when it was read, and asks here whether that still holds.
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use diesel::QueryResult;

use super::Conn;
use super::store::{self, StoreState};

/// What a write changed of what the public sees.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Touched {
    #[default]
    Nothing,
    /// Of single articles those in these rows; of all else, lists and records, whatever there is.
    Public {
        /// The public sequence before the write, and after it.
        before: i64,
        sequence: i64,
        articles: Vec<i64>,
    },
    /// How things are rendered or found.
    Everything,
}

/// What a write comes to, and what it touched.
#[derive(Debug)]
pub struct Written<T> {
    pub value: T,
    pub touched: Touched,
}

impl<T> Written<T> {
    /// Of a write of which the public sees nothing.
    pub fn hidden(value: T) -> Self {
        Self {
            value,
            touched: Touched::Nothing,
        }
    }

    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Written<U> {
        Written {
            value: of(self.value),
            touched: self.touched,
        }
    }
}

/// What is known when a reading begins.
#[derive(Debug, Clone, Copy)]
pub struct Beginning {
    era: u64,
    /// A public sequence that the store has come to; None where only the store can tell how far what is read has come.
    sequence: Option<i64>,
}

impl Beginning {
    /// The stamp of what is read from then on, and shows the article in a row or anything else.
    pub fn stamp(self, conn: &mut Conn<'_>, article: Option<i64>) -> QueryResult<Stamp> {
        let sequence = match self.sequence {
            Some(sequence) => sequence,
            None => store::state(conn)?.public_sequence,
        };
        Ok(self.at(sequence, article))
    }

    /// The same of what is read in this state, and shows no one article.
    pub fn stamp_in(self, state: &StoreState) -> Stamp {
        self.at(state.public_sequence, None)
    }

    fn at(self, sequence: i64, article: Option<i64>) -> Stamp {
        Stamp {
            era: self.era,
            sequence,
            article,
        }
    }
}

/// When something was read, and what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    era: u64,
    sequence: i64,
    /// The row of the one article that it shows; None where it shows anything else.
    article: Option<i64>,
}

/// So many groups are articles told apart by: who touches one makes those of its group stale.
const GROUPS: usize = 4096;

/// How long nobody may have heard of the store, where others write to it too.
const PATIENCE: Duration = Duration::from_millis(900);

/// What is stale in one process.
pub struct Freshness {
    /// Rises with what makes everything stale, whenever that was read.
    era: AtomicU64,
    /// The public sequence from which on anything is fresh,
    since: AtomicI64,
    /// what shows more than one article,
    lists: AtomicI64,
    /// and an article, by its group.
    articles: Box<[AtomicI64]>,
    known: Mutex<Option<StoreState>>,
    /// The public sequence that is known; 0 as long as none is.
    known_sequence: AtomicI64,
    /// Whether what is read may be behind what is known.
    lags: bool,
    /// When the store was last looked at, in milliseconds since `started`; 0 as long as nobody looks.
    looked: AtomicU64,
    started: Instant,
}

impl Default for Freshness {
    fn default() -> Self {
        Self {
            era: AtomicU64::new(0),
            since: AtomicI64::new(0),
            lists: AtomicI64::new(0),
            articles: (0..GROUPS).map(|_| AtomicI64::new(0)).collect(),
            known: Mutex::default(),
            known_sequence: AtomicI64::new(0),
            lags: false,
            looked: AtomicU64::new(0),
            started: Instant::now(),
        }
    }
}

impl Freshness {
    /// Of a store that is read where a write may arrive late.
    pub(super) fn of_replica() -> Self {
        Self {
            lags: true,
            ..Self::default()
        }
    }

    /// To be asked before something is read that is to be stamped.
    pub fn begin(&self) -> Beginning {
        let known = self.known_sequence.load(Ordering::Acquire);
        Beginning {
            era: self.era.load(Ordering::Acquire),
            sequence: Some(known).filter(|known| *known > 0 && !self.lags),
        }
    }

    /// Whether what has this stamp is, as far as anybody knows at a moment, what would be read again.
    pub fn holds(&self, stamp: &Stamp, now: Instant) -> bool {
        let touched = match stamp.article {
            Some(article) => self
                .group(article)
                .map(|group| group.load(Ordering::Acquire)),
            None => Some(self.lists.load(Ordering::Acquire)),
        };
        stamp.era == self.era.load(Ordering::Acquire)
            && stamp.sequence >= self.since.load(Ordering::Acquire)
            && touched.is_some_and(|touched| stamp.sequence >= touched)
            && self.is_in_touch(now)
    }

    fn group(&self, article: i64) -> Option<&AtomicI64> {
        self.articles.get(article.unsigned_abs() as usize % GROUPS)
    }

    /// Whether what others write is known soon enough. Nobody else writes where nobody looks.
    fn is_in_touch(&self, now: Instant) -> bool {
        let looked = Duration::from_millis(self.looked.load(Ordering::Acquire));
        looked.is_zero() || now.duration_since(self.started) < looked + PATIENCE
    }

    /// A write of this process was committed.
    pub(super) fn note(&self, touched: &Touched) {
        match touched {
            Touched::Nothing => {}
            Touched::Everything => {
                self.era.fetch_add(1, Ordering::AcqRel);
            }
            Touched::Public {
                before,
                sequence,
                articles,
            } => {
                for group in articles.iter().filter_map(|article| self.group(*article)) {
                    group.fetch_max(*sequence, Ordering::AcqRel);
                }
                self.lists.fetch_max(*sequence, Ordering::AcqRel);
                if let Some(known) = self.known().as_mut() {
                    // Somebody else wrote meanwhile, nobody knows what.
                    if known.public_sequence != *before {
                        self.since.fetch_max(*sequence, Ordering::AcqRel);
                    }
                    self.know(known, *sequence);
                }
            }
        }
    }

    /// The store was looked at, at a moment or later. What another process wrote since makes everything stale.
    pub(super) fn look(&self, state: StoreState, at: Instant) {
        let mut known = self.known();
        let before = known.as_ref().map_or(0, |known| known.public_sequence);
        if let Some(known) = known.as_ref() {
            // What is rendered and found otherwise has the same number.
            let same = StoreState {
                sequence: state.sequence,
                public_sequence: state.public_sequence,
                ..known.clone()
            } == state;
            if !same {
                self.era.fetch_add(1, Ordering::AcqRel);
            }
        }
        if state.public_sequence > before {
            self.since
                .fetch_max(state.public_sequence, Ordering::AcqRel);
        }
        self.know(known.insert(state), before);
        drop(known);
        let at = at.duration_since(self.started).as_millis();
        self.looked.store(
            u64::try_from(at).unwrap_or(u64::MAX).max(1),
            Ordering::Release,
        );
    }

    /// Keeps the later of what is known and a public sequence that was known too.
    fn know(&self, known: &mut StoreState, sequence: i64) {
        known.public_sequence = known.public_sequence.max(sequence);
        self.known_sequence
            .store(known.public_sequence, Ordering::Release);
    }

    fn known(&self) -> MutexGuard<'_, Option<StoreState>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(public_sequence: i64) -> StoreState {
        StoreState {
            identity: "one".to_owned(),
            sequence: public_sequence,
            public_sequence,
            render_version: 1,
            search_version: 1,
            search_progress: StoreState::INDEXED,
        }
    }

    fn write(before: i64, articles: &[i64]) -> Touched {
        Touched::Public {
            before,
            sequence: before + 1,
            articles: articles.to_vec(),
        }
    }

    /// Whether what was read in a state still holds: of article 7, of article 8, of a list.
    fn held(freshness: &Freshness, era: u64, sequence: i64) -> [bool; 3] {
        [Some(7), Some(8), None].map(|article| {
            let stamp = Stamp {
                era,
                sequence,
                article,
            };
            freshness.holds(&stamp, Instant::now())
        })
    }

    #[test]
    fn a_write_makes_its_articles_and_all_lists_stale() {
        let freshness = Freshness::default();
        freshness.note(&write(4, &[7]));
        assert_eq!(held(&freshness, 0, 4), [false, true, false]);
        assert_eq!(held(&freshness, 0, 5), [true; 3]);
        freshness.note(&Touched::Nothing);
        assert_eq!(held(&freshness, 0, 5), [true; 3]);
    }

    #[test]
    fn what_another_process_wrote_makes_everything_stale() {
        let freshness = Freshness::default();
        freshness.look(state(4), Instant::now());
        assert_eq!(held(&freshness, 0, 4), [true; 3]);
        freshness.look(state(5), Instant::now());
        assert_eq!(held(&freshness, 0, 4), [false; 3]);
        assert_eq!(held(&freshness, 0, 5), [true; 3]);
        // Found out by writing: the number before this write is not the one that was known.
        freshness.note(&write(6, &[7]));
        assert_eq!(held(&freshness, 0, 6), [false; 3]);
        assert_eq!(held(&freshness, 0, 7), [true; 3]);
        // A look that comes late.
        freshness.look(state(6), Instant::now());
        assert_eq!(held(&freshness, 0, 7), [true; 3]);
    }

    #[test]
    fn what_is_rendered_or_found_otherwise_makes_everything_stale_whatever_its_number() {
        let freshness = Freshness::default();
        freshness.look(state(4), Instant::now());
        freshness.note(&Touched::Everything);
        assert_eq!(held(&freshness, 0, 4), [false; 3]);
        let era = freshness.begin().era;
        assert_eq!(held(&freshness, era, 4), [true; 3]);
        let otherwise = StoreState {
            render_version: 2,
            ..state(4)
        };
        freshness.look(otherwise, Instant::now());
        assert_eq!(held(&freshness, era, 4), [false; 3]);
    }

    #[test]
    fn nothing_holds_that_nobody_has_looked_after_for_a_second() {
        let freshness = Freshness::default();
        let stamp = Stamp {
            era: 0,
            sequence: 4,
            article: None,
        };
        let now = Instant::now();
        let second = Duration::from_secs(1);
        assert!(freshness.holds(&stamp, now + second), "nobody else writes");
        freshness.look(state(4), now);
        assert!(freshness.holds(&stamp, now + second / 2));
        assert!(!freshness.holds(&stamp, now + second));
    }
}
