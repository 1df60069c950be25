//! The HTTP endpoints for people.
use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, web};
use utoipa_swagger_ui::Config;

use crate::http::ApiError;
use crate::http::coding::Coding;

/// The document, as bytes, and the settings of Swagger UI: made once.
pub struct Documentation {
    pub document: String,
    swagger: Arc<Config<'static>>,
}

impl Documentation {
    pub fn new(document: String) -> Self {
        let swagger = Config::new(["/openapi.json"])
            .try_it_out_enabled(true)
            .deep_linking(true)
            .display_request_duration(true)
            .validator_url("none");
        Self {
            document,
            swagger: Arc::new(swagger),
        }
    }
}

/// Nothing on these pages comes from another host, nor may.
const POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// What this is, and where to go on.
#[get("/")]
pub async fn get_landing_page() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(include_str!("landing.html"))
}

/// The OpenAPI document of everything the service answers.
#[get("/openapi.json")]
pub async fn get_document(
    request: HttpRequest,
    documentation: web::Data<Documentation>,
) -> HttpResponse {
    let coding = Coding::negotiate(request.headers());
    let coded = coding.encode(documentation.document.as_bytes());
    let mut response = HttpResponse::Ok();
    response
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::VARY, "Accept-Encoding"));
    match (coded, coding.token()) {
        (Some(coded), Some(token)) => response
            .insert_header((header::CONTENT_ENCODING, token))
            .body(coded),
        _ => response.body(documentation.document.clone()),
    }
}

/// Swagger UI is a folder.
#[get("/docs")]
pub async fn redirect_to_docs() -> HttpResponse {
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, "/docs/"))
        .finish()
}

/// The pages, styles and scripts of Swagger UI, from the binary.
#[get("/docs/{file:.*}")]
pub async fn get_docs(
    file: web::Path<String>,
    documentation: web::Data<Documentation>,
) -> Result<HttpResponse, ApiError> {
    let found = utoipa_swagger_ui::serve(&file, Arc::clone(&documentation.swagger))
        .map_err(|error| ApiError::Internal(format!("Swagger UI: {error}")))?
        .ok_or(ApiError::NotFound("file"))?;
    let mut response = HttpResponse::Ok();
    response
        .content_type(found.content_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"));
    if found.gzpipped {
        response.insert_header((header::CONTENT_ENCODING, "gzip"));
    }
    let mut body = found.bytes.into_owned();
    match file.as_str() {
        "index.css" => body.extend_from_slice(include_bytes!("docs.css")),
        "swagger-initializer.js" => {
            let plugins = format!("plugins: [\n{}", include_str!("docs.js"));
            body = String::from_utf8_lossy(&body)
                .replacen("plugins: [\n", &plugins, 1)
                .into_bytes();
        }
        _ => {}
    }
    Ok(response.body(body))
}
