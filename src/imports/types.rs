//! What an import answers: a line for each line, and a last one for all.
use serde::Serialize;
use serde_with::skip_serializing_none;
use utoipa::ToSchema;

use crate::domain::{Thing, text_enum};

/// A line of the answer: the last is the summary.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ImportLine {
    Result(ImportResult),
    Summary(ImportSummary),
}

/// What became of a line. It is sent once that is settled: what is told as stored is stored for good.
#[skip_serializing_none]
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportResult {
    /// Which line, from 1, blank ones counted.
    #[schema(minimum = 1, example = 1)]
    pub line: u64,
    /// What became of it.
    pub outcome: ImportOutcome,
    /// What kind of thing the line is about; left out when it failed, as the next three are.
    #[schema(nullable = false)]
    pub thing: Option<Thing>,
    /// The thing's id.
    #[schema(format = Uuid, nullable = false)]
    pub id: Option<String>,
    /// Its slug, given or made; a line of the type `deleted` has none.
    #[schema(
        nullable = false,
        max_length = 1000,
        example = "اتفاق-على-تقاسم-مياه-النهر"
    )]
    pub slug: Option<String>,
    /// Its revision; a line of the type `deleted` has none.
    #[schema(nullable = false, minimum = 1, example = 1)]
    pub revision: Option<i64>,
    /// Why it failed, one by one; left out when it did not.
    #[schema(nullable = false, max_items = 1000)]
    pub errors: Option<Vec<ImportFault>>,
}

/// One thing wrong with a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFault {
    /// Where in the line it is wrong, as a JSON pointer (RFC 6901); empty for the line as a whole.
    #[schema(max_length = 1000, example = "/title")]
    pub pointer: String,
    /// What is wrong, for a program; `missing_scope` where the key does not reach that far.
    #[schema(max_length = 100, example = "required")]
    pub code: String,
    /// What is wrong, and what to do.
    #[schema(max_length = 4000, example = "`title` is missing")]
    pub detail: String,
}

text_enum! {
    /// What a line came to. What is `unchanged` was there already, and the same: nothing was written.
    pub enum ImportOutcome {
        Created = "created",
        Updated = "updated",
        Unchanged = "unchanged",
        Failed = "failed",
    }
}

/// The last line of the answer to an import. An answer without it was cut off, and tells no more than its whole lines say.
#[skip_serializing_none]
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportSummary {
    /// Whether every line was read and settled; else `code` says why not. Lines that failed do not count against it.
    pub done: bool,
    /// Things that are new.
    #[schema(minimum = 0, example = 1)]
    pub created: u64,
    /// Things that were changed.
    #[schema(minimum = 0, example = 0)]
    pub updated: u64,
    /// Things that were there already, and the same.
    #[schema(minimum = 0, example = 0)]
    pub unchanged: u64,
    /// Lines that were not stored.
    #[schema(minimum = 0, example = 0)]
    pub failed: u64,
    /// How many of the articles are drafts, which the public does not see.
    #[schema(minimum = 0, example = 0)]
    pub drafts: u64,
    /// How many articles came without id, reference and slug: sent again, they are made again.
    #[schema(minimum = 0, example = 0)]
    pub without_key: u64,
    /// The number of the store's last write, as the import's last transaction left it: who reads by it misses nothing of the
    /// import. 0 where no line got as far.
    #[schema(minimum = 0, example = 42)]
    pub sequence: i64,
    /// Why the import ended before its input: a code of problems, such as `database_busy`.
    #[schema(nullable = false, max_length = 100, example = "database_busy")]
    pub code: Option<String>,
    /// Why, and what to do.
    #[schema(nullable = false, max_length = 4000)]
    pub detail: Option<String>,
}
