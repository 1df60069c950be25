//! Former states: each is of an article that is or was, and can be restored.
use std::collections::HashMap;

use diesel::prelude::*;

use super::Inspection;
use crate::articles::draft::ArticleDraft;
use crate::articles::write_shape::NewArticle;
use crate::database::Conn;
use crate::database::schema::{article_revisions, articles, tombstones};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::on_engine;

/// How many former states are held in memory at once.
const BATCH: i64 = 200;

/// A former state: its article, its revision, and itself.
type Former = (Id, i64, String);

pub(super) fn inspect(conn: &mut Conn<'_>, inspection: &mut Inspection<'_>) -> QueryResult<()> {
    use article_revisions as r;
    let mut last: Option<(Id, i64)> = None;
    loop {
        let (article, revision) = match &last {
            Some((article, revision)) => (article.as_str(), *revision),
            None => ("", 0),
        };
        let batch: Vec<Former> = on_engine!(&mut *conn, |conn| r::table
            .filter(r::article_uuid.ge(article))
            .filter(r::article_uuid.gt(article).or(r::revision.gt(revision)))
            .order((r::article_uuid, r::revision))
            .limit(BATCH)
            .select((r::article_uuid, r::revision, r::state))
            .load(conn))?;
        let Some((article, revision, _)) = batch.last() else {
            return Ok(());
        };
        last = Some((article.clone(), *revision));
        let current = current_revisions(conn, &batch)?;
        for former in &batch {
            inspect_state(former, &current, inspection);
        }
    }
}

/// The present revision of the articles of which these are former states; of one that was deleted, the last there can be.
fn current_revisions(conn: &mut Conn<'_>, batch: &[Former]) -> QueryResult<HashMap<Id, i64>> {
    let ids: Vec<&Id> = batch.iter().map(|(article, ..)| article).collect();
    let (alive, deleted): (Vec<(Id, i64)>, Vec<Id>) = on_engine!(conn, |conn| {
        let alive = articles::table
            .filter(articles::uuid.eq_any(&ids))
            .select((articles::uuid, articles::revision))
            .load(conn)?;
        let deleted = tombstones::table
            .filter(tombstones::thing.eq(Thing::Article))
            .filter(tombstones::uuid.eq_any(&ids))
            .select(tombstones::uuid)
            .load(conn)?;
        Ok((alive, deleted))
    })?;
    let deleted = deleted.into_iter().map(|article| (article, i64::MAX));
    Ok(deleted.chain(alive).collect())
}

fn inspect_state(
    (article, revision, state): &Former,
    current: &HashMap<Id, i64>,
    inspection: &mut Inspection<'_>,
) {
    let what = format!("revision {revision} of article {article}");
    match current.get(article) {
        None => inspection.finding(&format!("{what} is of nothing that is or was")),
        Some(current) if current <= revision => {
            inspection.finding(&format!(
                "{what} is kept as a former one, but is yet to come"
            ));
        }
        Some(_) => {}
    }
    let Ok(state) = serde_json::from_slice::<NewArticle>(state.as_bytes()) else {
        inspection.finding(&format!("{what} cannot be read"));
        return;
    };
    if state.id.as_deref() != Some(article.as_str()) || state.revision != Some(*revision) {
        inspection.finding(&format!("{what} is the state of another"));
    }
    if ArticleDraft::check(state.without_owned()).is_err() {
        inspection.finding(&format!("{what} cannot be restored"));
    }
}
