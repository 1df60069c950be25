//! Entries put into the index and taken out of it.
use std::collections::HashSet;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;
#[cfg(feature = "postgres")]
use diesel::sql_types::{Binary, Text};

use super::{CHUNK, Index, PIECE};
use crate::database::prepared::{Prepared, Value};
use crate::database::{Conn, spelled};
use crate::search::entry::Entry;
use crate::search::matching::fts5_token;
use crate::search::place;

/// How many rows one statement puts in.
#[cfg(feature = "postgres")]
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
        match conn {
            Conn::Sqlite(conn) => self.insert_into_sqlite(conn, &placed),
            #[cfg(feature = "postgres")]
            Conn::Postgres(conn) => {
                let mut some = placed.chunks(ROWS);
                some.try_for_each(|some| self.insert_into_postgres(conn, some))
            }
        }
    }

    /// Merges a part of what was put in at different times, which SQLite keeps in segments: a search opens each of them. Says
    /// whether there is more to merge. (<https://sqlite.org/fts5.html#the_merge_command>)
    pub fn merge(self, conn: &mut Conn<'_>, begin: bool) -> QueryResult<bool> {
        /// In pages of 4 KB: some 20 ms' work, as others may wait to write.
        const PART: i64 = 500;
        match conn {
            Conn::Sqlite(conn) => {
                let table = self.0.terms();
                let merge = Prepared {
                    sql: &format!("INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)"),
                    values: &[Value::Number(if begin { -PART } else { PART })],
                };
                let before = total_changes(conn)?;
                merge.execute(&mut **conn)?;
                // The command itself counts as one.
                Ok(total_changes(conn)? - before > 1)
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(_) => Ok(false),
        }
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

    /// One by one, by statements that are prepared once.
    fn insert_into_sqlite(
        self,
        conn: &mut SqliteConnection,
        placed: &[Placed<'_>],
    ) -> QueryResult<()> {
        let [first, second, third] = self.0.columns();
        let terms = format!(
            "INSERT INTO {} (rowid, {first}, {second}, {third}) VALUES (?, ?, ?, ?)",
            self.0.terms()
        );
        let places = format!(
            "INSERT INTO {} (place, row_id, words) VALUES (?, ?, ?)",
            self.0.places()
        );
        let pieces = format!(
            "INSERT INTO {} (place, piece, words) VALUES (?, ?, ?)",
            self.0.words()
        );
        let mut put = |sql, values: &[Value<'_>]| Prepared { sql, values }.execute(conn);
        for one in placed {
            let place = one.place;
            let [first, second, third] = one.entry.columns.each_ref().map(|one| fts5_token(one));
            put(
                &terms,
                &[
                    Value::Number(place),
                    Value::Text(&first),
                    Value::Text(&second),
                    Value::Text(&third),
                ],
            )?;
            let mut words = one.entry.words.chunks(PIECE);
            let piece = words.next().unwrap_or(&[]);
            put(
                &places,
                &[
                    Value::Number(place),
                    Value::Number(one.row_id),
                    Value::Bytes(piece),
                ],
            )?;
            for (number, piece) in (1..).zip(words) {
                put(
                    &pieces,
                    &[
                        Value::Number(place),
                        Value::Number(number),
                        Value::Bytes(piece),
                    ],
                )?;
            }
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

/// How many rows the connection has changed, its tables' own tables included.
fn total_changes(conn: &mut SqliteConnection) -> QueryResult<i64> {
    diesel::select(sql::<BigInt>("total_changes()")).get_result(conn)
}
