//! How the service describes itself.
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::bounds;

/// What this service is, what it holds for the public, and what it takes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Meta {
    /// The name of the program.
    #[schema(max_length = 100, example = "isnad")]
    pub name: &'static str,
    /// Its version.
    #[schema(max_length = 100, example = "0.1.0")]
    pub version: &'static str,
    /// Advances whenever what the public sees changes, and only then.
    #[schema(minimum = 0, example = 42)]
    pub public_sequence: i64,
    /// How much of everything the public sees.
    pub counts: MetaCounts,
    /// How much of everything one document may have.
    pub bounds: MetaBounds,
}

/// How much of everything the public sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetaCounts {
    /// Articles.
    #[schema(minimum = 0, example = 14)]
    pub articles: i64,
    /// Statements.
    #[schema(minimum = 0, example = 88)]
    pub statements: i64,
    /// Speakers.
    #[schema(minimum = 0, example = 24)]
    pub speakers: i64,
    /// Outlets.
    #[schema(minimum = 0, example = 7)]
    pub outlets: i64,
    /// Tags.
    #[schema(minimum = 0, example = 16)]
    pub tags: i64,
}

macro_rules! published_bounds {
    ($($(#[$about:meta])* $name:ident = $bound:expr),+ $(,)?) => {
        /// How much of everything one document may have. Lengths are in Unicode scalar values unless they say otherwise.
        #[derive(Debug, Serialize, ToSchema)]
        pub struct MetaBounds {
            $($(#[$about])* #[schema(minimum = 1, example = json!($bound))] pub $name: usize),+
        }

        impl MetaBounds {
            pub const PUBLISHED: Self = Self { $($name: $bound),+ };
        }
    };
}

published_bounds! {
    /// A title.
    title = bounds::TITLE,
    /// A summary.
    summary = bounds::SUMMARY,
    /// A block of a body.
    block = bounds::BLOCK,
    /// All blocks of a body.
    body = bounds::BODY,
    /// How many blocks a body has.
    blocks = bounds::BLOCKS,
    /// How many statements an article has.
    statements = bounds::STATEMENTS,
    /// How many hops a chain has.
    hops = bounds::HOPS,
    /// How many tags an article has.
    tags = bounds::TAGS,
    /// A name.
    name = bounds::NAME,
    /// How many aliases a record has.
    aliases = bounds::ALIASES,
    /// A quote.
    quote = bounds::QUOTE,
    /// All quotes of an article.
    quotes = bounds::QUOTES,
    /// A URL.
    url = bounds::URL,
    /// Any other string.
    string = bounds::STRING,
    /// How many authors, references, corrections and translations an article has, each.
    entries = bounds::ENTRIES,
    /// The body of a request, in bytes.
    request_body = bounds::REQUEST_BODY,
    /// The body of a request that extracts statements, in bytes.
    extraction = bounds::EXTRACTION,
    /// A line of an import, in bytes.
    import_line = bounds::IMPORT_LINE,
    /// How many items a page has.
    page = bounds::PAGE as usize,
    /// How many articles are listed as related to one.
    related = bounds::RELATED,
    /// How many suggestions there are of each kind.
    suggestions = bounds::SUGGESTIONS as usize,
    /// How many buckets a timeline has.
    timeline = bounds::TIMELINE as usize,
    /// How many values a comma list of a parameter has.
    list_values = bounds::LIST_VALUES,
    /// How many values `ids` has.
    ids = bounds::IDS,
}

/// That the service answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`; what is not well is answered with a problem.
    #[schema(max_length = 2, example = "ok")]
    pub status: &'static str,
}
