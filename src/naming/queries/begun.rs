//! Names as somebody begins to type them: the first few records that have such a name.
use std::collections::HashMap;

use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::WORDS;
use crate::database::Conn;
use crate::database::schema::{entities, entity_words};
use crate::database::spelled::is_any_of;
use crate::domain::id::Id;
use crate::domain::{Thing, name_fold};
use crate::on_engine;
use crate::rendering::records::EntityRow;

/// Of no more words that begin alike all records are put in order; else the records are walked along, which soon meets enough.
const MANY: usize = 1_000;

/// A record that is meant perhaps.
#[derive(Debug, Queryable)]
pub struct Begun {
    id: i64,
    pub uuid: Id,
    pub row: EntityRow,
    pub article_count: i64,
    pub statement_count: i64,
}

/// What orders the records that are put in order.
#[derive(Queryable)]
struct Standing {
    id: i64,
    thing: Thing,
    visible: bool,
    article_count: i64,
    statement_count: i64,
    fold: String,
    uuid: Id,
}

/// The words of a name, in any order; each may be cut short.
pub struct Typed(Vec<Word>);

/// A folded word as it was typed, and with the Arabic article or without it: whichever was not typed.
struct Word([String; 2]);

/// That a record has a word which begins so.
macro_rules! has {
    ($word:expr) => {{
        let [(from, to), (other_from, other_to)] = $word.ranges();
        let one = entity_words::word.ge(from).and(entity_words::word.lt(to));
        let other = entity_words::word
            .ge(other_from)
            .and(entity_words::word.lt(other_to));
        exists(
            entity_words::table
                .filter(entity_words::entity_id.eq(entities::id))
                .filter(one.or(other)),
        )
    }};
}

/// Those records of a kind that the public sees, the ones that are mentioned most first, then by name.
macro_rules! along {
    ($conn:expr, $words:expr, $thing:expr, $count:expr, $most:expr) => {
        on_engine!($conn, |conn| {
            let mut query = entities::table
                .filter(entities::thing.eq($thing))
                .filter(sql::<Bool>("entities.visible"))
                .order(($count.desc(), entities::fold, entities::uuid))
                .select(entities::id)
                .limit($most)
                .into_boxed();
            for word in $words {
                query = query.filter(has!(word));
            }
            query.load(conn)
        })
    };
}

impl Typed {
    /// None where it can be no name.
    pub fn of(text: &str) -> Option<Self> {
        let folded = name_fold::fold(text);
        let words: Vec<Word> = name_fold::words(&folded).map(Word::of).collect();
        (1..=WORDS).contains(&words.len()).then_some(Self(words))
    }

    /// The first few of a kind among the records that the public sees: those mentioned most, then by name.
    pub fn begun(&self, conn: &mut Conn<'_>, thing: Thing, most: usize) -> QueryResult<Vec<Begun>> {
        let rows = match self.few(conn)? {
            Some(few) => self.first_of(conn, &few, thing, most)?,
            None => self.first(conn, thing, most)?,
        };
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<Begun> = on_engine!(conn, |conn| entities::table
            .filter(sql::<Bool>(&is_any_of("entities.id", &rows)))
            .select((
                entities::id,
                entities::uuid,
                EntityRow::as_select(),
                entities::article_count,
                entities::statement_count,
            ))
            .load(conn))?;
        let mut found: HashMap<i64, Begun> = found.into_iter().map(|one| (one.id, one)).collect();
        Ok(rows.iter().filter_map(|row| found.remove(row)).collect())
    }

    /// The name by which a record was found, where it is not the one that is shown.
    pub fn other_name<'a>(&self, row: &'a EntityRow) -> Option<&'a str> {
        let begins = |spelling: &str, words: &[Word]| {
            let fold = name_fold::fold(spelling);
            let begins = |word: &Word| name_fold::words(&fold).any(|of_name| word.begins(of_name));
            words.iter().all(begins)
        };
        // Where no name has all the words, several have some of them; then the last one was typed last.
        let last = self.0.last().map_or(&[][..], std::slice::from_ref);
        let of = |words: &[Word]| row.spellings().find(|spelling| begins(spelling, words));
        let name = of(&self.0).or_else(|| of(last))?;
        (name != row.name).then_some(name)
    }

    /// All records that have one of the words, where they are few.
    fn few(&self, conn: &mut Conn<'_>) -> QueryResult<Option<Vec<i64>>> {
        for word in &self.0 {
            let mut rows: Vec<i64> = Vec::new();
            for (from, to) in word.ranges() {
                let most = i64::try_from(MANY + 1).unwrap_or(i64::MAX);
                rows.extend::<Vec<i64>>(on_engine!(&mut *conn, |conn| entity_words::table
                    .filter(entity_words::word.ge(from))
                    .filter(entity_words::word.lt(to))
                    .order((entity_words::word, entity_words::entity_id))
                    .select(entity_words::entity_id)
                    .limit(most)
                    .load(conn))?);
            }
            if rows.len() <= MANY {
                rows.sort_unstable();
                rows.dedup();
                return Ok(Some(rows));
            }
        }
        Ok(None)
    }

    fn first_of(
        &self,
        conn: &mut Conn<'_>,
        rows: &[i64],
        thing: Thing,
        most: usize,
    ) -> QueryResult<Vec<i64>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut standings: Vec<Standing> = on_engine!(conn, |conn| {
            // Of which kind and whether seen is looked at afterwards: a database might think better of an index of those.
            let mut query = entities::table
                .filter(sql::<Bool>(&is_any_of("entities.id", rows)))
                .select((
                    entities::id,
                    entities::thing,
                    entities::visible,
                    entities::article_count,
                    entities::statement_count,
                    entities::fold,
                    entities::uuid,
                ))
                .into_boxed();
            for word in &self.0 {
                query = query.filter(has!(word));
            }
            query.load(conn)
        })?;
        standings.retain(|standing| standing.visible && standing.thing == thing);
        standings.sort_by(|one, other| {
            let count = |standing: &Standing| match thing {
                Thing::Speaker => standing.statement_count,
                _ => standing.article_count,
            };
            (count(other), &one.fold, one.uuid.as_str()).cmp(&(
                count(one),
                &other.fold,
                other.uuid.as_str(),
            ))
        });
        let ids = standings.into_iter().map(|standing| standing.id);
        Ok(ids.take(most).collect())
    }

    fn first(&self, conn: &mut Conn<'_>, thing: Thing, most: usize) -> QueryResult<Vec<i64>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        match thing {
            Thing::Speaker => along!(conn, &self.0, thing, entities::statement_count, most),
            _ => along!(conn, &self.0, thing, entities::article_count, most),
        }
    }
}

impl Word {
    fn of(typed: &str) -> Self {
        const ARTICLE: &str = "ال";
        let is_arabic = |letter| ('\u{600}'..='\u{6FF}').contains(&letter);
        let other = match typed.strip_prefix(ARTICLE) {
            Some(rest) if rest.chars().nth(1).is_some() => rest.to_owned(),
            None if typed.chars().all(is_arabic) => format!("{ARTICLE}{typed}"),
            _ => typed.to_owned(),
        };
        Self([typed.to_owned(), other])
    }

    fn begins(&self, word: &str) -> bool {
        self.0.iter().any(|begun| word.starts_with(begun))
    }

    /// All words that begin so, from the first to beyond the last.
    fn ranges(&self) -> [(String, String); 2] {
        let range = |begun: &String| (begun.clone(), format!("{begun}{}", char::MAX));
        self.0.each_ref().map(range)
    }
}
