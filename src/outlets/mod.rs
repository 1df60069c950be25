//! Outlets: who publishes, and who is credited.
mod handlers;
mod parameters;
mod queries;
pub mod types;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_outlets)
        .service(handlers::get_outlet);
}
