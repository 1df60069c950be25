//! Importing over HTTP: lines stream in, and what became of each streams out.
pub mod changes;
mod parameters;
mod types;

pub use changes::slots::Imports;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(changes::import_lines);
}
