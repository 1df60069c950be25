//! Every query on previews. They are no content: none of it advances the store's sequences.
use diesel::prelude::*;

use crate::database::Conn;
use crate::database::schema::{articles, previews};
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::secret::PreviewToken;
use crate::on_engine;

/// The article of a preview, as its answer names it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct Previewed {
    pub uuid: Id,
    pub slug: String,
    pub title: String,
    pub published_at: Option<Moment>,
}

pub fn previewed(conn: &mut Conn<'_>, article: i64) -> QueryResult<Previewed> {
    on_engine!(conn, |conn| articles::table
        .find(article)
        .select(Previewed::as_select())
        .get_result(conn))
}

/// The article that a token shows; None once that has ended, or was revoked. It is looked up by the hash, so that how long
/// that takes tells nothing of any token.
pub fn find(conn: &mut Conn<'_>, token: &PreviewToken, now: Moment) -> QueryResult<Option<Id>> {
    on_engine!(conn, |conn| previews::table
        .filter(previews::hash.eq(token.hash()))
        .filter(previews::expires_at.gt(now))
        .select(previews::article)
        .get_result(conn)
        .optional())
}

/// A preview that is kept.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = previews)]
pub struct NewRow<'a> {
    pub uuid: &'a Id,
    pub article: &'a Id,
    pub hash: String,
    pub created_at: Moment,
    /// The name of the key.
    pub created_by: &'a str,
    pub expires_at: Moment,
}

/// Keeps a new preview, and forgets those that have ended.
pub fn create(conn: &mut Conn<'_>, preview: &NewRow<'_>) -> QueryResult<()> {
    remove_expired(conn, preview.created_at)?;
    on_engine!(conn, |conn| diesel::insert_into(previews::table)
        .values(preview)
        .execute(conn))?;
    Ok(())
}

/// Forgets the previews that have ended; says how many.
pub fn remove_expired(conn: &mut Conn<'_>, now: Moment) -> QueryResult<usize> {
    on_engine!(conn, |conn| diesel::delete(
        previews::table.filter(previews::expires_at.le(now))
    )
    .execute(conn))
}

/// Revokes a preview of an article; false where it has none of this id.
pub fn revoke(conn: &mut Conn<'_>, article: &Id, preview: &Id) -> QueryResult<bool> {
    let revoked = on_engine!(conn, |conn| diesel::delete(
        previews::table
            .filter(previews::uuid.eq(preview))
            .filter(previews::article.eq(article))
    )
    .execute(conn))?;
    Ok(revoked > 0)
}
