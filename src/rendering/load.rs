//! Loading articles whole, and what they show of one another.
use std::collections::HashMap;

use diesel::prelude::*;

use super::records::{
    ArticleRecord, ArticleRow, EntityKey, HopRecord, HopRow, StatementRecord, StatementRow,
};
use crate::articles::types::{ExternalReference, Translation};
use crate::database::Conn;
use crate::database::any_of::any_of;
use crate::database::schema::{
    article_references, article_tags, articles as article_table, entities, entity_spellings,
    statement_hops, statements,
};
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::language::Language;
use crate::domain::moment::Moment;
use crate::domain::{Thing, name_fold};
use crate::on_engine;

/// Every record that has the name in one of its languages, spellings or aliases, of a kind where one is given.
pub fn records_by_name(
    conn: &mut Conn<'_>,
    thing: Thing,
    kind: Option<&str>,
    name: &str,
) -> QueryResult<Vec<EntityKey>> {
    let fold = name_fold::fold(name);
    let found: Vec<(EntityKey, Option<String>)> = on_engine!(conn, |conn| entity_spellings::table
        .inner_join(entities::table.on(entities::id.eq(entity_spellings::entity_id)))
        .filter(entity_spellings::thing.eq(thing))
        .filter(entity_spellings::fold.eq(&fold))
        .order(entities::slug)
        .select((EntityKey::as_select(), entities::kind))
        .load(conn))?;
    Ok(found
        .into_iter()
        .filter(|(_, of_kind)| kind.is_none() || of_kind.as_deref() == kind)
        .map(|(key, _)| key)
        .collect())
}

/// Loads articles whole, in the order of `ids`; ids of no article are passed over. Six queries, however many.
pub fn articles(conn: &mut Conn<'_>, ids: &[i64]) -> QueryResult<Vec<ArticleRecord>> {
    on_engine!(conn, |conn| {
        let rows: Vec<(i64, ArticleRow)> = article_table::table
            .filter(any_of(article_table::id, ids))
            .select((article_table::id, ArticleRow::as_select()))
            .load(conn)?;
        let tags: Vec<(i64, i64)> = article_tags::table
            .filter(any_of(article_tags::article_id, ids))
            .order((article_tags::article_id, article_tags::position))
            .select((article_tags::article_id, article_tags::tag_id))
            .load(conn)?;
        let references: Vec<(i64, String, String)> = article_references::table
            .filter(any_of(article_references::article_id, ids))
            .order((article_references::article_id, article_references::position))
            .select((
                article_references::article_id,
                article_references::type_,
                article_references::value,
            ))
            .load(conn)?;
        let statements: Vec<(i64, StatementRow)> = statements::table
            .filter(any_of(statements::article_id, ids))
            .order((statements::article_id, statements::position))
            .select((statements::id, StatementRow::as_select()))
            .load(conn)?;
        let statement_ids: Vec<i64> = statements.iter().map(|(id, _)| *id).collect();
        let hops: Vec<HopRow> = statement_hops::table
            .filter(any_of(statement_hops::statement_id, &statement_ids))
            .order((statement_hops::statement_id, statement_hops::hop))
            .select(HopRow::as_select())
            .load(conn)?;
        let mut named: Vec<i64> = hops.iter().filter_map(|hop| hop.entity_id).collect();
        named.extend(rows.iter().map(|(_, row)| row.outlet_id));
        named.extend(tags.iter().map(|(_, tag)| *tag));
        named.sort_unstable();
        named.dedup();
        let keys: Vec<EntityKey> = entities::table
            .filter(any_of(entities::id, &named))
            .select(EntityKey::as_select())
            .load(conn)?;
        let keys = keys.into_iter().map(|key| (key.id, key)).collect();
        Ok(assemble(
            ids, rows, tags, references, statements, hops, &keys,
        ))
    })
}

fn assemble(
    ids: &[i64],
    rows: Vec<(i64, ArticleRow)>,
    tags: Vec<(i64, i64)>,
    references: Vec<(i64, String, String)>,
    statements: Vec<(i64, StatementRow)>,
    hops: Vec<HopRow>,
    keys: &HashMap<i64, EntityKey>,
) -> Vec<ArticleRecord> {
    let mut hops_of: HashMap<i64, Vec<HopRecord>> = HashMap::new();
    for hop in hops {
        let statement = hop.statement_id;
        if let Some(hop) = HopRecord::from_row(hop, keys) {
            hops_of.entry(statement).or_default().push(hop);
        }
    }
    let mut records: HashMap<i64, ArticleRecord> = HashMap::new();
    for (id, row) in rows {
        // A foreign key holds the outlet in place.
        let Some(outlet) = keys.get(&row.outlet_id).cloned() else {
            continue;
        };
        let record = ArticleRecord {
            id,
            row,
            outlet,
            tags: Vec::new(),
            references: Vec::new(),
            statements: Vec::new(),
        };
        records.insert(id, record);
    }
    for (article, tag) in tags {
        if let (Some(record), Some(tag)) = (records.get_mut(&article), keys.get(&tag)) {
            record.tags.push(tag.clone());
        }
    }
    for (article, kind, value) in references {
        if let Some(record) = records.get_mut(&article) {
            record.references.push(ExternalReference { kind, value });
        }
    }
    for (id, row) in statements {
        if let Some(record) = records.get_mut(&row.article_id) {
            let hops = hops_of.remove(&id).unwrap_or_default();
            record.statements.push(StatementRecord {
                id,
                place: 0,
                row,
                hops,
            });
        }
    }
    for record in records.values_mut() {
        StatementRecord::place(&mut record.statements);
    }
    ids.iter().filter_map(|id| records.remove(id)).collect()
}

/// The visible articles of one translation group, `but` one, by language and then id.
pub fn translations(
    conn: &mut Conn<'_>,
    group: Option<&Id>,
    but: &Id,
) -> QueryResult<Vec<Translation>> {
    let Some(group) = group else {
        return Ok(Vec::new());
    };
    let rows: Vec<Shown> = on_engine!(conn, |conn| article_table::table
        .filter(article_table::translation_group.eq(group))
        .filter(article_table::visible)
        .filter(article_table::uuid.ne(but))
        .select(SHOWN)
        .load(conn))?;
    Ok(in_order(rows.into_iter().map(translation).collect()))
}

/// What each of some articles shows of its translation group, in their order. One query, however many.
pub fn translations_of(
    conn: &mut Conn<'_>,
    records: &[ArticleRecord],
    audience: Audience,
) -> QueryResult<Vec<Vec<Translation>>> {
    let groups: Vec<&Id> = records
        .iter()
        .filter_map(|record| record.row.translation_group.as_ref())
        .collect();
    let rows: Vec<(Option<Id>, bool, Shown)> = on_engine!(conn, |conn| article_table::table
        .filter(article_table::translation_group.eq_any(groups))
        .select((
            article_table::translation_group,
            article_table::visible,
            SHOWN
        ))
        .load(conn))?;
    let of = |record: &ArticleRecord| {
        let row = &record.row;
        let others = rows.iter().filter(|(group, visible, (uuid, ..))| {
            *group == row.translation_group && *uuid != row.uuid && audience.sees(*visible)
        });
        in_order(
            others
                .map(|(.., shown)| translation(shown.clone()))
                .collect(),
        )
    };
    Ok(records.iter().map(of).collect())
}

/// What an article shows of a translation.
type Shown = (Id, String, String, Option<Moment>, Language);

const SHOWN: (
    article_table::uuid,
    article_table::slug,
    article_table::title,
    article_table::published_at,
    article_table::language,
) = (
    article_table::uuid,
    article_table::slug,
    article_table::title,
    article_table::published_at,
    article_table::language,
);

fn translation((id, slug, title, published_at, language): Shown) -> Translation {
    Translation {
        id: id.to_string(),
        slug,
        title,
        published_at,
        language,
    }
}

fn in_order(mut translations: Vec<Translation>) -> Vec<Translation> {
    translations.sort_by(|a, b| (&a.language, &a.id).cmp(&(&b.language, &b.id)));
    translations
}
