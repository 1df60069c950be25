//! The OpenAPI document: collected from the routes, then given what no annotation can say once for all.
use actix_web::App;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Object, RefOr, Response, schema::Type};
use utoipa_actix_web::AppExt;

use super::routes;
use crate::http::answer::PARTIAL;
use crate::http::problem::Problem;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "isnad",
        description = "News is reported speech: an outlet says that someone said something. isnad keeps that as data: articles as plain-text blocks, their attributed statements with the chain through which the words came, and where they stand in the text.\n\nAnswers are JSON. Lists are read page by page with cursors; `fields` narrows any answer; every answer has an ETag. Errors are `application/problem+json` (RFC 9457). Within v1 members are only added: ignore those you do not know.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "articles", description = "What outlets publish"),
        (name = "statements", description = "What somebody said, and through whom the words came"),
        (name = "speakers", description = "Whose words are reported"),
        (name = "outlets", description = "Who publishes, and who is credited"),
        (name = "tags", description = "What articles are about"),
        (name = "meta", description = "The service itself"),
    ),
    components(schemas(Problem)),
)]
struct Head;

/// Real answers, as the samples give them; a test compares.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "list_articles",
        include_str!("../../openapi/examples/list_articles.json"),
    ),
    (
        "get_article",
        include_str!("../../openapi/examples/get_article.json"),
    ),
    (
        "list_statements",
        include_str!("../../openapi/examples/list_statements.json"),
    ),
    (
        "list_article_statements",
        include_str!("../../openapi/examples/list_article_statements.json"),
    ),
    (
        "get_statement",
        include_str!("../../openapi/examples/get_statement.json"),
    ),
    (
        "list_speakers",
        include_str!("../../openapi/examples/list_speakers.json"),
    ),
    (
        "get_speaker",
        include_str!("../../openapi/examples/get_speaker.json"),
    ),
    (
        "list_outlets",
        include_str!("../../openapi/examples/list_outlets.json"),
    ),
    (
        "get_outlet",
        include_str!("../../openapi/examples/get_outlet.json"),
    ),
    (
        "list_tags",
        include_str!("../../openapi/examples/list_tags.json"),
    ),
    (
        "get_tag",
        include_str!("../../openapi/examples/get_tag.json"),
    ),
    (
        "get_meta",
        include_str!("../../openapi/examples/get_meta.json"),
    ),
    (
        "get_liveness",
        include_str!("../../openapi/examples/get_health.json"),
    ),
    (
        "get_readiness",
        include_str!("../../openapi/examples/get_health.json"),
    ),
];

/// The document committed as `openapi/openapi.json`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(Head::openapi())
        .configure(routes)
        .split_for_parts();
    for item in document.paths.paths.values_mut() {
        if let Some(operation) = &mut item.get {
            describe(operation);
        }
    }
    document
}

/// Adds examples and headers to an operation.
fn describe(operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let example = EXAMPLES
        .iter()
        .find(|(of, _)| *of == id)
        .and_then(|(_, text)| serde_json::from_str::<Value>(text).ok());
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else {
            continue;
        };
        add_header(
            response,
            "X-Request-Id",
            "The request's id: the client's own, or a new one.",
        );
        match status.as_str() {
            "200" => {
                if let Some(example) = &example {
                    add_example(response, example);
                }
                let links = id.starts_with("list_");
                if links {
                    add_header(
                        response,
                        "Link",
                        "The `first`, `prev` and `next` page (RFC 8288), relative.",
                    );
                }
                if links || response.content.contains_key(PARTIAL) || id == "get_meta" {
                    add_header(response, "ETag", "Send it back as `If-None-Match`.");
                    add_header(response, "Cache-Control", "How long it may be kept.");
                }
            }
            "304" => add_header(response, "ETag", "Of what the client has."),
            "308" => add_header(response, "Location", "Where it is."),
            "503" => add_header(
                response,
                "Retry-After",
                "After how many seconds to try again.",
            ),
            _ => {}
        }
    }
}

fn add_header(response: &mut Response, name: &str, about: &str) {
    let text = Object::with_type(Type::String);
    let header = HeaderBuilder::new()
        .schema(Some(text))
        .description(Some(about))
        .build();
    response.headers.insert(name.to_owned(), header.into());
}

fn add_example(response: &mut Response, example: &Value) {
    for (media_type, content) in &mut response.content {
        let RefOr::T(content) = content else { continue };
        content.example = Some(if media_type == PARTIAL {
            narrowed(example)
        } else {
            example.clone()
        });
    }
}

/// The example as `fields=id,slug` would have it (statements: `id,quote`).
fn narrowed(example: &Value) -> Value {
    let cut = |item: &Value| {
        let members = item.as_object().into_iter().flatten();
        let kept = members.filter(|(name, _)| ["id", "slug", "quote"].contains(&name.as_str()));
        Value::Object(
            kept.map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        )
    };
    match example.get("data").and_then(Value::as_array) {
        Some(items) => serde_json::json!({
            "data": items.iter().map(cut).collect::<Vec<_>>(),
            "page": example.get("page"),
        }),
        None => cut(example),
    }
}
