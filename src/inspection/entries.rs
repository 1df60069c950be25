//! What articles and statements are found by: what the index holds of them is what their rows say now.
use diesel::prelude::*;

use super::Inspection;
use crate::database::Conn;
use crate::rendering::records::ArticleRecord;
use crate::search::Kind;
use crate::search::entry::{self, Entry};
use crate::search::index::Index;
use crate::search::matching::Matching;

pub(super) fn inspect(
    conn: &mut Conn<'_>,
    inspection: &mut Inspection<'_>,
    article: &ArticleRecord,
) -> QueryResult<()> {
    let what = format!("article {}", article.row.uuid);
    let entry = entry::of_article(article);
    inspect_entry(conn, inspection, Kind::Article, article.id, &entry, &what)?;
    for statement in &article.statements {
        let what = format!("statement {}", statement.row.uuid);
        let entry = entry::of_statement(statement);
        inspect_entry(
            conn,
            inspection,
            Kind::Statement,
            statement.id,
            &entry,
            &what,
        )?;
    }
    Ok(())
}

fn inspect_entry(
    conn: &mut Conn<'_>,
    inspection: &mut Inspection<'_>,
    kind: Kind,
    row: i64,
    entry: &Entry,
    what: &str,
) -> QueryResult<()> {
    let index = Index(kind);
    let stored = index.stored(conn, &[row])?.pop();
    let Some(stored) = stored.filter(|stored| stored.is(entry)) else {
        inspection.finding(&format!("{what} is not found by what it says now"));
        return Ok(());
    };
    // One word of each column stands for the others: a row of the index is there whole or not at all.
    let terms = entry
        .columns
        .iter()
        .filter_map(|terms| terms.split(' ').next());
    let terms: Vec<&str> = terms.filter(|term| !term.is_empty()).collect();
    if !terms.is_empty() && !index.is_hit(conn, &Matching::of_terms(&terms), None, stored.place)? {
        inspection.finding(&format!("{what} is missing from the index"));
    }
    Ok(())
}

/// Nothing is found that is not there.
pub(super) fn inspect_counts(
    conn: &mut Conn<'_>,
    inspection: &mut Inspection<'_>,
) -> QueryResult<()> {
    let counts = [
        (Kind::Article, inspection.summary.articles),
        (Kind::Statement, inspection.summary.statements),
    ];
    for (kind, things) in counts {
        let entries = Index(kind).count(conn)?;
        if u64::try_from(entries).ok() != Some(things) {
            let finding = format!("the index has {entries} entries for {things} {kind:?}s");
            inspection.finding(&finding.to_lowercase());
        }
    }
    Ok(())
}
