//! Putting many rows into a table.

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

pub(crate) use insert_rows;
