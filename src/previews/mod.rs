//! Previews: tokens by which who has no key reads one article as the public will see it.
mod changes;
pub mod parameters;
pub mod queries;
pub mod types;
pub mod write_shape;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(changes::create_preview)
        .service(changes::delete_preview);
}
