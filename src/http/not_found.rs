//! Paths that lead nowhere, and methods that a path does not take.
use std::sync::LazyLock;

use actix_web::dev::ResourceDef;
use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use utoipa::openapi::OpenApi;

use super::parameters::listed;
use super::problem::{ApiError, ProblemCode};

/// The paths that exist, and the methods that each takes.
pub type Paths = Vec<(ResourceDef, Vec<Method>)>;

/// Those, put together when somebody asks for what is not there first.
pub struct KnownPaths(LazyLock<Paths>);

impl KnownPaths {
    pub fn new(paths: fn() -> Paths) -> Self {
        Self(LazyLock::new(paths))
    }

    /// Those of the document, and pages, which are only read.
    pub fn of(document: &OpenApi, pages: &[&str]) -> Paths {
        let operations = document.paths.paths.iter().map(|(path, item)| {
            let methods = [
                (&item.get, Method::GET),
                (&item.get, Method::HEAD),
                (&item.put, Method::PUT),
                (&item.post, Method::POST),
                (&item.patch, Method::PATCH),
                (&item.delete, Method::DELETE),
            ];
            let there = methods
                .into_iter()
                .filter(|(operation, _)| operation.is_some());
            let methods = there.map(|(_, method)| method).collect();
            (ResourceDef::new(path.as_str()), methods)
        });
        let pages = pages
            .iter()
            .map(|path| (ResourceDef::new(*path), vec![Method::GET, Method::HEAD]));
        operations.chain(pages).collect()
    }

    fn methods(&self, path: &str) -> Option<&[Method]> {
        let known = self.0.iter().find(|(known, _)| known.is_match(path));
        known.map(|(_, methods)| methods.as_slice())
    }
}

/// What is answered where no route is: 405 when the path takes another method, else 404.
pub async fn nothing_here(request: HttpRequest, known: web::Data<KnownPaths>) -> HttpResponse {
    let Some(methods) = known.methods(request.path()) else {
        return nowhere();
    };
    let names: Vec<String> = methods.iter().map(Method::to_string).collect();
    let allowed = format!("{}, OPTIONS", names.join(", "));
    if request.method() == Method::OPTIONS {
        return HttpResponse::NoContent()
            .insert_header((header::ALLOW, allowed))
            .finish();
    }
    if methods.contains(request.method()) {
        return nowhere();
    }
    let refusal = ApiError::Refused {
        status: StatusCode::METHOD_NOT_ALLOWED,
        code: ProblemCode::MethodNotAllowed,
        detail: format!(
            "this path does not take {}; it takes {}",
            request.method(),
            listed(&names)
        ),
    };
    let mut response = refusal.error_response();
    if let Ok(allowed) = allowed.parse() {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

fn nowhere() -> HttpResponse {
    ApiError::Refused {
        status: StatusCode::NOT_FOUND,
        code: ProblemCode::NotFound,
        detail: "there is nothing at this path; see /docs/".to_owned(),
    }
    .error_response()
}
