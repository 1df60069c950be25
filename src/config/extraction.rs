//! What `isnad extract` takes, and what an import of articles in files takes of it.
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What somebody tells of articles in files.
#[derive(Debug, Clone, Args)]
pub struct Told {
    /// Who published the articles, where the files do not tell
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// In which language they are, such as ar; told by their text without it
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
}

#[derive(Debug, Args)]
pub struct Extract {
    /// Articles: plain text, Markdown (.md) or web pages (.html); - for plain text on standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub told: Told,
    #[command(flatten)]
    pub shown: Shown,
    #[command(flatten)]
    pub measured: Measured,
    /// The database to look names up in; without it they are looked for in the text alone
    #[arg(long = "database", value_name = "DATABASE")]
    pub database: Option<String>,
}

/// How what was extracted is shown.
#[derive(Debug, Clone, Copy, Args)]
#[group(multiple = false)]
pub struct Shown {
    /// As a table for the terminal, which is what it does unless told otherwise
    #[arg(long)]
    pub table: bool,
    /// As JSON, one line a file: what POST /v1/extract answers
    #[arg(long)]
    pub json: bool,
    /// As a page for a browser, with the statements marked where they stand
    #[arg(long)]
    pub html: bool,
    /// The files are lines of JSON, each an article with its `text`: they come out with `quotes`, for a scorer
    #[arg(long)]
    pub predictions: bool,
    /// The files are such lines with `quotes` that people found: says how good the rules are
    #[arg(long)]
    pub evaluate: bool,
}

/// What is measured.
#[derive(Debug, Clone, Args)]
pub struct Measured {
    /// Statements that are marked as no part of the core do not count
    #[arg(long, requires = "evaluate")]
    pub core: bool,
    /// Statements of these kinds alone, with commas between them
    #[arg(
        long = "kind",
        requires = "evaluate",
        value_delimiter = ',',
        value_name = "KIND"
    )]
    pub kinds: Vec<Kind>,
    /// Each piece of a statement by itself
    #[arg(long, requires = "evaluate")]
    pub split: bool,
    /// Prints how often each rule was right, as src/extraction/lexicon/confidence.txt has it
    #[arg(long, requires = "evaluate", conflicts_with_all = ["core", "kinds", "split"])]
    pub confidence: bool,
}

/// How much of a statement stands in quotation marks: all, some or none.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    Direct,
    Mixed,
    Indirect,
}
