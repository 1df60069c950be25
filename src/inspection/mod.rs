//! Proves a store sound: what is stored is what its rows say, rendered, found, counted and numbered, and what it was can be restored.
mod articles;
mod entries;
mod keys;
mod records;
mod revisions;

use std::collections::HashMap;

use crate::database::{self, Conn, Database, store};
use crate::rendering::postings::Counts;
use crate::search::analysis;

/// What was looked at, and how much of it was wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub articles: u64,
    pub statements: u64,
    pub records: u64,
    pub findings: u64,
}

/// An inspection under way.
struct Inspection<'a> {
    summary: Summary,
    tell: &'a mut dyn FnMut(&str),
    /// What the postings met so far add up to, by entity.
    counts: HashMap<i64, Counts>,
    article_postings: i64,
    statement_postings: i64,
    state: store::StoreState,
}

impl Inspection<'_> {
    /// Whether the index is whole, and of this version.
    fn is_indexed(&self) -> bool {
        self.state.is_indexed_by(analysis::VERSION)
    }

    fn finding(&mut self, finding: &str) {
        self.summary.findings += 1;
        (self.tell)(finding);
    }

    /// A row's numbers are of this store, and what the public sees has a public one.
    fn hold_numbers(&mut self, what: &str, visible: bool, sequence: i64, public: Option<i64>) {
        if sequence > self.state.sequence {
            self.finding(&format!("{what} has a sequence that is yet to come"));
        }
        if public.is_some_and(|public| public > self.state.public_sequence) {
            self.finding(&format!("{what} has a public sequence that is yet to come"));
        }
        if visible && public.is_none() {
            self.finding(&format!(
                "{what} is visible, but was never counted as public"
            ));
        }
    }
}

/// Looks at everything, at one moment; each thing that is wrong is told in a sentence.
pub fn inspect(
    database: &Database,
    tell: &mut dyn FnMut(&str),
) -> Result<Summary, database::Error> {
    let mut summary = Summary::default();
    for finding in database.integrity()? {
        summary.findings += 1;
        tell(&finding);
    }
    database.snapshot(|conn| {
        let mut inspection = Inspection {
            summary,
            tell,
            counts: HashMap::new(),
            article_postings: 0,
            statement_postings: 0,
            state: store::state(conn)?,
        };
        inspect_all(conn, &mut inspection)?;
        Ok(inspection.summary)
    })
}

fn inspect_all(
    conn: &mut Conn<'_>,
    inspection: &mut Inspection<'_>,
) -> Result<(), database::Error> {
    articles::inspect(conn, inspection)?;
    records::inspect(conn, inspection)?;
    keys::inspect(conn, inspection)?;
    revisions::inspect(conn, inspection)?;
    if inspection.is_indexed() {
        entries::inspect_counts(conn, inspection)?;
    }
    Ok(())
}
