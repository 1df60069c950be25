//! The rows of an article that is written: itself, its tags, references and statements.
use std::collections::HashMap;

use diesel::prelude::*;

use super::articles::shown_in_statements;
use super::{WriteResult, Writer, documents};
use crate::database::insert::{insert_row, insert_rows};
use crate::database::schema::{article_references, article_tags, articles};
use crate::on_engine;
use crate::rendering::records::{ArticleRecord, StatementRecord};

impl Writer<'_, '_> {
    pub(super) fn insert_article(&mut self, article: &mut ArticleRecord) -> WriteResult<()> {
        let rendered = self.render(article)?;
        let (list, item) = documents(rendered.as_ref());
        let row = (
            &article.row,
            articles::list_json.eq(list),
            articles::item_json.eq(item),
        );
        article.id = insert_row!(&mut *self.conn, articles, row)?;
        self.insert_tags(article)?;
        self.insert_references(article)?;
        for (at, statement) in article.statements.iter_mut().enumerate() {
            statement.row.article_id = article.id;
            let json = rendered.as_ref().and_then(|r| r.statement(at));
            self.insert_statement(statement, json)?;
        }
        self.insert_hops(article.statements.iter())?;
        Ok(())
    }

    /// Brings the rows of a changed article up to date.
    pub(super) fn update_article(
        &mut self,
        before: &ArticleRecord,
        after: &mut ArticleRecord,
    ) -> WriteResult<()> {
        let rendered = self.render(after)?;
        let (list, item) = documents(rendered.as_ref());
        self.rendered.insert(after.id);
        on_engine!(&mut *self.conn, |conn| diesel::update(
            articles::table.find(after.id)
        )
        .set((
            &after.row,
            articles::list_json.eq(list),
            articles::item_json.eq(item),
        ))
        .execute(conn))?;
        if before.tags != after.tags {
            on_engine!(&mut *self.conn, |conn| diesel::delete(
                article_tags::table.filter(article_tags::article_id.eq(after.id))
            )
            .execute(conn))?;
            self.insert_tags(after)?;
        }
        if before.references != after.references {
            on_engine!(&mut *self.conn, |conn| diesel::delete(
                article_references::table.filter(article_references::article_id.eq(after.id))
            )
            .execute(conn))?;
            self.insert_references(after)?;
        }
        let shown_anew = shown_in_statements(before) != shown_in_statements(after);
        let known: HashMap<i64, &StatementRecord> =
            before.statements.iter().map(|one| (one.id, one)).collect();
        let mut written = Vec::new();
        for (at, statement) in after.statements.iter_mut().enumerate() {
            let json = rendered.as_ref().and_then(|r| r.statement(at));
            if statement.id == 0 {
                self.insert_statement(statement, json)?;
            } else if shown_anew || known.get(&statement.id) != Some(&&*statement) {
                self.update_statement(statement, json)?;
            } else {
                continue;
            }
            written.push(&*statement);
        }
        self.insert_hops(written.into_iter())?;
        Ok(())
    }

    fn insert_tags(&mut self, article: &ArticleRecord) -> QueryResult<()> {
        use article_tags as t;
        let rows: Vec<_> = (0_i64..)
            .zip(&article.tags)
            .map(|(position, tag)| {
                let article = t::article_id.eq(article.id);
                (article, t::position.eq(position), t::tag_id.eq(tag.id))
            })
            .collect();
        insert_rows!(&mut *self.conn, t::table, &rows)
    }

    fn insert_references(&mut self, article: &ArticleRecord) -> QueryResult<()> {
        use article_references as r;
        let rows: Vec<_> = (0_i64..)
            .zip(&article.references)
            .map(|(position, reference)| {
                (
                    r::article_id.eq(article.id),
                    r::position.eq(position),
                    r::type_.eq(&reference.kind),
                    r::value.eq(&reference.value),
                )
            })
            .collect();
        insert_rows!(&mut *self.conn, r::table, &rows)
    }
}
