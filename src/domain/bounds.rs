//! How much of everything one store takes. The same on every engine; `/v1/meta` publishes them.
use super::moment::Moment;

/// Unicode scalar values in an article's title.
pub const TITLE: usize = 500;
/// Unicode scalar values in an article's summary.
pub const SUMMARY: usize = 2_000;
/// Unicode scalar values in one block of a body.
pub const BLOCK: usize = 20_000;
/// Unicode scalar values in all the blocks of one body.
pub const BODY: usize = 300_000;
/// Blocks in one body.
pub const BLOCKS: usize = 2_000;
/// Statements in one article.
pub const STATEMENTS: usize = 1_000;
/// Hops in one attribution.
pub const HOPS: usize = 16;
/// Tags on one article.
pub const TAGS: usize = 100;
/// Unicode scalar values in a name of a speaker, outlet or tag.
pub const NAME: usize = 300;
/// Bytes of a slug, and of a name once it is folded: what an index takes, of every engine.
pub const KEY_BYTES: usize = 2_000;
/// Aliases of one speaker or outlet.
pub const ALIASES: usize = 50;
/// Unicode scalar values in one quote.
pub const QUOTE: usize = 20_000;
/// Unicode scalar values in all the quotes of one article.
pub const QUOTES: usize = 300_000;
/// Characters in a URL.
pub const URL: usize = 2_048;
/// Unicode scalar values in any other string.
pub const STRING: usize = 1_000;
/// Entries in authors, references, corrections and translations, each.
pub const ENTRIES: usize = 100;
/// Bytes in the body of a request.
pub const REQUEST_BODY: usize = 2 * 1024 * 1024;
/// Bytes in the body of a request that extracts statements.
pub const EXTRACTION: usize = 256 * 1024;
/// Bytes in one line of an import.
pub const IMPORT_LINE: usize = 2 * 1024 * 1024;
/// Items on one page.
pub const PAGE: u8 = 100;
/// Values in one comma list of a query parameter.
pub const LIST_VALUES: usize = 20;
/// Values of `ids`.
pub const IDS: usize = 100;
/// Up to how many rows `count=true` counts.
pub const COUNT: i64 = 10_000;
/// Values that are told of one facet of a list.
pub const FACET_VALUES: usize = 20;
/// Articles that are listed as related to one.
pub const RELATED: usize = 100;
/// Speakers and tags of an article by which others are related to it.
pub const RELATED_NAMES: usize = 24;
/// Suggestions of one kind.
pub const SUGGESTIONS: u8 = 10;
/// Buckets of a timeline.
pub const TIMELINE: i64 = 1_000;
/// Milliseconds for which the answer to a request with an `Idempotency-Key` is kept.
pub const ANSWER_KEPT: i64 = Moment::DAY;
