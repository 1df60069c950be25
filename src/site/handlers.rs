//! The HTTP endpoints for people.
use std::io::Read;
use std::sync::{Arc, LazyLock, OnceLock};

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use flate2::read::GzDecoder;
use utoipa_swagger_ui::Config;

use crate::http::ApiError;
use crate::http::coding::Coding;

/// The document and the settings of Swagger UI. The document is made when somebody asks for it first, and each coding of it once.
pub struct Documentation {
    document: LazyLock<Bytes>,
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
    swagger: Arc<Config<'static>>,
}

impl Documentation {
    pub fn new(document: fn() -> Bytes) -> Self {
        let swagger = Config::new(["/openapi.json"])
            .try_it_out_enabled(true)
            .deep_linking(true)
            .display_request_duration(true)
            .validator_url("none");
        Self {
            document: LazyLock::new(document),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            swagger: Arc::new(swagger),
        }
    }

    /// The document in a coding; None where that is the identity.
    fn coded(&self, coding: Coding) -> Option<Bytes> {
        let coded = match coding {
            Coding::Identity => return None,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        };
        let code = || coding.encode(&self.document).map(Bytes::from);
        coded.get_or_init(code).clone()
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
    let coded = documentation.coded(coding);
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

/// The sheet of Swagger UI that ours is added to.
const STYLES: &str = "index.css";

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
    request: HttpRequest,
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
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::VARY, "Accept-Encoding"));
    let mut body = found.bytes.into_owned();
    if found.gzpipped {
        let liked = Coding::negotiate(request.headers());
        if liked == Coding::Gzip && file.as_str() != STYLES {
            response.insert_header((header::CONTENT_ENCODING, "gzip"));
        } else {
            body = unzipped(&body)?;
        }
    }
    match file.as_str() {
        STYLES => body.extend_from_slice(include_bytes!("docs.css")),
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

/// A file of Swagger UI as it was before it was put into the binary.
fn unzipped(file: &[u8]) -> Result<Vec<u8>, ApiError> {
    let mut plain = Vec::new();
    GzDecoder::new(file)
        .read_to_end(&mut plain)
        .map_err(|error| ApiError::Internal(format!("Swagger UI: {error}")))?;
    Ok(plain)
}
