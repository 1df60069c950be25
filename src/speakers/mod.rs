//! Speakers: whose words are reported.
mod changes;
mod handlers;
mod parameters;
mod queries;
pub mod types;
pub mod write_shape;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_speakers)
        .service(handlers::get_speaker)
        .service(changes::create_speaker)
        .service(changes::put_speaker)
        .service(changes::patch_speaker)
        .service(changes::delete_speaker)
        .service(changes::merge_speaker);
}
