//! Which article a draft means.
use diesel::prelude::*;

use super::{WriteError, WriteResult, Writer};
use crate::articles::draft::ArticleDraft;
use crate::articles::types::ExternalReference;
use crate::database::lookup::{self, select_by_key};
use crate::database::schema::{article_references, articles};
use crate::domain::Thing;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::on_engine;

impl Writer<'_, '_> {
    /// The article that a draft means: by id, then by a reference, then by slug.
    pub(super) fn find_article(&mut self, draft: &ArticleDraft) -> WriteResult<Option<i64>> {
        let mut found: Vec<i64> = Vec::new();
        if let Some(id) = &draft.id {
            let by_id = self.article_by_id(id)?;
            found.extend(by_id);
            if by_id.is_none() && self.is_buried(Thing::Article, id)? {
                let detail = "this article was deleted, and is never revived; use another id";
                return Err(WriteError::fault("/id", "deleted", detail));
            }
        }
        for reference in &draft.references {
            found.extend(self.articles_by_reference(reference)?);
        }
        if let Some(slug) = &draft.slug {
            found.extend(self.article_by_slug(slug)?);
        }
        let first = found.first().copied();
        if found.iter().any(|id| Some(*id) != first) {
            return Err(WriteError::fault(
                "",
                "conflicting_keys",
                "its id, references and slug point at two articles; correct the one that is wrong",
            ));
        }
        Ok(first)
    }

    pub(super) fn article_by_id(&mut self, id: &Id) -> QueryResult<Option<i64>> {
        self.article_by_key(&Key::Id(id.clone()))
    }

    /// The article that has a key now.
    pub(super) fn article_by_key(&mut self, key: &Key) -> QueryResult<Option<i64>> {
        select_by_key!(&mut *self.conn, articles, key, articles::id)
    }

    pub(super) fn articles_by_reference(
        &mut self,
        reference: &ExternalReference,
    ) -> QueryResult<Vec<i64>> {
        on_engine!(&mut *self.conn, |conn| article_references::table
            .filter(article_references::value.eq(&reference.value))
            .filter(article_references::type_.eq(&reference.kind))
            .select(article_references::article_id)
            .limit(3)
            .load(conn))
    }

    /// The article that has a slug, or had it.
    fn article_by_slug(&mut self, slug: &str) -> QueryResult<Option<i64>> {
        let current = self.article_by_key(&Key::Slug(slug.to_owned()))?;
        if current.is_some() {
            return Ok(current);
        }
        match lookup::former(self.conn, Thing::Article, slug)? {
            Some(id) => self.article_by_id(&id),
            None => Ok(None),
        }
    }
}
