//! The document's examples: real answers, as the samples give them; a test compares.
use serde_json::Value;
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::{RefOr, Response};

use crate::http::work::PARTIAL;

/// Names the files of `openapi/examples/` that the operations of that name answer with.
macro_rules! examples {
    ($($operation:ident = $file:ident),+ $(,)?) => {
        &[$((
            stringify!($operation),
            include_str!(concat!("../../../openapi/examples/", stringify!($file), ".json")),
        )),+]
    };
}

const EXAMPLES: &[(&str, &str)] = examples!(
    list_articles = list_articles,
    get_article = get_article,
    put_article = put_article,
    create_article = create_article,
    patch_article = patch_article,
    create_statement = create_statement,
    patch_statement = patch_statement,
    accept_statement = accept_statement,
    reject_statement = reject_statement,
    accept_article_statements = accept_article_statements,
    create_preview = create_preview,
    extract_statements = extract_statements,
    list_revisions = list_revisions,
    get_revision = get_revision,
    restore_article = restore_article,
    create_speaker = create_speaker,
    put_speaker = put_speaker,
    patch_speaker = patch_speaker,
    merge_speaker = merge_speaker,
    create_outlet = create_outlet,
    put_outlet = put_outlet,
    patch_outlet = patch_outlet,
    merge_outlet = merge_outlet,
    create_tag = create_tag,
    put_tag = put_tag,
    patch_tag = patch_tag,
    merge_tag = merge_tag,
    list_article_statements = list_article_statements,
    list_related_articles = list_related_articles,
    list_statements = list_statements,
    get_statement = get_statement,
    list_speakers = list_speakers,
    get_speaker = get_speaker,
    get_speaker_timeline = get_speaker_timeline,
    list_outlets = list_outlets,
    get_outlet = get_outlet,
    list_tags = list_tags,
    get_tag = get_tag,
    get_suggestions = get_suggestions,
    list_keys = list_keys,
    get_key = get_key,
    create_key = create_key,
    get_meta = get_meta,
    get_liveness = get_health,
    get_readiness = get_health,
);

/// What operations take, by the same rule.
const TAKEN: &[(&str, &str)] = examples!(
    put_article = put_article_request,
    create_key = create_key_request,
    create_article = create_article_request,
    patch_article = patch_article_request,
    create_preview = create_preview_request,
    extract_statements = extract_statements_request,
    create_statement = create_statement_request,
    patch_statement = patch_statement_request,
    accept_statement = accept_statement_request,
    reject_statement = reject_statement_request,
    create_speaker = create_speaker_request,
    put_speaker = put_speaker_request,
    patch_speaker = patch_speaker_request,
    merge_speaker = merge_speaker_request,
    create_outlet = create_outlet_request,
    put_outlet = put_outlet_request,
    patch_outlet = patch_outlet_request,
    merge_outlet = merge_outlet_request,
    create_tag = create_tag_request,
    put_tag = put_tag_request,
    patch_tag = patch_tag_request,
    merge_tag = merge_tag_request,
);

/// Shows in a body what the operation takes.
pub fn add_body_example(operation: &str, body: &mut RequestBody) {
    let example = of(TAKEN, operation);
    for content in body.content.values_mut() {
        if let RefOr::T(content) = content {
            content.example.clone_from(&example);
        }
    }
}

fn of(examples: &[(&str, &str)], operation: &str) -> Option<Value> {
    let (_, text) = examples.iter().find(|(of, _)| *of == operation)?;
    serde_json::from_str(text).ok()
}

/// Shows in an answer what the operation answers.
pub fn add_example(operation: &str, response: &mut Response) {
    let Some(example) = of(EXAMPLES, operation) else {
        return;
    };
    for (media_type, content) in &mut response.content {
        let RefOr::T(content) = content else { continue };
        content.example = Some(if media_type == PARTIAL {
            narrowed(&example)
        } else {
            example.clone()
        });
    }
}

/// The example with those members of its rows that `fields` might ask for.
fn narrowed(example: &Value) -> Value {
    const ASKED: [&str; 6] = ["id", "slug", "quote", "score", "from", "count"];
    let cut = |item: &Value| {
        let members = item.as_object().into_iter().flatten();
        let kept = members.filter(|(name, _)| ASKED.contains(&name.as_str()));
        Value::Object(
            kept.map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        )
    };
    match example.get("data").and_then(Value::as_array) {
        Some(items) => {
            let mut page = example.clone();
            if let Some(data) = page.get_mut("data") {
                *data = items.iter().map(cut).collect();
            }
            page
        }
        None => cut(example),
    }
}
