//! How much of everything the public sees.
use diesel::prelude::*;

use super::types::MetaCounts;
use crate::database::Conn;
use crate::database::schema::{article_postings, entities, statement_postings};
use crate::domain::Thing;
use crate::on_engine;
use crate::rendering::postings::{ALL, ArticleFacet, StatementFacet};

pub fn counts(conn: &mut Conn<'_>) -> QueryResult<MetaCounts> {
    on_engine!(conn, |conn| {
        let articles = article_postings::table
            .filter(article_postings::facet.eq(ArticleFacet::Published as i32))
            .filter(article_postings::value.eq(ALL))
            .count()
            .get_result(conn)?;
        let statements = statement_postings::table
            .filter(statement_postings::facet.eq(StatementFacet::Published as i32))
            .filter(statement_postings::value.eq(ALL))
            .count()
            .get_result(conn)?;
        let mut named = |thing: Thing| -> QueryResult<i64> {
            entities::table
                .filter(entities::thing.eq(thing))
                .filter(entities::visible)
                .count()
                .get_result(conn)
        };
        Ok(MetaCounts {
            articles,
            statements,
            speakers: named(Thing::Speaker)?,
            outlets: named(Thing::Outlet)?,
            tags: named(Thing::Tag)?,
        })
    })
}
