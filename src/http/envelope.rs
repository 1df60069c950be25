//! Around every request: its id, HEAD, panics, the body of problems, and the access log.
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, ResponseError, web};
use futures_util::FutureExt;

use super::cors;
use super::gate::Gate;
use super::kept::kept;
use super::problem::{ApiError, MEDIA_TYPE, Problem, ProblemCode};
use crate::domain::id::Id;
use crate::domain::secret::redacted;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost middleware.
pub async fn envelope(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let asked = request.method().clone();
    let head = asked == Method::HEAD;
    if head {
        // Whatever answers GET answers HEAD; the body is dropped below.
        request.head_mut().method = Method::GET;
    }
    let gate = request.app_data::<web::Data<Gate>>().cloned();
    let client = gate.as_ref().map(|gate| gate.client(&request));
    let line = Line {
        started,
        asked,
        uri: request.uri().clone(),
        client,
        id: request_id(&request),
    };
    let kept = match (&gate, client) {
        (Some(gate), Some(client)) => kept(&request, gate, client, started),
        _ => None,
    };
    let answered = match kept {
        Some(response) => Ok(Ok(request.into_response(response))),
        None => {
            let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
            answered.map(|answered| answered.map(ServiceResponse::map_into_boxed_body))
        }
    };
    let mut failed = match answered {
        Ok(Ok(response)) => {
            let mut response = with_problem(response, &line);
            line.log(response.status());
            mark(response.response_mut(), line.id);
            return Ok(if head {
                without_body(response)
            } else {
                response
            });
        }
        Ok(Err(error)) => error.error_response(),
        Err(_) => {
            let detail = format!("a handler panicked, request {}", line.request_id());
            ApiError::Internal(detail).error_response()
        }
    };
    // The request went with what failed: the answer can only be given as an error.
    line.log(failed.status());
    let problem = problem_of(&mut failed, &line);
    Err(Failed {
        problem,
        id: line.id,
    }
    .into())
}

/// What the access log tells of a request.
struct Line {
    started: Instant,
    /// Its method, as it came.
    asked: Method,
    uri: Uri,
    client: Option<IpAddr>,
    id: HeaderValue,
}

impl Line {
    fn request_id(&self) -> &str {
        self.id.to_str().unwrap_or_default()
    }

    fn log(&self, status: StatusCode) {
        const TARGET: &str = "isnad::access";
        if !log::log_enabled!(target: TARGET, log::Level::Info) {
            return;
        }
        let (asked, id) = (self.asked.as_str(), self.request_id());
        let (status, taken) = (status.as_u16(), self.started.elapsed());
        let client = self.client.map(|client| client.to_string());
        // Where a secret does not belong, somebody puts one all the same.
        let path = redacted(self.uri.path());
        let query = redacted(self.uri.query().unwrap_or_default());
        log::info!(
            target: TARGET,
            method = asked,
            path = &*path,
            query = &*query,
            status = status,
            microseconds = u64::try_from(taken.as_micros()).unwrap_or(u64::MAX),
            client = client.as_deref().unwrap_or_default(),
            request_id = id;
            "{asked} {path}{}{query} {status} {:.1} ms {id}",
            if query.is_empty() { "" } else { "?" },
            taken.as_secs_f64() * 1000.0
        );
    }
}

/// A request that was answered by no handler: it failed around them, or in one.
#[derive(Debug)]
struct Failed {
    problem: Problem,
    id: HeaderValue,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.problem.detail)
    }
}

impl ResponseError for Failed {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = write_problem(HttpResponse::new(self.status_code()), &self.problem);
        mark(&mut response, self.id.clone());
        response
    }
}

/// What every response carries.
fn mark<B>(response: &mut HttpResponse<B>, id: HeaderValue) {
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    cors::open(headers);
}

/// The client's id for the request, where it is fit for a log; else a new one.
fn request_id(request: &ServiceRequest) -> HeaderValue {
    const LONGEST: usize = 64;
    let fit = |id: &str| {
        (1..=LONGEST).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
            // Some client sends a secret in the wrong header.
            && redacted(id) == id
    };
    match request.headers().get(&REQUEST_ID) {
        Some(given) if given.to_str().is_ok_and(fit) => given.clone(),
        // It is made of digits and letters.
        _ => HeaderValue::try_from(String::from(Id::new()))
            .unwrap_or(HeaderValue::from_static("unknown")),
    }
}

/// Every error is a problem document, also those of the framework.
fn with_problem(response: ServiceResponse, line: &Line) -> ServiceResponse {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let (request, mut response) = response.into_parts();
    let problem = problem_of(&mut response, line);
    ServiceResponse::new(request, write_problem(response, &problem))
}

/// The problem that a response stands for.
fn problem_of(response: &mut HttpResponse, line: &Line) -> Problem {
    let known = response.extensions_mut().remove::<Problem>();
    let mut problem = known.unwrap_or_else(|| of_framework(response.status()).problem());
    problem.instance = redacted(line.uri.path()).into_owned();
    problem.request_id = line.request_id().to_owned();
    problem
}

fn write_problem(response: HttpResponse, problem: &Problem) -> HttpResponse {
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let mut response = response.set_body(BoxBody::new(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What the framework refuses by itself.
fn of_framework(status: StatusCode) -> ApiError {
    let (code, detail) = match status {
        StatusCode::NOT_FOUND => (
            ProblemCode::NotFound,
            "there is nothing at this path; see /docs/",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            ProblemCode::MethodNotAllowed,
            "this path does not take this method; see /docs/",
        ),
        StatusCode::REQUEST_TIMEOUT => (
            ProblemCode::RequestTimeout,
            "the request took too long to arrive",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            ProblemCode::PayloadTooLarge,
            "the body is larger than the bound",
        ),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            ProblemCode::UnsupportedMediaType,
            "this path does not take a body of this type",
        ),
        StatusCode::INTERNAL_SERVER_ERROR => {
            return ApiError::Internal("the framework failed".to_owned());
        }
        _ => (
            ProblemCode::InvalidRequest,
            "the request cannot be understood",
        ),
    };
    ApiError::Refused {
        status,
        code,
        detail: detail.to_owned(),
    }
}

/// A body that has a length and no content, as HEAD is answered with.
struct NoContent(BodySize);

impl MessageBody for NoContent {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Poll::Ready(None)
    }
}

fn without_body(response: ServiceResponse) -> ServiceResponse {
    response.map_body(|_, body| BoxBody::new(NoContent(body.size())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::dev::Service;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service};
    use actix_web::{App, body};

    async fn breaks() -> HttpResponse {
        panic!("as a test wants it")
    }

    #[actix_web::test]
    async fn a_panic_is_answered_with_a_problem_and_the_next_request_is_served() {
        let app = App::new()
            .wrap(from_fn(envelope))
            .route("/breaks", web::get().to(breaks))
            .route("/works", web::get().to(HttpResponse::Ok));
        let service = init_service(app).await;
        let broken = TestRequest::get()
            .uri("/breaks")
            .insert_header(("x-request-id", "mine"))
            .to_request();
        let response = service.call(broken).await.unwrap_err().error_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap();
        assert_eq!(header("x-request-id"), "mine");
        assert_eq!(header("content-type"), MEDIA_TYPE);
        let text = body::to_bytes(response.into_body()).await.unwrap();
        let problem: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(
            (
                &problem["code"],
                &problem["instance"],
                &problem["request_id"]
            ),
            (&"internal".into(), &"/breaks".into(), &"mine".into())
        );
        assert!(!problem["detail"].to_string().contains("as a test wants it"));
        let works = TestRequest::get().uri("/works").to_request();
        assert_eq!(service.call(works).await.unwrap().status(), StatusCode::OK);
    }
}
