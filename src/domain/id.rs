//! Ids: UUIDs (RFC 9562) in their usual lower-case spelling.
use diesel::backend::Backend;
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Binary, Text};
use serde::{Deserialize, Serialize};
use utoipa::PartialSchema;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat};
use uuid::Uuid;

use super::stored_as;

/// The id of a thing: stable for ever, and the only key that clients see.
#[derive(
    Debug,
    Clone,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    AsExpression,
    FromSqlRow,
)]
#[serde(try_from = "String")]
#[diesel(sql_type = Text)]
pub struct Id(String);

stored_as!(Id, Text, String, str);

impl Id {
    /// A new id: version 7, so that ids made later sort later.
    pub fn new() -> Self {
        Self(Uuid::now_v7().hyphenated().to_string())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn to_bytes(&self) -> IdBytes {
        IdBytes(
            Uuid::try_parse(&self.0)
                .map(Uuid::into_bytes)
                .unwrap_or_default(),
        )
    }
}

/// The sixteen bytes of an id, as postings hold them: they sort as the text does, and a row of them is read without allocating.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct IdBytes(pub [u8; 16]);

impl<DB: Backend> ToSql<Binary, DB> for IdBytes
where
    [u8]: ToSql<Binary, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.as_slice().to_sql(out)
    }
}

impl From<IdBytes> for Id {
    fn from(bytes: IdBytes) -> Self {
        Self(Uuid::from_bytes(bytes.0).hyphenated().to_string())
    }
}

impl Default for Id {
    fn default() -> Self {
        Self::new()
    }
}

impl std::str::FromStr for Id {
    type Err = &'static str;

    /// Takes the hyphenated form alone: a braced or bare one would give a thing a second spelling.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "is not a UUID such as 0198c1a0-5b7e-7c3a-9d51-2f6f0a9b1c2d";
        if text.len() != uuid::fmt::Hyphenated::LENGTH {
            return Err(WRONG);
        }
        let uuid = Uuid::try_parse(text).map_err(|_| WRONG)?;
        Ok(Self(uuid.hyphenated().to_string()))
    }
}

impl TryFrom<String> for Id {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialSchema for Id {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn an_id_has_one_spelling() {
        let lower: Id = "0198c1a0-5b7e-7c3a-9d51-2f6f0a9b1c2d".parse().unwrap();
        let upper: Id = "0198C1A0-5B7E-7C3A-9D51-2F6F0A9B1C2D".parse().unwrap();
        assert_eq!(lower, upper);
        assert!("0198c1a05b7e7c3a9d512f6f0a9b1c2d".parse::<Id>().is_err());
        assert!(
            "{0198c1a0-5b7e-7c3a-9d51-2f6f0a9b1c2d}"
                .parse::<Id>()
                .is_err()
        );
    }

    #[test]
    fn bytes_lead_back_to_the_id() {
        let id = Id::new();
        assert_eq!(Id::from(id.to_bytes()), id);
    }
}
