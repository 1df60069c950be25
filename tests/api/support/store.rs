//! A store of a test's own: a file, or a schema of the PostgreSQL database that `ISNAD_TEST_POSTGRES` names.
use std::env;

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use isnad::database::{Database, Use};
use std::time::Duration;
use tempfile::TempDir;

/// Goes away with everything in it.
pub enum Store {
    File(TempDir),
    #[cfg(feature = "postgres")]
    Schema(Schema),
}

/// How a test uses a store.
pub const USE: Use = Use::serving(2, Duration::from_secs(60));

impl Store {
    /// On the engine that this run of the tests is about.
    pub fn new() -> Self {
        match env::var("ISNAD_TEST_POSTGRES") {
            #[cfg(feature = "postgres")]
            Ok(_) => Self::schema(),
            #[cfg(not(feature = "postgres"))]
            Ok(_) => panic!("ISNAD_TEST_POSTGRES is set: run the tests with `--features postgres`"),
            Err(_) => Self::file(),
        }
    }

    pub fn file() -> Self {
        Self::File(TempDir::new().unwrap())
    }

    #[cfg(feature = "postgres")]
    pub fn schema() -> Self {
        match env::var("ISNAD_TEST_POSTGRES") {
            Ok(url) => Self::Schema(Schema::new(&url)),
            Err(_) => {
                panic!("ISNAD_TEST_POSTGRES names no database: test through .ci/with-postgres")
            }
        }
    }

    pub fn open(&self) -> Database {
        Database::open(&self.url(), USE).unwrap()
    }

    /// As `DATABASE_URL` names it.
    pub fn url(&self) -> String {
        match self {
            Self::File(folder) => {
                let path = folder.path().join("isnad.db");
                path.to_str().unwrap().to_owned()
            }
            #[cfg(feature = "postgres")]
            Self::Schema(schema) => schema.url.clone(),
        }
    }

    /// Keeps everybody from writing until it is dropped.
    pub fn hold_writes(&self) -> Held {
        match self {
            Self::File(_) => {
                let mut connection = SqliteConnection::establish(&self.url()).unwrap();
                connection.batch_execute("BEGIN IMMEDIATE").unwrap();
                Held(Box::new(connection))
            }
            #[cfg(feature = "postgres")]
            Self::Schema(schema) => {
                let mut connection = schema.connection();
                let lock = "BEGIN; SELECT id FROM store FOR UPDATE";
                connection.batch_execute(lock).unwrap();
                Held(Box::new(connection))
            }
        }
    }

    /// Runs SQL behind the program's back.
    pub fn run(&self, sql: &str) {
        match self {
            Self::File(_) => SqliteConnection::establish(&self.url())
                .unwrap()
                .batch_execute(sql)
                .unwrap(),
            #[cfg(feature = "postgres")]
            Self::Schema(schema) => schema.connection().batch_execute(sql).unwrap(),
        }
    }
}

/// A connection that holds a lock.
pub struct Held(Box<dyn SimpleConnection>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.batch_execute("ROLLBACK").unwrap();
    }
}

#[cfg(feature = "postgres")]
pub use schema::Schema;

#[cfg(feature = "postgres")]
mod schema {
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, PgConnection};

    /// A schema with a name that no other test has.
    pub struct Schema {
        name: String,
        pub url: String,
    }

    impl Schema {
        pub fn new(database: &str) -> Self {
            let name = format!("test_{}", uuid::Uuid::now_v7().simple());
            let separator = if database.contains('?') { '&' } else { '?' };
            let url = format!("{database}{separator}options=-csearch_path%3D{name}");
            let schema = Self { name, url };
            schema
                .connection()
                .batch_execute(&format!("CREATE SCHEMA {}", schema.name))
                .unwrap();
            schema
        }

        pub fn connection(&self) -> PgConnection {
            PgConnection::establish(&self.url).unwrap()
        }
    }

    impl Drop for Schema {
        fn drop(&mut self) {
            let drop = format!(
                "SET client_min_messages = warning; DROP SCHEMA {} CASCADE",
                self.name
            );
            let dropped = self.connection().batch_execute(&drop);
            assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
        }
    }
}
