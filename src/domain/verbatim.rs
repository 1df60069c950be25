//! JSON that is handed on as it lies.
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::sql_types::{Binary, Text};
use serde::Serialize;

/// The bytes of a JSON document. They were text when they were stored, and nobody looks at them again to copy them into an
/// answer: to prove a page of them UTF-8 anew would take longer than to read it.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromSqlRow)]
pub struct Verbatim(pub Vec<u8>);

impl Verbatim {
    pub fn of(value: &impl Serialize) -> serde_json::Result<Self> {
        serde_json::to_vec(value).map(Self)
    }
}

impl From<String> for Verbatim {
    fn from(json: String) -> Self {
        Self(json.into_bytes())
    }
}

impl<DB: Backend> FromSql<Text, DB> for Verbatim
where
    Vec<u8>: FromSql<Binary, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        <Vec<u8> as FromSql<Binary, DB>>::from_sql(bytes).map(Self)
    }
}
