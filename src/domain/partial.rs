//! Schemas made from another: the same thing with some of its members optional. They are the document's alone.
use utoipa::openapi::{RefOr, Schema};

/// The object, requiring no more members than it did and of them only those that `still_required` keeps.
pub fn relaxed(
    schema: RefOr<Schema>,
    description: &str,
    still_required: impl Fn(&str) -> bool,
) -> RefOr<Schema> {
    match schema {
        RefOr::T(Schema::Object(mut object)) => {
            object.required.retain(|name| still_required(name));
            object.description = Some(description.to_owned());
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}

/// Declares the schema of `$whole` with some members optional, and with `$page` that of a page of such things.
macro_rules! relaxed_schema {
    ($name:ident, $page:ident, $whole:ty, $about:literal, $still_required:expr) => {
        $crate::domain::partial::relaxed_schema!($name, $whole, $about, $still_required);

        /// One page of a list: its items, and where it stands.
        #[derive(utoipa::ToSchema)]
        pub struct $page {
            /// The items, in the order asked for.
            #[schema(max_items = 100)]
            pub data: Vec<$name>,
            pub page: $crate::domain::page::Page,
        }
    };
    ($name:ident, $whole:ty, $about:literal, $still_required:expr) => {
        #[doc = $about]
        pub struct $name;

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                $crate::domain::partial::relaxed(
                    <$whole as utoipa::PartialSchema>::schema(),
                    $about,
                    $still_required,
                )
            }
        }

        impl utoipa::ToSchema for $name {
            fn schemas(
                schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>,
            ) {
                <$whole as utoipa::ToSchema>::schemas(schemas);
            }
        }
    };
}

pub(crate) use relaxed_schema;
