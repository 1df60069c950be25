//! `isnad check`: proves that the store is sound.
use super::Failure;
use crate::config::Check;
use crate::database::{Database, Use};
use crate::inspection;

pub fn run(options: Check) -> Result<(), Failure> {
    let database = Database::open(&options.store.url, Use::EXISTING)?;
    let summary = inspection::inspect(&database, &mut |finding| log::error!("{finding}"))?;
    log::info!(
        "checked {} articles, {} statements, {} records",
        summary.articles,
        summary.statements,
        summary.records
    );
    match summary.findings {
        0 => {
            log::info!("the store is sound");
            Ok(())
        }
        1 => Err(Failure("1 thing is wrong".to_owned())),
        findings => Err(Failure(format!("{findings} things are wrong"))),
    }
}
