//! Related articles: which others share an article's speakers and tags.
mod handlers;
mod parameters;
mod queries;
pub mod types;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(handlers::list_related_articles);
}
