//! What is found under a key.
use super::id::Id;
use super::verbatim::Verbatim;

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
    pub json: Verbatim,
    /// The row of the article, where it shows that one, or part of it, and nothing else.
    pub article: Option<i64>,
}

impl Item {
    pub fn new(revision: i64, json: impl Into<Verbatim>) -> Self {
        Self {
            revision,
            json: json.into(),
            article: None,
        }
    }

    /// The same, which shows the article in a row alone.
    pub fn of_article(self, row: i64) -> Self {
        Self {
            article: Some(row),
            ..self
        }
    }
}
