//! Putting rows into a table.

/// Puts one row in, and gives the number that it got. SQLite is asked for that afterwards: a statement with `RETURNING` is one that
/// may have to be taken back by itself, before which FTS5 writes out what it holds, and not once for all that is committed together.
macro_rules! insert_row {
    ($conn:expr, $table:ident, $values:expr) => {
        match $conn {
            $crate::database::Conn::Sqlite(conn) => diesel::insert_into($table::table)
                .values($values)
                .execute(&mut **conn)
                .and_then(|_| {
                    diesel::select($crate::database::insert::last_insert_rowid())
                        .get_result::<i64>(&mut **conn)
                }),
            #[cfg(feature = "postgres")]
            $crate::database::Conn::Postgres(conn) => diesel::insert_into($table::table)
                .values($values)
                .returning($table::id)
                .get_result::<i64>(&mut **conn),
        }
    };
}

diesel::define_sql_function! {
    /// The number of the row that this connection put in last.
    fn last_insert_rowid() -> diesel::sql_types::BigInt;
}

/// Puts rows in: on SQLite one by one, by a statement that is prepared once; on PostgreSQL many at a time, as each statement is
/// a journey. What follows the table and the rows is done to each statement.
macro_rules! insert_rows {
    ($conn:expr, $table:expr, $rows:expr $(, .$also:ident())?) => {{
        match $conn {
            $crate::database::Conn::Sqlite(conn) => {
                for row in $rows {
                    diesel::insert_into($table)
                        .values(row)
                        $(.$also())?
                        .execute(&mut **conn)?;
                }
            }
            #[cfg(feature = "postgres")]
            $crate::database::Conn::Postgres(conn) => {
                for rows in $rows.chunks($crate::database::insert::ROWS) {
                    diesel::insert_into($table)
                        .values(rows)
                        $(.$also())?
                        .execute(&mut **conn)?;
                }
            }
        }
        QueryResult::Ok(())
    }};
}

/// Rows in one statement; each of their values counts against the 65,535 that the protocol takes.
#[cfg(feature = "postgres")]
pub const ROWS: usize = 1_000;

pub(crate) use {insert_row, insert_rows};
