//! The values of `fields`: the members of what an operation answers with.
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::ArrayItems;
use utoipa::openapi::{Components, ObjectBuilder, RefOr, Schema, Type};

use crate::http::work::PARTIAL;

/// Lists in an operation's `fields` the members there are to choose from.
pub fn list_fields(operation: &mut Operation, components: &Components) {
    let Some((name, members)) = partial(operation, components) else {
        return;
    };
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && parameter.name == "fields"
            && let Some(RefOr::T(Schema::Array(list))) = &mut parameter.schema
        {
            let noun = name.trim_start_matches("Partial");
            let field = ObjectBuilder::new()
                .schema_type(Type::String)
                .title(Some(format!("{noun}Field")))
                .description(Some(format!("A top-level member of `{noun}`.")))
                .enum_values(Some(members.clone()));
            list.items = ArrayItems::RefOrSchema(Box::new(field.into()));
        }
    }
}

/// The schema of which a narrowed answer has some members, and these.
fn partial(operation: &Operation, components: &Components) -> Option<(String, Vec<String>)> {
    let RefOr::T(answer) = operation.responses.responses.get("200")? else {
        return None;
    };
    let RefOr::T(content) = answer.content.get(PARTIAL)? else {
        return None;
    };
    let (name, whole) = named(content.schema.as_ref()?, components)?;
    let Some(RefOr::T(Schema::Array(rows))) = whole.properties.get("data") else {
        return Some((name, whole.properties.keys().cloned().collect()));
    };
    let ArrayItems::RefOrSchema(row) = &rows.items else {
        return None;
    };
    let (name, row) = named(row, components)?;
    Some((name, row.properties.keys().cloned().collect()))
}

/// The object that a reference leads to.
fn named<'a>(
    schema: &RefOr<Schema>,
    components: &'a Components,
) -> Option<(String, &'a utoipa::openapi::Object)> {
    let RefOr::Ref(reference) = schema else {
        return None;
    };
    let name = reference.ref_location.rsplit('/').next()?;
    match components.schemas.get(name)? {
        RefOr::T(Schema::Object(object)) => Some((name.to_owned(), object)),
        _ => None,
    }
}
