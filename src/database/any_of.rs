//! Rows by number, however many, by one statement: what diesel makes of `eq_any` SQLite has to prepare anew each time.
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
#[cfg(feature = "postgres")]
use diesel::sql_types::Array;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel::sqlite::Sqlite;

/// That a column has one of some numbers.
#[derive(Debug, Clone, QueryId, ValidGrouping)]
pub struct AnyOf<C> {
    column: C,
    numbers: Numbers,
}

/// Numbers as the engines take them.
#[derive(Debug, Clone, QueryId, ValidGrouping)]
struct Numbers {
    json: String,
    #[cfg(feature = "postgres")]
    array: Vec<i64>,
}

pub fn any_of<C: Expression<SqlType = BigInt>>(column: C, numbers: &[i64]) -> AnyOf<C> {
    AnyOf {
        column,
        numbers: Numbers {
            // Numbers always have JSON.
            json: serde_json::to_string(numbers).unwrap_or_default(),
            #[cfg(feature = "postgres")]
            array: numbers.to_vec(),
        },
    }
}

impl<C: Expression> Expression for AnyOf<C> {
    type SqlType = Bool;
}

impl<C, Source> SelectableExpression<Source> for AnyOf<C> where C: SelectableExpression<Source> {}

impl<C, Source> AppearsOnTable<Source> for AnyOf<C> where C: AppearsOnTable<Source> {}

impl<C: QueryFragment<Sqlite>> QueryFragment<Sqlite> for AnyOf<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (SELECT value FROM json_each(");
        out.push_bind_param::<Text, _>(&self.numbers.json)?;
        out.push_sql("))");
        Ok(())
    }
}

#[cfg(feature = "postgres")]
impl<C: QueryFragment<diesel::pg::Pg>> QueryFragment<diesel::pg::Pg> for AnyOf<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" = ANY(");
        out.push_bind_param::<Array<BigInt>, _>(&self.numbers.array)?;
        out.push_sql(")");
        Ok(())
    }
}
