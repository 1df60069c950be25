//! Former states of articles: who made of an article what, and when.
mod changes;
mod handlers;
mod queries;
pub mod types;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_revisions)
        .service(handlers::get_revision)
        .service(changes::restore_article);
}
