//! What a thing is asked for by: its id or its slug.
use std::convert::Infallible;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};
use utoipa::PartialSchema;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::id::Id;
use super::text;

/// An id or a slug, as a path or a filter names a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Id(Id),
    Slug(String),
}

impl FromStr for Key {
    type Err = Infallible;

    /// Every text is a key: one that no thing can have finds nothing.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.parse() {
            Ok(id) => Self::Id(id),
            // No engine is asked for a NUL, which some take for no text. In no slug stands either.
            Err(_) => Self::Slug(text::nfc(text.to_lowercase()).replace('\0', "\u{FFFD}")),
        })
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Key {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(id) => id.as_str(),
            Self::Slug(slug) => slug,
        }
    }
}

impl PartialSchema for Key {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("An id or a slug, of at most 1,000 characters."))
            .min_length(Some(1))
            .pattern(Some("^[^,]+$"))
            .into()
    }
}
