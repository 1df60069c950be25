//! The write path: checked drafts → rows, and in the same transaction everything derived from them.
//!
//! A [`Writer`] lives as long as one write transaction. It hands out the transaction's sequence numbers, finds and makes
//! the records that names refer to, collects postings and counts, and settles all of it in [`Writer::finish`].
mod article_rows;
pub mod articles;
mod chains;
mod deletion;
mod derived;
pub mod entities;
mod finding;
mod groups;
pub mod imports;
mod indexing;
mod matching;
mod merging;
mod names;
mod patches;
mod record_requests;
pub mod reindex;
mod requests;
pub mod retention;
pub mod review;
pub mod revisions;
pub mod schedule;
pub mod segments;
mod slugs;
pub mod stale;
pub mod statement_requests;
mod statement_rows;
mod statements;
pub mod terms;
pub mod tombstones;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use crate::database::schema::articles as article_table;
use crate::database::store::{self, StoreState};
use crate::database::{self, Conn, Failure, Touched, Written, unserializable};
use crate::domain::audience::Audience;
use crate::domain::fault::Fault;
use crate::domain::moment::Moment;
pub use crate::domain::outcome::WriteOutcome as Outcome;
use crate::on_engine;
use crate::rendering::article::{RENDER_VERSION, Rendered, render};
use crate::rendering::load;
use crate::rendering::postings::Counts;
use crate::rendering::records::{ArticleRecord, EntityKey};
use crate::search::analysis;

/// Why something was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The document cannot be stored as it is.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Faults(Vec<Fault>),
    #[error(transparent)]
    Database(#[from] database::Error),
}

impl From<diesel::result::Error> for WriteError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error.into())
    }
}

impl Failure for WriteError {
    fn database(&self) -> Option<&database::Error> {
        match self {
            Self::Database(error) => Some(error),
            Self::Faults(_) => None,
        }
    }
}

impl WriteError {
    pub fn fault(pointer: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Faults(vec![Fault {
            pointer: pointer.to_owned(),
            code,
            detail: detail.into(),
        }])
    }
}

pub type WriteResult<T> = Result<T, WriteError>;

/// One write transaction.
pub struct Writer<'a, 'c> {
    conn: &'a mut Conn<'c>,
    /// When the transaction takes place, by its own account.
    now: Moment,
    /// By whose key; None where a command, the samples or the clock write.
    author: Option<String>,
    state: StoreState,
    changed: bool,
    changed_in_public: bool,
    /// Whether something went live because its time has come.
    came_due: bool,
    names: HashMap<names::Spelling, EntityKey>,
    postings: derived::Pending,
    entries: indexing::Pending,
    counts: HashMap<i64, Counts>,
    /// Articles that show something of another that changed: rendered anew at the end.
    embedding: BTreeSet<i64>,
    /// Articles whose own documents, or those of their statements, are others now.
    rendered: BTreeSet<i64>,
}

impl<'a, 'c> Writer<'a, 'c> {
    pub fn begin(conn: &'a mut Conn<'c>, now: Moment) -> QueryResult<Self> {
        let state = store::state(conn)?;
        Ok(Self {
            conn,
            now,
            author: None,
            state,
            changed: false,
            changed_in_public: false,
            came_due: false,
            names: HashMap::new(),
            postings: BTreeMap::new(),
            entries: BTreeMap::new(),
            counts: HashMap::new(),
            embedding: BTreeSet::new(),
            rendered: BTreeSet::new(),
        })
    }

    /// As [`Self::begin`], by the key of this name.
    pub fn begin_as(conn: &'a mut Conn<'c>, now: Moment, author: &str) -> QueryResult<Self> {
        let writer = Self::begin(conn, now)?;
        Ok(Self {
            author: Some(author.to_owned()),
            ..writer
        })
    }

    /// Reads within the transaction.
    pub fn read<T>(
        &mut self,
        work: impl FnOnce(&mut Conn<'_>) -> QueryResult<T>,
    ) -> QueryResult<T> {
        work(self.conn)
    }

    /// The sequence number of this transaction; asking for it makes it a change.
    fn sequence(&mut self) -> i64 {
        self.changed = true;
        self.state.sequence + 1
    }

    /// The number of this transaction's change of what the public sees; asking for it makes it one.
    fn public_sequence(&mut self) -> i64 {
        self.changed_in_public = true;
        self.state.public_sequence + 1
    }

    /// Settles what the writes of this transaction entail, and gives the store's sequence after it. Call it last.
    pub fn finish(mut self) -> QueryResult<Written<i64>> {
        self.settle_postings()?;
        self.settle_counts()?;
        self.settle_entries()?;
        self.render_embedding()?;
        self.changed_in_public |= self.came_due;
        if self.changed || self.changed_in_public {
            let state = StoreState {
                identity: self.state.identity.clone(),
                sequence: self.state.sequence + 1,
                public_sequence: self.state.public_sequence + i64::from(self.changed_in_public),
                // An empty store has nothing that another version rendered.
                render_version: match self.state.sequence == 0 {
                    true => RENDER_VERSION,
                    false => self.state.render_version,
                },
                search_version: match self.state.sequence == 0 {
                    true => i64::from(analysis::VERSION),
                    false => self.state.search_version,
                },
                search_progress: match self.state.sequence == 0 {
                    true => StoreState::INDEXED,
                    false => self.state.search_progress,
                },
            };
            store::set_state(self.conn, &state)?;
            return Ok(Written {
                value: state.sequence,
                touched: self.touched(),
            });
        }
        Ok(Written::hidden(self.state.sequence))
    }

    fn touched(self) -> Touched {
        let before = self.state.public_sequence;
        match self.changed_in_public {
            true => Touched::Public {
                before,
                sequence: before + 1,
                articles: self.rendered.into_iter().collect(),
            },
            false => Touched::Nothing,
        }
    }

    /// Renders the articles that embed something whose visibility or title changed. Statements show nothing of it.
    fn render_embedding(&mut self) -> QueryResult<()> {
        let ids: Vec<i64> = std::mem::take(&mut self.embedding).into_iter().collect();
        for some in ids.chunks(100) {
            for mut record in load::articles(self.conn, some)? {
                self.touch(&mut record);
                let rendered = self.render(&record)?;
                self.store_article_rendering(&record, rendered.as_ref())?;
            }
        }
        Ok(())
    }

    /// Has an article and its statements found by what they say now, and renders them anew. What is served as before is not
    /// touched: the public does not learn that something hidden has another name.
    fn render_again(&mut self, mut record: ArticleRecord) -> QueryResult<()> {
        use crate::database::schema::statements as statement_table;
        self.note_entries(None, Some(&record));
        // Hidden meanwhile: it has no documents.
        if !record.row.visible {
            return Ok(());
        }
        let rendered = self.render(&record)?;
        let (list, item) = documents(rendered.as_ref());
        let (stored, statements) = self.stored_documents(record.id)?;
        if (stored.0.as_deref(), stored.1.as_deref()) != (list, item) {
            self.touch(&mut record);
            self.store_article_rendering(&record, rendered.as_ref())?;
        }
        for (at, statement) in record.statements.iter().enumerate() {
            let json = rendered.as_ref().and_then(|r| r.statement(at));
            let stored = statements.get(&statement.id).and_then(Option::as_deref);
            if json.is_none() || json == stored {
                continue;
            }
            let (sequence, public) = (self.sequence(), self.public_sequence());
            self.rendered.insert(record.id);
            on_engine!(&mut *self.conn, |conn| diesel::update(
                statement_table::table.find(statement.id)
            )
            .set((
                statement_table::item_json.eq(json),
                statement_table::sequence.eq(sequence),
                statement_table::public_sequence.eq(public),
            ))
            .execute(conn))?;
        }
        Ok(())
    }

    /// What an article is served as, in lists and by itself, and its statements by row.
    fn stored_documents(&mut self, article: i64) -> QueryResult<(Documents, StatementDocuments)> {
        use crate::database::schema::statements as statement_table;
        on_engine!(&mut *self.conn, |conn| {
            let of_article: Documents = article_table::table
                .find(article)
                .select((article_table::list_json, article_table::item_json))
                .get_result(conn)?;
            let of_statements: Vec<(i64, Option<String>)> = statement_table::table
                .filter(statement_table::article_id.eq(article))
                .select((statement_table::id, statement_table::item_json))
                .load(conn)?;
            Ok((of_article, of_statements.into_iter().collect()))
        })
    }

    /// Gives a thing that is served otherwise from now on the numbers of this change.
    fn touch(&mut self, record: &mut ArticleRecord) {
        record.row.sequence = self.sequence();
        if record.row.visible {
            record.row.public_sequence = Some(self.public_sequence());
        }
    }

    /// The documents of an article; None while the public may not see it.
    fn render(&mut self, record: &ArticleRecord) -> QueryResult<Option<Rendered>> {
        if !record.row.visible {
            return Ok(None);
        }
        let row = &record.row;
        let translations =
            load::translations(self.conn, row.translation_group.as_ref(), &row.uuid)?;
        render(record, &translations, Audience::Public)
            .map(Some)
            .map_err(unserializable)
    }

    fn store_article_rendering(
        &mut self,
        record: &ArticleRecord,
        rendered: Option<&Rendered>,
    ) -> QueryResult<()> {
        let (list, item) = documents(rendered);
        self.rendered.insert(record.id);
        on_engine!(&mut *self.conn, |conn| diesel::update(
            article_table::table.find(record.id)
        )
        .set((
            article_table::list_json.eq(list),
            article_table::item_json.eq(item),
            article_table::sequence.eq(record.row.sequence),
            article_table::public_sequence.eq(record.row.public_sequence),
        ))
        .execute(conn))?;
        Ok(())
    }
}

/// The list and the item document of an article.
type Documents = (Option<String>, Option<String>);

/// The documents of statements, by row.
type StatementDocuments = HashMap<i64, Option<String>>;

/// The list and the item document of an article that may be hidden.
fn documents(rendered: Option<&Rendered>) -> (Option<&str>, Option<&str>) {
    (
        rendered.map(|rendered| rendered.list.as_str()),
        rendered.map(|rendered| rendered.item.as_str()),
    )
}
