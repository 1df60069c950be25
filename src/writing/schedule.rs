//! What is published in the future goes live by itself.
use diesel::dsl::{not, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::articles::visible_statements;
use super::{WriteResult, Writer};
use crate::articles::types::ArticleStatus;
use crate::database::schema::articles;
use crate::database::spelled::SCHEDULED;
use crate::database::{Conn, Database};
use crate::domain::moment::Moment;
use crate::on_engine;
use crate::rendering::load;
use crate::statements::types::StatementStatus;

/// How many articles one transaction brings to light.
const BATCH: i64 = 50;

/// Brings to light everything that is due; says how many articles that were.
pub fn publish_due(database: &Database, now: Moment) -> WriteResult<usize> {
    let mut total = 0;
    loop {
        // Asked on a reader first: a server that has nothing to do never takes the writer.
        let due = database.read_newest_blocking(|conn| WriteResult::Ok(due(conn, now)?))?;
        if due.is_empty() {
            return Ok(total);
        }
        total += database.write_blocking(|conn| {
            let due = self::due(conn, now)?;
            let mut writer = Writer::begin(conn, now)?;
            for id in &due {
                writer.go_live(*id)?;
            }
            WriteResult::Ok(writer.finish()?.map(|_| due.len()))
        })?;
    }
}

fn due(conn: &mut Conn<'_>, now: Moment) -> QueryResult<Vec<i64>> {
    on_engine!(conn, |conn| articles::table
        .filter(sql::<Bool>(SCHEDULED))
        .filter(articles::published_at.le(now))
        .order(articles::published_at)
        .limit(BATCH)
        .select(articles::id)
        .load(conn))
}

impl Writer<'_, '_> {
    /// Shows an article that came due and that nobody has shown yet.
    pub(super) fn go_live_if_due(&mut self, id: i64) -> WriteResult<()> {
        let waits: Option<i64> = on_engine!(&mut *self.conn, |conn| articles::table
            .find(id)
            .filter(articles::status.eq(ArticleStatus::Published))
            .filter(not(articles::visible))
            .filter(articles::published_at.le(self.now))
            .select(articles::id)
            .get_result(conn)
            .optional())?;
        if let Some(id) = waits {
            // It is the clock's doing, not that of who writes.
            let changed = self.changed_in_public;
            self.go_live(id)?;
            self.changed_in_public = changed;
            self.came_due = true;
        }
        Ok(())
    }

    /// Shows a scheduled article and its statements to the public. No revision rises: nothing in it changed.
    fn go_live(&mut self, id: i64) -> WriteResult<()> {
        let Some(before) = load::articles(self.conn, &[id])?.pop() else {
            return Ok(());
        };
        let mut after = before.clone();
        after.row.visible = true;
        after.row.revised_at.get_or_insert(before.row.updated_at);
        after.row.updated_at = self.now;
        for statement in &mut after.statements {
            statement.row.visible = statement.row.status == StatementStatus::Published;
            if statement.row.visible {
                statement.row.sequence = self.sequence();
                statement.row.public_sequence = Some(self.public_sequence());
            }
        }
        after.row.statement_count =
            visible_statements(after.statements.iter().map(|s| s.row.visible));
        self.touch(&mut after);
        self.note_embedding(Some(&before), Some(&after))?;
        self.update_article(&before, &mut after)?;
        self.note_postings(Some(&before), Some(&after));
        Ok(())
    }
}
