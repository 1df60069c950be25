//! A request to change something: by whom, from which revision on, and the document it brings.
use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::rt::time::timeout;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use super::auth;
use super::idempotency::{Asked, IDEMPOTENCY_KEY, InFlight, token_of};
use super::problem::{ApiError, ProblemCode};
use crate::database::Database;
use crate::domain::bounds;
use crate::domain::digest::sha256;
use crate::domain::document::{self, NO_JSON};
use crate::domain::fault::Fault;
use crate::domain::merge_patch::Patch;
use crate::domain::precondition::Precondition;
use crate::keys::types::{ApiKey, Scope};

/// The header that tells which number the store's last write has: who reads by it misses nothing of this one.
pub const SEQUENCE: &str = "X-Sequence";

/// A request by somebody who may write. Let it be the first thing that a handler takes: who may not is then told so
/// before anything else of the request is looked at.
pub struct Change {
    pub database: web::Data<Database>,
    pub key: ApiKey,
    headers: HeaderMap,
    /// The path that was asked for, with its query.
    pub uri: String,
    /// Method and path.
    request: String,
    /// Digest of the body, once it was read.
    fingerprint: Option<String>,
    in_flight: InFlight,
    payload: Payload,
    patience: Duration,
}

/// What a merge patch may be sent as.
const PATCH_TYPES: [&str; 2] = ["application/merge-patch+json", "application/json"];

/// How long a body may take to arrive.
#[derive(Debug, Clone, Copy)]
pub struct BodyTimeout(pub Duration);

impl FromRequest for Change {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Self::of(request, payload))
    }
}

impl Change {
    fn of(request: &HttpRequest, payload: &mut Payload) -> Result<Self, ApiError> {
        let key = auth::demand(auth::key_of(request), Scope::Write, "writing")?;
        let database = request.app_data::<web::Data<Database>>().cloned();
        let patience = request.app_data::<BodyTimeout>();
        Ok(Self {
            database: database.ok_or(ApiError::Internal("the app has no database".to_owned()))?,
            key,
            headers: request.headers().clone(),
            uri: request.uri().to_string(),
            request: format!("{} {}", request.method(), request.path()),
            fingerprint: None,
            in_flight: request.app_data::<InFlight>().cloned().unwrap_or_default(),
            payload: payload.take(),
            patience: patience.map_or(Duration::from_secs(10), |timeout| timeout.0),
        })
    }

    /// The revision that the client means to change.
    pub fn precondition(&self) -> Result<Precondition, ApiError> {
        let wrong = |wrong: &str| ApiError::Refused {
            status: StatusCode::BAD_REQUEST,
            code: ProblemCode::InvalidRequest,
            detail: format!("`If-Match` {wrong}"),
        };
        let values = self.headers.get_all(header::IF_MATCH);
        let values: Result<Vec<&str>, _> = values.map(|value| value.to_str()).collect();
        let values = values.map_err(|_| wrong("holds letters that no header has"))?;
        Precondition::parse(values).map_err(wrong)
    }

    /// The lines that the request brings, as they arrive, and for how long nothing may arrive.
    pub fn lines(&mut self) -> Result<(Payload, Duration), ApiError> {
        self.check_type(
            &[
                "application/x-ndjson",
                "application/ndjson",
                "application/jsonl",
            ],
            "lines of JSON",
        )?;
        Ok((Payload::take(&mut self.payload), self.patience))
    }

    /// That the key reaches so far. Ask before the body is read.
    pub fn demand(&self, needed: Scope, what: &str) -> Result<(), ApiError> {
        auth::demand(Some(self.key.clone()), needed, what).map(|_| ())
    }

    /// What names a POST that is to be done once, if the client names it. Ask after the body is read.
    pub fn idempotency(&self) -> Result<Option<Asked>, ApiError> {
        let wrong = |wrong: &str| ApiError::Refused {
            status: StatusCode::BAD_REQUEST,
            code: ProblemCode::InvalidRequest,
            detail: format!("`{IDEMPOTENCY_KEY}` {wrong}"),
        };
        let mut values = self.headers.get_all(IDEMPOTENCY_KEY);
        let (Some(value), true) = (values.next(), self.request.starts_with("POST ")) else {
            return Ok(None);
        };
        if values.next().is_some() {
            return Err(wrong("is given twice"));
        }
        let token = token_of(value.to_str().unwrap_or_default()).map_err(wrong)?;
        let request = sha256(self.request.as_bytes());
        let fingerprint = self.fingerprint.clone();
        let fingerprint = fingerprint.unwrap_or_else(|| sha256(b""));
        self.in_flight
            .begin(self.key.id, token, request, fingerprint)
            .map(Some)
    }

    /// The JSON document that the request brings.
    pub async fn document<T: DeserializeOwned>(&mut self) -> Result<T, ApiError> {
        self.document_within(bounds::REQUEST_BODY).await
    }

    /// The JSON document that the request brings, of at most so many bytes.
    pub async fn document_within<T: DeserializeOwned>(
        &mut self,
        bound: usize,
    ) -> Result<T, ApiError> {
        self.body_of(&["application/json"], bound).await
    }

    /// The JSON merge patch (RFC 7396) that the request brings.
    pub async fn patch(&mut self) -> Result<Patch, ApiError> {
        self.body_of(&PATCH_TYPES, bounds::REQUEST_BODY).await
    }

    /// The JSON document that the request brings, where it brings one.
    pub async fn document_if_any<T: DeserializeOwned + Default>(&mut self) -> Result<T, ApiError> {
        self.body_if_any(&["application/json"]).await
    }

    /// The JSON merge patch that the request brings, where it brings one.
    pub async fn patch_if_any(&mut self) -> Result<Patch, ApiError> {
        self.body_if_any(&PATCH_TYPES).await
    }

    async fn body_if_any<T: DeserializeOwned + Default>(
        &mut self,
        types: &[&str],
    ) -> Result<T, ApiError> {
        let body = self.body(bounds::REQUEST_BODY).await?;
        if body.is_empty() {
            return Ok(T::default());
        }
        self.check_type(types, "JSON")?;
        document::parse(&body).map_err(wrong_document)
    }

    async fn body_of<T: DeserializeOwned>(
        &mut self,
        types: &[&str],
        bound: usize,
    ) -> Result<T, ApiError> {
        self.check_type(types, "JSON")?;
        let body = self.body(bound).await?;
        document::parse(&body).map_err(wrong_document)
    }

    async fn body(&mut self, bound: usize) -> Result<BytesMut, ApiError> {
        let body = timeout(self.patience, read(&self.headers, &mut self.payload, bound))
            .await
            .map_err(|_| ApiError::Refused {
                status: StatusCode::REQUEST_TIMEOUT,
                code: ProblemCode::RequestTimeout,
                detail: "the body took too long to arrive".to_owned(),
            })??;
        self.fingerprint = Some(sha256(&body));
        Ok(body)
    }

    fn check_type(&self, types: &[&str], what: &str) -> Result<(), ApiError> {
        let refuse = |detail: &str| {
            Err(ApiError::Refused {
                status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
                code: ProblemCode::UnsupportedMediaType,
                detail: detail.to_owned(),
            })
        };
        let text = |name| {
            self.headers
                .get(name)
                .map(|value| value.to_str().unwrap_or("?"))
        };
        let content_type = text(header::CONTENT_TYPE).unwrap_or_default();
        let mut parts = content_type.split(';').map(str::trim);
        let is_taken = parts
            .next()
            .is_some_and(|kind| types.iter().any(|one| kind.eq_ignore_ascii_case(one)));
        let is_utf8 = parts.all(|part| {
            part.is_empty()
                || part.eq_ignore_ascii_case("charset=utf-8")
                || part.eq_ignore_ascii_case("charset=\"utf-8\"")
        });
        if !is_taken || !is_utf8 {
            let types = types.join("` or `");
            return refuse(&format!(
                "the body has to be {what} in UTF-8: send `Content-Type: {types}`"
            ));
        }
        let coding = text(header::CONTENT_ENCODING).unwrap_or("identity");
        if !coding.eq_ignore_ascii_case("identity") {
            return refuse("the body has to be sent as it is, without a `Content-Encoding`");
        }
        Ok(())
    }
}

/// A document that cannot be taken: 400 where it is no JSON, else 422.
pub fn wrong_document(faults: Vec<Fault>) -> ApiError {
    let (status, code) = match faults.as_slice() {
        [fault] if fault.code == NO_JSON => (StatusCode::BAD_REQUEST, ProblemCode::InvalidJson),
        _ => (
            StatusCode::UNPROCESSABLE_ENTITY,
            ProblemCode::InvalidDocument,
        ),
    };
    ApiError::Document {
        status,
        code,
        faults,
    }
}

/// The body, up to its bound.
async fn read(
    headers: &HeaderMap,
    payload: &mut Payload,
    bound: usize,
) -> Result<BytesMut, ApiError> {
    let too_large = || ApiError::Refused {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        code: ProblemCode::PayloadTooLarge,
        detail: format!("the body is larger than {bound} bytes"),
    };
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > bound) {
        return Err(too_large());
    }
    let mut body = BytesMut::new();
    while let Some(part) = payload.next().await {
        let part = part.map_err(|error| ApiError::Refused {
            status: StatusCode::BAD_REQUEST,
            code: ProblemCode::InvalidRequest,
            detail: format!("the body did not arrive whole: {error}"),
        })?;
        if body.len() + part.len() > bound {
            return Err(too_large());
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}
