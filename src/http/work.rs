//! What a unit of reading work comes to, and the response that is made of it.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;

use super::coding::Coding;
use super::etag::EntityTag;
use crate::database::Stamp;

/// What the public may hold on to, and for how long.
const PUBLIC: HeaderValue =
    HeaderValue::from_static("public, max-age=30, stale-while-revalidate=30");
/// The same, of where something is instead.
const PUBLIC_MOVE: HeaderValue = HeaderValue::from_static("public, max-age=30");
/// What only the bearer of a key may hold on to, and nobody keeps.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");
const VARY: HeaderValue = HeaderValue::from_static("Accept-Encoding, Authorization");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// The media type of an answer that `fields` narrowed.
pub const PARTIAL: &str = "application/vnd.isnad.partial+json";

/// What a client likes, and what it has already.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub coding: Coding,
    /// `If-None-Match`, as often as it was sent.
    known: Vec<HeaderValue>,
}

impl Wanted {
    pub fn of(headers: &HeaderMap) -> Self {
        Self {
            coding: Coding::negotiate(headers),
            known: headers.get_all(header::IF_NONE_MATCH).cloned().collect(),
        }
    }

    pub fn knows_nothing(&self) -> bool {
        self.known.is_empty()
    }

    /// The client's own tag of a state, where it names that.
    pub fn knows_this(&self, tag: &EntityTag) -> Option<HeaderValue> {
        self.known.iter().find_map(|value| tag.matching(value))
    }

    /// The same of what is there; also where the client wants nothing as long as there is anything (`If-None-Match: *`).
    pub fn knows(&self, tag: &EntityTag) -> Option<HeaderValue> {
        let any = |value: &HeaderValue| value.as_bytes().trim_ascii() == b"*";
        self.knows_this(tag).or_else(|| {
            let wants_nothing = self.known.iter().any(any);
            wants_nothing.then(|| tag.header(Coding::Identity))
        })
    }
}

/// What a unit of reading work comes to.
pub enum Work {
    /// The client has it already, under a tag of its own spelling; with when that was found.
    NotModified(HeaderValue, EntityTag, Option<Stamp>),
    Moved(String),
    /// With when it was read, where it may be kept.
    Answer(Answer, Option<Stamp>),
}

/// A body as it is sent.
#[derive(Debug, Clone)]
pub struct Coded {
    pub coding: Coding,
    pub body: Bytes,
    tag: HeaderValue,
}

/// A body, and what is told of it.
#[derive(Debug, Clone)]
pub struct Answer {
    pub tag: EntityTag,
    pub plain: Coded,
    pub links: Option<HeaderValue>,
    media_type: HeaderValue,
}

impl Answer {
    pub fn new(tag: EntityTag, body: Vec<u8>, links: Option<String>, partial: bool) -> Self {
        Self {
            plain: Coded {
                coding: Coding::Identity,
                body: body.into(),
                tag: tag.header(Coding::Identity),
            },
            tag,
            // It is percent-encoded.
            links: links.and_then(|links| HeaderValue::try_from(links).ok()),
            media_type: match partial {
                true => HeaderValue::from_static(PARTIAL),
                false => JSON,
            },
        }
    }

    /// In which coding to send it to who likes one best.
    pub fn worthwhile(&self, liked: Coding) -> Coding {
        match liked.is_worthwhile(self.plain.body.len()) {
            true => liked,
            false => Coding::Identity,
        }
    }

    /// Codes the body, where that is worth it.
    pub fn code(&self, liked: Coding) -> Coded {
        let coding = self.worthwhile(liked);
        let Some(body) = coding.encode(&self.plain.body) else {
            return self.plain.clone();
        };
        Coded {
            coding,
            body: body.into(),
            tag: self.tag.header(coding),
        }
    }

    /// The response; what was read with a key nobody may keep.
    pub fn respond(&self, coded: &Coded, keyed: bool) -> HttpResponse {
        let mut response = HttpResponse::with_body(StatusCode::OK, coded.body.clone());
        let headers = response.headers_mut();
        tell(headers, keyed);
        headers.insert(header::ETAG, coded.tag.clone());
        headers.insert(header::CONTENT_TYPE, self.media_type.clone());
        if let Some(token) = coded.coding.token() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(token));
        }
        if let Some(links) = &self.links {
            headers.insert(header::LINK, links.clone());
        }
        response.map_into_boxed_body()
    }
}

/// What every answer to reading tells.
fn tell(headers: &mut HeaderMap, keyed: bool) {
    headers.insert(header::CACHE_CONTROL, if keyed { PRIVATE } else { PUBLIC });
    headers.insert(header::VARY, VARY);
}

/// The answer to who has it already.
pub fn not_modified(tag: HeaderValue, keyed: bool) -> HttpResponse {
    let mut response = HttpResponse::new(StatusCode::NOT_MODIFIED);
    tell(response.headers_mut(), keyed);
    response.headers_mut().insert(header::ETAG, tag);
    response
}

/// The answer to who asks where something was.
pub fn moved(to: String, keyed: bool) -> HttpResponse {
    let mut response = HttpResponse::new(StatusCode::PERMANENT_REDIRECT);
    let headers = response.headers_mut();
    tell(headers, keyed);
    if !keyed {
        headers.insert(header::CACHE_CONTROL, PUBLIC_MOVE);
    }
    // It is percent-encoded.
    if let Ok(to) = HeaderValue::try_from(to) {
        headers.insert(header::LOCATION, to);
    }
    response
}
