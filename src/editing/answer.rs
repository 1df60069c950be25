//! What a write is answered: made within its transaction, so that it can be kept there.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, LOCATION};

use crate::domain::id::Id;
use crate::http::change::SEQUENCE;
use crate::writing::Outcome;

/// An answer to a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    /// With its quotes.
    pub etag: Option<String>,
    /// JSON.
    pub body: Option<String>,
    /// The article that it tells of.
    pub article: Option<Id>,
}

impl Answer {
    /// 201 for what is new, else 200: with a document, the place of what it tells of, and its tag.
    pub fn of(outcome: Outcome, document: String, (home, id): (&str, &Id), etag: String) -> Self {
        let created = outcome == Outcome::Created;
        Self {
            status: if created {
                StatusCode::CREATED
            } else {
                StatusCode::OK
            }
            .as_u16(),
            location: created.then(|| format!("{home}/{id}")),
            etag: Some(etag),
            body: Some(document),
            article: None,
        }
    }

    /// It is gone.
    pub fn deleted() -> Self {
        Self {
            status: StatusCode::NO_CONTENT.as_u16(),
            location: None,
            etag: None,
            body: None,
            article: None,
        }
    }

    /// It tells of an article, and is forgotten with it.
    pub fn about(self, article: &Id) -> Self {
        Self {
            article: Some(article.clone()),
            ..self
        }
    }

    /// The response, with the number of the store's last write.
    pub fn respond(self, sequence: i64) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = HttpResponse::build(status);
        response.insert_header((CACHE_CONTROL, "no-store"));
        response.insert_header((SEQUENCE, sequence));
        if let Some(location) = self.location {
            response.insert_header((LOCATION, location));
        }
        if let Some(etag) = self.etag {
            response.insert_header((ETAG, etag));
        }
        match self.body {
            Some(body) => response.content_type("application/json").body(body),
            None => response.finish(),
        }
    }
}
