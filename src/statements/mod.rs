//! Statements: what somebody said, through whom the words came, and where they stand in the article.
pub mod anchor;
mod changes;
pub mod draft;
mod handlers;
mod parameters;

pub mod queries;
pub mod types;
pub mod write_shape;

pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(handlers::list_statements)
        .service(handlers::list_article_statements)
        .service(handlers::get_statement)
        .service(changes::create_statement)
        .service(changes::patch_statement)
        .service(changes::delete_statement)
        .service(changes::review::accept_statement)
        .service(changes::review::reject_statement)
        .service(changes::review::accept_article_statements);
}
