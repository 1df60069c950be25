//! `isnad reindex`: makes anew what things are found by.
use super::Failure;
use super::progress::bar;
use crate::config::Reindex;
use crate::database::{Database, Use};
use crate::domain::moment::Moment;
use crate::writing::{reindex, segments};

pub fn run(options: Reindex) -> Result<(), Failure> {
    let database = Database::open(&options.store.url, Use::EXISTING)?;
    reindex::begin(&database)?;
    rebuild(&database)
}

/// Makes the index of a store whole.
pub fn rebuild(database: &Database) -> Result<(), Failure> {
    let bar = bar(0);
    let mut articles = 0;
    loop {
        match reindex::some(database, Moment::now())? {
            0 => break,
            some => articles += some,
        }
        bar.set_message(format!("{articles} articles"));
    }
    segments::merge(database)?;
    bar.finish_and_clear();
    log::info!("{articles} articles and their statements are found by what they say");
    Ok(())
}
