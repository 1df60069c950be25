//! Values of parameters: comma lists, words, and their schemas for the document.
use std::convert::Infallible;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ArrayBuilder, KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::key::Key;
use crate::domain::language::Language;
use crate::domain::{bounds, text};

/// Up to `MOST` values in one parameter, with commas between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommaList<T, const MOST: usize = { bounds::LIST_VALUES }>(pub Vec<T>);

impl<'de, T: FromStr<Err: std::fmt::Display>, const MOST: usize> Deserialize<'de>
    for CommaList<T, MOST>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let given = text.split(',').count();
        if given > MOST {
            let fault = format!("has {given} values; the bound is {MOST}");
            return Err(D::Error::custom(fault));
        }
        let value = |part: &str| {
            if part.is_empty() {
                return Err(D::Error::custom("has an empty value between its commas"));
            }
            let length = part.chars().count();
            if length > bounds::STRING {
                let bound = bounds::STRING;
                let fault = format!("has a value of {length} characters; the bound is {bound}");
                return Err(D::Error::custom(fault));
            }
            part.parse().map_err(D::Error::custom)
        };
        text.split(',')
            .map(value)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl<T: PartialSchema, const MOST: usize> PartialSchema for CommaList<T, MOST> {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new()
            .items(T::schema())
            .min_items(Some(1))
            .max_items(Some(MOST))
            .into()
    }
}

impl<T: PartialSchema, const MOST: usize> ToSchema for CommaList<T, MOST> {}

/// The values of a list that may be absent.
pub fn values<T, const MOST: usize>(list: Option<CommaList<T, MOST>>) -> Option<Vec<T>> {
    list.map(|list| list.0)
}

/// The name of a top-level member of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldName(pub String);

impl FromStr for FieldName {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl PartialSchema for FieldName {
    fn schema() -> RefOr<Schema> {
        text_schema(100)
    }
}

/// Names of top-level members: no answer has more.
pub type FieldList = CommaList<FieldName, 40>;

/// A number of a write, as `X-Sequence` gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sequence(pub i64);

impl<'de> Deserialize<'de> for Sequence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok();
        let number = number.filter(|number| digits && *number <= Self::HIGHEST);
        number.map(Self).ok_or_else(|| {
            D::Error::custom(
                "must be a whole number from 0 on, as a write answers it in `X-Sequence`",
            )
        })
    }
}

impl PartialSchema for Sequence {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .minimum(Some(0))
            .maximum(Some(Self::HIGHEST))
            .into()
    }
}

impl Sequence {
    /// The highest number that every client can read out of JSON.
    const HIGHEST: i64 = (1 << 53) - 1;
}

impl ToSchema for Sequence {}

/// Words as somebody types them into a search box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub String);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let length = text.chars().count();
        if length > bounds::NAME {
            let fault = format!("has {length} characters; the bound is {}", bounds::NAME);
            return Err(D::Error::custom(fault));
        }
        Ok(Self(text))
    }
}

impl PartialSchema for Words {
    fn schema() -> RefOr<Schema> {
        text_schema(bounds::NAME)
    }
}

impl ToSchema for Words {}

/// Why nothing is marked or completed.
pub const NOT_SEARCHED: &str = "is about what is searched for: give `q`, too";

/// Why a list is in no order of relevance.
pub const NOT_RELEVANT: &str = "`relevance` is to something: give `q`, too";

/// Why something is done, as the public may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(pub String);

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let reason = text::nfc(String::deserialize(deserializer)?);
        if let Some(wrong) = text::refused_character(&reason) {
            return Err(D::Error::custom(wrong));
        }
        let length = reason.chars().count();
        if length > bounds::STRING {
            let fault = format!("has {length} characters; the bound is {}", bounds::STRING);
            return Err(D::Error::custom(fault));
        }
        Ok(Self(reason))
    }
}

impl PartialSchema for Reason {
    fn schema() -> RefOr<Schema> {
        text_schema(bounds::STRING)
    }
}

impl ToSchema for Reason {}

/// Ids or slugs, of which any will do unless a parameter says otherwise.
pub type KeyList = CommaList<Key>;

/// Language ranges, of which any will do.
pub type LanguageList = CommaList<Language>;

/// A text of at most so many characters.
pub fn text_schema(longest: usize) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(longest))
        .into()
}
