//! Every query that reads articles. What the public may not see has no posting and no document: it cannot be read here.
mod filter;
mod list;

use diesel::prelude::*;

pub use filter::{ArticleFilter, ArticleOrder};
pub use list::{count, documents, list};

use crate::articles::types::ArticleStatus;
use crate::database::schema::articles;
use crate::database::{Conn, lookup};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::on_engine;

/// An article that the public sees.
#[derive(Debug)]
pub struct VisibleArticle {
    pub row: i64,
    pub revision: i64,
    pub json: String,
}

/// What stands under a key of an article.
#[derive(Debug)]
pub enum FoundArticle {
    Visible(VisibleArticle),
    Moved(Id),
    Gone(Option<String>),
    Missing,
}

/// The article under a key, as the public may see it.
pub fn find(conn: &mut Conn<'_>, key: &Key) -> QueryResult<FoundArticle> {
    if let Some(found) = find_current(conn, key)? {
        return Ok(found);
    }
    let former = lookup::former(conn, Thing::Article, key)?;
    let uuid = match (former, key) {
        (Some(uuid), _) => uuid,
        (None, Key::Id(id)) => id.clone(),
        (None, Key::Slug(_)) => return Ok(FoundArticle::Missing),
    };
    if let Some(reason) = lookup::public_tombstone(conn, Thing::Article, &uuid)? {
        return Ok(FoundArticle::Gone(reason));
    }
    Ok(match find_current(conn, &Key::Id(uuid.clone()))? {
        Some(FoundArticle::Visible(_)) => FoundArticle::Moved(uuid),
        Some(other) => other,
        None => FoundArticle::Missing,
    })
}

fn find_current(conn: &mut Conn<'_>, key: &Key) -> QueryResult<Option<FoundArticle>> {
    type Row = (
        (i64, i64),
        Option<String>,
        ArticleStatus,
        Option<String>,
        Option<i64>,
    );
    let columns = (
        (articles::id, articles::revision),
        articles::item_json,
        articles::status,
        articles::reason,
        articles::public_sequence,
    );
    let row: Option<Row> = on_engine!(conn, |conn| match key {
        Key::Id(id) => articles::table
            .filter(articles::uuid.eq(id))
            .select(columns)
            .first(conn)
            .optional(),
        Key::Slug(slug) => articles::table
            .filter(articles::slug.eq(slug))
            .select(columns)
            .first(conn)
            .optional(),
    })?;
    Ok(row.map(|row| match row {
        ((row, revision), Some(json), ..) => FoundArticle::Visible(VisibleArticle {
            row,
            revision,
            json,
        }),
        (_, None, ArticleStatus::Withdrawn, reason, Some(_)) => FoundArticle::Gone(reason),
        _ => FoundArticle::Missing,
    }))
}

/// The row of the visible article under a key, a former one too.
pub fn visible_row(conn: &mut Conn<'_>, key: &Key) -> QueryResult<Option<i64>> {
    let by_id = |conn: &mut Conn<'_>, id: &Id| {
        on_engine!(conn, |conn| articles::table
            .filter(articles::uuid.eq(id))
            .filter(articles::visible)
            .select(articles::id)
            .first(conn)
            .optional())
    };
    let current: Option<i64> = match key {
        Key::Id(id) => by_id(conn, id)?,
        Key::Slug(slug) => on_engine!(&mut *conn, |conn| articles::table
            .filter(articles::slug.eq(slug))
            .filter(articles::visible)
            .select(articles::id)
            .first(conn)
            .optional())?,
    };
    match current {
        Some(id) => Ok(Some(id)),
        None => match lookup::former(conn, Thing::Article, key)? {
            Some(uuid) => by_id(conn, &uuid),
            None => Ok(None),
        },
    }
}
