//! Tags: what articles are about.
mod handlers;
mod parameters;
mod queries;
pub mod types;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_tags)
        .service(handlers::get_tag);
}
