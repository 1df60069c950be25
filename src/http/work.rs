//! What a unit of reading work comes to, and the response that is made of it.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};

use super::coding::Coding;
use super::etag::{EntityTag, wants_nothing};

/// What the public may hold on to, and for how long.
const PUBLIC: &str = "public, max-age=30, stale-while-revalidate=30";
/// What only the bearer of a key may hold on to, and nobody keeps.
const PRIVATE: &str = "private, no-store";
/// The media type of an answer that `fields` narrowed.
pub const PARTIAL: &str = "application/vnd.isnad.partial+json";

/// What a unit of reading work comes to.
pub enum Work {
    NotModified(String),
    Answer {
        tag: EntityTag,
        body: Vec<u8>,
        coding: Coding,
        links: Option<String>,
    },
    Moved(String),
}

/// The body coded as the client likes it; or nothing, where it has it already.
pub fn coded(headers: &HeaderMap, tag: EntityTag, links: Option<String>, body: Vec<u8>) -> Work {
    if wants_nothing(headers) {
        return Work::NotModified(tag.header(Coding::Identity));
    }
    if let Some(known) = tag.matching(headers) {
        return Work::NotModified(known);
    }
    let (body, coding) = Coding::negotiate(headers).encode(body);
    Work::Answer {
        tag,
        body,
        coding,
        links,
    }
}

/// The response; what was read with a key nobody may keep.
pub fn respond(work: Work, partial: bool, keyed: bool) -> HttpResponse {
    let kept = |by_anyone| if keyed { PRIVATE } else { by_anyone };
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, kept(PUBLIC)));
    response.insert_header((header::VARY, "Accept-Encoding, Authorization"));
    match work {
        Work::NotModified(tag) => response
            .status(StatusCode::NOT_MODIFIED)
            .insert_header((header::ETAG, tag))
            .finish(),
        Work::Moved(to) => response
            .status(StatusCode::PERMANENT_REDIRECT)
            .insert_header((header::CACHE_CONTROL, kept("public, max-age=30")))
            .insert_header((header::LOCATION, to))
            .finish(),
        Work::Answer {
            tag,
            body,
            coding,
            links,
        } => {
            response.insert_header((header::ETAG, tag.header(coding)));
            if let Some(token) = coding.token() {
                response.insert_header((header::CONTENT_ENCODING, token));
            }
            if let Some(links) = links {
                response.insert_header((header::LINK, links));
            }
            let media_type = if partial { PARTIAL } else { "application/json" };
            response.content_type(media_type).body(body)
        }
    }
}
