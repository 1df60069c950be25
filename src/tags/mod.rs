//! Tags: what articles are about.
mod changes;
mod handlers;
mod parameters;
mod queries;
pub mod types;
pub mod write_shape;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_tags)
        .service(handlers::get_tag)
        .service(changes::create_tag)
        .service(changes::put_tag)
        .service(changes::patch_tag)
        .service(changes::delete_tag)
        .service(changes::merge_tag);
}
