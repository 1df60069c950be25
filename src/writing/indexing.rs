//! What things are found by: collected while they are written, put into the index once at the end of the transaction.
use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::Writer;
use crate::rendering::records::ArticleRecord;
use crate::search::Kind;
use crate::search::entry::{self, Entry};
use crate::search::index::{Index, Stored};
use crate::search::vocabulary;

/// The entries of rows that were written; None for those that are gone.
pub type Pending = BTreeMap<(Kind, i64), Option<Entry>>;

impl Writer<'_, '_> {
    /// Notes what an article and its statements are found by from now on; what is not among them any more is not.
    pub(super) fn note_entries(
        &mut self,
        before: Option<&ArticleRecord>,
        after: Option<&ArticleRecord>,
    ) {
        if let Some(record) = before {
            self.entries.insert((Kind::Article, record.id), None);
            for statement in &record.statements {
                self.entries.insert((Kind::Statement, statement.id), None);
            }
        }
        if let Some(record) = after {
            let entry = entry::of_article(record);
            self.entries.insert((Kind::Article, record.id), Some(entry));
            for statement in &record.statements {
                let entry = entry::of_statement(statement);
                self.entries
                    .insert((Kind::Statement, statement.id), Some(entry));
            }
        }
    }

    pub(super) fn settle_entries(&mut self) -> QueryResult<()> {
        let mut words: BTreeMap<bool, Vec<(String, String)>> = BTreeMap::new();
        let mut by_kind: BTreeMap<Kind, Vec<(i64, Option<Entry>)>> = BTreeMap::new();
        for ((kind, row), mut entry) in std::mem::take(&mut self.entries) {
            if let Some(entry) = &mut entry {
                let seen = words.entry(entry.is_visible()).or_default();
                seen.append(&mut entry.vocabulary);
            }
            by_kind.entry(kind).or_default().push((row, entry));
        }
        for (kind, pending) in by_kind {
            let index = Index(kind);
            let rows: Vec<i64> = pending.iter().map(|(row, _)| *row).collect();
            let stored = index.stored(self.conn, &rows)?;
            let stored: HashMap<i64, Stored> =
                stored.into_iter().map(|one| (one.row_id, one)).collect();
            let (mut gone, mut new) = (Vec::new(), Vec::new());
            for (row, entry) in pending {
                match (stored.get(&row), entry) {
                    (Some(stored), Some(entry)) if stored.is(&entry) => {}
                    (stored, entry) => {
                        gone.extend(stored.map(|stored| stored.place));
                        new.extend(entry.map(|entry| (row, entry)));
                    }
                }
            }
            index.remove(self.conn, gone)?;
            index.insert(self.conn, &new)?;
        }
        for (seen, mut words) in words {
            words.sort_unstable();
            words.dedup();
            vocabulary::add(self.conn, &words, seen)?;
        }
        Ok(())
    }
}
