//! What is found under a key.
use super::id::Id;

/// What stands under a key.
#[derive(Debug)]
pub enum Lookup<T> {
    Found(T),
    /// Under another key: the id of the thing.
    Moved(Id),
    /// It was public once; why it is not any more, where that is said.
    Gone(Option<String>),
    Missing,
}

impl<T> Lookup<T> {
    /// Goes on with what was found.
    pub fn and_then<U, E>(
        self,
        next: impl FnOnce(T) -> Result<Lookup<U>, E>,
    ) -> Result<Lookup<U>, E> {
        match self {
            Self::Found(found) => next(found),
            Self::Moved(id) => Ok(Lookup::Moved(id)),
            Self::Gone(reason) => Ok(Lookup::Gone(reason)),
            Self::Missing => Ok(Lookup::Missing),
        }
    }
}

/// One thing as it is served.
#[derive(Debug)]
pub struct Item {
    pub revision: i64,
    pub json: String,
}
