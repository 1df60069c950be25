//! Bringing the tables of a store up to date.
use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

/// Refuses a database that is no store of ours or that a newer version made, and runs what is pending in any other. Tells
/// why not in half a sentence.
pub fn bring_up_to_date<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    tables: &[String],
    migrations: EmbeddedMigrations,
) -> Result<(), String> {
    let ours = is_store(tables);
    if !tables.is_empty() && !ours {
        return Err("it holds the tables of another program".into());
    }
    if ours {
        refuse_newer(conn, &migrations)?;
    }
    conn.run_pending_migrations(migrations)
        .map_err(|error| error.to_string())?;
    Ok(())
}

/// Whether a database with these tables is a store of ours.
pub fn is_store(tables: &[String]) -> bool {
    tables
        .iter()
        .any(|name| name == "__diesel_schema_migrations")
}

/// A newer version of the program may have given columns a meaning that this one does not know.
fn refuse_newer<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    migrations: &EmbeddedMigrations,
) -> Result<(), String> {
    let known = MigrationSource::<DB>::migrations(migrations).map_err(|e| e.to_string())?;
    let applied = conn.applied_migrations().map_err(|e| e.to_string())?;
    let unknown = applied.iter().find(|version| {
        !known
            .iter()
            .any(|migration| migration.name().version() == **version)
    });
    match unknown {
        Some(version) => Err(format!(
            "a newer version of isnad made it (it has the migration {version}); use that version"
        )),
        None => Ok(()),
    }
}
