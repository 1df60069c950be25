//! The rows of a statement that is written: itself and the hops of its chain.
use diesel::prelude::*;

use super::Writer;
use crate::database::insert::{insert_row, insert_rows};
use crate::database::schema::{statement_hops, statements};
use crate::domain::Thing;
use crate::on_engine;
use crate::rendering::records::{HopRow, StatementRecord};

impl Writer<'_, '_> {
    /// Puts in its row; its chain is left to [`Self::insert_hops`].
    pub(super) fn insert_statement(
        &mut self,
        statement: &mut StatementRecord,
        json: Option<&str>,
    ) -> QueryResult<()> {
        let row = (&statement.row, statements::item_json.eq(json));
        statement.id = insert_row!(&mut *self.conn, statements, row)?;
        Ok(())
    }

    /// Brings its row up to date and takes its chain out, which is left to [`Self::insert_hops`].
    pub(super) fn update_statement(
        &mut self,
        statement: &StatementRecord,
        json: Option<&str>,
    ) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            diesel::update(statements::table.find(statement.id))
                .set((&statement.row, statements::item_json.eq(json)))
                .execute(conn)?;
            diesel::delete(
                statement_hops::table.filter(statement_hops::statement_id.eq(statement.id)),
            )
            .execute(conn)
        })?;
        Ok(())
    }

    /// Puts in the chains of statements whose rows are there and whose hops are not.
    pub(super) fn insert_hops<'a>(
        &mut self,
        statements: impl Iterator<Item = &'a StatementRecord>,
    ) -> QueryResult<()> {
        let rows: Vec<HopRow> = statements
            .flat_map(|statement| {
                let hops = (0..).zip(&statement.hops);
                hops.map(|(hop, link)| link.to_row(statement.id, hop))
            })
            .collect();
        insert_rows!(&mut *self.conn, statement_hops::table, &rows)
    }

    pub(super) fn delete_statement(
        &mut self,
        statement: &StatementRecord,
        reason: Option<&str>,
    ) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            diesel::delete(
                statement_hops::table.filter(statement_hops::statement_id.eq(statement.id)),
            )
            .execute(conn)?;
            diesel::delete(statements::table.find(statement.id)).execute(conn)
        })?;
        let was_public = statement.row.public_sequence.is_some();
        self.bury(
            Thing::Statement,
            &statement.row.uuid,
            reason,
            self.now,
            was_public,
        )
    }
}
