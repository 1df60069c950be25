//! Entries put into the index and taken out of it.
use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Binary, Text};

use super::{CHUNK, Index, PIECE};
use crate::database::{Conn, spelled};
use crate::search::entry::Entry;
use crate::search::matching::fts5_token;
use crate::search::place;

/// How many rows one statement puts in.
const ROWS: usize = 50;

impl Index {
    /// Takes out what stands at some places.
    pub fn remove(self, conn: &mut Conn<'_>, mut places: Vec<i64>) -> QueryResult<()> {
        // FTS5 gathers what is written in the order of its rows, and begins anew whenever one comes before the last.
        places.sort_unstable();
        for some in places.chunks(CHUNK) {
            let delete = |table: &str, column: &str| {
                let some = spelled::is_any_of(column, some);
                sql_query(format!("DELETE FROM {table} WHERE {some}"))
            };
            match conn {
                Conn::Sqlite(conn) => {
                    delete(self.0.terms(), "rowid").execute(&mut **conn)?;
                    delete(self.0.words(), "place").execute(&mut **conn)?;
                    delete(self.0.places(), "place").execute(&mut **conn)?
                }
                #[cfg(feature = "postgres")]
                Conn::Postgres(conn) => delete(self.0.places(), "place").execute(&mut **conn)?,
            };
        }
        Ok(())
    }

    /// Puts in entries of rows that have none.
    pub fn insert(self, conn: &mut Conn<'_>, entries: &[(i64, Entry)]) -> QueryResult<()> {
        let wanted: Vec<i64> = entries.iter().map(|(_, entry)| entry.place).collect();
        let taken = self.at_places(conn, &wanted)?;
        let mut taken: HashSet<i64> = taken.into_iter().map(|found| found.place).collect();
        let mut placed = Vec::with_capacity(entries.len());
        for (row_id, entry) in entries {
            let place = self.free_place(conn, entry.place, &mut taken)?;
            placed.push(Placed {
                place,
                row_id: *row_id,
                entry,
            });
        }
        placed.sort_unstable_by_key(|one| one.place);
        for some in placed.chunks(ROWS) {
            match conn {
                Conn::Sqlite(conn) => self.insert_into_sqlite(conn, some)?,
                #[cfg(feature = "postgres")]
                Conn::Postgres(conn) => self.insert_into_postgres(conn, some)?,
            }
        }
        Ok(())
    }

    /// The place itself, else the next of the same second that nothing has; `taken` tells of the place itself.
    fn free_place(
        self,
        conn: &mut Conn<'_>,
        wanted: i64,
        taken: &mut HashSet<i64>,
    ) -> QueryResult<i64> {
        let second = place::second_of(wanted);
        let mut place = wanted;
        while taken.contains(&place)
            || (place != wanted && !self.at_places(conn, &[place])?.is_empty())
        {
            place = if place == *second.end() {
                *second.start()
            } else {
                place + 1
            };
        }
        taken.insert(place);
        Ok(place)
    }

    fn insert_into_sqlite(
        self,
        conn: &mut SqliteConnection,
        placed: &[Placed<'_>],
    ) -> QueryResult<()> {
        let [first, second, third] = self.0.columns();
        let mut terms = sql_query(format!(
            "INSERT INTO {} (rowid, {first}, {second}, {third}) VALUES {}",
            self.0.terms(),
            rows_of("(?, ?, ?, ?)", placed.len())
        ))
        .into_boxed();
        let mut places = sql_query(format!(
            "INSERT INTO {} (place, row_id, words) VALUES {}",
            self.0.places(),
            rows_of("(?, ?, ?)", placed.len())
        ))
        .into_boxed();
        for one in placed {
            let [first, second, third] = &one.entry.columns;
            terms = terms
                .bind::<BigInt, _>(one.place)
                .bind::<Text, _>(fts5_token(first))
                .bind::<Text, _>(fts5_token(second))
                .bind::<Text, _>(fts5_token(third));
            let words = one.entry.words.chunks(PIECE).next().unwrap_or(&[]);
            places = places
                .bind::<BigInt, _>(one.place)
                .bind::<BigInt, _>(one.row_id)
                .bind::<Binary, _>(words);
        }
        terms.execute(conn)?;
        places.execute(conn)?;
        self.insert_pieces(conn, placed)
    }

    fn insert_pieces(self, conn: &mut SqliteConnection, placed: &[Placed<'_>]) -> QueryResult<()> {
        let pieces: Vec<(i64, i64, &[u8])> = placed
            .iter()
            .flat_map(|one| {
                let pieces = one.entry.words.chunks(PIECE).zip(0..).skip(1);
                pieces.map(|(words, piece)| (one.place, piece, words))
            })
            .collect();
        for some in pieces.chunks(ROWS) {
            let mut query = sql_query(format!(
                "INSERT INTO {} (place, piece, words) VALUES {}",
                self.0.words(),
                rows_of("(?, ?, ?)", some.len())
            ))
            .into_boxed();
            for (place, piece, words) in some {
                query = query
                    .bind::<BigInt, _>(place)
                    .bind::<BigInt, _>(piece)
                    .bind::<Binary, _>(words);
            }
            query.execute(conn)?;
        }
        Ok(())
    }

    #[cfg(feature = "postgres")]
    fn insert_into_postgres(
        self,
        conn: &mut PgConnection,
        placed: &[Placed<'_>],
    ) -> QueryResult<()> {
        let rows: Vec<String> = (0..placed.len())
            .map(|row| row * 4)
            .map(|at| {
                format!(
                    "(${}, ${}, ${}, ${}::tsvector)",
                    at + 1,
                    at + 2,
                    at + 3,
                    at + 4
                )
            })
            .collect();
        let mut query = sql_query(format!(
            "INSERT INTO {} (place, row_id, words, terms) VALUES {}",
            self.0.places(),
            rows.join(", ")
        ))
        .into_boxed();
        for one in placed {
            query = query
                .bind::<BigInt, _>(one.place)
                .bind::<BigInt, _>(one.row_id)
                .bind::<Binary, _>(&one.entry.words)
                .bind::<Text, _>(to_tsvector(&one.entry.columns));
        }
        query.execute(conn)?;
        Ok(())
    }
}

/// An entry with the place that it gets.
struct Placed<'a> {
    place: i64,
    row_id: i64,
    entry: &'a Entry,
}

fn rows_of(row: &str, many: usize) -> String {
    vec![row; many].join(", ")
}

/// The terms of each column with the column's weight. Where they stand does not matter, but without a place there is no weight.
#[cfg(feature = "postgres")]
fn to_tsvector(columns: &[String; 3]) -> String {
    let mut vector = String::new();
    for (terms, weight) in columns.iter().zip(["A", "B", "C"]) {
        for term in terms.split(' ').filter(|term| !term.is_empty()) {
            vector.push_str(&crate::search::matching::tsvector_lexeme(term));
            vector.push_str(":1");
            vector.push_str(weight);
            vector.push(' ');
        }
    }
    vector
}
