//! Checks the OpenAPI document: that the committed one is current, that it says all a reader and a
//! client generator need, and that its examples are what its schemas promise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jsonschema::Draft;
use serde_json::{Map, Value, json};

/// A check says what is wrong and where; nothing is good news.
type Check = fn(&Value) -> Vec<String>;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| match serde_json::to_value(isnad::app::openapi()) {
        Ok(document) => document,
        Err(error) => panic!("the document is no JSON: {error}"),
    });

#[track_caller]
fn holds(check: Check) {
    let faults = check(&DOCUMENT);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_committed_document_is_the_generated_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let generated = match serde_json::to_string_pretty(&isnad::app::openapi()) {
        Ok(text) => text + "\n",
        Err(error) => panic!("the document is no JSON: {error}"),
    };
    if committed != generated {
        let same = committed
            .lines()
            .zip(generated.lines())
            .take_while(|(one, other)| one == other);
        panic!(
            "openapi/openapi.json differs from line {} on; \
             to bring it up to date: cargo run -- openapi > openapi/openapi.json",
            same.count() + 1
        );
    }
}

#[test]
fn the_version_is_3_1() {
    holds(version);
}

fn version(document: &Value) -> Vec<String> {
    let version = text(document, "openapi");
    if version.starts_with("3.1.") {
        vec![]
    } else {
        vec![format!("openapi: `{version}`")]
    }
}

#[test]
fn every_operation_is_described_and_has_one_tag() {
    holds(operations_described);
}

fn operations_described(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    if operations(document).is_empty() {
        faults.push("no operations".to_owned());
    }
    let mut tags = BTreeSet::new();
    for tag in list(document, "tags") {
        tags.insert(text(tag, "name"));
        if text(tag, "description").is_empty() {
            faults.push(format!(
                "the tag `{}` has no description",
                text(tag, "name")
            ));
        }
    }
    for (at, operation) in operations(document) {
        for field in ["summary", "description"] {
            if text(operation, field).trim().is_empty() {
                faults.push(format!("{at}: no {field}"));
            }
        }
        match list(operation, "tags") {
            [tag] if tag.as_str().is_some_and(|tag| tags.contains(tag)) => {}
            other => faults.push(format!("{at}: not one declared tag but {}", json!(other))),
        }
    }
    faults
}

#[test]
fn operation_ids_are_unique_and_in_snake_case() {
    holds(operation_ids);
}

fn operation_ids(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeMap::new();
    for (at, operation) in operations(document) {
        let id = text(operation, "operationId");
        if !is_snake_case(id) {
            faults.push(format!("{at}: operationId `{id}` is not in snake_case"));
        }
        if let Some(other) = seen.insert(id, at.clone()) {
            faults.push(format!("{at}: operationId `{id}` is that of {other} too"));
        }
    }
    faults
}

#[test]
fn every_parameter_is_described_and_bounded() {
    holds(parameters_bounded);
}

fn parameters_bounded(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, parameter) in parameters(document) {
        if text(parameter, "description").trim().is_empty() {
            faults.push(format!("{at}: no description"));
        }
        match parameter.get("schema") {
            None => faults.push(format!("{at}: no schema")),
            // What a header holds is bounded by the server's bound for all headers together.
            Some(_) if parameter["in"] == "header" => {}
            Some(schema) if !is_bounded(document, schema) => {
                faults.push(format!("{at}: takes anything of its type: {schema}"));
            }
            Some(_) => {}
        }
    }
    faults
}

/// Texts by length, format, pattern or list; numbers from below and above; lists by their items.
fn is_bounded(document: &Value, schema: &Value) -> bool {
    let schema = resolved(document, schema);
    let has = |names: &[&str]| names.iter().any(|name| schema.get(name).is_some());
    if has(&["enum", "const"]) {
        return true;
    }
    let bounded = |part: &Value| is_bounded(document, part);
    let all_of = list(schema, "allOf");
    if !all_of.is_empty() {
        return all_of.iter().any(bounded);
    }
    let choices = list(schema, "oneOf").iter().chain(list(schema, "anyOf"));
    let text = !is_of(schema, "string") || has(&["maxLength", "format", "pattern"]);
    let number = !(is_of(schema, "integer") || is_of(schema, "number"))
        || has(&["minimum", "exclusiveMinimum"]) && has(&["maximum", "exclusiveMaximum"]);
    let items = !is_of(schema, "array") || schema.get("items").is_some_and(bounded);
    text && number && items && choices.into_iter().all(bounded)
}

#[test]
fn every_good_json_answer_has_an_example() {
    holds(answers_have_examples);
}

fn answers_have_examples(document: &Value) -> Vec<String> {
    responses(document)
        .into_iter()
        .filter(|(_, status, _)| status.starts_with('2'))
        .flat_map(|(at, _, response)| media_types(&at, response))
        .filter(|(_, kind, media)| is_json(kind) && examples_of(media).is_empty())
        .map(|(at, _, _)| format!("{at}: no example"))
        .collect()
}

#[test]
fn examples_speak_arabic() {
    holds(arabic_examples);
}

fn arabic_examples(document: &Value) -> Vec<String> {
    let arabic = |letter: char| ('\u{600}'..='\u{6ff}').contains(&letter);
    let speaks = examples(document)
        .iter()
        .any(|(_, _, example)| example.to_string().contains(arabic));
    if speaks {
        vec![]
    } else {
        vec!["no example has Arabic script".to_owned()]
    }
}

#[test]
fn every_error_is_a_problem_that_names_its_codes() {
    holds(errors_are_problems);
}

fn errors_are_problems(document: &Value) -> Vec<String> {
    let code = document
        .pointer("/components/schemas/Problem/properties/code")
        .unwrap_or(&Value::Null);
    let codes: Vec<&str> = list(resolved(document, code), "x-extensible-enum")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let mut faults = Vec::new();
    if codes.is_empty() {
        faults.push("Problem.code lists no codes".to_owned());
    }
    for (at, status, response) in responses(document) {
        if status.starts_with(['1', '2', '3']) {
            continue;
        }
        let media = media_types(&at, response);
        match media.as_slice() {
            [(_, kind, media)] if kind == "application/problem+json" => {
                let schema = media.get("schema").unwrap_or(&Value::Null);
                if text(schema, "$ref") != "#/components/schemas/Problem" {
                    faults.push(format!(
                        "{at}: its schema is no reference to Problem: {schema}"
                    ));
                }
            }
            _ => faults.push(format!(
                "{at}: its one content is not application/problem+json"
            )),
        }
        // Between backticks: every second piece.
        let named: Vec<&str> = text(response, "description")
            .split('`')
            .skip(1)
            .step_by(2)
            .collect();
        if named.is_empty() {
            faults.push(format!("{at}: its description names no code in backticks"));
        }
        for name in named.iter().filter(|name| !codes.contains(name)) {
            faults.push(format!("{at}: `{name}` is no Problem.code"));
        }
    }
    faults
}

#[test]
fn bodies_are_named_schemas() {
    holds(bodies_named);
}

fn bodies_named(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, kind, media) in bodies(document) {
        let Some(schema) = media.get("schema") else {
            faults.push(format!("{at}: no schema"));
            continue;
        };
        if is_json(&kind) && schema.get("$ref").is_none() {
            faults.push(format!("{at}: its schema is no reference: {schema}"));
        }
        nameless(schema, &at, false, &mut faults);
    }
    faults
}

#[test]
fn objects_within_schemas_are_named() {
    holds(objects_named);
}

fn objects_named(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, schema) in schemas(document) {
        nameless(schema, name, true, &mut faults);
    }
    faults
}

/// Objects written out where a reference should stand, so that generators would have to make up a
/// name. A component has its own, and parts it is composed of share it. Maps need none.
fn nameless(schema: &Value, at: &str, named: bool, faults: &mut Vec<String>) {
    let open = schema
        .get("additionalProperties")
        .is_some_and(|open| *open != json!(false));
    let properties = schema.get("properties").is_some();
    let object = properties || is_of(schema, "object") && !open;
    if !text(schema, "title").is_empty() {
        faults.push(format!("{at}: a title that is no name"));
    }
    if object && !named {
        faults.push(format!("{at}: an object without a name"));
    }
    for (step, part) in parts(schema) {
        let named = match step.split('/').next() {
            Some("allOf") => named,
            _ => false,
        };
        nameless(part, &format!("{at}/{step}"), named, faults);
    }
}

#[test]
fn every_reference_resolves() {
    holds(references_resolve);
}

fn references_resolve(document: &Value) -> Vec<String> {
    let mut references = BTreeSet::new();
    collect_references(document, &mut references);
    references
        .into_iter()
        .filter(|reference| target(document, reference).is_none())
        .map(|reference| format!("`{reference}` leads nowhere"))
        .collect()
}

#[test]
fn every_schema_is_used() {
    holds(schemas_used);
}

fn schemas_used(document: &Value) -> Vec<String> {
    let mut reached = BTreeSet::new();
    let mut waiting = BTreeSet::new();
    collect_references(document.get("paths").unwrap_or(&Value::Null), &mut waiting);
    while let Some(reference) = waiting.pop_first() {
        if reached.insert(reference)
            && let Some(found) = target(document, reference)
        {
            collect_references(found, &mut waiting);
        }
    }
    schemas(document)
        .map(|(name, _)| format!("#/components/schemas/{name}"))
        .filter(|reference| !reached.contains(reference.as_str()))
        .map(|reference| format!("no operation leads to {reference}"))
        .collect()
}

#[test]
fn every_schema_and_property_is_described() {
    holds(schemas_described);
}

fn schemas_described(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, schema) in schemas(document) {
        if text(schema, "description").trim().is_empty() {
            faults.push(format!("{name}: no description"));
        }
    }
    for (at, schema) in all_schemas(document) {
        for (name, property) in object(schema, "properties") {
            // The tag that tells a variant from the others has one value, which says it all.
            let tag = property.get("const").is_some() || list(property, "enum").len() == 1;
            let choices = list(property, "oneOf").iter().chain([property]);
            let reference = choices
                .into_iter()
                .any(|choice| choice.get("$ref").is_some());
            if !tag && !reference && text(property, "description").trim().is_empty() {
                faults.push(format!("{at}/properties/{name}: no description"));
            }
        }
    }
    faults
}

#[test]
fn every_schema_is_json_schema_2020_12() {
    holds(schemas_compile);
}

fn schemas_compile(document: &Value) -> Vec<String> {
    placed_schemas(document)
        .into_iter()
        .filter_map(|(at, schema)| {
            let error = validator(document, schema).err()?;
            Some(format!("{at}: {error}"))
        })
        .collect()
}

#[test]
fn every_example_is_what_its_schema_promises() {
    holds(examples_valid);
}

fn examples_valid(document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, schema, example) in examples(document) {
        match validator(document, schema) {
            Err(error) => faults.push(format!("{at}: {error}")),
            Ok(validator) => {
                for error in validator.iter_errors(example) {
                    faults.push(format!("{at}: at `{}`: {error}", error.instance_path()));
                }
            }
        }
    }
    faults
}

/// The schema stands beside the components, so that its references lead where they do in the document.
fn validator(document: &Value, schema: &Value) -> Result<jsonschema::Validator, String> {
    let root = json!({ "allOf": [schema], "components": document.get("components") });
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&root)
        .map_err(|error| error.to_string())
}

static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value
        .get(field)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn object<'a>(value: &'a Value, field: &str) -> &'a Map<String, Value> {
    value
        .get(field)
        .and_then(Value::as_object)
        .unwrap_or(&NOTHING)
}

fn is_of(schema: &Value, kind: &str) -> bool {
    text(schema, "type") == kind || list(schema, "type").iter().any(|one| one == kind)
}

fn is_json(media_type: &str) -> bool {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    kind == "application/json" || kind.ends_with("+json")
}

fn is_snake_case(id: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    };
    id.starts_with(|letter: char| letter.is_ascii_lowercase()) && id.split('_').all(word)
}

fn target<'a>(document: &'a Value, reference: &str) -> Option<&'a Value> {
    document.pointer(reference.strip_prefix('#')?)
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => target(document, reference).unwrap_or(&Value::Null),
        None => value,
    }
}

fn collect_references<'a>(value: &'a Value, references: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(reference) if name == "$ref" => {
                        references.insert(reference);
                    }
                    _ => collect_references(field, references),
                }
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_references(item, references)),
        _ => {}
    }
}

fn schemas(document: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object(
        document.get("components").unwrap_or(&Value::Null),
        "schemas",
    )
    .iter()
}

/// `GET /v1/articles` and what the document says of it.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    const METHODS: [&str; 8] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let mut operations = Vec::new();
    for (path, item) in object(document, "paths") {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                operations.push((format!("{} {path}", method.to_uppercase()), operation));
            }
        }
    }
    operations
}

/// Those of the operations and those that a path gives to all of its own.
fn parameters(document: &Value) -> Vec<(String, &Value)> {
    let shared = object(document, "paths")
        .iter()
        .map(|(path, item)| (path.clone(), item));
    let mut parameters = Vec::new();
    for (at, holder) in operations(document).into_iter().chain(shared) {
        for parameter in list(holder, "parameters") {
            let parameter = resolved(document, parameter);
            parameters.push((format!("{at} ?{}", text(parameter, "name")), parameter));
        }
    }
    parameters
}

fn responses(document: &Value) -> Vec<(String, &str, &Value)> {
    let mut responses = Vec::new();
    for (at, operation) in operations(document) {
        for (status, response) in object(operation, "responses") {
            let response = resolved(document, response);
            responses.push((format!("{at} {status}"), status.as_str(), response));
        }
    }
    responses
}

fn media_types<'a>(at: &str, holder: &'a Value) -> Vec<(String, String, &'a Value)> {
    object(holder, "content")
        .iter()
        .map(|(kind, media)| (format!("{at} {kind}"), kind.clone(), media))
        .collect()
}

/// What requests and responses carry.
fn bodies(document: &Value) -> Vec<(String, String, &Value)> {
    let mut bodies = Vec::new();
    for (at, operation) in operations(document) {
        if let Some(body) = operation.get("requestBody") {
            bodies.extend(media_types(&format!("{at} body"), resolved(document, body)));
        }
    }
    for (at, _, response) in responses(document) {
        bodies.extend(media_types(&at, response));
    }
    bodies
}

/// The schemas directly within a schema, and the steps that lead there.
fn parts(schema: &Value) -> Vec<(String, &Value)> {
    let mut parts = Vec::new();
    for field in [
        "items",
        "additionalProperties",
        "not",
        "propertyNames",
        "contains",
    ] {
        if let Some(part) = schema.get(field).filter(|part| part.is_object()) {
            parts.push((field.to_owned(), part));
        }
    }
    for field in ["properties", "patternProperties", "$defs"] {
        let fields = object(schema, field).iter();
        parts.extend(fields.map(|(name, part)| (format!("{field}/{name}"), part)));
    }
    for field in ["allOf", "oneOf", "anyOf", "prefixItems"] {
        let choices = list(schema, field).iter().enumerate();
        parts.extend(choices.map(|(index, part)| (format!("{field}/{index}"), part)));
    }
    parts
}

/// The schemas of components, parameters, bodies and headers, as they stand there.
fn placed_schemas(document: &Value) -> Vec<(String, &Value)> {
    let mut placed: Vec<(String, &Value)> = schemas(document)
        .map(|(name, schema)| (name.clone(), schema))
        .collect();
    let mut holders = parameters(document);
    holders.extend(
        bodies(document)
            .into_iter()
            .map(|(at, _, media)| (at, media)),
    );
    for (at, _, response) in responses(document) {
        for (name, header) in object(response, "headers") {
            holders.push((format!("{at} {name}:"), resolved(document, header)));
        }
    }
    for (at, holder) in holders {
        placed.extend(holder.get("schema").map(|schema| (at, schema)));
    }
    placed
}

/// Those and everything within them.
fn all_schemas(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    let mut waiting = placed_schemas(document);
    while let Some((at, schema)) = waiting.pop() {
        waiting.extend(
            parts(schema)
                .into_iter()
                .map(|(step, part)| (format!("{at}/{step}"), part)),
        );
        found.push((at, schema));
    }
    found
}

/// What `example` and `examples` hold, in a schema (a list) or beside one (by name).
fn examples_of(holder: &Value) -> Vec<(String, &Value)> {
    let one = holder
        .get("example")
        .map(|example| ("example".to_owned(), example));
    let listed = list(holder, "examples").iter().enumerate();
    let listed = listed.map(|(index, example)| (format!("examples/{index}"), example));
    let named = object(holder, "examples").iter();
    let named = named
        .filter_map(|(name, example)| Some((format!("examples/{name}"), example.get("value")?)));
    one.into_iter().chain(listed).chain(named).collect()
}

/// Every example, with the schema it is an example of.
fn examples(document: &Value) -> Vec<(String, &Value, &Value)> {
    let mut found = Vec::new();
    let mut add = |at: &str, holder, schema| {
        for (step, example) in examples_of(holder) {
            found.push((format!("{at}/{step}"), schema, example));
        }
    };
    for (at, schema) in all_schemas(document) {
        add(&at, schema, schema);
    }
    let bodies = bodies(document)
        .into_iter()
        .map(|(at, _, media)| (at, media));
    for (at, holder) in bodies.chain(parameters(document)) {
        if let Some(schema) = holder.get("schema") {
            add(&at, holder, schema);
        }
    }
    found
}

/// The checks hold only if they catch what breaks them: a sound document, broken in one place at a time.
mod proof {
    use super::*;

    fn sound() -> Value {
        json!({
            "openapi": "3.1.0",
            "tags": [{ "name": "things", "description": "Things." }],
            "paths": { "/v1/things/{thing}": {
                "get": {
                    "tags": ["things"],
                    "summary": "One thing",
                    "description": "By its slug.",
                    "operationId": "get_thing",
                    "parameters": [
                        { "name": "thing", "in": "path", "description": "A slug.", "example": "شيء",
                          "schema": { "type": "string", "maxLength": 9 } },
                        { "name": "limit", "in": "query", "description": "How many.",
                          "schema": { "type": ["integer", "null"], "minimum": 1, "maximum": 9 } },
                        { "name": "sort", "in": "query", "description": "Which first.",
                          "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Sort" } } }
                    ],
                    "responses": {
                        "200": { "description": "The thing.", "content": { "application/json": {
                            "schema": { "$ref": "#/components/schemas/Thing" },
                            "example": { "name": "شيء", "block": { "type": "text", "text": "a" } }
                        } } },
                        "304": { "description": "Unchanged." },
                        "404": { "description": "`not_found`.", "content": { "application/problem+json": {
                            "schema": { "$ref": "#/components/schemas/Problem" }
                        } } }
                    }
                },
                "put": {
                    "tags": ["things"],
                    "summary": "Write a thing",
                    "description": "As a whole.",
                    "operationId": "put_thing",
                    "requestBody": { "content": { "application/json": {
                        "schema": { "$ref": "#/components/schemas/Thing" }
                    } } },
                    "responses": { "204": { "description": "Written." } }
                }
            } },
            "components": { "schemas": {
                "Sort": { "type": "string", "description": "An order.", "enum": ["name", "-name"] },
                "Thing": { "type": "object", "description": "A thing.", "required": ["name"], "properties": {
                    "name": { "type": "string", "description": "Its name.", "examples": ["a"] },
                    "names": { "type": "object", "description": "By language.",
                               "additionalProperties": { "type": "string" } },
                    "made_at": { "type": "string", "format": "date-time", "description": "When." },
                    "block": { "$ref": "#/components/schemas/Block" }
                } },
                "Block": { "description": "A block.", "oneOf": [{ "$ref": "#/components/schemas/TextBlock" }] },
                "TextBlock": { "type": "object", "description": "A text.", "required": ["type", "text"], "properties": {
                    "type": { "type": "string", "enum": ["text"] },
                    "text": { "type": "string", "description": "Its words." }
                } },
                "Problem": { "type": "object", "description": "What went wrong.", "properties": {
                    "code": { "type": "string", "description": "Which.", "x-extensible-enum": ["not_found"] }
                } }
            } }
        })
    }

    const CHECKS: [Check; 13] = [
        version,
        operations_described,
        operation_ids,
        parameters_bounded,
        answers_have_examples,
        arabic_examples,
        errors_are_problems,
        bodies_named,
        objects_named,
        references_resolve,
        schemas_used,
        schemas_described,
        examples_valid,
    ];

    #[test]
    fn a_sound_document_has_no_faults() {
        for check in CHECKS {
            assert_eq!(check(&sound()), [""; 0]);
        }
        assert_eq!(schemas_compile(&sound()), [""; 0]);
    }

    /// Puts `value` at `place` of the sound document, or takes away what is there where it is null.
    fn broken(place: &str, value: Value) -> Value {
        let mut document = sound();
        let Some((parent, last)) = place.rsplit_once('/') else {
            panic!("`{place}` is no pointer");
        };
        let last = last.replace("~1", "/");
        match document.pointer_mut(parent) {
            Some(Value::Object(fields)) if value.is_null() => {
                assert!(fields.remove(&last).is_some(), "nothing at {place}");
            }
            Some(Value::Object(fields)) => {
                fields.insert(last, value);
            }
            _ => panic!("no object at {parent}"),
        }
        document
    }

    const PATH: &str = "/paths/~1v1~1things~1{thing}";

    #[track_caller]
    fn catches(check: Check, place: &str, value: Value, fault: &str) {
        let faults = check(&broken(place, value));
        assert!(
            faults.iter().any(|found| found.contains(fault)),
            "not caught: {faults:?}"
        );
    }

    #[test]
    fn each_check_catches_its_faults() {
        let get = |place: &str| format!("{PATH}/get{place}");
        let schema = |place: &str| format!("/components/schemas{place}");
        catches(version, "/openapi", json!("3.2.0"), "3.2.0");
        catches(
            operations_described,
            &get("/summary"),
            json!(" "),
            "GET /v1/things/{thing}: no summary",
        );
        catches(
            operations_described,
            &get("/description"),
            Value::Null,
            "no description",
        );
        catches(
            operations_described,
            &get("/tags"),
            json!(["things", "more"]),
            "not one declared tag",
        );
        catches(
            operations_described,
            &get("/tags"),
            json!(["other"]),
            "not one declared tag",
        );
        catches(operations_described, "/paths", Value::Null, "no operations");
        catches(
            operations_described,
            "/tags",
            json!([{ "name": "things" }]),
            "has no description",
        );
        catches(
            operation_ids,
            &get("/operationId"),
            json!("put_thing"),
            "too",
        );
        catches(
            operation_ids,
            &get("/operationId"),
            json!("getThing"),
            "snake_case",
        );
        catches(
            operation_ids,
            &get("/operationId"),
            Value::Null,
            "snake_case",
        );
        let parameter =
            |schema: Value| json!([{ "name": "a", "description": "A.", "schema": schema }]);
        for loose in [
            json!({ "type": "string" }),
            json!({ "type": ["string", "null"] }),
            json!({ "type": "integer", "format": "int64", "minimum": 1 }),
            json!({ "type": "array", "items": { "type": "string" } }),
            json!({ "oneOf": [{ "type": "null" }, { "type": "string" }] }),
            json!({ "$ref": "#/components/schemas/Thing/properties/name" }),
        ] {
            catches(
                parameters_bounded,
                &get("/parameters"),
                parameter(loose),
                "takes anything",
            );
        }
        catches(
            parameters_bounded,
            &get("/parameters"),
            json!([{ "name": "a" }]),
            "no schema",
        );
        catches(
            parameters_bounded,
            &get("/parameters"),
            json!([{ "name": "a" }]),
            "no description",
        );
        let good = get("/responses/200/content/application~1json");
        catches(
            answers_have_examples,
            &format!("{good}/example"),
            Value::Null,
            "200 application/json: no example",
        );
        let error = get("/responses/404");
        catches(
            errors_are_problems,
            &format!("{error}/content"),
            Value::Null,
            "application/problem+json",
        );
        catches(
            errors_are_problems,
            &format!("{error}/description"),
            json!("Gone."),
            "names no code",
        );
        catches(
            errors_are_problems,
            &format!("{error}/description"),
            json!("`gone`."),
            "`gone` is no",
        );
        catches(
            errors_are_problems,
            &schema("/Problem/properties/code/x-extensible-enum"),
            Value::Null,
            "lists no codes",
        );
        let plain =
            json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
        catches(
            errors_are_problems,
            &format!("{error}/content"),
            plain,
            "application/problem+json",
        );
        let other = json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Thing" } } });
        catches(
            errors_are_problems,
            &format!("{error}/content"),
            other,
            "no reference to Problem",
        );
        catches(
            bodies_named,
            &format!("{good}/schema"),
            json!({ "type": "array" }),
            "no reference",
        );
        catches(
            bodies_named,
            &format!("{good}/schema"),
            Value::Null,
            "no schema",
        );
        let body = format!("{PATH}/put/requestBody/content");
        let inline = json!({ "text/plain": { "schema": { "type": "object" } } });
        catches(bodies_named, &body, inline, "without a name");
        let property = schema("/Thing/properties/block");
        for nameless in [
            json!({ "type": "object" }),
            json!({ "properties": {} }),
            json!({ "type": "array", "items": { "type": "object", "properties": {} } }),
            json!({ "oneOf": [{ "type": "null" }, { "type": "object" }] }),
            // What utoipa makes of an inlined field that has words of its own: nothing is both.
            json!({ "allOf": [{ "type": "string" }, { "type": "object", "description": "A." }] }),
            json!({ "type": "object", "additionalProperties": { "type": "object" } }),
        ] {
            catches(objects_named, &property, nameless, "Thing/properties/block");
        }
        catches(
            objects_named,
            &schema("/Block/oneOf"),
            json!([{ "type": "object" }]),
            "Block/oneOf/0",
        );
        catches(
            objects_named,
            &schema("/Sort/title"),
            json!("Sort"),
            "Sort: a title",
        );
        let lost = json!({ "$ref": "#/components/schemas/Lost" });
        catches(references_resolve, &property, lost.clone(), "Lost");
        catches(schemas_compile, &property, lost, "Thing");
        let round = json!({ "description": "A.", "properties": { "a": { "$ref": "#/components/schemas/Round" } } });
        catches(schemas_used, &schema("/Round"), round, "Round");
        catches(
            schemas_described,
            &schema("/Sort/description"),
            Value::Null,
            "Sort: no description",
        );
        catches(
            schemas_described,
            &schema("/Thing/properties/name/description"),
            Value::Null,
            "name: no",
        );
        let text = json!([{ "properties": { "text": { "type": "string" } } }]);
        catches(
            schemas_described,
            &schema("/Block/oneOf"),
            text,
            "Block/oneOf/0/properties/text: no",
        );
    }

    #[test]
    fn wrong_examples_are_caught_wherever_they_stand() {
        let good = format!("{PATH}/get/responses/200/content/application~1json");
        for wrong in [
            json!({}),
            json!({ "name": 1 }),
            json!({ "name": "a", "block": { "type": "other", "text": "a" } }),
            json!({ "name": "a", "made_at": "yesterday" }),
        ] {
            catches(
                examples_valid,
                &format!("{good}/example"),
                wrong.clone(),
                "200 application/json",
            );
            let named = json!({ "one": { "value": wrong } });
            catches(
                examples_valid,
                &format!("{good}/examples"),
                named,
                "examples/one",
            );
        }
        let sort = "/components/schemas/Sort";
        catches(
            examples_valid,
            &format!("{sort}/example"),
            json!("age"),
            "Sort/example",
        );
        let name = "/components/schemas/Thing/properties/name/examples";
        catches(examples_valid, name, json!(["a", 2]), "name/examples/1");
        let parameters = json!([{ "name": "a", "schema": { "type": "string" }, "example": 2 }]);
        catches(
            examples_valid,
            &format!("{PATH}/get/parameters"),
            parameters,
            "?a/example",
        );
    }

    #[test]
    fn examples_without_arabic_are_caught() {
        let mut document = broken(&format!("{PATH}/get/parameters"), json!([]));
        if let Some(example) = document.pointer_mut(&format!(
            "{PATH}/get/responses/200/content/application~1json/example"
        )) {
            *example = json!({ "name": "a thing" });
        }
        assert_eq!(arabic_examples(&document), ["no example has Arabic script"]);
    }
}
