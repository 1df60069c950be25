//! The index: hits read by lists, and what it holds of a thing.
mod writing;

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Binary};
use diesel::sqlite::Sqlite;

use super::entry::Entry;
use super::matching::{Level, Matching};
use super::{Kind, place};
use crate::database::prepared::{Prepared, Value};
use crate::database::{Conn, go_on, spelled, unserializable};

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = BigInt)]
    place: i64,
}

/// A hit: where it stands in the index, and the row of the article or statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Found {
    #[diesel(sql_type = BigInt)]
    pub place: i64,
    #[diesel(sql_type = BigInt)]
    pub row_id: i64,
}

/// What the index holds of a row.
#[derive(Debug, QueryableByName)]
pub struct Stored {
    #[diesel(sql_type = BigInt)]
    pub place: i64,
    #[diesel(sql_type = BigInt)]
    pub row_id: i64,
    #[diesel(sql_type = Binary)]
    words: Vec<u8>,
}

impl Stored {
    /// Whether the entry is in the index already. The words with the gaps between them tell all of its terms.
    pub fn is(&self, entry: &Entry) -> bool {
        self.words == entry.words && place::second_of(self.place) == place::second_of(entry.place)
    }
}

#[derive(QueryableByName)]
struct Piece {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Binary)]
    words: Vec<u8>,
}

/// How many rows one statement names.
const CHUNK: usize = 500;

/// How many bytes of words a row holds on SQLite. Rows that are much longer would each leave much of a page empty.
const PIECE: usize = 480;

/// One kind of thing's part of the index.
#[derive(Clone, Copy)]
pub struct Index(pub Kind);

impl Index {
    /// The places of what matches, one after the other from an end of a span, up to so many.
    pub fn hits(
        self,
        conn: &mut Conn<'_>,
        matching: &Matching,
        level: Option<Level>,
        span: &RangeInclusive<i64>,
        descends: bool,
        most: i64,
    ) -> QueryResult<Vec<i64>> {
        let order = if descends { "DESC" } else { "ASC" };
        let (first, last) = (*span.start(), *span.end());
        go_on()?;
        let hits: Vec<Place> = match conn {
            Conn::Sqlite(conn) => {
                let table = self.0.terms();
                let query = Prepared {
                    sql: &format!(
                        "SELECT rowid AS place FROM {table} WHERE {table} MATCH ? AND rowid >= ? AND rowid <= ? \
                         ORDER BY rowid {order} LIMIT ?"
                    ),
                    values: &[
                        Value::Text(&matching.to_fts5(self.0, level)),
                        Value::Number(first),
                        Value::Number(last),
                        Value::Number(most),
                    ],
                };
                query.load(&mut **conn)?
            }
            #[cfg(feature = "postgres")]
            // Not prepared: how it is best read depends on how many have the words.
            Conn::Postgres(conn) => sql_query(format!(
                "SELECT place FROM {} WHERE terms @@ $1::tsquery AND place >= $2 AND place <= $3 \
                 ORDER BY place {order} LIMIT $4",
                self.0.places()
            ))
            .bind::<diesel::sql_types::Text, _>(matching.to_tsquery(level))
            .bind::<BigInt, _>(first)
            .bind::<BigInt, _>(last)
            .bind::<BigInt, _>(most)
            .load(&mut **conn)?,
        };
        Ok(hits.into_iter().map(|hit| hit.place).collect())
    }

    /// Whether what stands at a place matches.
    pub fn is_hit(
        self,
        conn: &mut Conn<'_>,
        matching: &Matching,
        level: Option<Level>,
        place: i64,
    ) -> QueryResult<bool> {
        let hits = self.hits(conn, matching, level, &(place..=place), false, 1)?;
        Ok(!hits.is_empty())
    }

    /// Of places of what has all the words those at which the phrases stand, too.
    pub fn standing(
        self,
        conn: &mut Conn<'_>,
        matching: &Matching,
        mut places: Vec<i64>,
    ) -> QueryResult<Vec<i64>> {
        if matching.has_phrases() {
            let phrases = matching.phrases();
            let stored = self.stored_where(conn, "place", &places)?.into_iter();
            let stand = stored.filter(|one| phrases.hold(&one.words));
            let stand: HashSet<i64> = stand.map(|one| one.place).collect();
            places.retain(|place| stand.contains(place));
        }
        Ok(places)
    }

    pub fn stands(self, conn: &mut Conn<'_>, matching: &Matching, place: i64) -> QueryResult<bool> {
        Ok(!self.standing(conn, matching, vec![place])?.is_empty())
    }

    /// How many things it has.
    pub fn count(self, conn: &mut Conn<'_>) -> QueryResult<i64> {
        let query = sql_query(format!("SELECT count(*) AS place FROM {}", self.0.places()));
        let count: Place = match conn {
            Conn::Sqlite(conn) => query.get_result(&mut **conn)?,
            #[cfg(feature = "postgres")]
            Conn::Postgres(conn) => query.get_result(&mut **conn)?,
        };
        Ok(count.place)
    }

    /// The rows of what stands at these places, in no order.
    pub fn at_places(self, conn: &mut Conn<'_>, places: &[i64]) -> QueryResult<Vec<Found>> {
        let mut found = Vec::new();
        for some in places.chunks(CHUNK) {
            go_on()?;
            let select = format!("SELECT place, row_id FROM {} WHERE", self.0.places());
            found.extend(match conn {
                Conn::Sqlite(conn) => load_any_of::<Found>(conn, &select, "place", some)?,
                #[cfg(feature = "postgres")]
                Conn::Postgres(conn) => {
                    let is_any = spelled::is_any_of("place", some);
                    sql_query(format!("{select} {is_any}")).load::<Found>(&mut **conn)?
                }
            });
        }
        Ok(found)
    }

    /// The places of these rows.
    pub fn of_rows(self, conn: &mut Conn<'_>, rows: &[i64]) -> QueryResult<HashMap<i64, i64>> {
        let mut places = HashMap::new();
        for some in rows.chunks(CHUNK) {
            go_on()?;
            let query = sql_query(format!(
                "SELECT place, row_id FROM {} WHERE {}",
                self.0.places(),
                spelled::is_any_of("row_id", some)
            ));
            let found = match conn {
                Conn::Sqlite(conn) => query.load::<Found>(&mut **conn)?,
                #[cfg(feature = "postgres")]
                Conn::Postgres(conn) => query.load::<Found>(&mut **conn)?,
            };
            places.extend(found.into_iter().map(|found| (found.row_id, found.place)));
        }
        Ok(places)
    }

    /// What the index holds of these rows, in no order.
    pub fn stored(self, conn: &mut Conn<'_>, rows: &[i64]) -> QueryResult<Vec<Stored>> {
        self.stored_where(conn, "row_id", rows)
    }

    fn stored_where(
        self,
        conn: &mut Conn<'_>,
        column: &str,
        values: &[i64],
    ) -> QueryResult<Vec<Stored>> {
        let mut stored = Vec::new();
        for some in values.chunks(CHUNK) {
            go_on()?;
            let select = format!("SELECT place, row_id, words FROM {} WHERE", self.0.places());
            stored.extend(match conn {
                Conn::Sqlite(conn) => {
                    let found = load_any_of(conn, &select, column, some)?;
                    self.with_pieces(conn, found)?
                }
                #[cfg(feature = "postgres")]
                Conn::Postgres(conn) => {
                    let is_any = spelled::is_any_of(column, some);
                    sql_query(format!("{select} {is_any}")).load::<Stored>(&mut **conn)?
                }
            });
        }
        Ok(stored)
    }

    /// With what stands in pieces beside the rows.
    fn with_pieces(
        self,
        conn: &mut SqliteConnection,
        mut stored: Vec<Stored>,
    ) -> QueryResult<Vec<Stored>> {
        let long = stored.iter_mut().filter(|one| one.words.len() == PIECE);
        let mut long: HashMap<i64, &mut Vec<u8>> =
            long.map(|one| (one.place, &mut one.words)).collect();
        if long.is_empty() {
            return Ok(stored);
        }
        let places: Vec<i64> = long.keys().copied().collect();
        let pieces: Vec<Piece> = sql_query(format!(
            "SELECT place, words FROM {} WHERE {} ORDER BY place, piece",
            self.0.words(),
            spelled::is_any_of("place", &places)
        ))
        .load(conn)?;
        for Piece { place, words } in pieces {
            if let Some(whole) = long.get_mut(&place) {
                whole.extend(words);
            }
        }
        Ok(stored)
    }
}

/// The rows of which a column has one of some numbers, by a statement that is prepared once for however many.
fn load_any_of<T>(
    conn: &mut SqliteConnection,
    select: &str,
    column: &str,
    numbers: &[i64],
) -> QueryResult<Vec<T>>
where
    T: QueryableByName<Sqlite> + 'static,
{
    let numbers = serde_json::to_string(numbers).map_err(unserializable)?;
    let query = Prepared {
        sql: &format!("{select} {column} IN (SELECT value FROM json_each(?))"),
        values: &[Value::Text(&numbers)],
    };
    query.load(conn)
}
