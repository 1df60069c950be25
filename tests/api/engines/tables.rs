//! The tables of both engines are the same.
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel::{PgConnection, SqliteConnection, sql_query};

use crate::support::TestApp;
use crate::support::store::Store;

#[derive(Debug, QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
    #[diesel(sql_type = Bool)]
    in_key: bool,
}

/// Columns in their order, by table.
type Tables = BTreeMap<String, Vec<(String, String, bool, bool)>>;

fn by_table(columns: Vec<Column>) -> Tables {
    let mut tables = Tables::new();
    for column in columns {
        let Column {
            of,
            name,
            kind,
            nullable,
            in_key,
        } = column;
        // Terms lie in tables of FTS5 on the one, in a column on the other; long texts' words in pieces, or whole.
        let in_pieces = ["article_words", "statement_words"].contains(&of.as_str());
        if of.contains("_terms") || name == "terms" || in_pieces {
            continue;
        }
        let columns = tables.entry(of).or_default();
        columns.push((name, kind, nullable, in_key));
    }
    // diesel's own, which each engine makes in its way.
    tables.remove("__diesel_schema_migrations").unwrap();
    tables
}

fn of_sqlite() -> Tables {
    let app = TestApp::on_sqlite();
    let mut connection = SqliteConnection::establish(&app.url()).unwrap();
    let columns: Vec<Column> = sql_query(
        "SELECT t.name AS of, c.name AS name, c.type AS kind, c.\"notnull\" = 0 AND c.pk = 0 AS nullable, c.pk > 0 AS in_key
         FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' ORDER BY t.name, c.cid",
    )
    .load(&mut connection)
    .unwrap();
    by_table(columns)
}

fn of_postgres() -> Tables {
    let store = Store::schema();
    store.open();
    let mut connection = PgConnection::establish(&store.url()).unwrap();
    let columns: Vec<Column> = sql_query(
        "SELECT c.table_name::text AS of, c.column_name::text AS name, c.is_nullable = 'YES' AS nullable,
                c.data_type || CASE WHEN c.data_type = 'text' THEN ' ' || coalesce(c.collation_name, '') ELSE '' END AS kind,
                EXISTS (SELECT FROM information_schema.key_column_usage AS k
                        JOIN information_schema.table_constraints AS t USING (constraint_schema, constraint_name)
                        WHERE t.constraint_type = 'PRIMARY KEY' AND k.table_schema = c.table_schema
                          AND k.table_name = c.table_name AND k.column_name = c.column_name) AS in_key
         FROM information_schema.columns AS c WHERE c.table_schema = current_schema()
         ORDER BY c.table_name, c.ordinal_position",
    )
    .load(&mut connection)
    .unwrap();
    by_table(columns)
}

/// What a column of PostgreSQL is on SQLite. Text in another order than that of its bytes has no match.
fn on_sqlite(kind: &str) -> &str {
    match kind {
        "bigint" | "integer" | "boolean" => "INTEGER",
        "double precision" => "REAL",
        "bytea" => "BLOB",
        "text C" => "TEXT",
        other => other,
    }
}

#[test]
fn they_have_the_same_tables_and_columns() {
    let sqlite = of_sqlite();
    let mut postgres = of_postgres();
    assert!(sqlite.len() > 10, "{sqlite:#?}");
    for (_, kind, ..) in postgres.values_mut().flatten() {
        *kind = on_sqlite(kind).to_owned();
    }
    assert_eq!(sqlite, postgres);
}

#[test]
fn they_have_the_same_migrations() {
    let names = |engine: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let entries = fs::read_dir(folder.join(engine)).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
