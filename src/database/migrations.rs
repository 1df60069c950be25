//! What a database holds, and bringing its tables up to date.
use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel::sql_types::Text;
use diesel::{QueryResult, QueryableByName};
use diesel_migrations::EmbeddedMigrations;

/// What a database holds: its tables, and the versions of the migrations that it has been through.
#[derive(Debug)]
pub struct Holdings {
    tables: Vec<String>,
    applied: Vec<String>,
}

/// The one column of such a question.
#[derive(QueryableByName)]
pub struct Named {
    #[diesel(sql_type = Text)]
    pub name: String,
}

impl Holdings {
    /// Asks for them by `names`, which gives the column `name` of a query. Only reads: it may be a replica.
    pub fn ask(
        tables: &str,
        mut names: impl FnMut(&str) -> QueryResult<Vec<String>>,
    ) -> QueryResult<Self> {
        let mut holdings = Self {
            tables: names(tables)?,
            applied: Vec::new(),
        };
        if holdings.is_store() {
            holdings.applied = names("SELECT version AS name FROM __diesel_schema_migrations")?;
        }
        Ok(holdings)
    }

    /// Whether it is a store of ours.
    pub fn is_store(&self) -> bool {
        let mut tables = self.tables.iter();
        tables.any(|name| name == "__diesel_schema_migrations")
    }

    /// Whether some migrations are still to be run; or, in half a sentence, why it is not to be touched.
    pub fn is_behind<DB: Backend>(&self, migrations: &EmbeddedMigrations) -> Result<bool, String> {
        if !self.tables.is_empty() && !self.is_store() {
            return Err("it holds the tables of another program".to_owned());
        }
        let known = MigrationSource::<DB>::migrations(migrations).map_err(|e| e.to_string())?;
        let known: Vec<String> = known
            .iter()
            .map(|migration| migration.name().version().to_string())
            .collect();
        // A newer version may have given columns a meaning that this one does not know.
        match self.applied.iter().find(|version| !known.contains(version)) {
            Some(version) => Err(format!(
                "a newer version of isnad made it (it has the migration {version}); use that version"
            )),
            None => Ok(self.applied.len() < known.len()),
        }
    }
}
