//! Pages of other origins (CORS): any may read, and some may write. None of it is by cookies, so that every answer is the
//! same for all origins and may be kept for all; only what a preflight is answered depends on who asks.
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError, web};

use super::problem::{ApiError, ProblemCode};
use crate::domain::origin::Origins;

const READING: [Method; 3] = [Method::GET, Method::HEAD, Method::OPTIONS];
const WRITING: [Method; 4] = [Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// What scripts of other origins may read of an answer, beside what they always may.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, X-Sequence",
);
/// For how many seconds a browser need not ask again.
const KEPT: &str = "3600";

/// What every answer carries, whoever asks: a shared cache serves the same to every origin.
pub fn open(headers: &mut HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
}

/// Answers preflights.
pub async fn cors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(wanted) = wanted_method(&request) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let response = preflight(&request, &wanted);
    Ok(request.into_response(response))
}

/// The method that a preflight asks for; None where it is none.
fn wanted_method(request: &ServiceRequest) -> Option<Method> {
    let wanted = request.headers().get(header::ACCESS_CONTROL_REQUEST_METHOD);
    let wanted = wanted.filter(|_| request.method() == Method::OPTIONS)?;
    Method::from_bytes(wanted.as_bytes()).ok()
}

fn preflight(request: &ServiceRequest, wanted: &Method) -> HttpResponse {
    let may_write = may_write(request);
    let methods: Vec<&Method> = match may_write {
        true => READING.iter().chain(&WRITING).collect(),
        false => READING.iter().collect(),
    };
    let mut response = if methods.contains(&wanted) {
        let names: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
        let mut response = HttpResponse::build(StatusCode::OK);
        response.insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, names.join(", ")));
        if let Some(wanted) = request
            .headers()
            .get(header::ACCESS_CONTROL_REQUEST_HEADERS)
        {
            // None of them means anything here that would have to be kept from somebody.
            response.insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone()));
        }
        response.insert_header((header::ACCESS_CONTROL_MAX_AGE, KEPT));
        response.finish()
    } else {
        refusal(wanted).error_response()
    };
    response.headers_mut().insert(
        header::VARY,
        HeaderValue::from_static(
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        ),
    );
    response
}

fn may_write(request: &ServiceRequest) -> bool {
    let origin = request.headers().get(header::ORIGIN);
    let origin = origin.and_then(|origin| origin.to_str().ok());
    let trusted = request.app_data::<web::Data<Origins>>();
    matches!((origin, trusted), (Some(origin), Some(trusted)) if trusted.contains(origin))
}

fn refusal(wanted: &Method) -> ApiError {
    ApiError::Refused {
        status: StatusCode::BAD_REQUEST,
        code: ProblemCode::InvalidRequest,
        detail: format!(
            "pages of this origin may read, and not send {wanted}; the server names those that may in `CORS_ORIGINS`"
        ),
    }
}
