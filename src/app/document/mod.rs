//! The OpenAPI document: collected from the routes, then given what no annotation can say once for all.
mod examples;
mod fields;
mod links;
mod names;

use actix_web::App;
use utoipa::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, PathItem, Paths};
use utoipa::openapi::schema::{AdditionalProperties, Schema, Type};
use utoipa::openapi::security::{
    Http, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Object, ObjectBuilder, RefOr, Required, Response};
use utoipa_actix_web::AppExt;

use examples::{add_body_example, add_example};
use fields::list_fields;
use links::add_links;
use names::{name_titled, name_values};

use super::routes;
use crate::http::problem::Problem;
use crate::http::responses::documented;

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
        (name = "revisions", description = "What articles were, and who made them so"),
        (name = "previews", description = "One article as the public will see it, for who has no key"),
        (name = "statements", description = "What somebody said, and through whom the words came"),
        (name = "speakers", description = "Whose words are reported"),
        (name = "outlets", description = "Who publishes, and who is credited"),
        (name = "tags", description = "What articles are about"),
        (name = "search", description = "What somebody may mean who has begun to type"),
        (name = "extraction", description = "From plain text to statements that somebody may accept"),
        (name = "import", description = "Many things at once"),
        (name = "keys", description = "Who may read and write, and how far"),
        (name = "meta", description = "The service itself"),
    ),
    components(schemas(Problem)),
)]
struct Head;

/// The document committed as `openapi/openapi.json`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(Head::openapi())
        .configure(routes)
        .split_for_parts();
    // Reading takes no key, or any.
    document.security = Some(vec![
        SecurityRequirement::default(),
        SecurityRequirement::new(KEY, [""; 0]),
    ]);
    if let Some(components) = &mut document.components {
        components.add_security_scheme(KEY, SecurityScheme::Http(key_scheme()));
    }
    for (path, item) in &mut document.paths.paths {
        if path.starts_with("/v1") {
            operations_of(item).for_each(limit);
        }
    }
    for operation in operations(&mut document.paths) {
        describe(operation);
        if let Some(components) = &document.components {
            list_fields(operation, components);
        }
    }
    name_titled(&mut document);
    if let Some(components) = &mut document.components {
        for (name, schema) in &mut components.schemas {
            open(name, schema);
        }
    }
    document
}

/// What the document calls the way to bring a key.
pub const KEY: &str = "key";

fn key_scheme() -> Http {
    HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "A key, as `isnad key create` makes it: `isnad_…`. Reading takes none; with one, answers are `private, no-store`.",
        ))
        .build()
}

/// Every operation, whatever its method.
fn operations(paths: &mut Paths) -> impl Iterator<Item = &mut Operation> {
    paths.paths.values_mut().flat_map(operations_of)
}

fn operations_of(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem {
        get,
        put,
        post,
        patch,
        delete,
        ..
    } = path;
    [get, put, post, patch, delete].into_iter().flatten()
}

/// Everything that the gate stands before may be asked too often.
fn limit(operation: &mut Operation) {
    let too_many = documented(&[(
        429,
        "More requests than the limit allows, where there is one, or too many wrong keys from one address: `rate_limited`, `too_many_wrong_keys`",
    )]);
    operation.responses.responses.extend(too_many);
}

/// What is served may get more than a client knows: members, though the same structs refuse unknown ones when they are
/// sent, and codes of problems.
fn open(name: &str, schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(object)) = schema else {
        return;
    };
    if matches!(
        object.additional_properties.as_deref(),
        Some(AdditionalProperties::FreeForm(false))
    ) {
        object.additional_properties = None;
    }
    name_values(object);
    if name == PROBLEM_CODE {
        // As Zalando's RESTful API Guidelines (rule 112) have an enum that may grow: generators make a text of it.
        let known = object.enum_values.take();
        object.extensions = Some(Extensions::from_iter([("x-extensible-enum", known)]));
    }
}

const PROBLEM_CODE: &str = "ProblemCode";

/// Adds to an operation what all of its kind have: examples, links and headers.
fn describe(operation: &mut Operation) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let has_tag = operation.responses.responses.contains_key("304");
    let changes = !id.starts_with("get_") && !id.starts_with("list_");
    let writes = changes && !is_about(operation, &["previews", "keys", "import", "extraction"]);
    let conditional = operation.responses.responses.contains_key("428");
    if has_tag {
        take_header(
            operation,
            "If-None-Match",
            "The `ETag` of what the client has: the answer is 304, without a body, while that is current.",
            None,
            Required::False,
        );
    }
    if conditional {
        take_header(
            operation,
            "If-Match",
            "Any `ETag` of what is to be changed, or its revision in quotes, such as `\"3\"`: only the revision is compared.",
            Some(ENTITY_TAGS),
            // What PUT makes has no revision yet.
            if id.starts_with("put_") {
                Required::False
            } else {
                Required::True
            },
        );
    }
    if is_done_once(operation) {
        take_header(
            operation,
            "Idempotency-Key",
            "Makes of requests that are sent again one: within 24 hours the first one's answer is given. A UUID will do.",
            Some(VISIBLE),
            Required::False,
        );
    }
    if changes || is_about(operation, &["keys", "revisions"]) {
        operation.security = Some(vec![SecurityRequirement::new(KEY, [""; 0])]);
    }
    let has_pages =
        operation.parameters.iter().flatten().any(
            |parameter| matches!(parameter, RefOr::T(parameter) if parameter.name == "cursor"),
        );
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        add_body_example(&id, body);
        // utoipa takes every body for one that has to be there.
        if ["create_preview", "accept_statement", "reject_statement"].contains(&id.as_str()) {
            body.required = Some(Required::False);
        }
    }
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
            "204" if writes => add_header(response, "X-Sequence", OF_THE_WRITE),
            "200" | "201" => {
                add_example(&id, response);
                add_links(&id, response);
                if has_pages {
                    add_header(
                        response,
                        "Link",
                        "The `first`, `prev` and `next` page (RFC 8288), relative.",
                    );
                }
                if has_tag {
                    add_header(response, "ETag", "Send it back as `If-None-Match`.");
                    add_header(response, "Cache-Control", "How long it may be kept.");
                }
                if writes {
                    add_header(response, "ETag", "Send it back as `If-Match`.");
                    add_header(response, "X-Sequence", OF_THE_WRITE);
                }
                if status == "201" {
                    add_header(response, "Location", "Where it is.");
                }
            }
            "304" => add_header(response, "ETag", "Of what the client has."),
            "308" => add_header(response, "Location", "Where it is."),
            "401" | "403" => add_header(
                response,
                "WWW-Authenticate",
                "How to bring a key, and what is wrong with this one (RFC 6750).",
            ),
            "428" => add_header(response, "ETag", "The present revision, in quotes."),
            "429" | "503" => add_header(
                response,
                "Retry-After",
                "After how many seconds to try again.",
            ),
            _ => {}
        }
    }
}

/// Whether an operation is about any of some tags' things. What is no content has no revision and advances no
/// sequence, and an import tells of both line by line.
fn is_about(operation: &Operation, tags: &[&str]) -> bool {
    let mut of = operation.tags.iter().flatten();
    of.any(|tag| tags.contains(&tag.as_str()))
}

/// Whether an operation takes an `Idempotency-Key`: then it says what may become of one.
fn is_done_once(operation: &Operation) -> bool {
    let clash = operation.responses.responses.get("409");
    matches!(clash, Some(RefOr::T(clash)) if clash.description.contains("`idempotency_conflict`"))
}

const OF_THE_WRITE: &str = "The number of the store's last write, which this one is or came after.";

/// Visible characters, quoted or not.
const VISIBLE: &str = r#"^([!#-\[\]-~]{1,255}|"[!#-\[\]-~]{1,255}")$"#;

/// Entity tags, or any (RFC 9110, section 13.1.1).
const ENTITY_TAGS: &str = r#"^(\*|(W/)?"[!#-+.-~-]*"(, (W/)?"[!#-+.-~-]*")*)$"#;

/// Says that an operation takes a header.
fn take_header(
    operation: &mut Operation,
    name: &str,
    about: &str,
    pattern: Option<&str>,
    required: Required,
) {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(pattern);
    let header = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(about))
        .schema(Some(text.build()))
        .build();
    operation
        .parameters
        .get_or_insert_default()
        .push(header.into());
}

/// Says that every response of this kind has a header.
fn add_header(response: &mut Response, name: &str, about: &str) {
    let mut header = HeaderBuilder::new()
        .schema(Some(Object::with_type(Type::String)))
        .description(Some(about))
        .build();
    // utoipa has no member for it.
    header.extensions = Some(Extensions::from_iter([("required", true)]));
    response.headers.insert(name.to_owned(), header.into());
}
