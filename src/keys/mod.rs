//! API keys: who may read and write, and how far.
mod changes;
mod handlers;
pub mod queries;
pub mod types;
pub mod write_shape;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_keys)
        .service(handlers::get_key)
        .service(changes::create_key)
        .service(changes::revoke_key);
}
