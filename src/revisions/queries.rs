//! Every query that reads former states: of articles that are there, seen or not, and of deleted ones.
use diesel::prelude::*;

use super::types::Revision;
use crate::articles::write_shape::NewArticle;
use crate::database::keyset::keyset;
use crate::database::lookup::{self, select_by_key};
use crate::database::schema::{article_revisions, articles};
use crate::database::{Conn, Json};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::lookup::Lookup;
use crate::domain::moment::Moment;
use crate::domain::page::{Cursor, Place, Slice, SortKey};
use crate::domain::walk::Walk;
use crate::on_engine;
use crate::rendering::{load, source};

/// An article with former states, perhaps deleted.
#[derive(Debug)]
pub struct Recorded {
    id: Id,
    /// Its row and present state, while it is there.
    current: Option<(i64, Revision)>,
}

/// The article under a key. A deleted one has no key but its id.
pub fn find(conn: &mut Conn<'_>, key: &Key) -> QueryResult<Lookup<Recorded>> {
    if let Some(found) = present(conn, key)? {
        return Ok(Lookup::Found(found));
    }
    let former = lookup::former(conn, Thing::Article, key.as_str())?;
    Ok(match (former, key) {
        (Some(id), _) => Lookup::Moved(id),
        (None, Key::Id(id)) if count_former(conn, id)? > 0 => Lookup::Found(Recorded {
            id: id.clone(),
            current: None,
        }),
        _ => Lookup::Missing,
    })
}

fn present(conn: &mut Conn<'_>, key: &Key) -> QueryResult<Option<Recorded>> {
    type Row = (i64, Id, i64, (Moment, Option<Moment>), Option<String>);
    let columns = (
        articles::id,
        articles::uuid,
        articles::revision,
        (articles::updated_at, articles::revised_at),
        articles::updated_by,
    );
    let row: Option<Row> = select_by_key!(conn, articles, key, columns)?;
    Ok(row.map(
        |(row, id, revision, (updated_at, revised_at), changed_by)| {
            let current = Revision {
                revision,
                changed_at: revised_at.unwrap_or(updated_at),
                changed_by,
                current: true,
            };
            Recorded {
                id,
                current: Some((row, current)),
            }
        },
    ))
}

fn count_former(conn: &mut Conn<'_>, id: &Id) -> QueryResult<i64> {
    on_engine!(conn, |conn| article_revisions::table
        .filter(article_revisions::article_uuid.eq(id))
        .count()
        .get_result(conn))
}

/// How many states are known of an article.
pub fn count(conn: &mut Conn<'_>, article: &Recorded) -> QueryResult<i64> {
    let present = i64::from(article.current.is_some());
    Ok(count_former(conn, &article.id)? + present)
}

/// One page of an article's states.
pub fn list(
    conn: &mut Conn<'_>,
    article: Recorded,
    walk: Walk<'_>,
) -> QueryResult<Slice<Revision>> {
    use article_revisions as r;
    let Recorded { id, current } = article;
    let descends = walk.descends();
    let from = walk.cursor.and_then(number);
    let former: Vec<(i64, Moment, Option<String>)> = on_engine!(conn, |conn| {
        let mut query = r::table
            .filter(r::article_uuid.eq(&id))
            .select((r::revision, r::changed_at, r::changed_by))
            .limit(walk.size.rows_to_fetch())
            .into_boxed();
        let from = from.map(|revision| (revision, id.as_str()));
        keyset!(query, r::revision, r::article_uuid, descends, from);
        query.load(conn)
    })?;
    let mut rows: Vec<Revision> = former
        .into_iter()
        .map(|(revision, changed_at, changed_by)| Revision {
            revision,
            changed_at,
            changed_by,
            current: false,
        })
        .collect();
    // The present state is the latest: the first one down, the last one up.
    if let Some((_, current)) = current {
        match descends {
            true if from.is_none_or(|from| current.revision < from) => rows.insert(0, current),
            false if from.is_none_or(|from| current.revision > from) => rows.push(current),
            _ => {}
        }
    }
    rows.truncate(usize::try_from(walk.size.rows_to_fetch()).unwrap_or(usize::MAX));
    let place = |row: &Revision| Place {
        key: SortKey::Number(row.revision),
        id: id.clone(),
    };
    Ok(Slice::new(rows, walk.size, walk.cursor, place))
}

fn number(cursor: &Cursor) -> Option<i64> {
    match cursor.place.key {
        SortKey::Number(number) => Some(number),
        SortKey::Text(_) => None,
    }
}

/// A state of an article: which it is, and the article as it is written.
pub fn state(
    conn: &mut Conn<'_>,
    article: Recorded,
    revision: i64,
) -> QueryResult<Option<(Revision, NewArticle)>> {
    use article_revisions as r;
    if let Some((row, current)) = article.current
        && current.revision == revision
    {
        let record = load::articles(conn, &[row])?.pop();
        return Ok(record.map(|record| (current, source::article(record))));
    }
    let row: Option<(Moment, Option<String>, Json<NewArticle>)> =
        on_engine!(conn, |conn| r::table
            .find((&article.id, revision))
            .select((r::changed_at, r::changed_by, r::state))
            .get_result(conn)
            .optional())?;
    let Some((changed_at, changed_by, state)) = row else {
        return Ok(None);
    };
    let of = Revision {
        revision,
        changed_at,
        changed_by,
        current: false,
    };
    Ok(Some((of, state.0)))
}
