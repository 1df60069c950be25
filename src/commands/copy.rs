//! `isnad copy`: moves a store to another place or engine.
use super::Failure;
use super::progress::bar;
use super::reindex::rebuild;
use crate::config::Copy;
use crate::database::{Database, Use};

pub fn run(options: Copy) -> Result<(), Failure> {
    let from = Database::open(&options.from, Use::EXISTING)?;
    let to = Database::open(&options.to, Use::BULK)?;
    let bar = bar(1);
    let copied = from.copy_to(&to, &mut |progress| {
        bar.set_length(progress.of);
        bar.set_position(progress.rows);
        bar.set_message(format!("{} rows", progress.rows));
    });
    bar.finish_and_clear();
    match copied {
        Ok(Some(rows)) => {
            log::info!("copied {rows} rows");
            rebuild(&to)
        }
        Ok(None) => Err(Failure(
            "the store to fill is not empty, it has content or keys: nothing was copied".to_owned(),
        )),
        Err(error) => Err(Failure(format!("nothing was copied: {error}"))),
    }
}
