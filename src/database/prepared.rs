//! SQL that is prepared once. What is not put together by diesel's types it prepares anew each time, and every UPDATE.
use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Binary, Text, Untyped};

/// A statement: its SQL, in which `?` stands for each of its values. A connection keeps every SQL that it has seen, so there
/// must be few of them.
pub struct Prepared<'a> {
    pub sql: &'a str,
    pub values: &'a [Value<'a>],
}

/// A value that a statement is given.
pub enum Value<'a> {
    Number(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<DB> QueryFragment<DB> for Prepared<'_>
where
    DB: Backend,
    i64: ToSql<BigInt, DB>,
    str: ToSql<Text, DB>,
    [u8]: ToSql<Binary, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let mut values = self.values.iter();
        for sql in self.sql.split('?') {
            out.push_sql(sql);
            match values.next() {
                Some(Value::Number(number)) => out.push_bind_param::<BigInt, _>(number)?,
                Some(Value::Text(text)) => out.push_bind_param::<Text, _>(*text)?,
                Some(Value::Bytes(bytes)) => out.push_bind_param::<Binary, _>(*bytes)?,
                None => {}
            }
        }
        Ok(())
    }
}

/// Known by its SQL.
impl QueryId for Prepared<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Prepared<'_> {
    type SqlType = Untyped;
}

impl<Conn> RunQueryDsl<Conn> for Prepared<'_> {}
