//! Stored JSON, asked for as the bytes that lie in its column.
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;

/// A column of text that is read as bytes, into a [`Verbatim`](crate::domain::verbatim::Verbatim). SQLite is told so: what it
/// has as text would be copied once more to be handed out as bytes.
#[derive(Debug, Clone, Copy, QueryId, ValidGrouping)]
pub struct AsBytes<C>(C);

pub fn verbatim<C: Expression>(column: C) -> AsBytes<C> {
    AsBytes(column)
}

impl<C: Expression> Expression for AsBytes<C> {
    type SqlType = C::SqlType;
}

impl<C, Source> SelectableExpression<Source> for AsBytes<C> where C: SelectableExpression<Source> {}

impl<C, Source> AppearsOnTable<Source> for AsBytes<C> where C: AppearsOnTable<Source> {}

impl<C: QueryFragment<Sqlite>> QueryFragment<Sqlite> for AsBytes<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("CAST(");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" AS BLOB)");
        Ok(())
    }
}

#[cfg(feature = "postgres")]
impl<C: QueryFragment<diesel::pg::Pg>> QueryFragment<diesel::pg::Pg> for AsBytes<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, diesel::pg::Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}
