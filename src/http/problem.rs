//! Errors as clients see them: `application/problem+json` (RFC 9457), one shape for every endpoint.
mod code;
mod item;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE,
};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

pub use code::ProblemCode;
pub use item::ProblemItem;
use item::bounded;

use crate::database::{self, Failure};
use crate::domain::fault::Fault;
use crate::keys::types::Scope;

/// The media type of every error.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An error, for a person and for a program.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// What kind of problem, as a URI that leads nowhere: `urn:isnad:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(format = Uri, max_length = 100, example = "urn:isnad:problem:invalid_parameter")]
    pub kind: String,
    /// The kind of problem, in a few words.
    #[schema(max_length = 200, example = "Bad Request")]
    pub title: String,
    /// The HTTP status, repeated.
    #[schema(minimum = 400, maximum = 599, example = 400)]
    pub status: u16,
    /// What went wrong, for a program to act on; never renamed.
    pub code: ProblemCode,
    /// What went wrong this time, and what to do.
    #[schema(
        max_length = 4000,
        example = "`limit` must be a whole number from 1 to 100"
    )]
    pub detail: String,
    /// The path that was asked for.
    #[schema(max_length = 65536, example = "/v1/articles")]
    pub instance: String,
    /// The request, as the log of the server and `X-Request-Id` name it.
    #[schema(max_length = 64, example = "0198c1a0-5b7e-7c3a-9d51-2f6f0a9b1c2d")]
    pub request_id: String,
    /// What is wrong, one by one; empty where `detail` says it all.
    #[schema(max_items = 1000)]
    pub errors: Vec<ProblemItem>,
}

/// Faults in a sentence.
fn told(faults: &[Fault]) -> String {
    match faults {
        [one] => bounded(&one.to_string()),
        many => format!(
            "{} things are wrong with the document: see `errors`",
            many.len()
        ),
    }
}

/// Everything that a handler can fail with. Add a variant only where clients should act differently.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("`{parameter}` {detail}")]
    Parameter {
        parameter: String,
        code: ProblemCode,
        detail: String,
    },
    #[error("there is no such {0}, or it is not public")]
    NotFound(&'static str),
    #[error("{0}")]
    Gone(String),
    /// 308: it is found under this id.
    #[error("it is found under its id: see `Location`")]
    Moved(String),
    /// 401: without a key, or with one that opens nothing.
    #[error("{detail}")]
    Unauthorized { code: ProblemCode, detail: String },
    /// 403, whatever is wrong with the token, and whether there is such an article or not.
    #[error("this preview has ended or was revoked, or is of another article; ask for another")]
    InvalidPreview,
    #[error("this takes a key with the scope `{needed}`; yours has `{held}`")]
    MissingScope { needed: Scope, held: Scope },
    /// The body that was sent, and what is wrong with it.
    #[error("{}", told(.faults))]
    Document {
        status: StatusCode,
        code: ProblemCode,
        faults: Vec<Fault>,
    },
    /// Another revision is there than the client thinks, or the client does not say which it means.
    #[error("{detail}")]
    Precondition {
        code: ProblemCode,
        detail: String,
        current: Option<i64>,
    },
    /// 429: more than anybody may send, for now.
    #[error("{detail}")]
    TooMany {
        code: ProblemCode,
        detail: String,
        seconds: u64,
    },
    #[error("{detail}")]
    Refused {
        status: StatusCode,
        code: ProblemCode,
        detail: String,
    },
    /// 503: later it may be had.
    #[error("{detail}")]
    Unavailable { code: ProblemCode, detail: String },
    #[error("{}", told_of(.0))]
    Database(database::Error),
    #[error("{FAILED}")]
    Internal(String),
}

/// What a client is told of a fault of the server.
const FAILED: &str =
    "something went wrong in the server; its log tells more under this request's id";

/// What a client is told of what the database said.
fn told_of(error: &database::Error) -> &'static str {
    match error {
        database::Error::Query(_) => FAILED,
        _ => "the database is busy or out of reach; try again shortly",
    }
}

impl ApiError {
    pub fn parameter(parameter: &str, detail: impl Into<String>) -> Self {
        Self::Parameter {
            parameter: parameter.to_owned(),
            code: ProblemCode::InvalidParameter,
            detail: detail.into(),
        }
    }

    /// What became of a thing, and why, where that is said.
    pub fn gone(noun: &str, what: &str, reason: Option<String>) -> Self {
        Self::Gone(match reason {
            Some(reason) => format!("this {noun} {what}: {reason}"),
            None => format!("this {noun} {what}"),
        })
    }

    /// What is asked for takes a key.
    pub fn key_required(what: &str) -> Self {
        Self::Unauthorized {
            code: ProblemCode::KeyRequired,
            detail: format!("{what} takes a key: send `Authorization: Bearer isnad_…`"),
        }
    }

    /// How to be let in (RFC 6750, section 3).
    fn challenge(&self) -> String {
        let error = match self {
            Self::Unauthorized {
                code: ProblemCode::InvalidKey,
                ..
            } => ", error=\"invalid_token\"".to_owned(),
            Self::MissingScope { needed, .. } => {
                format!(", error=\"insufficient_scope\", scope=\"{needed}\"")
            }
            _ => String::new(),
        };
        format!("Bearer realm=\"isnad\"{error}")
    }

    fn code(&self) -> ProblemCode {
        match self {
            Self::Parameter { code, .. }
            | Self::Unauthorized { code, .. }
            | Self::Document { code, .. }
            | Self::Precondition { code, .. }
            | Self::Unavailable { code, .. }
            | Self::TooMany { code, .. }
            | Self::Refused { code, .. } => *code,
            Self::MissingScope { .. } => ProblemCode::MissingScope,
            Self::InvalidPreview => ProblemCode::InvalidPreview,
            Self::NotFound(_) => ProblemCode::NotFound,
            Self::Gone(_) => ProblemCode::Gone,
            // It is no problem, and has no code.
            Self::Moved(_) => ProblemCode::NotFound,
            Self::Database(database::Error::Query(_)) => ProblemCode::Internal,
            Self::Database(_) => ProblemCode::DatabaseBusy,
            Self::Internal(_) => ProblemCode::Internal,
        }
    }

    /// The problem, but for what only the envelope knows: the path and the request's id.
    pub fn problem(&self) -> Problem {
        let status = self.status_code();
        let errors = match self {
            Self::Parameter {
                parameter,
                code,
                detail,
            } => vec![ProblemItem {
                parameter: Some(parameter.clone()),
                pointer: None,
                code: code.to_string(),
                detail: detail.clone(),
            }],
            Self::Document { faults, .. } => ProblemItem::of_all(faults),
            _ => Vec::new(),
        };
        Problem {
            kind: format!("urn:isnad:problem:{}", self.code()),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            code: self.code(),
            detail: self.to_string(),
            instance: String::new(),
            request_id: String::new(),
            errors,
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Parameter { .. } => StatusCode::BAD_REQUEST,
            Self::Unauthorized { .. } => StatusCode::UNAUTHORIZED,
            Self::MissingScope { .. } | Self::InvalidPreview => StatusCode::FORBIDDEN,
            Self::Document { status, .. } => *status,
            Self::Precondition { code, .. } => match code {
                ProblemCode::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
                _ => StatusCode::PRECONDITION_FAILED,
            },
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Gone(_) => StatusCode::GONE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Moved(_) => StatusCode::PERMANENT_REDIRECT,
            Self::Refused { status, .. } => *status,
            Self::Database(database::Error::Query(_)) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Database(_) | Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The envelope writes the body: it knows the path and the request's id.
    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Internal(cause) => log::error!("internal error: {cause}"),
            Self::Database(database::Error::Query(error)) => log::error!("internal error: {error}"),
            Self::Database(error) => log::warn!("{error}"),
            _ => {}
        }
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CACHE_CONTROL, "no-store"));
        if let Self::Moved(to) = self {
            return response.insert_header((LOCATION, to.as_str())).finish();
        }
        response.insert_header((CONTENT_TYPE, MEDIA_TYPE));
        match self {
            Self::Database(error) if !matches!(error, database::Error::Query(_)) => {
                response.insert_header((RETRY_AFTER, "1"));
            }
            Self::Unavailable { .. } => {
                response.insert_header((RETRY_AFTER, "5"));
            }
            Self::TooMany { seconds, .. } => {
                response.insert_header((RETRY_AFTER, *seconds));
            }
            Self::Unauthorized { .. } | Self::MissingScope { .. } | Self::InvalidPreview => {
                response.insert_header((WWW_AUTHENTICATE, self.challenge()));
            }
            Self::Precondition {
                current: Some(revision),
                ..
            } => {
                response.insert_header((ETAG, format!("\"{revision}\"")));
            }
            _ => {}
        }
        let mut response = response.finish();
        response.extensions_mut().insert(self.problem());
        response
    }
}

impl Failure for ApiError {
    fn database(&self) -> Option<&database::Error> {
        match self {
            Self::Database(error) => Some(error),
            _ => None,
        }
    }
}

impl From<database::Error> for ApiError {
    fn from(error: database::Error) -> Self {
        Self::Database(error)
    }
}

/// Without randomness nothing is made that has to be a secret.
impl From<getrandom::Error> for ApiError {
    fn from(error: getrandom::Error) -> Self {
        Self::Internal(format!("no randomness is to be had: {error}"))
    }
}

/// Of a document of ours: what a client sent is read by [`crate::domain::document`].
impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(format!("a document cannot be read or rendered: {error}"))
    }
}

impl From<diesel::result::Error> for ApiError {
    fn from(error: diesel::result::Error) -> Self {
        database::Error::from(error).into()
    }
}
