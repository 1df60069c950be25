//! Articles and statements: their documents, places, anchors, postings and numbers.
use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::{Inspection, entries};
use crate::articles::types::ArticleStatus;
use crate::database::Conn;
use crate::database::schema::{
    article_postings, articles, stale_documents, statement_postings, statements,
};
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::on_engine;
use crate::rendering::article::{RENDER_VERSION, Rendered, render};
use crate::rendering::load;
use crate::rendering::postings::{self, Posting};
use crate::rendering::records::{ArticleRecord, HopRecord, Party, StatementRecord};
use crate::statements::anchor::ArticleText;
use crate::statements::types::{Anchor, AnchorState, StatementStatus};

/// How many articles are held in memory at once.
const BATCH: i64 = 200;

/// The stored documents of an article: list, item, and statements by row.
type Documents = (Option<String>, Option<String>, HashMap<i64, Option<String>>);

pub(super) fn inspect(conn: &mut Conn<'_>, inspection: &mut Inspection<'_>) -> QueryResult<()> {
    let mut last = 0;
    loop {
        let ids: Vec<i64> = on_engine!(&mut *conn, |conn| articles::table
            .filter(articles::id.gt(last))
            .order(articles::id)
            .limit(BATCH)
            .select(articles::id)
            .load(conn))?;
        let Some(highest) = ids.last() else { break };
        last = *highest;
        let stale: Vec<i64> = on_engine!(&mut *conn, |conn| stale_documents::table
            .filter(stale_documents::article_id.eq_any(&ids))
            .select(stale_documents::article_id)
            .load(conn))?;
        let stale: HashSet<i64> = stale.into_iter().collect();
        let mut stored = documents(conn, &ids)?;
        for record in load::articles(conn, &ids)? {
            let is_stale = stale.contains(&record.id);
            let documents = stored.remove(&record.id).unwrap_or_default();
            inspect_article(conn, inspection, &record, documents, is_stale)?;
        }
    }
    let (articles, statements): (i64, i64) = on_engine!(conn, |conn| {
        Ok((
            article_postings::table.count().get_result(conn)?,
            statement_postings::table.count().get_result(conn)?,
        ))
    })?;
    if articles != inspection.article_postings || statements != inspection.statement_postings {
        inspection.finding("there are postings that lead to nothing");
    }
    Ok(())
}

fn documents(conn: &mut Conn<'_>, ids: &[i64]) -> QueryResult<HashMap<i64, Documents>> {
    on_engine!(conn, |conn| {
        let of_articles: Vec<(i64, Option<String>, Option<String>)> = articles::table
            .filter(articles::id.eq_any(ids))
            .select((articles::id, articles::list_json, articles::item_json))
            .load(conn)?;
        let mut documents: HashMap<i64, Documents> = of_articles
            .into_iter()
            .map(|(id, list, item)| (id, (list, item, HashMap::new())))
            .collect();
        let of_statements: Vec<(i64, i64, Option<String>)> = statements::table
            .filter(statements::article_id.eq_any(ids))
            .select((
                statements::article_id,
                statements::id,
                statements::item_json,
            ))
            .load(conn)?;
        for (article, id, json) in of_statements {
            if let Some((_, _, of_article)) = documents.get_mut(&article) {
                of_article.insert(id, json);
            }
        }
        Ok(documents)
    })
}

fn inspect_article(
    conn: &mut Conn<'_>,
    inspection: &mut Inspection<'_>,
    record: &ArticleRecord,
    stored: Documents,
    is_stale: bool,
) -> QueryResult<()> {
    let row = &record.row;
    let what = format!("article {}", row.uuid);
    inspection.summary.articles += 1;
    inspection.hold_numbers(&what, row.visible, row.sequence, row.public_sequence);
    let is_due = row.published_at.is_some_and(|at| at <= Moment::now());
    // What came due this moment is shown by the scheduler, not here.
    if row.visible && (row.status != ArticleStatus::Published || !is_due) {
        inspection.finding(&format!(
            "{what} is visible, but not published yet or any more"
        ));
    }
    if row.published_key != row.published_at.unwrap_or(row.created_at) {
        inspection.finding(&format!("{what} is sorted by another moment than its own"));
    }
    let visible = record
        .statements
        .iter()
        .filter(|statement| statement.row.visible);
    if i64::try_from(visible.count()).ok() != Some(row.statement_count) {
        inspection.finding(&format!("{what} counts its statements wrong"));
    }
    inspect_places(inspection, record, &what);
    for statement in &record.statements {
        inspect_statement(conn, inspection, record, statement)?;
    }
    if !is_stale && inspection.state.render_version == RENDER_VERSION {
        inspect_documents(conn, inspection, record, &stored, &what)?;
    }
    if !is_stale && inspection.is_indexed() {
        entries::inspect(conn, inspection, record)?;
    }
    let postings = postings::of_article(record);
    inspection.article_postings += i64::try_from(postings.len()).unwrap_or(i64::MAX);
    for (entity, counts) in postings
        .iter()
        .filter_map(|p| postings::article_counts(p, 1))
    {
        *inspection.counts.entry(entity).or_default() += counts;
    }
    for posting in missing(&postings, |p| {
        article_posting(conn, p, &row.uuid, record.id)
    })? {
        inspection.finding(&format!("{what} is not found by facet {}", posting.facet));
    }
    Ok(())
}

fn inspect_documents(
    conn: &mut Conn<'_>,
    inspection: &mut Inspection<'_>,
    record: &ArticleRecord,
    (list, item, of_statements): &Documents,
    what: &str,
) -> QueryResult<()> {
    let translations = load::translations(
        conn,
        record.row.translation_group.as_ref(),
        &record.row.uuid,
    )?;
    let fresh = match record.row.visible {
        true => render(record, &translations, Audience::Public).ok(),
        false => None,
    };
    let rendered = |part: fn(&Rendered) -> &String| fresh.as_ref().map(part);
    if rendered(|fresh| &fresh.list) != list.as_ref()
        || rendered(|fresh| &fresh.item) != item.as_ref()
    {
        inspection.finding(&format!("{what} is served otherwise than its rows say"));
    }
    for (at, statement) in record.statements.iter().enumerate() {
        let fresh = fresh
            .as_ref()
            .and_then(|fresh| fresh.statements.get(at)?.as_ref());
        let stored = of_statements.get(&statement.id).and_then(Option::as_ref);
        if fresh != stored {
            let uuid = &statement.row.uuid;
            inspection.finding(&format!(
                "statement {uuid} is served otherwise than its rows say"
            ));
        }
    }
    Ok(())
}

/// Statements are numbered in text order.
fn inspect_places(inspection: &mut Inspection<'_>, record: &ArticleRecord, what: &str) {
    let in_order = (0_i64..)
        .zip(&record.statements)
        .all(|(place, statement)| statement.row.position == place);
    let order = |s: &StatementRecord| {
        let order = s.row.anchor.as_ref().map(|anchor| anchor.0.order());
        (order.is_none(), order)
    };
    if !in_order || !record.statements.is_sorted_by_key(order) {
        inspection.finding(&format!("{what} has statements out of text order"));
    }
}

fn inspect_statement(
    conn: &mut Conn<'_>,
    inspection: &mut Inspection<'_>,
    article: &ArticleRecord,
    statement: &StatementRecord,
) -> QueryResult<()> {
    let row = &statement.row;
    let what = format!("statement {}", row.uuid);
    inspection.summary.statements += 1;
    inspection.hold_numbers(&what, row.visible, row.sequence, row.public_sequence);
    if row.visible != (article.row.visible && row.status == StatementStatus::Published) {
        inspection.finding(&format!(
            "{what} is visible, but should not be, or the other way round"
        ));
    }
    if row.published_key != article.row.published_key
        || row.said_key != row.said_at.unwrap_or(row.published_key)
    {
        inspection.finding(&format!("{what} is sorted by other moments than its own"));
    }
    if row.anonymous == statement.speaker().is_some() || statement.hops.is_empty() {
        inspection.finding(&format!("{what} has a chain without its mouth"));
    }
    let is_unresolved = |hop: &HopRecord| matches!(hop.party, Party::Unresolved(_));
    if statement.hops.iter().any(is_unresolved) && !row.status.may_be_unresolved() {
        inspection.finding(&format!(
            "{what} is {}, and names a party that nobody has looked up",
            row.status
        ));
    }
    if let Some(anchor) = &row.anchor
        && !stands(&anchor.0, article)
    {
        inspection.finding(&format!(
            "{what} has an anchor whose words do not stand there"
        ));
    }
    let postings = postings::of_statement(article, statement);
    inspection.statement_postings += i64::try_from(postings.len()).unwrap_or(i64::MAX);
    for (entity, counts) in postings
        .iter()
        .filter_map(|p| postings::statement_counts(p, 1))
    {
        *inspection.counts.entry(entity).or_default() += counts;
    }
    for posting in missing(&postings, |p| {
        statement_posting(conn, p, &row.uuid, statement.id)
    })? {
        inspection.finding(&format!("{what} is not found by facet {}", posting.facet));
    }
    Ok(())
}

/// Whether an anchor's words and surroundings are where it says; an orphan claims nothing.
fn stands(anchor: &Anchor, article: &ArticleRecord) -> bool {
    let text = ArticleText {
        title: &article.row.title,
        summary: article.row.summary.as_deref(),
        body: &article.row.body.0,
    };
    if anchor.state == AnchorState::Orphaned {
        return true;
    }
    let continued = anchor.continued.clone();
    text.verify(
        anchor.spot(),
        anchor.start,
        anchor.end,
        &anchor.exact,
        continued,
    )
    .is_ok_and(|fresh| (&fresh.prefix, &fresh.suffix) == (&anchor.prefix, &anchor.suffix))
}

/// Those of the postings that are not there.
fn missing(
    postings: &BTreeSet<Posting>,
    mut is_there: impl FnMut(&Posting) -> QueryResult<bool>,
) -> QueryResult<Vec<Posting>> {
    let mut missing = Vec::new();
    for posting in postings {
        if !is_there(posting)? {
            missing.push(*posting);
        }
    }
    Ok(missing)
}

fn article_posting(conn: &mut Conn<'_>, p: &Posting, uuid: &Id, id: i64) -> QueryResult<bool> {
    let leads_to: Option<i64> = on_engine!(conn, |conn| article_postings::table
        .find((p.facet, p.value, p.sort_key, uuid.to_bytes()))
        .select(article_postings::article_id)
        .first(conn)
        .optional())?;
    Ok(leads_to == Some(id))
}

fn statement_posting(conn: &mut Conn<'_>, p: &Posting, uuid: &Id, id: i64) -> QueryResult<bool> {
    let leads_to: Option<i64> = on_engine!(conn, |conn| statement_postings::table
        .find((p.facet, p.value, p.sort_key, uuid.to_bytes()))
        .select(statement_postings::statement_id)
        .first(conn)
        .optional())?;
    Ok(leads_to == Some(id))
}
