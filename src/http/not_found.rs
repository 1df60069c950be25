//! Paths that lead nowhere, and methods that a path does not take.
use actix_web::dev::ResourceDef;
use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};

use super::problem::{ApiError, ProblemCode};

/// The paths that exist, as the document has them, and the other ones.
pub struct KnownPaths(Vec<ResourceDef>);

impl KnownPaths {
    pub fn new(paths: impl IntoIterator<Item = String>) -> Self {
        Self(paths.into_iter().map(ResourceDef::new).collect())
    }
}

/// What is answered where no route is: 405 when the path takes another method, else 404.
pub async fn nothing_here(request: HttpRequest, known: web::Data<KnownPaths>) -> HttpResponse {
    let exists = known.0.iter().any(|path| path.is_match(request.path()));
    let allowed = header::HeaderValue::from_static("GET, HEAD, OPTIONS");
    if exists && request.method() == Method::OPTIONS {
        return HttpResponse::NoContent()
            .insert_header((header::ALLOW, allowed))
            .finish();
    }
    if exists && ![Method::GET, Method::HEAD].contains(request.method()) {
        let mut response = ApiError::Refused {
            status: StatusCode::METHOD_NOT_ALLOWED,
            code: ProblemCode::MethodNotAllowed,
            detail: format!(
                "this path does not take {}; it takes GET and HEAD",
                request.method()
            ),
        }
        .error_response();
        response.headers_mut().insert(header::ALLOW, allowed);
        return response;
    }
    ApiError::Refused {
        status: StatusCode::NOT_FOUND,
        code: ProblemCode::NotFound,
        detail: "there is nothing at this path; see /docs/".to_owned(),
    }
    .error_response()
}
