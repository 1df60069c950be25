//! What this service is and how it does.
mod handlers;
mod queries;
pub mod types;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(handlers::get_meta);
}

pub fn health(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::get_liveness)
        .service(handlers::get_readiness);
}
