//! Why the database did not do what was asked, and whether asking again may help.
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use super::wanted::Unwanted;

/// Why the database did not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The question was wrong, or what is stored is.
    #[error(transparent)]
    Query(QueryError),
    /// No connection came free in time, a lock was not to be had, or the server cannot be reached: later it may answer.
    #[error("the database is busy or out of reach: {0}")]
    Busy(String),
    /// Another transaction or a broken connection came between, and nothing was written: the same work may succeed at once.
    #[error("the database was interrupted: {0}")]
    Interrupted(String),
}

impl Error {
    /// The same, for another whom it concerns.
    pub(super) fn again(&self) -> Self {
        match self {
            Self::Query(error) => {
                let said = Box::new(error.to_string());
                Self::Query(QueryError::DatabaseError(DatabaseErrorKind::Unknown, said))
            }
            Self::Busy(why) => Self::Busy(why.clone()),
            Self::Interrupted(why) => Self::Interrupted(why.clone()),
        }
    }
}

/// Why a database could not be opened, in words for the person who started the program.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct OpenError(pub String);

/// What a unit of work may fail with.
pub trait Failure: From<Error> + From<QueryError> {
    /// What the database said, where that is why.
    fn database(&self) -> Option<&Error>;
}

impl Failure for Error {
    fn database(&self) -> Option<&Error> {
        Some(self)
    }
}

impl From<diesel::r2d2::PoolError> for Error {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::Busy(line(&error))
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        use DatabaseErrorKind as Kind;
        match &error {
            QueryError::DatabaseError(
                Kind::SerializationFailure | Kind::ClosedConnection | Kind::UnableToSendCommand,
                _,
            )
            | QueryError::BrokenTransactionManager => Self::Interrupted(line(&error)),
            // The server that took writes is a replica now.
            QueryError::DatabaseError(Kind::ReadOnlyTransaction, _) => Self::Busy(line(&error)),
            QueryError::DatabaseError(Kind::Unknown, _) => of_words(error),
            QueryError::QueryBuilderError(why) if why.is::<Unwanted>() => Self::Busy(line(&error)),
            _ => Self::Query(error),
        }
    }
}

/// A query that cannot be put, as a value of it does not become JSON.
pub fn unserializable(error: serde_json::Error) -> QueryError {
    QueryError::SerializationError(Box::new(error))
}

/// What libpq says in several lines, in one: it goes into a log.
pub(super) fn line(said: &impl std::fmt::Display) -> String {
    let said = said.to_string();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// diesel hands on no SQLSTATE, so the rest is told by the words. A PostgreSQL server whose `lc_messages` is not English
/// says them otherwise, and then these are faults of the server (500) to a client.
fn of_words(error: QueryError) -> Error {
    const INTERRUPTED: [&str; 3] = [
        "deadlock detected",
        "canceling statement due to conflict with recovery",
        "terminating connection",
    ];
    const BUSY: [&str; 6] = [
        // SQLite
        "database is locked",
        // PostgreSQL
        "canceling statement due to statement timeout",
        "canceling statement due to lock timeout",
        "canceling statement due to user request",
        "the database system is",
        "too many clients",
    ];
    let message = line(&error);
    let says = |words: &[&str]| words.iter().any(|words| message.contains(words));
    if says(&INTERRUPTED) {
        Error::Interrupted(message)
    } else if says(&BUSY) {
        Error::Busy(message)
    } else {
        Error::Query(error)
    }
}
