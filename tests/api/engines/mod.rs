//! What must hold between SQLite and PostgreSQL. All other tests of the API run on either; see CONTRIBUTING.md.
mod copying;
#[cfg(feature = "postgres")]
mod replica;
#[cfg(feature = "postgres")]
mod tables;

#[cfg(not(feature = "postgres"))]
#[test]
#[ignore = "PostgreSQL was not asked for: run `.ci/with-postgres cargo test --features postgres`"]
fn the_same_on_postgresql() {
    panic!("these tests need the feature `postgres`");
}
