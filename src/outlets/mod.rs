//! Outlets: who publishes, and who is credited.
mod changes;
mod handlers;
mod parameters;
mod queries;
pub mod types;
pub mod write_shape;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_outlets)
        .service(handlers::get_outlet)
        .service(changes::create_outlet)
        .service(changes::put_outlet)
        .service(changes::patch_outlet)
        .service(changes::delete_outlet)
        .service(changes::merge_outlet);
}
