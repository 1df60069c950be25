//! Answers that are kept in memory, finished: public ones alone, as long as nothing they show was touched, within a bound in bytes.
//! Of answers that are not kept, or not any more, the tags are: who asks whether his still holds costs no query.
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use actix_web::HttpResponse;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::watch;
use xxhash_rust::xxh3::xxh3_128;

use super::coding::Coding;
use super::etag::EntityTag;
use super::work::{Answer, Coded, Wanted, not_modified};
use crate::database::{Database, Stamp};

/// What an entry takes beside its bodies, its key and its links: headers, and its places in tables. In bytes.
const OVERHEAD: usize = 640;

/// An answer, and the codings that somebody wanted of it so far.
#[derive(Debug, Clone)]
pub struct Kept {
    stamp: Stamp,
    pub answer: Answer,
    gzip: Option<Coded>,
    brotli: Option<Coded>,
}

impl Kept {
    fn new(stamp: Stamp, answer: Answer) -> Self {
        Self {
            stamp,
            answer,
            gzip: None,
            brotli: None,
        }
    }

    /// The response, unless a coding is wanted that nobody wanted before.
    pub fn respond(&self, wanted: &Wanted) -> Option<HttpResponse> {
        match wanted.knows(&self.answer.tag) {
            Some(known) => Some(not_modified(known, false)),
            None => {
                let coded = self.coded(wanted.coding)?;
                Some(self.answer.respond(coded, false))
            }
        }
    }

    /// The body in a coding, where somebody wanted it before or there is nothing to code.
    fn coded(&self, coding: Coding) -> Option<&Coded> {
        match self.answer.worthwhile(coding) {
            Coding::Identity => Some(&self.answer.plain),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Brotli => self.brotli.as_ref(),
        }
    }

    fn put(&mut self, coded: Coded) {
        match coded.coding {
            Coding::Identity => {}
            Coding::Gzip => self.gzip = Some(coded),
            Coding::Brotli => self.brotli = Some(coded),
        }
    }

    fn bytes(&self) -> usize {
        let coded = [&self.gzip, &self.brotli].into_iter().flatten();
        let bodies = coded.chain([&self.answer.plain]).map(|one| one.body.len());
        bodies.sum::<usize>() + self.answer.links.as_ref().map_or(0, |links| links.len())
    }
}

#[derive(Debug, Clone, Copy)]
struct Bytes;

impl Weighter<Box<str>, Arc<Kept>> for Bytes {
    fn weight(&self, key: &Box<str>, kept: &Arc<Kept>) -> u64 {
        (OVERHEAD + key.len() + kept.bytes()) as u64
    }
}

/// How a cache stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub hits: u64,
    pub misses: u64,
    pub entries: u64,
    pub bytes: u64,
}

/// How many tags are kept, whatever is kept of answers: some 5 MB.
const TAGS: usize = 32 * 1024;

/// The answers that one process keeps, by path and canonical query.
pub struct ResponseCache {
    /// Whether answers are kept, or their tags alone.
    keeps: bool,
    kept: Cache<Box<str>, Arc<Kept>, Bytes>,
    /// By a hash of the key.
    tags: Cache<u128, (Stamp, EntityTag)>,
    hits: AtomicU64,
    misses: AtomicU64,
    /// What is being read.
    turns: Mutex<HashMap<Box<str>, watch::Receiver<()>>>,
}

impl ResponseCache {
    /// Of so many bytes; for none it keeps tags alone.
    pub fn of_bytes(bytes: u64) -> Self {
        const USUAL: u64 = 8 * 1024;
        Self {
            keeps: bytes > 0,
            kept: Cache::with_weighter((bytes / USUAL) as usize, bytes, Bytes),
            tags: Cache::new(TAGS),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            turns: Mutex::default(),
        }
    }

    /// The answer under a key, where it still holds.
    pub fn get(&self, key: &str, database: &Database, now: Instant) -> Option<Arc<Kept>> {
        let kept = self.kept.get(key)?;
        database.freshness().holds(&kept.stamp, now).then_some(kept)
    }

    /// What is told to who has the answer under a key already, as it still is.
    pub fn not_modified(
        &self,
        key: &str,
        wanted: &Wanted,
        database: &Database,
        now: Instant,
    ) -> Option<HttpResponse> {
        if wanted.knows_nothing() {
            return None;
        }
        let (stamp, tag) = self.tags.get(&xxh3_128(key.as_bytes()))?;
        let known = wanted.knows(&tag)?;
        let holds = database.freshness().holds(&stamp, now);
        holds.then(|| not_modified(known, false))
    }

    pub fn count_hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    pub fn count_miss(&self) {
        self.misses.fetch_add(1, Ordering::Relaxed);
    }

    /// Keeps an answer that was read, and a coding of it that was made.
    pub fn keep(&self, key: &str, stamp: Stamp, answer: &Answer, coded: &Coded) {
        self.remember(key, stamp, &answer.tag);
        if !self.keeps {
            return;
        }
        let mut kept = Kept::new(stamp, answer.clone());
        kept.put(coded.clone());
        self.kept.insert(key.into(), Arc::new(kept));
    }

    /// Keeps the tag of an answer.
    pub fn remember(&self, key: &str, stamp: Stamp, tag: &EntityTag) {
        let key = xxh3_128(key.as_bytes());
        self.tags.insert(key, (stamp, tag.clone()));
    }

    /// Keeps another coding of an answer.
    pub fn add(&self, key: &str, kept: &Kept, coded: &Coded) {
        let mut kept = kept.clone();
        kept.put(coded.clone());
        self.kept.insert(key.into(), Arc::new(kept));
    }

    /// A turn to read what is kept under a key; None for who waited until somebody else had read it, and where nothing is kept.
    pub async fn turn(&self, key: &str) -> Option<Turn<'_>> {
        if !self.keeps {
            return None;
        }
        let mut other = match self.begin(key) {
            Ok(turn) => return Some(turn),
            Err(other) => other,
        };
        // It is told of nothing but the other's end.
        let _ = other.changed().await;
        None
    }

    fn begin(&self, key: &str) -> Result<Turn<'_>, watch::Receiver<()>> {
        let mut turns = self.turns();
        if let Some(other) = turns.get(key) {
            return Err(other.clone());
        }
        let (done, ended) = watch::channel(());
        turns.insert(key.into(), ended);
        Ok(Turn {
            cache: self,
            key: key.into(),
            _done: done,
        })
    }

    fn turns(&self) -> MutexGuard<'_, HashMap<Box<str>, watch::Receiver<()>>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn standing(&self) -> Standing {
        Standing {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
            entries: self.kept.len() as u64,
            bytes: self.kept.weight(),
        }
    }
}

/// Who reads what others wait for. It ends when this is dropped, whatever became of it.
pub struct Turn<'a> {
    cache: &'a ResponseCache,
    key: Box<str>,
    _done: watch::Sender<()>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.cache.turns().remove(&self.key);
    }
}
