//! The tables of a store on PostgreSQL: whether they are ours, and bringing them up to date.
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::url;
use crate::database::migrations::{Holdings, Named};
use crate::database::{OpenError, Use};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Makes sure that the database is a store of ours, up to date; says in a sentence why not.
pub fn prepare(url: &str, usage: Use) -> Result<(), OpenError> {
    // The URL may hold a password: it is not shown.
    let refuse = |why: String| OpenError(format!("cannot use the PostgreSQL database: {why}"));
    let connect = || {
        PgConnection::establish(url)
            .map_err(|error| refuse(url::told(&error).unwrap_or_else(str::to_owned)))
    };
    let mut conn = connect()?;
    let told = |error: diesel::result::Error| refuse(error.to_string());
    let encoding: String = diesel::select(sql::<Text>("current_setting('server_encoding')"))
        .get_result(&mut conn)
        .map_err(told)?;
    if encoding != "UTF8" {
        return Err(refuse(format!(
            "its encoding is {encoding}; make one with ENCODING 'UTF8'"
        )));
    }
    let mut behind = || -> Result<bool, OpenError> {
        let holdings = Holdings::ask(TABLES, |query| names(&mut conn, query)).map_err(told)?;
        if !usage.create && !holdings.is_store() {
            return Err(refuse("there is no store in it".to_owned()));
        }
        holdings.is_behind::<Pg>(&MIGRATIONS).map_err(refuse)
    };
    if !behind()? {
        return Ok(());
    }
    // Processes that start at once wait for one another; the lock goes with its connection.
    let mut turn = connect()?;
    turn.batch_execute("SELECT pg_advisory_lock(7246128)")
        .map_err(told)?;
    if behind()? {
        turn.run_pending_migrations(MIGRATIONS)
            .map_err(|error| refuse(explain(error.to_string())))?;
    }
    Ok(())
}

const TABLES: &str =
    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()";

fn names(conn: &mut PgConnection, query: &str) -> QueryResult<Vec<String>> {
    let rows: Vec<Named> = sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Lets every table number its rows on from the highest there is.
pub fn continue_ids(conn: &mut PgConnection) -> QueryResult<()> {
    let numbered = "SELECT table_name::text AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES'";
    for table in names(conn, numbered)? {
        conn.batch_execute(&format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
        ))?;
    }
    Ok(())
}

fn explain(error: String) -> String {
    if error.contains("permission denied") || error.contains("no schema has been selected") {
        format!("{error}; make its user the owner of the database, or grant it CREATE on a schema")
    } else {
        error
    }
}
