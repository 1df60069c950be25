//! Speakers, outlets and tags: their counts, spellings and numbers.
use diesel::prelude::*;

use super::Inspection;
use crate::database::Conn;
use crate::database::schema::{entities, entity_spellings, entity_words};
use crate::domain::id::Id;
use crate::domain::{Thing, name_fold};
use crate::on_engine;
use crate::rendering::postings::Counts;
use crate::rendering::records::EntityRow;

/// How many records are held in memory at once.
const BATCH: i64 = 1000;

type Stored = (i64, Id, Thing, EntityRow, (i64, i64, i64), bool);

pub(super) fn inspect(conn: &mut Conn<'_>, inspection: &mut Inspection<'_>) -> QueryResult<()> {
    let mut last = 0;
    loop {
        let stored: Vec<Stored> = on_engine!(&mut *conn, |conn| entities::table
            .filter(entities::id.gt(last))
            .order(entities::id)
            .limit(BATCH)
            .select((
                entities::id,
                entities::uuid,
                entities::thing,
                EntityRow::as_select(),
                (
                    entities::article_count,
                    entities::statement_count,
                    entities::mention_count,
                ),
                entities::visible,
            ))
            .load(conn))?;
        let Some((highest, ..)) = stored.last() else {
            return Ok(());
        };
        last = *highest;
        for record in &stored {
            inspect_record(conn, inspection, record)?;
        }
    }
}

fn inspect_record(
    conn: &mut Conn<'_>,
    inspection: &mut Inspection<'_>,
    (id, uuid, thing, row, counts, visible): &Stored,
) -> QueryResult<()> {
    let what = format!("{thing} {uuid}");
    inspection.summary.records += 1;
    inspection.hold_numbers(&what, *visible, row.sequence, row.public_sequence);
    let met = inspection.counts.get(id).copied().unwrap_or_default();
    let (articles, statements, mentions) = *counts;
    let stored = Counts {
        articles,
        statements,
        mentions,
    };
    if stored != met {
        inspection.finding(&format!("{what} counts {stored:?}, but there are {met:?}"));
    }
    if *visible != (met.mentions > 0) {
        inspection.finding(&format!(
            "{what} is visible though nothing visible names it, or the other way round"
        ));
    }
    let spellings: Vec<String> = on_engine!(conn, |conn| entity_spellings::table
        .filter(entity_spellings::thing.eq(thing))
        .filter(entity_spellings::entity_id.eq(id))
        .select(entity_spellings::fold)
        .load(conn))?;
    let names = [&row.name].into_iter().chain(row.names.0.values());
    let findable = names
        .chain(&row.aliases.0)
        .all(|name| spellings.contains(&name_fold::fold(name)));
    let words: Vec<String> = on_engine!(conn, |conn| entity_words::table
        .filter(entity_words::entity_id.eq(id))
        .select(entity_words::word)
        .load(conn))?;
    let wanted = spellings
        .iter()
        .flat_map(|spelling| name_fold::words(spelling));
    let findable = findable
        && wanted
            .into_iter()
            .all(|word| words.iter().any(|known| known == word));
    if row.fold != name_fold::fold(&row.name) || !findable {
        inspection.finding(&format!("{what} is not found by all of its names"));
    }
    Ok(())
}
