//! `isnad backup`: writes the store as it is now into a file, while others use it.
use super::Failure;
use crate::config::Backup;
use crate::database::Database;

pub fn run(options: Backup) -> Result<(), Failure> {
    let bytes = Database::back_up(&options.store.url, &options.file, options.force)?;
    let file = options.file.display();
    log::info!("backed up {bytes} bytes to {file}, keys included");
    log::info!(
        "to restore it: stop the server, remove the database's -wal and -shm files, copy {file} over the database, start the server"
    );
    Ok(())
}
