//! From the plain text of an article to the article in the write shape, with proposed statements; and how that is shown.
pub mod article;
mod chains;
#[cfg(test)]
mod fixtures;
mod handlers;
pub mod manuscript;
pub mod page;
mod parties;
pub mod queries;
pub mod table;
pub mod types;
pub mod write_shape;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config.service(handlers::extract_statements);
}
