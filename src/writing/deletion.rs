//! Deleting things: what was public is 410 from then on, and no key of it is ever given to another.
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::select;
use diesel::sql_types::Bool;

use super::terms::{ChangeError, ChangeResult, Terms};
use super::{WriteResult, Writer};
use crate::articles::types::ArticleStatus;
use crate::database::lookup;
use crate::database::schema::{
    article_postings, article_references, article_tags, articles, entities, previews,
    stale_documents, statement_hops, statement_postings, statements,
};
use crate::domain::Thing;
use crate::domain::key::Key;
use crate::on_engine;
use crate::rendering::postings::{ArticleFacet, StatementFacet};
use crate::rendering::records::{ArticleRecord, EntityKey};

/// What has to refer to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Anything,
    /// An article that is no draft, or a statement of one.
    BeyondDrafts,
}

impl Writer<'_, '_> {
    /// Deletes an article with its statements. Its last state is kept among the former ones.
    pub fn delete_article(
        &mut self,
        key: &Key,
        reason: Option<&str>,
        terms: &Terms,
    ) -> ChangeResult<()> {
        let article = self.article(key)?;
        terms.hold(Thing::Article, Some(article.row.revision))?;
        terms.permit(Some(&article), None)?;
        self.within(terms, |writer| {
            writer.keep_revision(&article)?;
            Ok(writer.take_out_article(&article, reason)?)
        })
    }

    /// Deletes an article and all that is known of it but its tombstone, also where it was deleted before.
    pub fn purge_article(
        &mut self,
        key: &Key,
        reason: Option<&str>,
        terms: &Terms,
    ) -> ChangeResult<()> {
        let id = match self.article(key) {
            Ok(article) => {
                terms.hold(Thing::Article, Some(article.row.revision))?;
                self.take_out_article(&article, reason)?;
                article.row.uuid
            }
            Err(ChangeError::Deleted(..)) => lookup::leads_to(self.conn, Thing::Article, key)?
                .ok_or(ChangeError::Missing(Thing::Article))?,
            Err(error) => return Err(error),
        };
        self.sequence();
        Ok(self.forget_article(&id)?)
    }

    fn take_out_article(
        &mut self,
        article: &ArticleRecord,
        reason: Option<&str>,
    ) -> WriteResult<()> {
        self.note_embedding(Some(article), None)?;
        for statement in &article.statements {
            self.delete_statement(statement, reason)?;
        }
        let id = article.id;
        on_engine!(&mut *self.conn, |conn| {
            diesel::delete(article_tags::table.filter(article_tags::article_id.eq(id)))
                .execute(conn)?;
            diesel::delete(article_references::table.filter(article_references::article_id.eq(id)))
                .execute(conn)?;
            diesel::delete(stale_documents::table.find(id)).execute(conn)?;
            diesel::delete(previews::table.filter(previews::article.eq(&article.row.uuid)))
                .execute(conn)?;
            diesel::delete(articles::table.find(id)).execute(conn)
        })?;
        self.rendered.insert(id);
        self.note_postings(Some(article), None);
        let row = &article.row;
        self.keep_former_key(Thing::Article, &row.slug, &row.uuid)?;
        let was_public = row.public_sequence.is_some();
        Ok(self.bury(Thing::Article, &row.uuid, reason, self.now, was_public)?)
    }

    /// Deletes a speaker, outlet or tag that nothing refers to; a tag is taken off whatever has it, where that is wanted.
    pub fn delete_record(
        &mut self,
        thing: Thing,
        key: &Key,
        detach: bool,
        reason: Option<&str>,
        terms: &Terms,
    ) -> ChangeResult<()> {
        let entity = self.entity(thing, key)?;
        let (row, visible) = self.entity_row(entity.id)?;
        terms.hold(thing, Some(row.revision))?;
        self.permit_record(entity.id, terms)?;
        if self.is_in_use(entity.id, By::Anything)? {
            match (thing, detach) {
                (Thing::Tag, true) => self.detach_tag(&entity)?,
                (Thing::Tag, false) => {
                    let detail = "articles have this tag; send `detach=true` to take it off them";
                    return Err(ChangeError::clash("", "in_use", detail));
                }
                _ => {
                    let detail = format!(
                        "something refers to this {thing}; merge it into another, or change what refers to it"
                    );
                    return Err(ChangeError::clash("", "in_use", detail));
                }
            }
        }
        self.within(terms, |writer| {
            if visible {
                writer.public_sequence();
            }
            writer.take_out_entity(thing, &entity)?;
            writer.keep_former_key(thing, &entity.slug, &entity.uuid)?;
            let was_public = row.public_sequence.is_some();
            Ok(writer.bury(thing, &entity.uuid, reason, writer.now, was_public)?)
        })
    }

    /// What an article that is no draft refers to concerns the public, now or later: to change it takes the right to publish.
    pub(super) fn permit_record(&mut self, entity: i64, terms: &Terms) -> ChangeResult<()> {
        match terms.may_publish || !self.is_in_use(entity, By::BeyondDrafts)? {
            true => Ok(()),
            false => Err(ChangeError::Unpermitted),
        }
    }

    /// Whether anything refers to a record, seen or not.
    fn is_in_use(&mut self, entity: i64, by: By) -> QueryResult<bool> {
        let counts = articles::status
            .ne(ArticleStatus::Draft)
            .or((by == By::Anything).into_sql::<Bool>());
        on_engine!(&mut *self.conn, |conn| {
            let at_a_hop: bool = select(exists(
                statement_hops::table
                    .inner_join(statements::table.inner_join(articles::table))
                    .filter(statement_hops::entity_id.eq(entity))
                    .filter(counts),
            ))
            .get_result(conn)?;
            let as_tag: bool = select(exists(
                article_tags::table
                    .inner_join(articles::table.on(articles::id.eq(article_tags::article_id)))
                    .filter(article_tags::tag_id.eq(entity))
                    .filter(counts),
            ))
            .get_result(conn)?;
            let as_outlet: bool = select(exists(
                articles::table
                    .filter(articles::outlet_id.eq(entity))
                    .filter(counts),
            ))
            .get_result(conn)?;
            Ok(at_a_hop || as_tag || as_outlet)
        })
    }

    /// Takes a tag off everything at once. No revision rises, as none does by a rename; the drain renders what showed it.
    fn detach_tag(&mut self, tag: &EntityKey) -> QueryResult<()> {
        self.mark_stale(tag.id)?;
        on_engine!(&mut *self.conn, |conn| {
            diesel::delete(
                article_postings::table
                    .filter(article_postings::facet.eq(ArticleFacet::Tag as i32))
                    .filter(article_postings::value.eq(tag.id)),
            )
            .execute(conn)?;
            diesel::delete(
                statement_postings::table
                    .filter(statement_postings::facet.eq(StatementFacet::Tag as i32))
                    .filter(statement_postings::value.eq(tag.id)),
            )
            .execute(conn)?;
            diesel::delete(article_tags::table.filter(article_tags::tag_id.eq(tag.id)))
                .execute(conn)
        })?;
        Ok(())
    }

    /// Takes out the rows of a record that nothing refers to.
    pub(super) fn take_out_entity(&mut self, thing: Thing, entity: &EntityKey) -> QueryResult<()> {
        self.sequence();
        self.drop_spellings(thing, entity.id)?;
        on_engine!(&mut *self.conn, |conn| diesel::delete(
            entities::table.find(entity.id)
        )
        .execute(conn))?;
        self.names.clear();
        Ok(())
    }
}
