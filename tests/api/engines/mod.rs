//! What must hold between SQLite and PostgreSQL, and between the processes over one store. All other tests of the API run on
//! either engine; see CONTRIBUTING.md.
mod copying;
mod hidden_lists;
#[cfg(feature = "postgres")]
mod interruptions;
mod neighbours;
#[cfg(feature = "postgres")]
mod opening;
#[cfg(feature = "postgres")]
mod parity;
#[cfg(feature = "postgres")]
mod replica;
#[cfg(feature = "postgres")]
mod searching;
#[cfg(feature = "postgres")]
mod second_thoughts;
#[cfg(feature = "postgres")]
mod tables;
#[cfg(feature = "postgres")]
mod writers;

#[cfg(not(feature = "postgres"))]
#[test]
#[ignore = "PostgreSQL was not asked for: run `.ci/with-postgres cargo test --features postgres`"]
fn the_same_on_postgresql() {
    panic!("these tests need the feature `postgres`");
}
