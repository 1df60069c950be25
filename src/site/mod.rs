//! The pages for people: the landing page, Swagger UI and the document, all from the binary.
mod handlers;

pub use handlers::Documentation;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::get_landing_page)
        .service(handlers::get_document)
        .service(handlers::redirect_to_docs)
        .service(handlers::get_docs);
}
