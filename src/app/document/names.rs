//! Names what is written in place: a schema with a title becomes one of the document's named schemas, so that a generator
//! of clients makes one type of it wherever it is used. And gives the values of enums names where they make none.
use std::collections::BTreeMap;

use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::schema::{ArrayItems, Discriminator, OneOf};
use utoipa::openapi::{Object, OpenApi, Ref, RefOr, Schema};

use super::operations;

/// The member that tells the variants of a union apart.
const TAG: &str = "type";

type Schemas = BTreeMap<String, RefOr<Schema>>;

/// Moves every titled schema within a schema or a parameter to the schema of that title.
pub fn name_titled(document: &mut OpenApi) {
    let mut named = Schemas::new();
    for operation in operations(&mut document.paths) {
        for parameter in operation.parameters.iter_mut().flatten() {
            if let RefOr::T(parameter) = parameter
                && let Some(schema) = &mut parameter.schema
            {
                name(schema, &mut named);
            }
        }
    }
    if let Some(components) = &mut document.components {
        for schema in components.schemas.values_mut() {
            name_within(schema, &mut named);
        }
        for (title, schema) in named {
            add(&mut components.schemas, title, schema);
        }
        components.schemas.values_mut().for_each(drop_title);
    }
}

fn name(schema: &mut RefOr<Schema>, named: &mut Schemas) {
    name_within(schema, named);
    if let RefOr::T(Schema::Object(object)) = schema
        && let Some(title) = object.title.clone()
    {
        let reference = Ref::from_schema_name(&title).into();
        add(named, title, std::mem::replace(schema, reference));
    }
}

/// A title is the name of one schema, wherever that is written.
fn add(schemas: &mut Schemas, title: String, schema: RefOr<Schema>) {
    let other = schemas.insert(title.clone(), schema.clone());
    debug_assert!(
        other.is_none_or(|other| other == schema),
        "two schemas are called {title}"
    );
}

fn name_within(schema: &mut RefOr<Schema>, named: &mut Schemas) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            for member in object.properties.values_mut() {
                name(member, named);
            }
        }
        RefOr::T(Schema::Array(array)) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                name(items, named);
            }
        }
        RefOr::T(Schema::OneOf(union)) => {
            if let Some(found) = discriminator(union) {
                union.discriminator = Some(found);
            }
            for variant in &mut union.items {
                name(variant, named);
            }
        }
        _ => {}
    }
}

/// Which tag means which variant, where each has a title and a tag of its own.
fn discriminator(union: &OneOf) -> Option<Discriminator> {
    let tagged = union.items.iter().map(|variant| {
        let RefOr::T(Schema::Object(variant)) = variant else {
            return None;
        };
        let RefOr::T(Schema::Object(tag)) = variant.properties.get(TAG)? else {
            return None;
        };
        let tag = tag.enum_values.as_ref()?.first()?.as_str()?;
        let title = variant.title.as_ref()?;
        Some((tag.to_owned(), Ref::from_schema_name(title).ref_location))
    });
    let mapping: Vec<(String, String)> = tagged.collect::<Option<_>>()?;
    Some(Discriminator::with_mapping(TAG, mapping))
}

/// What has the title for its name needs no title.
fn drop_title(schema: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(object)) = schema {
        object.title = None;
    }
}

/// Says what generators are to call the values of an enum, where their own rule fails: of `-name` and `name` it makes the
/// same, and `name` is what Kotlin's enums keep for themselves.
pub fn name_values(object: &mut Object) {
    let values = object.enum_values.iter().flatten();
    let values: Vec<&str> = values.filter_map(|value| value.as_str()).collect();
    let orders = values.iter().any(|value| value.starts_with('-'));
    let constant = |value: &&str| match value.strip_prefix('-') {
        Some(falling) => format!("{falling}_descending"),
        None if orders => format!("{value}_ascending"),
        None if *value == "name" => "name_".to_owned(),
        None => (*value).to_owned(),
    };
    if orders || values.contains(&"name") {
        let constants: Vec<String> = values.iter().map(constant).collect();
        object.extensions = Some(Extensions::from_iter([("x-enum-varnames", constants)]));
    }
}
