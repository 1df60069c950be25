//! Errors as clients see them: `application/problem+json` (RFC 9457), one shape for every endpoint.
use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use crate::database::{self, Failure};
use crate::domain::text_enum;

/// The media type of every error.
pub const MEDIA_TYPE: &str = "application/problem+json";

text_enum! {
    /// What went wrong, for a program to act on; never renamed.
    pub enum ProblemCode {
        /// A parameter has a value that it cannot have.
        InvalidParameter = "invalid_parameter",
        /// No such parameter; `detail` names the nearest one.
        UnknownParameter = "unknown_parameter",
        /// A parameter stands twice; many values are one comma list.
        RepeatedParameter = "repeated_parameter",
        /// No page ever gave out this cursor.
        InvalidCursor = "invalid_cursor",
        /// The cursor belongs to another order or other filters.
        CursorMismatch = "cursor_mismatch",
        /// The request itself cannot be understood.
        InvalidRequest = "invalid_request",
        /// There is no such thing, or the public may not see it.
        NotFound = "not_found",
        /// It was public once and is not any more.
        Gone = "gone",
        /// The resource does not take this method; `Allow` says which it does.
        MethodNotAllowed = "method_not_allowed",
        /// The request took too long to arrive.
        RequestTimeout = "request_timeout",
        /// The body is larger than the bound.
        PayloadTooLarge = "payload_too_large",
        /// The body is of a type that the resource does not take.
        UnsupportedMediaType = "unsupported_media_type",
        /// The database is busy; try again after `Retry-After` seconds.
        DatabaseBusy = "database_busy",
        /// A fault of the server; its log tells more under `request_id`.
        Internal = "internal",
    }
}

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

/// One thing wrong with a request.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemItem {
    /// The query parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000, example = "limit")]
    pub parameter: Option<String>,
    /// Where in the body it is wrong, as a JSON pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 1000)]
    pub pointer: Option<String>,
    /// What is wrong, for a program.
    #[schema(max_length = 100, example = "invalid_parameter")]
    pub code: String,
    /// What is wrong, and what to do.
    #[schema(max_length = 4000, example = "must be a whole number from 1 to 100")]
    pub detail: String,
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
    #[error("{detail}")]
    Refused {
        status: StatusCode,
        code: ProblemCode,
        detail: String,
    },
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

    fn code(&self) -> ProblemCode {
        match self {
            Self::Parameter { code, .. } | Self::Refused { code, .. } => *code,
            Self::NotFound(_) => ProblemCode::NotFound,
            Self::Gone(_) => ProblemCode::Gone,
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
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Gone(_) => StatusCode::GONE,
            Self::Refused { status, .. } => *status,
            Self::Database(database::Error::Query(_)) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Database(_) => StatusCode::SERVICE_UNAVAILABLE,
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
        response.insert_header((CONTENT_TYPE, MEDIA_TYPE));
        response.insert_header((CACHE_CONTROL, "no-store"));
        if self.code() == ProblemCode::DatabaseBusy {
            response.insert_header(("Retry-After", "1"));
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

impl From<diesel::result::Error> for ApiError {
    fn from(error: diesel::result::Error) -> Self {
        database::Error::from(error).into()
    }
}

/// The problems that every list may answer with, for the document.
pub struct ListProblems;

/// The problems that every single thing may answer with, for the document.
pub struct ItemProblems;

/// The problems that a list below a single thing may answer with, for the document.
pub struct NestedListProblems;

const NOT_MODIFIED: (u16, &str) = (304, "What the client has is what it would be answered");
const BROKEN: (u16, &str) = (500, "The server failed: `internal`");
const BUSY: (u16, &str) = (
    503,
    "The database is busy, try again shortly: `database_busy`",
);
/// What may become of the thing that a path names.
const OF_A_THING: [(u16, &str); 3] = [
    (308, "It is found under its id: see `Location`"),
    (
        404,
        "There is no such thing, or it is not public: `not_found`",
    ),
    (410, "It was public once and is not any more: `gone`"),
];
const WRONG_PARAMETER: (u16, &str) = (
    400,
    "A parameter is wrong: `invalid_parameter`, `unknown_parameter`, `repeated_parameter`",
);
const WRONG_PARAMETER_OR_CURSOR: (u16, &str) = (
    400,
    "A parameter is wrong: `invalid_parameter`, `unknown_parameter`, `repeated_parameter`, \
     `invalid_cursor`, `cursor_mismatch`",
);

impl IntoResponses for ListProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[NOT_MODIFIED, WRONG_PARAMETER_OR_CURSOR, BROKEN, BUSY])
    }
}

impl IntoResponses for ItemProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = documented(&OF_A_THING);
        responses.extend(documented(&[NOT_MODIFIED, WRONG_PARAMETER, BROKEN, BUSY]));
        responses
    }
}

impl IntoResponses for NestedListProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut responses = documented(&OF_A_THING);
        responses.extend(ListProblems::responses());
        responses
    }
}

/// The problems of the question whether the process lives, for the document.
pub struct LivenessProblems;

impl IntoResponses for LivenessProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[WRONG_PARAMETER])
    }
}

/// The problems of the question whether the service is ready, for the document.
pub struct ReadinessProblems;

impl IntoResponses for ReadinessProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        documented(&[WRONG_PARAMETER, BROKEN, BUSY])
    }
}

/// Responses by status: from 400 on they are problems.
pub fn documented(responses: &[(u16, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let describe = |(status, description): &(u16, &str)| {
        let mut response = ResponseBuilder::new().description(*description);
        if *status >= 400 {
            let problem = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("Problem")))
                .build();
            response = response.content(MEDIA_TYPE, problem);
        }
        (status.to_string(), RefOr::T(response.build()))
    };
    responses.iter().map(describe).collect()
}
