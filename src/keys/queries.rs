//! Every query on keys. They are no content: none of it advances the store's sequences.
use diesel::prelude::*;

use super::types::{ApiKey, KeyDraft, Scope};
use crate::database::Conn;
use crate::database::schema::api_keys;
use crate::domain::moment::Moment;
use crate::domain::secret::Secret;
use crate::on_engine;

/// The key of a secret. It is looked up by the hash, so that how long that takes tells nothing of any secret.
pub fn find(conn: &mut Conn<'_>, secret: &Secret) -> QueryResult<Option<ApiKey>> {
    on_engine!(conn, |conn| api_keys::table
        .filter(api_keys::hash.eq(secret.hash()))
        .select(ApiKey::as_select())
        .get_result(conn)
        .optional())
}

/// The key of a prefix.
pub fn of_prefix(conn: &mut Conn<'_>, prefix: &str) -> QueryResult<Option<ApiKey>> {
    on_engine!(conn, |conn| api_keys::table
        .filter(api_keys::prefix.eq(prefix))
        .select(ApiKey::as_select())
        .get_result(conn)
        .optional())
}

/// Whether another key than this one is good and reaches everything.
pub fn is_other_admin_good(conn: &mut Conn<'_>, id: i64, now: Moment) -> QueryResult<bool> {
    let others: i64 = on_engine!(conn, |conn| api_keys::table
        .filter(api_keys::id.ne(id))
        .filter(api_keys::scope.eq(Scope::Admin))
        .filter(api_keys::revoked_at.is_null())
        .filter(
            api_keys::expires_at
                .is_null()
                .or(api_keys::expires_at.gt(now))
        )
        .count()
        .get_result(conn))?;
    Ok(others > 0)
}

/// Every key, in the order in which they were made.
pub fn list(conn: &mut Conn<'_>) -> QueryResult<Vec<ApiKey>> {
    on_engine!(conn, |conn| api_keys::table
        .order(api_keys::id)
        .select(ApiKey::as_select())
        .load(conn))
}

/// Keeps a new key; false where another has its name.
pub fn create(
    conn: &mut Conn<'_>,
    draft: &KeyDraft,
    secret: &Secret,
    now: Moment,
) -> QueryResult<bool> {
    on_engine!(conn, |conn| {
        let namesakes: i64 = api_keys::table
            .filter(api_keys::name.eq(&draft.name))
            .count()
            .get_result(conn)?;
        if namesakes > 0 {
            return Ok(false);
        }
        diesel::insert_into(api_keys::table)
            .values((
                api_keys::name.eq(&draft.name),
                api_keys::prefix.eq(secret.prefix()),
                api_keys::hash.eq(secret.hash()),
                api_keys::scope.eq(draft.scope),
                api_keys::created_at.eq(now),
                api_keys::expires_at.eq(draft.expires_at),
            ))
            .execute(conn)?;
        Ok(true)
    })
}

/// Revokes the key of a prefix or name, for good; gives it as it was before.
pub fn revoke(conn: &mut Conn<'_>, which: &str, now: Moment) -> QueryResult<Option<ApiKey>> {
    on_engine!(conn, |conn| {
        let key: Option<ApiKey> = api_keys::table
            .filter(api_keys::prefix.eq(which).or(api_keys::name.eq(which)))
            // No name begins as a prefix does, unless it is older than that rule.
            .order(api_keys::prefix.eq(which).desc())
            .select(ApiKey::as_select())
            .first(conn)
            .optional()?;
        if let Some(key) = key.as_ref().filter(|key| key.revoked_at.is_none()) {
            diesel::update(api_keys::table.find(key.id))
                .set(api_keys::revoked_at.eq(now))
                .execute(conn)?;
        }
        Ok(key)
    })
}

/// Notes that a key was used, unless that was noted since a moment.
pub fn note_use(conn: &mut Conn<'_>, id: i64, now: Moment, since: Moment) -> QueryResult<()> {
    on_engine!(conn, |conn| diesel::update(
        api_keys::table.find(id).filter(
            api_keys::last_used_at
                .is_null()
                .or(api_keys::last_used_at.le(since))
        )
    )
    .set(api_keys::last_used_at.eq(now))
    .execute(conn))?;
    Ok(())
}
