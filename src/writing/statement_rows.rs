//! The rows of a statement that is written: itself and the hops of its chain.
use diesel::prelude::*;

use super::Writer;
use crate::database::schema::{statement_hops, statements};
use crate::domain::Thing;
use crate::on_engine;
use crate::rendering::records::StatementRecord;

impl Writer<'_, '_> {
    pub(super) fn insert_statement(
        &mut self,
        statement: &mut StatementRecord,
        json: Option<&str>,
    ) -> QueryResult<()> {
        statement.id = on_engine!(&mut *self.conn, |conn| diesel::insert_into(
            statements::table
        )
        .values((&statement.row, statements::item_json.eq(json)))
        .returning(statements::id)
        .get_result(conn))?;
        self.insert_hops(statement)
    }

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
        self.insert_hops(statement)
    }

    fn insert_hops(&mut self, statement: &StatementRecord) -> QueryResult<()> {
        for (hop, link) in (0..).zip(&statement.hops) {
            on_engine!(&mut *self.conn, |conn| diesel::insert_into(
                statement_hops::table
            )
            .values(link.to_row(statement.id, hop))
            .execute(conn))?;
        }
        Ok(())
    }

    pub(super) fn delete_statement(&mut self, statement: &StatementRecord) -> QueryResult<()> {
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
            None,
            self.now,
            was_public,
        )
    }
}
