//! Search: what things are found by, and finding them.
//!
//! The database is but an inverted index. Text is made into terms by [`analysis`], for the index and for queries alike, so that
//! both engines give the same hits; [`entry`] says which terms a thing has, [`index`] keeps them, [`matching`] says what a query
//! asks of them, `words` tells in which order they stand, and [`walk`] reads what is found in the order of a list.
pub mod analysis;
pub mod correction;
pub mod entry;
pub mod highlight;
pub mod index;
pub mod matching;
pub mod place;
mod ranking;
pub mod vocabulary;
pub mod walk;
mod words;

/// What is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Article,
    Statement,
}

impl Kind {
    /// The table of places.
    fn places(self) -> &'static str {
        match self {
            Self::Article => "article_places",
            Self::Statement => "statement_places",
        }
    }

    /// The index of terms, on SQLite.
    fn terms(self) -> &'static str {
        match self {
            Self::Article => "article_terms",
            Self::Statement => "statement_terms",
        }
    }

    /// The words of long texts, on SQLite.
    fn words(self) -> &'static str {
        match self {
            Self::Article => "article_words",
            Self::Statement => "statement_words",
        }
    }

    /// The columns that terms stand in, the one that counts most first; on PostgreSQL they are the weights A, B and C.
    fn columns(self) -> [&'static str; 3] {
        match self {
            Self::Article => ["title", "lead", "body"],
            Self::Statement => ["quote", "speaker", "outlet"],
        }
    }
}
