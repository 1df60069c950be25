//! Articles: what an outlet published, as blocks of plain text with the statements it reports.
pub mod changes;
pub mod draft;
pub mod handlers;
mod parameters;
pub mod queries;
pub mod types;
pub mod write_shape;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_articles)
        .service(handlers::get_article)
        .service(changes::create_article)
        .service(changes::put_article)
        .service(changes::patch_article)
        .service(changes::delete_article);
}
