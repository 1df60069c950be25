//! Postings and counts: collected while things are written, settled once at the end of the transaction.
use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::Writer;
use crate::database::insert::insert_rows;
use crate::database::prepared::{Prepared, Value};
use crate::database::schema::{article_postings, statement_postings};
use crate::domain::id::{Id, IdBytes};
use crate::on_engine;
use crate::rendering::postings::{self, Posting};
use crate::rendering::records::ArticleRecord;

/// Which table a posting stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Article,
    Statement,
}

/// Postings to put in (with the row they lead to) or to take out, in the order of the index: neighbours on a page of the
/// index are then written together.
pub type Pending = BTreeMap<(Kind, Posting, IdBytes), Option<i64>>;

// Without the attribute diesel takes each member for one that may be absent, and writes the SQL anew for each row.
#[derive(Insertable)]
#[diesel(table_name = article_postings, treat_none_as_default_value = false)]
struct ArticlePosting {
    facet: i32,
    value: i64,
    sort_key: i64,
    uuid: IdBytes,
    article_id: i64,
}

#[derive(Insertable)]
#[diesel(table_name = statement_postings, treat_none_as_default_value = false)]
struct StatementPosting {
    facet: i32,
    value: i64,
    sort_key: i64,
    uuid: IdBytes,
    statement_id: i64,
}

const ADD_COUNTS: &str = "UPDATE entities SET article_count = article_count + ?, \
     statement_count = statement_count + ?, mention_count = mention_count + ?, visible = mention_count + ? > 0, \
     sequence = ?, public_sequence = ? WHERE id = ?";

impl Writer<'_, '_> {
    /// Notes how an article's postings and those of its statements change.
    pub(super) fn note_postings(
        &mut self,
        before: Option<&ArticleRecord>,
        after: Option<&ArticleRecord>,
    ) {
        self.note_entries(before, after);
        if let Some(record) = before {
            self.note(record, -1);
        }
        if let Some(record) = after {
            self.note(record, 1);
        }
    }

    fn note(&mut self, record: &ArticleRecord, sign: i64) {
        let of_article = postings::of_article(record);
        for (entity, counts) in of_article
            .iter()
            .filter_map(|posting| postings::article_counts(posting, sign))
        {
            *self.counts.entry(entity).or_default() += counts;
        }
        self.pend(Kind::Article, of_article, &record.row.uuid, record.id, sign);
        for statement in &record.statements {
            let of_statement = postings::of_statement(record, statement);
            for (entity, counts) in of_statement
                .iter()
                .filter_map(|posting| postings::statement_counts(posting, sign))
            {
                *self.counts.entry(entity).or_default() += counts;
            }
            self.pend(
                Kind::Statement,
                of_statement,
                &statement.row.uuid,
                statement.id,
                sign,
            );
        }
    }

    fn pend(&mut self, kind: Kind, postings: BTreeSet<Posting>, uuid: &Id, id: i64, sign: i64) {
        let bytes = uuid.to_bytes();
        for posting in postings {
            let key = (kind, posting, bytes);
            let to = (sign > 0).then_some(id);
            // What is taken out and put in again stays as it is.
            match self.postings.get(&key) {
                Some(pending) if pending.is_some() != to.is_some() => self.postings.remove(&key),
                _ => self.postings.insert(key, to),
            };
        }
    }

    pub(super) fn settle_postings(&mut self) -> QueryResult<()> {
        let pending = std::mem::take(&mut self.postings);
        let mut of_articles = Vec::new();
        let mut of_statements = Vec::new();
        for ((kind, posting, uuid), to) in pending {
            let Posting {
                facet,
                value,
                sort_key,
            } = posting;
            match (kind, to) {
                (Kind::Article, Some(article_id)) => of_articles.push(ArticlePosting {
                    facet,
                    value,
                    sort_key,
                    uuid,
                    article_id,
                }),
                (Kind::Statement, Some(statement_id)) => of_statements.push(StatementPosting {
                    facet,
                    value,
                    sort_key,
                    uuid,
                    statement_id,
                }),
                (Kind::Article, None) => self.take_article_posting(posting, uuid)?,
                (Kind::Statement, None) => self.take_statement_posting(posting, uuid)?,
            }
        }
        insert_rows!(&mut *self.conn, article_postings::table, &of_articles)?;
        insert_rows!(&mut *self.conn, statement_postings::table, &of_statements)
    }

    fn take_article_posting(&mut self, posting: Posting, uuid: IdBytes) -> QueryResult<()> {
        use article_postings as p;
        let key = (posting.facet, posting.value, posting.sort_key, uuid);
        on_engine!(&mut *self.conn, |conn| diesel::delete(p::table.find(key))
            .execute(conn))?;
        Ok(())
    }

    fn take_statement_posting(&mut self, posting: Posting, uuid: IdBytes) -> QueryResult<()> {
        use statement_postings as p;
        let key = (posting.facet, posting.value, posting.sort_key, uuid);
        on_engine!(&mut *self.conn, |conn| diesel::delete(p::table.find(key))
            .execute(conn))?;
        Ok(())
    }

    /// Adds up what the changed postings mean for the records they name. A record is visible while anything visible
    /// refers to it.
    pub(super) fn settle_counts(&mut self) -> QueryResult<()> {
        let mut counts: Vec<_> = std::mem::take(&mut self.counts)
            .into_iter()
            .filter(|(_, counts)| *counts != postings::Counts::default())
            .collect();
        counts.sort_unstable_by_key(|(entity, _)| *entity);
        for (entity, counts) in counts {
            let (sequence, public) = (self.sequence(), self.public_sequence());
            let values = [
                counts.articles,
                counts.statements,
                counts.mentions,
                counts.mentions,
                sequence,
                public,
                entity,
            ]
            .map(Value::Number);
            let add = Prepared {
                sql: ADD_COUNTS,
                values: &values,
            };
            on_engine!(&mut *self.conn, |conn| add.execute(conn))?;
        }
        Ok(())
    }
}
