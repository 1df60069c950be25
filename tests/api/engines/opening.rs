//! How a PostgreSQL store is opened: by several processes at once, and not where it cannot be used, which is told in a sentence.
use std::fs;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{PgConnection, sql_query};
use isnad::database::{Database, Error, Use};
use isnad::on_engine;

use crate::support::store::{Store, USE};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[track_caller]
fn refused(url: &str, usage: Use) -> String {
    match Database::open(url, usage) {
        Ok(_) => panic!("this was opened"),
        Err(error) => error.to_string(),
    }
}

/// The password in a URL, and the URL without what follows the database's name.
fn password(url: &str) -> (&str, &str) {
    let (_, rest) = url.split_once("://isnad:").unwrap();
    let (password, _) = rest.split_once('@').unwrap();
    let (database, _) = url.split_once('?').unwrap();
    (password, database)
}

#[test]
fn several_processes_open_an_empty_schema_at_once() {
    let store = Store::schema();
    let start = Barrier::new(6);
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                start.wait();
                store.open();
            });
        }
    });
    let mut connection = PgConnection::establish(&store.url()).unwrap();
    let query = "SELECT count(*) AS number FROM __diesel_schema_migrations";
    let migrations: Number = sql_query(query).get_result(&mut connection).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/postgres");
    let known = fs::read_dir(folder).unwrap().count();
    assert_eq!(migrations.number, i64::try_from(known).unwrap());
    let query = "SELECT count(*) AS number FROM store";
    let rows: Number = sql_query(query).get_result(&mut connection).unwrap();
    assert_eq!(rows.number, 1, "one identity for all");
}

#[test]
fn a_store_of_a_newer_version_is_refused() {
    let store = Store::schema();
    store.open();
    store.run("INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000')");
    for usage in [USE, Use::BULK, Use::EXISTING] {
        let why = refused(&store.url(), usage);
        assert!(why.contains("29990101000000"), "{why}");
        assert!(why.contains("use that version"), "{why}");
    }
}

#[test]
fn the_tables_of_another_program_are_left_alone() {
    let store = Store::schema();
    store.run("CREATE TABLE orders (number bigint)");
    let why = refused(&store.url(), USE);
    assert!(why.contains("the tables of another program"), "{why}");
    let query = "SELECT count(*) AS number FROM pg_tables WHERE schemaname = current_schema()";
    let mut connection = PgConnection::establish(&store.url()).unwrap();
    let tables: Number = sql_query(query).get_result(&mut connection).unwrap();
    assert_eq!(tables.number, 1);
}

#[test]
fn what_only_reads_makes_no_store() {
    let store = Store::schema();
    let why = refused(&store.url(), Use::EXISTING);
    assert!(why.contains("there is no store in it"), "{why}");
    store.open();
    assert!(Database::open(&store.url(), Use::EXISTING).is_ok());
}

#[test]
fn a_schema_that_is_not_there_is_told() {
    let store = Store::schema();
    let why = refused(&store.url().replace("test_", "no_test_"), USE);
    assert!(why.contains("grant it CREATE on a schema"), "{why}");
}

#[test]
fn why_there_is_no_connection_is_told_without_the_password() {
    let store = Store::schema();
    let url = store.url();
    let (password, database) = password(&url);
    let wrong = "not-the-password";
    let server = database.strip_suffix("/isnad").unwrap();
    let port = server.rsplit(':').next().unwrap();
    for (url, told) in [
        (format!("{server}/nowhere"), "\"nowhere\" does not exist"),
        (
            url.replace(password, wrong),
            "password authentication failed",
        ),
        (url.replace("://isnad:", "://nobody:"), "\"nobody\""),
        (url.replace(port, "1"), "refused"),
    ] {
        let why = refused(&url, USE);
        assert!(
            why.starts_with("cannot use the PostgreSQL database: "),
            "{why}"
        );
        assert!(why.contains(told), "`{told}` is not in: {why}");
        assert!(!why.contains(password) && !why.contains(wrong), "{why}");
    }
}

#[test]
fn a_url_that_cannot_be_read_is_told_without_the_password() {
    const SECRETS: [&str; 2] = ["swordfish", "opensesame"];
    for url in [
        "postgres://isnad:swordfish@[::1:5432/isnad",
        "postgres://isnad:swordfish@127.0.0.1:here/isnad",
        "postgres://isnad:swordfish%opensesame@127.0.0.1/isnad",
        "postgres://isnad:swordfish@opensesame@127.0.0.1/isnad",
        "postgres://isnad:swordfish/opensesame@127.0.0.1/isnad",
        "postgres://isnad:swordfish@127.0.0.1/isnad?sslmode",
        "postgres://isnad:swordfish@127.0.0.1/isnad?passwrod=opensesame",
    ] {
        let why = refused(url, USE);
        assert!(
            why.starts_with("cannot use the PostgreSQL database: "),
            "{why}"
        );
        assert!(
            !SECRETS.iter().any(|secret| why.contains(secret)),
            "{url}: {why}"
        );
    }
}

/// What the settings are good for was measured, on a store of 20,000 articles: see `database/postgres/server.rs`.
#[test]
fn every_connection_plans_walks_and_not_searches() {
    let store = Store::schema();
    let database = store.open();
    let setting = |name: &str| {
        let query = format!("SELECT current_setting('{name}') AS setting");
        let read = database.read_blocking(|conn| {
            let setting: Setting = on_engine!(conn, |conn| sql_query(&query).get_result(conn))?;
            Ok::<_, Error>(setting.setting)
        });
        read.unwrap()
    };
    assert_eq!(setting("plan_cache_mode"), "force_generic_plan");
    assert_eq!(setting("max_parallel_workers_per_gather"), "0");
    assert_eq!(setting("jit"), "off");
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    setting: String,
}
