//! A speaker's timeline: how much was said when, and which outlets carried it.
mod handlers;
mod parameters;
mod queries;
pub mod types;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(handlers::get_speaker_timeline);
}
