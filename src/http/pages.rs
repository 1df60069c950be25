//! Pages of lists: the request for one, and its body and links.
use super::fields::Shown;
use super::parameters::Query;
use super::problem::{ApiError, ProblemCode};
use serde::Deserialize;

use crate::domain::bounds;
use crate::domain::facet::Facet;
use crate::domain::highlight::Highlights;
use crate::domain::id::Id;
use crate::domain::page::{CursorFault, ListIdentity, Page, PageSize, Slice};
use crate::domain::verbatim::Verbatim;

/// A page of a list as it is served.
#[derive(Debug)]
pub struct Listing {
    /// One document a row.
    pub slice: Slice<Verbatim>,
    /// How many rows the whole list has, up to one more than are counted; None when nobody asked.
    pub total: Option<i64>,
    /// Where the words of a search stand; None when nobody asked.
    pub highlights: Option<Vec<Highlights>>,
    /// How many rows hold which values; None when nobody asked.
    pub facets: Option<Vec<Facet>>,
    /// What somebody may have meant whose search found nothing; None where it did, or nobody searched.
    pub suggestions: Option<Vec<String>>,
}

impl Listing {
    /// A list that is not searched.
    pub fn unsearched(slice: Slice<Verbatim>, total: Option<i64>) -> Self {
        Self {
            slice,
            total,
            highlights: None,
            facets: None,
            suggestions: None,
        }
    }
}

/// A list as it is asked for.
pub struct ListRequest {
    pub query: Query,
    /// The order it is read in, as `sort` spells it.
    pub sort: &'static str,
    pub size: PageSize,
    pub cursor: Option<String>,
    pub shown: Shown,
}

pub fn page_of(listing: &Listing, size: PageSize, list: ListIdentity) -> Page {
    let slice = &listing.slice;
    let capped = listing.total.is_some_and(|total| total > bounds::COUNT);
    Page {
        limit: size.0,
        next: slice.next.as_ref().map(|cursor| cursor.encode(list)),
        prev: slice.prev.as_ref().map(|cursor| cursor.encode(list)),
        total: listing.total.map(|total| total.min(bounds::COUNT)),
        total_capped: capped.then_some(true),
        highlights: listing.highlights.clone(),
        facets: listing.facets.clone(),
        suggestions: listing.suggestions.clone(),
    }
}

/// How many things a list has, where these are all of them, up to one more than are counted.
pub fn total_of<T>(things: &[T]) -> i64 {
    i64::try_from(things.len()).unwrap_or(i64::MAX)
}

/// The ids of the things of a page.
pub fn ids_of(slice: &Slice<Verbatim>) -> serde_json::Result<Vec<Id>> {
    #[derive(Deserialize)]
    struct Thing {
        id: Id,
    }
    let id = |json: &Verbatim| serde_json::from_slice::<Thing>(&json.0).map(|thing| thing.id);
    slice.rows.iter().map(id).collect()
}

/// The pages beside this one (RFC 8288), relative.
pub fn links(query: &Query, page: &Page) -> String {
    let link = |to: String, rel: &str| format!("<{to}>; rel=\"{rel}\"");
    let mut links = vec![link(query.at_cursor(None), "first")];
    if let Some(prev) = &page.prev {
        links.push(link(query.at_cursor(Some(prev)), "prev"));
    }
    if let Some(next) = &page.next {
        links.push(link(query.at_cursor(Some(next)), "next"));
    }
    links.join(", ")
}

/// The rows' documents as they lie, and the page that they make.
pub fn rows_body(
    rows: Vec<Verbatim>,
    shown: &Shown,
    page: Option<&Page>,
) -> serde_json::Result<Vec<u8>> {
    let length: usize = rows.iter().map(|row| row.0.len() + 1).sum();
    let mut body = Vec::with_capacity(length + 256);
    body.extend_from_slice(b"{\"data\":[");
    for (at, row) in rows.into_iter().enumerate() {
        if at > 0 {
            body.push(b',');
        }
        body.extend_from_slice(&shown.apply(row)?.0);
    }
    body.push(b']');
    if let Some(page) = page {
        body.extend_from_slice(b",\"page\":");
        serde_json::to_writer(&mut body, page)?;
    }
    body.push(b'}');
    Ok(body)
}

pub fn cursor_fault(fault: CursorFault) -> ApiError {
    let (code, detail) = match fault {
        CursorFault::Malformed => (
            ProblemCode::InvalidCursor,
            "is no cursor that a page gave out; take `page.next` or `page.prev` as it is",
        ),
        CursorFault::Mismatch => (
            ProblemCode::CursorMismatch,
            "belongs to another order or other filters; start again without it",
        ),
    };
    ApiError::Parameter {
        parameter: "cursor".to_owned(),
        code,
        detail: detail.to_owned(),
    }
}
