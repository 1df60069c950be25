//! Every query that reads speakers, outlets and tags. The public sees those that something visible refers to.
mod begun;
mod named;

use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};

pub use begun::{Begun, Typed};
pub use named::Named;

use crate::database::keyset::keyset;
use crate::database::schema::{entities, entity_words};
use crate::database::spelled::within_languages;
use crate::database::{Conn, lookup};
use crate::domain::audience::Audience;
use crate::domain::id::Id;
use crate::domain::key::Key;
use crate::domain::language::Language;
use crate::domain::lookup::Lookup;
use crate::domain::moment::Moment;
use crate::domain::page::{Cursor, Place, Slice, SortKey};
use crate::domain::walk::Walk;
use crate::domain::{Thing, bounds, name_fold};
use crate::on_engine;
use crate::rendering::records::EntityRow;

/// A record and what the public's view adds up to.
#[derive(Debug, Queryable)]
pub struct Entity {
    pub id: i64,
    pub uuid: Id,
    pub row: EntityRow,
    pub article_count: i64,
    pub statement_count: i64,
    pub first_said_at: Option<Moment>,
    pub last_said_at: Option<Moment>,
}

/// In which order records are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityOrder {
    ArticleCount,
    StatementCount,
    Name,
}

/// Which records to list; what is None does not matter.
#[derive(Debug, Clone)]
pub struct EntityFilter {
    pub thing: Thing,
    /// Words as typed: each must begin a word of one of the record's names.
    pub words: Option<String>,
    pub kinds: Option<Vec<String>>,
    pub countries: Option<Vec<String>>,
    pub languages: Option<Vec<Language>>,
    /// Those that nothing visible refers to, instead of those that the public sees.
    pub hidden: bool,
}

/// What is selected of a record.
macro_rules! columns {
    () => {
        (
            entities::id,
            entities::uuid,
            EntityRow::as_select(),
            entities::article_count,
            entities::statement_count,
            sql::<Nullable<BigInt>>(FIRST_SAID),
            sql::<Nullable<BigInt>>(LAST_SAID),
        )
    };
}

// Facet 4 is `StatementFacet::SpeakerSaid`; each is one step into the index.
const FIRST_SAID: &str =
    "(SELECT min(sort_key) FROM statement_postings WHERE facet = 4 AND value = entities.id)";
const LAST_SAID: &str =
    "(SELECT max(sort_key) FROM statement_postings WHERE facet = 4 AND value = entities.id)";

/// Narrows a query over records by all of a filter.
macro_rules! narrow {
    ($query:ident, $filter:expr, $prefixes:expr) => {
        for (from, to) in $prefixes {
            $query = $query.filter(exists(
                entity_words::table
                    .filter(entity_words::entity_id.eq(entities::id))
                    .filter(entity_words::word.ge(from))
                    .filter(entity_words::word.lt(to)),
            ));
        }
        if let Some(kinds) = &$filter.kinds {
            $query = $query.filter(entities::kind.eq_any(kinds.clone()));
        }
        if let Some(countries) = &$filter.countries {
            $query = $query.filter(entities::country.eq_any(countries.clone()));
        }
        if let Some(ranges) = &$filter.languages {
            $query = $query.filter(sql::<Bool>(&within_languages("entities.language", ranges)));
        }
    };
}

/// Orders a query by the id alone, and starts it beyond a place.
macro_rules! by_id {
    ($query:ident, $descends:expr, $from:expr) => {
        let from = $from.map(|(_, id)| id);
        if $descends {
            if let Some(id) = from {
                $query = $query.filter(entities::uuid.lt(id));
            }
            $query = $query.order(entities::uuid.desc());
        } else {
            if let Some(id) = from {
                $query = $query.filter(entities::uuid.gt(id));
            }
            $query = $query.order(entities::uuid.asc());
        }
    };
}

/// The record under a key, as the audience may see it.
pub fn find(
    conn: &mut Conn<'_>,
    thing: Thing,
    key: &Key,
    audience: Audience,
) -> QueryResult<Lookup<Entity>> {
    lookup::find(conn, thing, key, audience, |conn, key| {
        let entity = current(conn, thing, key, audience)?;
        Ok(entity.map_or(Lookup::Missing, Lookup::Found))
    })
}

/// The record of a row, seen or not.
pub fn by_row(conn: &mut Conn<'_>, row: i64) -> QueryResult<Entity> {
    on_engine!(conn, |conn| entities::table
        .find(row)
        .select(columns!())
        .get_result(conn))
}

fn current(
    conn: &mut Conn<'_>,
    thing: Thing,
    key: &Key,
    audience: Audience,
) -> QueryResult<Option<Entity>> {
    on_engine!(conn, |conn| {
        let mut records = entities::table
            .filter(entities::thing.eq(thing))
            .select(columns!())
            .into_boxed();
        if audience == Audience::Public {
            records = records.filter(entities::visible);
        }
        match key {
            Key::Id(id) => records.filter(entities::uuid.eq(id)),
            Key::Slug(slug) => records.filter(entities::slug.eq(slug)),
        }
        .get_result(conn)
        .optional()
    })
}

/// One page of records.
pub fn list(
    conn: &mut Conn<'_>,
    filter: &EntityFilter,
    order: EntityOrder,
    walk: Walk<'_>,
) -> QueryResult<Slice<Entity>> {
    let place = |entity: &Entity| Place {
        key: match order {
            EntityOrder::ArticleCount => SortKey::Number(entity.article_count),
            EntityOrder::StatementCount => SortKey::Number(entity.statement_count),
            EntityOrder::Name => SortKey::Text(entity.row.fold.clone()),
        },
        id: entity.uuid.clone(),
    };
    let Some(prefixes) = prefixes(filter.words.as_deref()) else {
        return Ok(Slice::new(Vec::new(), walk.size, walk.cursor, place));
    };
    let rows: Vec<Entity> = on_engine!(conn, |conn| {
        let mut query = entities::table
            .filter(entities::thing.eq(filter.thing))
            .filter(sql::<Bool>(shown(filter)))
            .select(columns!())
            .limit(walk.size.rows_to_fetch())
            .into_boxed();
        narrow!(query, filter, &prefixes);
        let (descends, id) = (walk.descends(), entities::uuid);
        match order {
            EntityOrder::ArticleCount | EntityOrder::StatementCount if filter.hidden => {
                // Nothing visible refers to them, so that all their counts are 0.
                by_id!(query, descends, number(walk.cursor));
            }
            EntityOrder::ArticleCount => {
                keyset!(
                    query,
                    entities::article_count,
                    id,
                    descends,
                    number(walk.cursor)
                );
            }
            EntityOrder::StatementCount => {
                keyset!(
                    query,
                    entities::statement_count,
                    id,
                    descends,
                    number(walk.cursor)
                );
            }
            EntityOrder::Name => {
                keyset!(query, entities::fold, id, descends, text(walk.cursor));
            }
        }
        query.load(conn)
    })?;
    Ok(Slice::new(rows, walk.size, walk.cursor, place))
}

/// How many records the list has, counted to one more than the bound.
pub fn count(conn: &mut Conn<'_>, filter: &EntityFilter) -> QueryResult<i64> {
    let Some(prefixes) = prefixes(filter.words.as_deref()) else {
        return Ok(0);
    };
    let rows: Vec<i64> = on_engine!(conn, |conn| {
        let mut query = entities::table
            .filter(entities::thing.eq(filter.thing))
            .filter(sql::<Bool>(shown(filter)))
            .select(entities::id)
            .limit(bounds::COUNT + 1)
            .into_boxed();
        narrow!(query, filter, &prefixes);
        query.load(conn)
    })?;
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

/// The records of a list, as the partial indexes spell it.
fn shown(filter: &EntityFilter) -> &'static str {
    match filter.hidden {
        true => "NOT entities.visible",
        false => "entities.visible",
    }
}

fn number(cursor: Option<&Cursor>) -> Option<(i64, &str)> {
    match &cursor?.place {
        Place {
            key: SortKey::Number(number),
            id,
        } => Some((*number, id.as_str())),
        Place { .. } => None,
    }
}

fn text(cursor: Option<&Cursor>) -> Option<(&String, &str)> {
    match &cursor?.place {
        Place {
            key: SortKey::Text(text),
            id,
        } => Some((text, id.as_str())),
        Place { .. } => None,
    }
}

/// More words than a name has are no name.
const WORDS: usize = 8;

/// The words that were typed, as ranges of the words that begin with them; None where nothing can match.
fn prefixes(typed: Option<&str>) -> Option<Vec<(String, String)>> {
    let Some(typed) = typed else {
        return Some(Vec::new());
    };
    let folded = name_fold::fold(typed);
    let ranges: Vec<(String, String)> = name_fold::words(&folded)
        .map(|word| (word.to_owned(), format!("{word}{}", char::MAX)))
        .collect();
    (1..=WORDS).contains(&ranges.len()).then_some(ranges)
}
