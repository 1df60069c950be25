//! Former states of articles: kept by every change, read again to restore one.
use diesel::prelude::*;

use super::terms::{ChangeError, ChangeResult, Terms};
use super::{Outcome, WriteError, WriteResult, Writer};
use crate::articles::draft::ArticleDraft;
use crate::articles::write_shape::NewArticle;
use crate::database::Json;
use crate::database::schema::{article_revisions, stored_answers};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::naming::write_shape::NewReference;
use crate::on_engine;
use crate::rendering::records::ArticleRecord;
use crate::rendering::source;
use crate::statements::types::Origin;

/// The status of an answer that told of what is purged.
pub const PURGED: i64 = 410;

impl Writer<'_, '_> {
    /// Keeps the state that an article had until now.
    pub(super) fn keep_revision(&mut self, article: &ArticleRecord) -> QueryResult<()> {
        use article_revisions as r;
        let state = source::article(article.clone());
        let row = &article.row;
        on_engine!(&mut *self.conn, |conn| diesel::insert_into(r::table)
            .values((
                r::article_uuid.eq(&row.uuid),
                r::revision.eq(row.revision),
                r::changed_at.eq(row.revised_at.unwrap_or(row.updated_at)),
                r::changed_by.eq(row.updated_by.as_deref()),
                r::replaced_at.eq(self.now),
                r::state.eq(Json(&state)),
            ))
            .execute(conn))?;
        Ok(())
    }

    /// Makes of an article what it was at a revision: a new one, with status and date as they were, and what was proposed
    /// then proposed again. What was deleted since, statements and names, comes back under other ids, as nothing is revived.
    pub fn restore_article(
        &mut self,
        key: &Key,
        revision: i64,
        terms: &Terms,
    ) -> ChangeResult<(Outcome, ArticleRecord)> {
        let before = self.article(key)?;
        terms.hold(Thing::Article, Some(before.row.revision))?;
        let mut state = match revision == before.row.revision {
            true => source::article(before.clone()),
            false => self
                .former_state(&before.row.uuid, revision)?
                .ok_or(ChangeError::NoRevision(revision))?,
        };
        self.without_buried(&mut state)?;
        let draft = ArticleDraft::check(state.without_owned()).map_err(WriteError::Faults)?;
        let draft = ArticleDraft {
            keeps_date: false,
            keeps_review: false,
            ..draft
        };
        self.refuse_references_of_others(&draft, Some(before.id))?;
        self.within(terms, |writer| {
            writer.replace_article(Some(before), draft, Origin::Editor, |before, after| {
                terms.permit(before, Some(after))
            })
        })
    }

    /// A former state without the ids of what was deleted since; a name then finds or makes another record.
    fn without_buried(&mut self, state: &mut NewArticle) -> WriteResult<()> {
        let parse = |id: &Option<String>| id.as_deref().and_then(|id| id.parse::<Id>().ok());
        let mut named: Vec<(Thing, &mut NewReference)> = Vec::new();
        named.extend(state.outlet.iter_mut().map(|one| (Thing::Outlet, one)));
        named.extend(state.tags.iter_mut().flatten().map(|one| (Thing::Tag, one)));
        for statement in state.statements.iter_mut().flatten() {
            if let Some(id) = parse(&statement.id)
                && self.is_buried(Thing::Statement, &id)?
            {
                statement.id = None;
            }
            for hop in statement.attribution.iter_mut().flatten() {
                named.extend(hop.speaker.iter_mut().map(|one| (Thing::Speaker, one)));
                named.extend(hop.outlet.iter_mut().map(|one| (Thing::Outlet, one)));
            }
        }
        for (thing, reference) in named {
            if let Some(id) = parse(&reference.id)
                && self.is_buried(thing, &id)?
            {
                (reference.id, reference.slug) = (None, None);
            }
        }
        Ok(())
    }

    fn former_state(&mut self, article: &Id, revision: i64) -> QueryResult<Option<NewArticle>> {
        let state: Option<Json<NewArticle>> =
            on_engine!(&mut *self.conn, |conn| article_revisions::table
                .find((article, revision))
                .select(article_revisions::state)
                .get_result(conn)
                .optional())?;
        Ok(state.map(|state| state.0))
    }

    /// Forgets all former states of an article, and what requests about it were answered.
    pub(super) fn forget_article(&mut self, article: &Id) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            diesel::delete(
                article_revisions::table.filter(article_revisions::article_uuid.eq(article)),
            )
            .execute(conn)?;
            // That there was an answer stays known: the same request does not make it again.
            use stored_answers as s;
            diesel::update(s::table.filter(s::article_uuid.eq(article)))
                .set((
                    s::status.eq(PURGED),
                    s::fingerprint.eq(""),
                    s::location.eq(None::<String>),
                    s::etag.eq(None::<String>),
                    s::body.eq(None::<String>),
                ))
                .execute(conn)
        })?;
        Ok(())
    }

    /// The articles in whose former states a statement stands. It looks at all there are: a tombstone names no article.
    pub(super) fn articles_that_had(&mut self, statement: &Id) -> QueryResult<Vec<Id>> {
        use article_revisions as r;
        on_engine!(&mut *self.conn, |conn| r::table
            .filter(r::state.like(format!("%\"{statement}\"%")))
            .select(r::article_uuid)
            .distinct()
            .load(conn))
    }

    /// Takes a statement out of the former states of its article. What requests were answered has none of its words.
    pub(super) fn forget_statement(&mut self, article: &Id, statement: &Id) -> QueryResult<()> {
        use article_revisions as r;
        let revisions: Vec<i64> = on_engine!(&mut *self.conn, |conn| r::table
            .filter(r::article_uuid.eq(article))
            .select(r::revision)
            .load(conn))?;
        for revision in revisions {
            let Some(mut state) = self.former_state(article, revision)? else {
                continue;
            };
            let statements = state.statements.get_or_insert_default();
            let before = statements.len();
            statements.retain(|one| one.id.as_deref() != Some(statement.as_str()));
            if statements.len() < before {
                on_engine!(&mut *self.conn, |conn| diesel::update(
                    r::table.find((article, revision))
                )
                .set(r::state.eq(Json(&state)))
                .execute(conn))?;
            }
        }
        Ok(())
    }
}
