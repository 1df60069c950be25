//! A store in one file, as it is at one moment: made while others write, whole or not at all.
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, QueryResult, RunQueryDsl, SqliteConnection, sql_query};

use super::OpenError;

/// Where a new backup is put.
pub struct Place {
    file: PathBuf,
    part: PathBuf,
    /// As long as this is open, nobody else writes the part.
    _lock: File,
}

impl Place {
    /// Prepares for a backup of the database at `source`.
    pub fn prepare(source: &Path, file: &Path, force: bool) -> Result<Self, OpenError> {
        let refuse = |why: String| OpenError(format!("cannot write {}: {why}", file.display()));
        if is_same(source, file) {
            return Err(refuse(
                "it is the database itself; name another file".to_owned(),
            ));
        }
        if file.exists() && !force {
            return Err(refuse(
                "it is there already; name another file, or give --force to replace it".to_owned(),
            ));
        }
        if file.is_dir() {
            return Err(refuse("it is a directory; name a file".to_owned()));
        }
        let part = beside(file, ".part");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&part)
            .map_err(|error| refuse(error.to_string()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(refuse("another backup is writing it".to_owned()));
            }
            Err(TryLockError::Error(error)) => return Err(refuse(error.to_string())),
        }
        // What a backup that was killed left there.
        lock.set_len(0).map_err(|error| refuse(error.to_string()))?;
        Ok(Self {
            file: file.to_owned(),
            part,
            _lock: lock,
        })
    }

    /// Writes what the connection sees now; says how many bytes that are.
    pub fn fill(self, conn: &mut SqliteConnection) -> Result<u64, OpenError> {
        let filled = self.write(conn);
        if filled.is_err() {
            // Only a part of a backup: who cannot remove it either has heard the reason already.
            let _ = fs::remove_file(&self.part);
        }
        filled.map_err(|why| OpenError(format!("cannot write {}: {why}", self.file.display())))
    }

    fn write(&self, conn: &mut SqliteConnection) -> Result<u64, String> {
        let told = |error: diesel::result::Error| super::explain(&error.to_string());
        let path = self.part.to_str().ok_or("its name is no text")?;
        // Also leaves out what was deleted, and any trace of it.
        sql_query("VACUUM INTO ?")
            .bind::<Text, _>(path)
            .execute(conn)
            .map_err(told)?;
        let mut copy = SqliteConnection::establish(path).map_err(|error| error.to_string())?;
        copy.batch_execute(NO_IDENTITY).map_err(told)?;
        drop(copy);
        self.put_in_place().map_err(|error| error.to_string())
    }

    /// On a disk that holds what it says it has, the file is then there whole, whatever ends after this.
    fn put_in_place(&self) -> io::Result<u64> {
        let part = File::open(&self.part)?;
        part.sync_all()?;
        let bytes = part.metadata()?.len();
        // Of a file that is replaced: SQLite would take them for parts of the new one.
        for leftover in LEFTOVERS {
            match fs::remove_file(beside(&self.file, leftover)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::rename(&self.part, &self.file)?;
        #[cfg(unix)]
        File::open(folder_of(&self.file))?.sync_all()?;
        Ok(bytes)
    }
}

/// A backup has no identity yet: whoever uses it gives it one (see [`give_identity`]). So, restored twice, it is two stores,
/// which give out the same numbers for different states, but never the same ETags.
const NO_IDENTITY: &str = "UPDATE store SET identity = ''";

/// Gives a store that was a backup an identity of its own.
pub fn give_identity(conn: &mut SqliteConnection) -> QueryResult<()> {
    // Where there is nothing to do, nobody is made to wait for a lock.
    if !super::names(
        conn,
        "SELECT identity AS name FROM store WHERE identity = ''",
    )?
    .is_empty()
    {
        conn.batch_execute(
            "UPDATE store SET identity = lower(hex(randomblob(16))) WHERE identity = ''",
        )?;
    }
    Ok(())
}

/// What SQLite keeps beside a database.
const LEFTOVERS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Whether a write-ahead log lies beside a database that has none: it is that of a database which was here before, and
/// SQLite would write it into this one. A backup is such a database, until it is used.
///
/// A database that has a log says so in its first page before the log comes to be, and until it is gone.
pub fn has_foreign_log(path: &Path) -> bool {
    const WRITE_VERSION: usize = 18;
    const WITHOUT_LOG: u8 = 1;
    let has_log = fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    has_log && first_bytes(path).is_ok_and(|bytes| bytes.get(WRITE_VERSION) == Some(&WITHOUT_LOG))
}

fn first_bytes(path: &Path) -> io::Result<[u8; 20]> {
    let mut bytes = [0; 20];
    io::Read::read_exact(&mut File::open(path)?, &mut bytes)?;
    Ok(bytes)
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(suffix);
    name.into()
}

#[cfg(unix)]
fn folder_of(file: &Path) -> &Path {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
