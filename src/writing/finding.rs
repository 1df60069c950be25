//! What a request means by a key: the thing, or why it is not to be had.
use diesel::prelude::*;

use super::Writer;
use super::terms::{ChangeError, ChangeResult};
use crate::database::lookup;
use crate::database::schema::statements;
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::on_engine;
use crate::rendering::load;
use crate::rendering::records::{ArticleRecord, EntityKey};

impl Writer<'_, '_> {
    /// The article under a key, as it is now.
    pub(super) fn article(&mut self, key: &Key) -> ChangeResult<ArticleRecord> {
        match self.article_by_key(key)? {
            Some(row) => self.load_current(row, Thing::Article),
            None => Err(self.why_not(Thing::Article, key)?),
        }
    }

    /// The article that has a statement, and the statement's place in it.
    pub(super) fn article_of(&mut self, statement: &Id) -> ChangeResult<(ArticleRecord, usize)> {
        let found: Option<(i64, i64)> = on_engine!(&mut *self.conn, |conn| statements::table
            .filter(statements::uuid.eq(statement))
            .select((statements::article_id, statements::id))
            .get_result(conn)
            .optional())?;
        let Some((row, id)) = found else {
            return Err(self.why_not(Thing::Statement, &Key::Id(statement.clone()))?);
        };
        let article = self.load_current(row, Thing::Statement)?;
        match article.statements.iter().position(|one| one.id == id) {
            Some(at) => Ok((article, at)),
            None => Err(ChangeError::Missing(Thing::Statement)),
        }
    }

    /// The speaker, outlet or tag under a key.
    pub(super) fn entity(&mut self, thing: Thing, key: &Key) -> ChangeResult<EntityKey> {
        match self.entity_by_key(thing, key.as_str())? {
            Some(found) if found.uuid.as_str() == key.as_str() || found.slug == key.as_str() => {
                Ok(found)
            }
            Some(elsewhere) => Err(ChangeError::Moved(elsewhere.uuid)),
            None => Err(self.why_not(thing, key)?),
        }
    }

    pub(super) fn load_current(&mut self, row: i64, thing: Thing) -> ChangeResult<ArticleRecord> {
        self.go_live_if_due(row)?;
        let article = load::articles(self.conn, &[row])?.pop();
        article.ok_or(ChangeError::Missing(thing))
    }

    /// Why nothing is under a key.
    fn why_not(&mut self, thing: Thing, key: &Key) -> ChangeResult<ChangeError> {
        let Some(id) = lookup::leads_to(self.conn, thing, key)? else {
            return Ok(ChangeError::Missing(thing));
        };
        Ok(match self.burial(thing, &id)? {
            Some(reason) => ChangeError::Deleted(thing, reason),
            None if *key == Key::Id(id.clone()) => ChangeError::Missing(thing),
            None => ChangeError::Moved(id),
        })
    }
}
