//! Ids as postings hold them, read where they lie: what diesel reads into arrays it would allocate first.
use diesel::backend::Backend;
use diesel::deserialize::{FromSql, Result};
use diesel::sql_types::Binary;
use diesel::sqlite::Sqlite;

use crate::domain::id::IdBytes;

impl FromSql<Binary, Sqlite> for IdBytes {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> Result<Self> {
        Ok(Self(value.read_blob().try_into()?))
    }
}

#[cfg(feature = "postgres")]
impl FromSql<Binary, diesel::pg::Pg> for IdBytes {
    fn from_sql(value: diesel::pg::PgValue<'_>) -> Result<Self> {
        Ok(Self(value.as_bytes().try_into()?))
    }
}
