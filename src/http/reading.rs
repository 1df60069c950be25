//! A request to read: for whom, from where, and its answer, from memory where that still holds.
use std::future::{Ready, ready};
use std::time::Instant;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};

use super::auth;
use super::coding::Coding;
use super::parameters::Query;
use super::problem::ApiError;
use super::response_cache::{Kept, ResponseCache};
use super::values::Sequence;
use super::work::{Answer, Coded, Wanted, Work, moved, not_modified};
use crate::database::{Beginning, Conn, Database};
use crate::domain::audience::Audience;
use crate::keys::types::{ApiKey, Scope};

/// A request to read: where to read, and what the client has already.
pub struct Reading {
    database: web::Data<Database>,
    cache: web::Data<ResponseCache>,
    pub(super) wanted: Wanted,
    /// The key that the request brought, which is good: a wrong one is refused before anything is read.
    key: Option<ApiKey>,
    since: Option<Sequence>,
    /// Whatever key the request brought.
    private: bool,
    /// Whatever is asked, it takes long.
    long: bool,
}

/// The reading that a request takes. Boxed, so that what is done with it is compiled once, and not for every handler.
pub(super) type Task = Box<dyn Fn(&mut Conn<'_>) -> Result<Work, ApiError> + Send>;

impl FromRequest for Reading {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let database = request.app_data::<web::Data<Database>>().cloned();
        let cache = request.app_data::<web::Data<ResponseCache>>().cloned();
        ready(match database.zip(cache) {
            Some((database, cache)) => Ok(Self {
                database,
                cache,
                wanted: Wanted::of(request.headers()),
                key: auth::key_of(request),
                since: None,
                private: false,
                long: false,
            }),
            None => Err(ApiError::Internal(
                "the app has no database or no cache".to_owned(),
            )),
        })
    }
}

impl Reading {
    /// By a key that reaches as far as `what` takes.
    pub fn demand(self, needed: Scope, what: &str) -> Result<Self, ApiError> {
        auth::demand(self.key.clone(), needed, what)?;
        Ok(self)
    }

    /// Of the store as the write of a sequence left it, or a later one. The sequence counts what is hidden too: only who may
    /// read that may ask.
    pub fn since(self, sequence: Option<Sequence>) -> Result<Self, ApiError> {
        if sequence.is_some() {
            auth::demand(self.key.clone(), Scope::Read, "reading by `min_sequence`")?;
        }
        Ok(Self {
            since: sequence,
            ..self
        })
    }

    /// For whom the answer is.
    pub fn audience(&self) -> Audience {
        match &self.key {
            Some(key) if key.has(Scope::Read) => Audience::Editor,
            _ => Audience::Public,
        }
    }

    /// Of what the public does not see, where a parameter asks for it: only who may read that may ask.
    pub fn beyond_public(self, parameter: Option<&str>) -> Result<Self, ApiError> {
        match parameter {
            Some(parameter) => self.demand(Scope::Read, &format!("reading by `{parameter}`")),
            None => Ok(self),
        }
    }

    /// Of what may be taken away at any moment: nobody may keep it, and a replica that is late is not asked.
    pub fn privately(self) -> Self {
        Self {
            private: true,
            ..self
        }
    }

    /// Of what takes long, whatever is asked.
    pub fn at_length(self) -> Self {
        Self { long: true, ..self }
    }

    /// Whether it is read where it is asked for.
    fn is_short(&self, query: &Query) -> bool {
        !self.long && self.audience() == Audience::Public && query.is_short()
    }

    /// What the work comes to, on one snapshot.
    async fn read(&self, query: &Query, work: Task) -> Result<Work, ApiError> {
        match self.since {
            // Newer than what is newest no write is.
            _ if self.private => self.database.read_newest(work).await,
            None if self.is_short(query) => self.database.read_shortly(work).await,
            None => self.database.read(work).await,
            Some(Sequence(sequence)) => {
                let there = self.database.read_since(sequence, work).await?;
                there.ok_or_else(|| {
                    ApiError::parameter(
                        "min_sequence",
                        "is of no write that took place: give the `X-Sequence` of one in this store",
                    )
                })
            }
        }
    }

    /// Answers with what the work comes to; from memory, where that is there and still holds.
    pub(super) async fn answer(self, query: &Query, work: Task) -> Result<HttpResponse, ApiError> {
        if self.is_keyed() {
            let work = self.read(query, work).await?;
            return Ok(self.respond(work).await?.0);
        }
        let cache = &self.cache;
        let key = query.key();
        let get = || cache.get(&key, &self.database, Instant::now());
        if let Some(kept) = get() {
            return self.respond_with(&key, &kept).await;
        }
        let turn = cache.turn(&key).await;
        // Who waited for another to read it, and in vain, reads it himself.
        if turn.is_none()
            && let Some(kept) = get()
        {
            return self.respond_with(&key, &kept).await;
        }
        cache.count_miss();
        let work = self.read(query, work).await?;
        if let Work::NotModified(_, tag, Some(stamp)) = &work {
            cache.remember(&key, *stamp, tag);
        }
        let keep = match &work {
            Work::Answer(answer, Some(stamp)) => Some((answer.clone(), *stamp)),
            _ => None,
        };
        let (response, coded) = self.respond(work).await?;
        if let Some((answer, stamp)) = keep {
            let coded = coded.as_ref().unwrap_or(&answer.plain);
            cache.keep(&key, stamp, &answer, coded);
        }
        drop(turn);
        Ok(response)
    }

    /// The response to what was read; and the body as it is sent, where one is.
    async fn respond(&self, work: Work) -> Result<(HttpResponse, Option<Coded>), ApiError> {
        let keyed = self.is_keyed();
        let answer = match work {
            Work::NotModified(known, ..) => return Ok((not_modified(known, keyed), None)),
            Work::Moved(to) => return Ok((moved(to, keyed), None)),
            Work::Answer(answer, _) => answer,
        };
        if let Some(known) = self.wanted.knows(&answer.tag) {
            return Ok((not_modified(known, keyed), None));
        }
        let coded = code(&answer, self.wanted.coding).await?;
        Ok((answer.respond(&coded, keyed), Some(coded)))
    }

    /// The response to what was kept.
    async fn respond_with(&self, key: &str, kept: &Kept) -> Result<HttpResponse, ApiError> {
        self.cache.count_hit();
        if let Some(response) = kept.respond(&self.wanted) {
            return Ok(response);
        }
        let coded = code(&kept.answer, self.wanted.coding).await?;
        self.cache.add(key, kept, &coded);
        Ok(kept.answer.respond(&coded, false))
    }

    /// What is known when the reading begins; None where nothing is kept of it.
    pub(super) fn begin(&self) -> Option<Beginning> {
        (!self.is_keyed()).then(|| self.database.freshness().begin())
    }

    /// Whether the answer is for who asks alone.
    fn is_keyed(&self) -> bool {
        self.key.is_some() || self.private
    }
}

/// Codes a body, not on this thread where it takes long.
async fn code(answer: &Answer, liked: Coding) -> Result<Coded, ApiError> {
    /// In bytes: some hundred microseconds' work.
    const SMALL: usize = 32 * 1024;
    if answer.worthwhile(liked) == Coding::Identity || answer.plain.body.len() < SMALL {
        return Ok(answer.code(liked));
    }
    let answer = answer.clone();
    let coded = web::block(move || answer.code(liked)).await;
    coded.map_err(|_| ApiError::Internal("the server is stopping".to_owned()))
}
