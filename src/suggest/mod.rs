//! Suggestions: what somebody may mean who has begun to type.
mod handlers;
mod parameters;
mod queries;
pub mod types;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(handlers::get_suggestions);
}
