//! The pages for people: the landing page, Swagger UI and the document, all from the binary.
mod handlers;

pub use handlers::Documentation;

/// Their paths. They are pages, not part of the API: the document leaves them out.
pub const PATHS: [&str; 4] = ["/", "/openapi.json", "/docs", "/docs/{file:.*}"];

pub fn routes(config: &mut actix_web::web::ServiceConfig) {
    config
        .service(handlers::get_landing_page)
        .service(handlers::get_document)
        .service(handlers::redirect_to_docs)
        .service(handlers::get_docs);
}
