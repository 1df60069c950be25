//! Countries, as ISO 3166-1 alpha-2 has them.
use std::str::FromStr;

use utoipa::PartialSchema;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

/// A country code such as `EG`: two letters, upper case. Codes that nobody has assigned are taken too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country(pub String);

impl FromStr for Country {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            Ok(Self(text.to_ascii_uppercase()))
        } else {
            Err("must be two letters such as EG (ISO 3166-1 alpha-2)")
        }
    }
}

impl PartialSchema for Country {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^[A-Za-z]{2}$"))
            .into()
    }
}
