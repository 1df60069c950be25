//! Every query that reads articles. What the public may not see has no posting and no document: whoever forgets to ask for whom
//! something is read shows nothing of it.
mod facets;
mod filter;
mod gather;
mod hidden;
mod highlights;
mod list;
mod narrow;
mod search;

use diesel::prelude::*;

pub use facets::{ArticleFacetName, facets};
pub use filter::{ArticleFilter, ArticleOrder, ArticleStanding};
pub use highlights::highlights;
pub use list::{documents, list, newest};
pub use search::corrected;

use crate::articles::types::ArticleStatus;
use crate::database::Conn;
use crate::database::lookup::{self, select_by_key};
use crate::database::schema::articles;
use crate::database::verbatim::verbatim;
use crate::domain::Thing;
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::lookup::Lookup;
use crate::domain::moment::Moment;
use crate::domain::verbatim::Verbatim;
use crate::rendering::fresh;

/// An article that is there for who asks.
#[derive(Debug)]
pub struct StoredArticle {
    pub row: i64,
    pub revision: i64,
    /// What the public is served; None while it may not see the article.
    json: Option<Verbatim>,
}

/// The article under a key, as the audience may see it.
pub fn find(
    conn: &mut Conn<'_>,
    key: &Key,
    audience: Audience,
) -> QueryResult<Lookup<StoredArticle>> {
    lookup::find(conn, Thing::Article, key, audience, |conn, key| {
        find_current(conn, key, audience)
    })
}

fn find_current(
    conn: &mut Conn<'_>,
    key: &Key,
    audience: Audience,
) -> QueryResult<Lookup<StoredArticle>> {
    type Row = (
        (i64, i64),
        Option<Verbatim>,
        ArticleStatus,
        Option<String>,
        Option<i64>,
    );
    let columns = (
        (articles::id, articles::revision),
        verbatim(articles::item_json),
        articles::status,
        articles::reason,
        articles::public_sequence,
    );
    let row: Option<Row> = select_by_key!(conn, articles, key, columns)?;
    Ok(match row {
        Some(((row, revision), json, ..)) if audience.sees(json.is_some()) => {
            Lookup::Found(StoredArticle {
                row,
                revision,
                json,
            })
        }
        Some((_, _, ArticleStatus::Withdrawn, reason, Some(_))) => Lookup::Gone(reason),
        _ => Lookup::Missing,
    })
}

/// The whole document of an article that was found: the public's as it lies, an editor's made of the rows.
pub fn document(
    conn: &mut Conn<'_>,
    article: StoredArticle,
    audience: Audience,
) -> QueryResult<Verbatim> {
    match audience {
        Audience::Public => article.json,
        Audience::Editor => {
            let mut rendered = fresh::articles(conn, &[article.row])?;
            let rendered = rendered.remove(&article.row);
            rendered.map(|rendered| rendered.item.into())
        }
    }
    .ok_or(diesel::result::Error::NotFound)
}

/// The article under a key, if it is this one, as the public would see it if it were visible at a moment; with its revision.
pub fn preview(
    conn: &mut Conn<'_>,
    key: &Key,
    shown: Id,
    now: Moment,
) -> QueryResult<Option<(i64, String)>> {
    let Some(row) = row(conn, &Key::Id(shown), Audience::Editor)? else {
        return Ok(None);
    };
    match self::row(conn, key, Audience::Editor)? == Some(row) {
        true => fresh::preview(conn, row, now),
        false => Ok(None),
    }
}

/// The row of the article under a key, a former one too, where the audience may see it.
pub fn row(conn: &mut Conn<'_>, key: &Key, audience: Audience) -> QueryResult<Option<i64>> {
    if let Some(row) = current_row(conn, key, audience)? {
        return Ok(Some(row));
    }
    match lookup::former(conn, Thing::Article, key.as_str())? {
        Some(uuid) => current_row(conn, &Key::Id(uuid), audience),
        None => Ok(None),
    }
}

fn current_row(conn: &mut Conn<'_>, key: &Key, audience: Audience) -> QueryResult<Option<i64>> {
    let columns = (articles::id, articles::visible);
    let row: Option<(i64, bool)> = select_by_key!(conn, articles, key, columns)?;
    Ok(row
        .filter(|(_, visible)| audience.sees(*visible))
        .map(|(row, _)| row))
}
