//! Names what is written in place: a schema with a title becomes one of the document's named schemas, so that a generator
//! of clients makes one type of it wherever it is used.
use std::collections::BTreeMap;

use utoipa::openapi::schema::{ArrayItems, Discriminator, OneOf};
use utoipa::openapi::{OpenApi, Ref, RefOr, Schema};

/// The member that tells the variants of a union apart.
const TAG: &str = "type";

type Schemas = BTreeMap<String, RefOr<Schema>>;

/// Moves every titled schema within a schema or a parameter to the schema of that title.
pub fn name_titled(document: &mut OpenApi) {
    let mut named = Schemas::new();
    let operations = document.paths.paths.values_mut();
    for operation in operations.filter_map(|path| path.get.as_mut()) {
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
        components.schemas.extend(named);
        components.schemas.values_mut().for_each(drop_title);
    }
}

fn name(schema: &mut RefOr<Schema>, named: &mut Schemas) {
    name_within(schema, named);
    if let RefOr::T(Schema::Object(object)) = schema
        && let Some(title) = object.title.clone()
    {
        let reference = Ref::from_schema_name(&title).into();
        named.insert(title, std::mem::replace(schema, reference));
    }
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
            union.discriminator = discriminator(union);
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
