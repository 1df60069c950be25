//! Two records found to be one: everything that refers to the one refers to the other, and its keys lead there.
use diesel::prelude::*;
use diesel::sql_query;

use super::terms::{ChangeError, ChangeResult, Terms};
use super::{WriteError, Writer};
use crate::database::schema::{
    article_postings, article_tags, articles, entities, former_keys, statement_hops,
    statement_postings,
};
use crate::domain::key::Key;
use crate::domain::{Thing, bounds, name_fold};
use crate::on_engine;
use crate::rendering::postings::{ArticleFacet, StatementFacet};
use crate::rendering::records::{EntityKey, EntityRow};

impl Writer<'_, '_> {
    /// Merges the record under a key into another; gives the one that is left. Filters follow at once, what shows the name
    /// as the drain renders it again. No revision rises but that of the record that gets the other's names.
    pub fn merge_record(
        &mut self,
        thing: Thing,
        key: &Key,
        into: &Key,
        terms: &Terms,
    ) -> ChangeResult<EntityKey> {
        let from = self.entity(thing, key)?;
        let Some(into) = self.entity_by_key(thing, into.as_str())? else {
            let detail = format!("no {thing} has the id or slug `{}`", into.as_str());
            return Err(WriteError::fault("/into", "unknown_reference", detail).into());
        };
        if from.id == into.id {
            let detail = format!("is this {thing} itself; name the other one");
            return Err(WriteError::fault("/into", "invalid_value", detail).into());
        }
        self.permit_record(from.id, terms)?;
        self.permit_record(into.id, terms)?;
        self.within(terms, |writer| {
            let (row, seen) = writer.entity_row(from.id)?;
            let (into_row, into_seen) = writer.entity_row(into.id)?;
            // Also where nobody saw the one that ends: its keys begin to lead to one that is seen.
            if seen || into_seen {
                writer.public_sequence();
            }
            writer.mark_stale(from.id)?;
            writer.move_references(from.id, into.id)?;
            writer.move_postings(from.id, into.id)?;
            writer.former_keys_lead_on(thing, &from, &into)?;
            writer.take_out_entity(thing, &from)?;
            if let Some(named) = with_names_of(thing, &into_row, &row)? {
                writer.store_entity(thing, into.id, &into_row, named, into_seen)?;
            }
            if seen {
                writer.recount(into.id)?;
            }
            Ok(writer
                .entity_by_key(thing, into.uuid.as_str())?
                .unwrap_or(into))
        })
    }

    pub(super) fn entity_row(&mut self, id: i64) -> QueryResult<(EntityRow, bool)> {
        on_engine!(&mut *self.conn, |conn| entities::table
            .find(id)
            .select((EntityRow::as_select(), entities::visible))
            .get_result(conn))
    }

    fn move_references(&mut self, from: i64, into: i64) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            diesel::update(statement_hops::table.filter(statement_hops::entity_id.eq(from)))
                .set(statement_hops::entity_id.eq(into))
                .execute(conn)?;
            diesel::update(articles::table.filter(articles::outlet_id.eq(from)))
                .set(articles::outlet_id.eq(into))
                .execute(conn)?;
            // What has both keeps one.
            sql_query(format!(
                "DELETE FROM article_tags WHERE tag_id = {from} AND article_id IN \
                 (SELECT article_id FROM article_tags WHERE tag_id = {into})"
            ))
            .execute(conn)?;
            diesel::update(article_tags::table.filter(article_tags::tag_id.eq(from)))
                .set(article_tags::tag_id.eq(into))
                .execute(conn)
        })?;
        Ok(())
    }

    fn move_postings(&mut self, from: i64, into: i64) -> QueryResult<()> {
        for facet in ArticleFacet::OF_RECORDS {
            self.move_postings_in("article_postings", facet as i32, from, into)?;
        }
        for facet in StatementFacet::OF_RECORDS {
            self.move_postings_in("statement_postings", facet as i32, from, into)?;
        }
        Ok(())
    }

    fn move_postings_in(
        &mut self,
        table: &str,
        facet: i32,
        from: i64,
        into: i64,
    ) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| {
            // A thing that stands under both stands there once.
            sql_query(format!(
                "DELETE FROM {table} WHERE facet = {facet} AND value = {from} AND EXISTS \
                 (SELECT 1 FROM {table} AS other WHERE other.facet = {facet} AND other.value = {into} \
                 AND other.sort_key = {table}.sort_key AND other.uuid = {table}.uuid)"
            ))
            .execute(conn)?;
            sql_query(format!(
                "UPDATE {table} SET value = {into} WHERE facet = {facet} AND value = {from}"
            ))
            .execute(conn)
        })?;
        Ok(())
    }

    fn former_keys_lead_on(
        &mut self,
        thing: Thing,
        from: &EntityKey,
        into: &EntityKey,
    ) -> QueryResult<()> {
        on_engine!(&mut *self.conn, |conn| diesel::update(
            former_keys::table
                .filter(former_keys::uuid.eq(&from.uuid))
                .filter(former_keys::thing.eq(thing))
        )
        .set(former_keys::uuid.eq(&into.uuid))
        .execute(conn))?;
        for key in [from.slug.as_str(), from.uuid.as_str()] {
            self.keep_former_key(thing, key, &into.uuid)?;
        }
        Ok(())
    }

    /// Counts the postings of a record anew.
    fn recount(&mut self, entity: i64) -> QueryResult<()> {
        use entities as e;
        let (sequence, public) = (self.sequence(), self.public_sequence());
        on_engine!(&mut *self.conn, |conn| {
            let counted = ArticleFacet::COUNTED.map(|facet| facet as i32);
            let articles: i64 = article_postings::table
                .filter(article_postings::facet.eq_any(counted))
                .filter(article_postings::value.eq(entity))
                .count()
                .get_result(conn)?;
            let counted = StatementFacet::COUNTED.map(|facet| facet as i32);
            let statements: i64 = statement_postings::table
                .filter(statement_postings::facet.eq_any(counted))
                .filter(statement_postings::value.eq(entity))
                .count()
                .get_result(conn)?;
            let mentions: i64 = statement_postings::table
                .filter(statement_postings::facet.eq(StatementFacet::Via as i32))
                .filter(statement_postings::value.eq(entity))
                .count()
                .get_result(conn)?;
            let mentions = mentions + articles;
            diesel::update(e::table.find(entity))
                .set((
                    e::article_count.eq(articles),
                    e::statement_count.eq(statements),
                    e::mention_count.eq(mentions),
                    e::visible.eq(mentions > 0),
                    e::sequence.eq(sequence),
                    e::public_sequence.eq(public),
                ))
                .execute(conn)
        })?;
        Ok(())
    }
}

/// The record with what another was called, so that this finds it from now on; None where it was called so already. A tag has
/// no aliases, and takes over names by language alone.
fn with_names_of(
    thing: Thing,
    record: &EntityRow,
    other: &EntityRow,
) -> ChangeResult<Option<EntityRow>> {
    let mut named = record.clone();
    for (language, name) in &other.names.0 {
        let names = &mut named.names.0;
        names
            .entry(language.clone())
            .or_insert_with(|| name.clone());
    }
    if thing != Thing::Tag {
        let mut known: Vec<String> = named.spellings().map(name_fold::fold).collect();
        for name in other.spellings() {
            let fold = name_fold::fold(name);
            if !known.contains(&fold) {
                named.aliases.0.push(name.to_owned());
                known.push(fold);
            }
        }
    }
    let (aliases, names) = (named.aliases.0.len(), named.names.0.len());
    if aliases > bounds::ALIASES || names > bounds::ENTRIES {
        let detail = format!(
            "the two have {aliases} aliases and {names} names by language together; the bounds are {} and {}: \
             take some off first",
            bounds::ALIASES,
            bounds::ENTRIES
        );
        return Err(ChangeError::clash("", "too_many", detail));
    }
    Ok((named != *record).then_some(named))
}
