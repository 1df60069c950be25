//! Every query that reads statements. What the public may not see has no posting and no document.
mod facets;
mod filter;
mod gather;
mod hidden;
mod highlights;
mod list;
mod narrow;
mod search;

use diesel::prelude::*;

pub use facets::{StatementFacetName, facets};
pub use filter::{StatementFilter, StatementOrder};
pub use highlights::highlights;
pub use list::{list, newest};
pub use search::corrected;

use crate::articles::types::ArticleStatus;
use crate::database::schema::{articles, statements};
use crate::database::verbatim::verbatim;
use crate::database::{Conn, lookup};
use crate::domain::Thing;
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::lookup::{Item, Lookup};
use crate::domain::verbatim::Verbatim;
use crate::on_engine;
use crate::rendering::fresh;
use crate::statements::types::StatementStatus;

/// The statement with an id, as the audience may see it.
pub fn find(conn: &mut Conn<'_>, id: &Id, audience: Audience) -> QueryResult<Lookup<Item>> {
    type Row = (
        (
            i64,
            i64,
            Option<Verbatim>,
            StatementStatus,
            Option<String>,
            Option<i64>,
        ),
        (i64, ArticleStatus, Option<String>, bool),
    );
    let row: Option<Row> = on_engine!(&mut *conn, |conn| statements::table
        .inner_join(articles::table)
        .filter(statements::uuid.eq(id))
        .select((
            (
                statements::id,
                statements::revision,
                verbatim(statements::item_json),
                statements::status,
                statements::note,
                statements::public_sequence,
            ),
            (
                articles::id,
                articles::status,
                articles::reason,
                articles::visible
            ),
        ))
        .get_result(conn)
        .optional())?;
    Ok(match row {
        Some(((_, revision, Some(json), ..), (article, ..))) => {
            Lookup::Found(Item::new(revision, json).of_article(article))
        }
        Some(((row, revision, ..), _)) if audience == Audience::Editor => {
            let document = fresh::statements(conn, &[row])?.remove(&row);
            let json = document.ok_or(diesel::result::Error::NotFound)?;
            Lookup::Found(Item::new(revision, json))
        }
        Some(((.., status, note, Some(_)), (_, of_article, why, visible))) => {
            match (status, of_article) {
                // What a hidden article once said is as hidden as the article.
                (StatementStatus::Retracted, _) if visible => Lookup::Gone(note),
                (StatementStatus::Retracted, ArticleStatus::Withdrawn) => Lookup::Gone(note),
                (StatementStatus::Published, ArticleStatus::Withdrawn) => Lookup::Gone(why),
                _ => Lookup::Missing,
            }
        }
        Some(_) => Lookup::Missing,
        None => match lookup::tombstone(conn, Thing::Statement, id, audience)? {
            Some(reason) => Lookup::Gone(reason),
            None => Lookup::Missing,
        },
    })
}
