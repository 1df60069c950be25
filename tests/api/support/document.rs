//! Holds responses against the OpenAPI document: path, method, status, media type, and the body against its schema.
use std::collections::HashMap;
use std::sync::LazyLock;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::response::Response;

const NDJSON: &str = "application/x-ndjson";
const PROBLEM: &str = "application/problem+json";

struct Document {
    operations: Vec<Operation>,
    problem: Validator,
}

struct Operation {
    method: String,
    /// Segments; None for a parameter.
    path: Vec<Option<String>>,
    /// By status, by media type; None where the document gives no schema.
    responses: HashMap<String, HashMap<String, Option<Validator>>>,
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let document = serde_json::to_value(isnad::app::openapi()).unwrap();
    let mut components = document["components"].clone();
    close(&mut components);
    let problem = json!({"$ref": "#/components/schemas/Problem"});
    Document {
        problem: validator(&problem, &components),
        operations: operations(&document, &components),
    }
});

fn operations(document: &Value, components: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Some(responses) = operation["responses"].as_object() else {
                continue;
            };
            let validators = |response: &Value| {
                let contents = response["content"].as_object().cloned();
                let contents = contents.unwrap_or_default().into_iter();
                contents
                    .map(|(media_type, content)| {
                        let schema = content.get("schema");
                        let is_json = media_type.ends_with("json");
                        let schema = schema.filter(|_| is_json);
                        (media_type, schema.map(|s| validator(s, components)))
                    })
                    .collect()
            };
            operations.push(Operation {
                method: method.to_uppercase(),
                path: segments(path),
                responses: responses
                    .iter()
                    .map(|(status, response)| (status.clone(), validators(response)))
                    .collect(),
            });
        }
    }
    operations
}

fn segments(path: &str) -> Vec<Option<String>> {
    let segment = |part: &str| (!part.starts_with('{')).then(|| part.to_owned());
    path.split('/').map(segment).collect()
}

/// Every object has the members that the document names, and no others.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            let named = members.get("properties").is_some_and(Value::is_object);
            if named && !members.contains_key("additionalProperties") {
                members.insert("additionalProperties".to_owned(), false.into());
            }
            if let Some(known) = members.remove("x-extensible-enum") {
                members.insert("enum".to_owned(), known);
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// The schema beside the components, so that its references lead where they do in the document.
fn validator(schema: &Value, components: &Value) -> Validator {
    let root = json!({ "allOf": [schema], "components": components });
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&root)
        .unwrap()
}

impl Operation {
    fn takes(&self, method: &str, path: &[&str]) -> bool {
        let same = |(wanted, given): (&Option<String>, &&str)| {
            wanted.as_ref().is_none_or(|wanted| wanted == given)
        };
        self.method == method
            && self.path.len() == path.len()
            && self.path.iter().zip(path).all(same)
    }
}

/// What of a response is not as the document says.
pub fn faults(method: &str, path: &str, response: &Response) -> Vec<String> {
    let mut faults = common_faults(response);
    let bodiless = method == "HEAD";
    let method = if bodiless { "GET" } else { method };
    let path: Vec<&str> = path.split('/').collect();
    let operation = DOCUMENT
        .operations
        .iter()
        .find(|operation| operation.takes(method, &path));
    let status = response.status.to_string();
    let media_type = response.media_type();
    let validator = match operation {
        // What the document does not know is refused; only CORS and the pages for people are answered beside it.
        None if response.status >= 400 => {
            if media_type != PROBLEM {
                faults.push(format!("`{media_type}` is no problem"));
            }
            Some(&DOCUMENT.problem)
        }
        None if method == "OPTIONS" => None,
        None if is_page(&path) => None,
        None => return vec!["the document has no such operation".to_owned()],
        Some(operation) => {
            let Some(contents) = operation.responses.get(&status) else {
                faults.push(format!("the document has no status {status} here"));
                return faults;
            };
            match contents.get(&media_type) {
                Some(validator) => validator.as_ref(),
                None if contents.is_empty() && response.length == Some(0) => None,
                None => {
                    let known: Vec<&String> = contents.keys().collect();
                    faults.push(format!("the media type is `{media_type}`, not {known:?}"));
                    return faults;
                }
            }
        }
    };
    if let Some(validator) = validator
        && !bodiless
    {
        let body = body(&media_type, &response.decoded());
        for error in validator.iter_errors(&body) {
            faults.push(format!("at `{}`: {error}", error.instance_path()));
        }
        faults.extend(problem_faults(response, &body));
    }
    faults
}

/// A body as its schema sees it: of lines, all of them.
fn body(media_type: &str, bytes: &[u8]) -> Value {
    if media_type != NDJSON {
        return serde_json::from_slice(bytes).unwrap_or(Value::Null);
    }
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let line = |line| serde_json::from_slice(line).unwrap_or(Value::Null);
    lines.map(line).collect()
}

/// The document tells of the API: not of the pages for people, nor of itself.
fn is_page(path: &[&str]) -> bool {
    matches!(path, ["", "" | "docs" | "openapi.json"] | ["", "docs", _])
}

/// What every response has.
fn common_faults(response: &Response) -> Vec<String> {
    let mut faults = Vec::new();
    let mut holds = |name: &str, wanted: &str| {
        let found = response.header(name);
        if found != wanted {
            faults.push(format!("{name} is `{found}`, not `{wanted}`"));
        }
    };
    if response.status >= 400 {
        holds("content-type", PROBLEM);
        holds("cache-control", "no-store");
    }
    // A preflight is answered before anything else is.
    if !response.headers.contains_key("access-control-max-age") {
        holds("x-content-type-options", "nosniff");
        holds("access-control-allow-origin", "*");
        if response.header("x-request-id").is_empty() {
            faults.push("there is no request id".to_owned());
        }
    }
    faults
}

/// What a problem repeats of its response.
fn problem_faults(response: &Response, body: &Value) -> Vec<String> {
    if response.status < 400 {
        return Vec::new();
    }
    let empty = Map::new();
    let problem = body.as_object().unwrap_or(&empty);
    let code = problem.get("code").and_then(Value::as_str);
    let wanted = [
        ("status", json!(response.status)),
        ("request_id", json!(response.header("x-request-id"))),
        (
            "type",
            json!(format!("urn:isnad:problem:{}", code.unwrap_or_default())),
        ),
    ];
    let differs = |(name, value): &(&str, Value)| problem.get(*name) != Some(value);
    wanted
        .iter()
        .filter(|wanted| differs(wanted))
        .map(|(name, value)| format!("the problem's `{name}` is not {value}"))
        .collect()
}
