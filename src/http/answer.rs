//! Answers to reading: one unit of work on one snapshot, then ETag or body.
use actix_web::HttpResponse;

use super::elsewhere::elsewhere;
use super::etag::EntityTag;
use super::fields::Shown;
use super::pages::{ListRequest, Listing, cursor_fault, links, page_of, rows_body};
use super::parameters::Query;
use super::problem::ApiError;
use super::reading::Reading;
use super::work::{Answer, Work};
use crate::database::Conn;
use crate::database::store;
use crate::domain::audience::Audience;
use crate::domain::lookup::{Item, Lookup};
use crate::domain::page::{Cursor, CursorFault, ListIdentity, PageSize};
use crate::domain::verbatim::Verbatim;

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
    /// Answers with one thing.
    pub async fn item(
        self,
        home: Home,
        query: Query,
        shown: Shown,
        find: impl Fn(&mut Conn<'_>) -> Result<Lookup<Item>, ApiError> + Send + 'static,
    ) -> Result<HttpResponse, ApiError> {
        let partial = shown.is_partial();
        let audience = self.audience();
        let beginning = self.begin();
        let asked = query.clone();
        let work = move |conn: &mut Conn<'_>| {
            let looked_up = find(conn)?;
            let item = match found(looked_up, home, audience, &asked, |_| None)? {
                Ok(item) => item,
                Err(moved) => return Ok(moved),
            };
            let stamp = beginning
                .map(|beginning| beginning.stamp(conn, item.article))
                .transpose()?;
            let body = shown.apply(item.json)?.0;
            let tag = EntityTag::of_item(item.revision, &body);
            let answer = Answer::new(tag, body, None, partial);
            Ok(Work::Answer(answer, stamp))
        };
        self.answer(&query, Box::new(work)).await
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
        read: impl Fn(&mut Conn<'_>) -> Result<Lookup<Vec<Verbatim>>, ApiError> + Send + 'static,
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
        let audience = self.audience();
        let wanted = self.wanted.clone();
        let beginning = self.begin();
        let asked = query.clone();
        let work = move |conn: &mut Conn<'_>| {
            let state = store::state(conn)?;
            let tag = EntityTag::of_list(&state, audience, &asked.key());
            let stamp = beginning.map(|beginning| beginning.stamp_in(&state));
            if let Some(known) = wanted.knows_this(&tag) {
                return Ok(Work::NotModified(known, tag, stamp));
            }
            Ok(match found(read(conn)?, home, audience, &asked, &onward)? {
                Ok((body, links)) => Work::Answer(Answer::new(tag, body, links, partial), stamp),
                Err(moved) => moved,
            })
        };
        self.answer(&query, Box::new(work)).await
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
