//! Speakers: whose words are reported.
mod handlers;
mod parameters;
mod queries;
pub mod types;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_speakers)
        .service(handlers::get_speaker);
}
