//! Answers to reading: one unit of work on one snapshot, then ETag or body, coded and with its headers.
use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use std::future::{Ready, ready};

use super::auth;
use super::elsewhere::elsewhere;
use super::etag::EntityTag;
use super::fields::Shown;
use super::pages::{ListRequest, Listing, cursor_fault, links, page_of, rows_body};
use super::parameters::Query;
use super::problem::ApiError;
use super::values::Sequence;
use super::work::{Work, coded, respond};
use crate::database::store;
use crate::database::{Conn, Database};
use crate::domain::audience::Audience;
use crate::domain::lookup::{Item, Lookup};
use crate::domain::page::{Cursor, CursorFault, ListIdentity, PageSize};
use crate::keys::types::{ApiKey, Scope};

/// A request to read: where to read, and what the client has already.
pub struct Reading {
    database: web::Data<Database>,
    headers: HeaderMap,
    /// The key that the request brought, which is good: a wrong one is refused before anything is read.
    key: Option<ApiKey>,
    since: Option<Sequence>,
    /// Whatever key the request brought.
    private: bool,
}

impl FromRequest for Reading {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let database = request.app_data::<web::Data<Database>>().cloned();
        ready(match database {
            Some(database) => Ok(Self {
                database,
                headers: request.headers().clone(),
                key: auth::key_of(request),
                since: None,
                private: false,
            }),
            None => Err(ApiError::Internal("the app has no database".to_owned())),
        })
    }
}

/// Where things of a kind are found.
#[derive(Debug, Clone, Copy)]
pub struct Home {
    /// The path before the id.
    pub path: &'static str,
    /// The path after it.
    pub tail: &'static str,
    /// What a thing is called in a sentence.
    pub noun: &'static str,
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

    async fn read(
        database: &Database,
        (since, newest): (Option<Sequence>, bool),
        work: impl Fn(&mut Conn<'_>) -> Result<Work, ApiError> + Send + 'static,
    ) -> Result<Work, ApiError> {
        match since {
            // Newer than what is newest no write is.
            _ if newest => database.read_newest(work).await,
            None => database.read(work).await,
            Some(Sequence(sequence)) => {
                let there = database.read_since(sequence, work).await?;
                there.ok_or_else(|| {
                    ApiError::parameter(
                        "min_sequence",
                        "is of no write that took place: give the `X-Sequence` of one in this store",
                    )
                })
            }
        }
    }

    /// Answers with one thing.
    pub async fn item(
        self,
        home: Home,
        query: Query,
        shown: Shown,
        find: impl Fn(&mut Conn<'_>) -> Result<Lookup<Item>, ApiError> + Send + 'static,
    ) -> Result<HttpResponse, ApiError> {
        let partial = shown.is_partial();
        let keyed = self.key.is_some() || self.private;
        let audience = self.audience();
        let headers = self.headers;
        let how = (self.since, self.private);
        let work = Self::read(&self.database, how, move |conn| {
            let looked_up = find(conn)?;
            let Item { revision, json } = match found(looked_up, home, audience, &query, |_| None)?
            {
                Ok(item) => item,
                Err(moved) => return Ok(moved),
            };
            let body = shown.apply(json)?;
            let tag = EntityTag::of_item(revision, &body);
            Ok(coded(&headers, tag, None, body.into_bytes()))
        })
        .await?;
        Ok(respond(work, partial, keyed))
    }

    /// Answers with a page of a list.
    pub async fn list(
        self,
        home: Home,
        request: ListRequest,
        read: impl Fn(&mut Conn<'_>, PageSize, Option<&Cursor>) -> Result<Lookup<Listing>, ApiError>
        + Send
        + 'static,
    ) -> Result<HttpResponse, ApiError> {
        let ListRequest {
            query,
            sort,
            size,
            cursor,
            shown,
        } = request;
        let partial = shown.is_partial();
        let identity = ListIdentity::of(&query.list(sort));
        let place = cursor.as_deref().map(|text| Cursor::decode(text, identity));
        let place = match place.transpose() {
            // Only what lies below a thing can have moved along with it.
            Err(fault) if fault == CursorFault::Malformed || home.tail.is_empty() => {
                return Err(cursor_fault(fault));
            }
            place => place,
        };
        let asked = query.clone();
        let onward = {
            let place = place.clone();
            move |moved: &Query| match &place {
                Ok(place) => {
                    let place = place.as_ref();
                    place.map(|it| it.encode(ListIdentity::of(&moved.list(sort))))
                }
                Err(_) => cursor.clone(),
            }
        };
        let read = move |conn: &mut Conn<'_>| {
            let lookup = match &place {
                Ok(place) => read(conn, size, place.as_ref())?,
                // It may have been given out under the other address.
                Err(fault) => match read(conn, size, None)? {
                    Lookup::Moved(id) => Lookup::Moved(id),
                    _ => return Err(cursor_fault(*fault)),
                },
            };
            lookup.and_then(|listing| {
                let page = page_of(&listing, size, identity);
                let links = links(&asked, &page);
                let body = rows_body(listing.slice.rows, &shown, Some(&page))?;
                Ok(Lookup::Found((body, Some(links))))
            })
        };
        self.of_state(home, query, partial, read, onward).await
    }

    /// Answers with rows that are no list to read on in: all of them, without pages.
    pub async fn series(
        self,
        home: Home,
        query: Query,
        shown: Shown,
        read: impl Fn(&mut Conn<'_>) -> Result<Lookup<Vec<String>>, ApiError> + Send + 'static,
    ) -> Result<HttpResponse, ApiError> {
        let partial = shown.is_partial();
        let read = move |conn: &mut Conn<'_>| {
            read(conn)?.and_then(|rows| {
                let body = rows_body(rows, &shown, None)?;
                Ok(Lookup::Found((body, None)))
            })
        };
        self.of_state(home, query, partial, read, |_| None).await
    }

    /// Answers with a document that is about no one thing.
    pub async fn document(
        self,
        home: Home,
        query: Query,
        read: impl Fn(&mut Conn<'_>) -> Result<String, ApiError> + Send + 'static,
    ) -> Result<HttpResponse, ApiError> {
        let read = move |conn: &mut Conn<'_>| Ok(Lookup::Found((read(conn)?.into_bytes(), None)));
        self.of_state(home, query, false, read, |_| None).await
    }

    /// Answers with what follows from the store's state and the request. That is known before anything is read: so is
    /// whether the client has it already. `read` gives the body and its `Link`, `onward` the cursor for the address that
    /// the thing has moved to.
    async fn of_state(
        self,
        home: Home,
        query: Query,
        partial: bool,
        read: impl Fn(&mut Conn<'_>) -> Result<Lookup<(Vec<u8>, Option<String>)>, ApiError>
        + Send
        + 'static,
        onward: impl Fn(&Query) -> Option<String> + Send + 'static,
    ) -> Result<HttpResponse, ApiError> {
        let keyed = self.key.is_some() || self.private;
        let audience = self.audience();
        let headers = self.headers;
        let how = (self.since, self.private);
        let work = Self::read(&self.database, how, move |conn| {
            let state = store::state(conn)?;
            let tag = EntityTag::of_list(&state, audience, &query.canonical());
            if let Some(known) = tag.matching(&headers) {
                return Ok(Work::NotModified(known));
            }
            Ok(match found(read(conn)?, home, audience, &query, &onward)? {
                Ok((body, links)) => coded(&headers, tag, links, body),
                Err(moved) => moved,
            })
        })
        .await?;
        Ok(respond(work, partial, keyed))
    }
}

/// What was looked up; or where it is instead, with the cursor that leads on there; or why it is nowhere.
fn found<T>(
    lookup: Lookup<T>,
    home: Home,
    audience: Audience,
    query: &Query,
    onward: impl Fn(&Query) -> Option<String>,
) -> Result<Result<T, Work>, ApiError> {
    match lookup {
        Lookup::Found(found) => Ok(Ok(found)),
        Lookup::Moved(id) => {
            let path = elsewhere(&query.path, &id);
            let moved = Query {
                path,
                ..query.clone()
            };
            let cursor = onward(&moved);
            Ok(Err(Work::Moved(moved.at_cursor(cursor.as_deref()))))
        }
        Lookup::Gone(reason) => Err(gone(home.noun, audience, reason)),
        Lookup::Missing => Err(ApiError::NotFound(home.noun)),
    }
}

fn gone(noun: &str, audience: Audience, reason: Option<String>) -> ApiError {
    // An editor sees everything that is not deleted.
    let what = match audience {
        Audience::Public => "is not public any more",
        Audience::Editor => "was deleted",
    };
    ApiError::gone(noun, what, reason)
}
