//! Rendered on the way out: what no stored document has, since the public does not see it.
use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::article::{Rendered, render, render_statement};
use super::load;
use super::records::ArticleRecord;
use crate::database::any_of::any_of;
use crate::database::schema::statements as statement_table;
use crate::database::{Conn, unserializable};
use crate::domain::audience::Audience;
use crate::domain::moment::Moment;
use crate::domain::verbatim::Verbatim;
use crate::on_engine;

/// Some articles as an editor sees them, by row. How many queries it takes does not depend on how many they are.
pub fn articles(conn: &mut Conn<'_>, rows: &[i64]) -> QueryResult<HashMap<i64, Rendered>> {
    let records = load::articles(conn, rows)?;
    render_all(conn, &records, Audience::Editor)
}

/// An article as the public would see it if it were visible at a moment, and its revision.
pub fn preview(conn: &mut Conn<'_>, row: i64, now: Moment) -> QueryResult<Option<(i64, String)>> {
    let records: Vec<ArticleRecord> = load::articles(conn, &[row])?
        .into_iter()
        .map(|record| record.published(now))
        .collect();
    let mut rendered = render_all(conn, &records, Audience::Public)?;
    let document = rendered.remove(&row).map(|rendered| rendered.item);
    let revision = records.first().map(|record| record.row.revision);
    Ok(revision.zip(document))
}

fn render_all(
    conn: &mut Conn<'_>,
    records: &[ArticleRecord],
    audience: Audience,
) -> QueryResult<HashMap<i64, Rendered>> {
    let translations = load::translations_of(conn, records, audience)?;
    let rendered = records.iter().zip(translations).map(|(record, others)| {
        let rendered = render(record, &others, audience).map_err(unserializable)?;
        Ok((record.id, rendered))
    });
    rendered.collect()
}

/// Some statements, by row, whoever may see them.
pub fn statements(conn: &mut Conn<'_>, rows: &[i64]) -> QueryResult<HashMap<i64, Verbatim>> {
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let articles: Vec<i64> = on_engine!(&mut *conn, |conn| statement_table::table
        .filter(any_of(statement_table::id, rows))
        .select(statement_table::article_id)
        .load(conn))?;
    let articles: Vec<i64> = BTreeSet::from_iter(articles).into_iter().collect();
    let mut documents = HashMap::with_capacity(rows.len());
    for article in load::articles(conn, &articles)? {
        for statement in &article.statements {
            if rows.contains(&statement.id) {
                let document = render_statement(&article, statement).map_err(unserializable)?;
                documents.insert(statement.id, document.into());
            }
        }
    }
    Ok(documents)
}
