//! Every setting: a flag, an environment variable and a line in `.env.example`. No other file reads the environment.
mod extraction;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use bytesize::ByteSize;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub use extraction::{Extract, Kind, Measured, Shown, Told};

use crate::domain::moment::Moment;
use crate::domain::network::Networks;
use crate::domain::origin::Origins;
use crate::domain::rate::RateLimit;
use crate::keys::types::Scope;

/// A headless content API for news that keeps reported speech as data.
#[derive(Debug, Parser)]
#[command(name = "isnad", version, about, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub log: Log,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API over HTTP
    Serve(Serve),
    /// Import articles and records from NDJSON files
    Import(Import),
    /// Show the statements that the rules find in articles; nothing is stored
    Extract(Extract),
    /// Export the whole store as NDJSON
    Export(Export),
    /// Print the OpenAPI document
    Openapi,
    /// Copy a whole store into an empty one, on the same engine or the other
    Copy(Copy),
    /// Write the store as it is now into a file, while others use it
    Backup(Backup),
    /// Prove that the store is sound
    Check(Check),
    /// Make anew what things are found by
    Reindex(Reindex),
    /// Make, list and revoke API keys
    #[command(subcommand)]
    Key(Key),
}

/// How the log is written.
#[derive(Debug, Clone, Args)]
pub struct Log {
    /// What is logged: a level (error, warn, info, debug), or levels by module
    #[arg(long = "log", env = "ISNAD_LOG", default_value = "info", global = true)]
    pub filter: String,
    /// How: text for a terminal, json for one object a line
    #[arg(
        long = "log-format",
        env = "ISNAD_LOG_FORMAT",
        default_value = "text",
        global = true
    )]
    pub format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// Which store.
#[derive(Debug, Clone, Args)]
pub struct Store {
    /// The database: a file such as isnad.db, sqlite:PATH, or postgres://USER@HOST/NAME
    #[arg(
        long = "database",
        env = "DATABASE_URL",
        default_value = "isnad.db",
        hide_env_values = true
    )]
    pub url: String,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub store: Store,
    /// The address to listen on
    #[arg(long, env = "ISNAD_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Threads that serve requests; 0 for one a processor
    #[arg(long, env = "ISNAD_WORKERS", default_value_t = 0)]
    pub workers: usize,
    /// Database connections that read
    #[arg(long, env = "ISNAD_READERS", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=256))]
    pub readers: u32,
    /// How much memory public answers are kept in: 64MiB, 1GiB, or 0 to keep none
    #[arg(
        long = "cache-size",
        env = "ISNAD_CACHE_SIZE",
        default_value = "64MiB",
        value_name = "SIZE"
    )]
    pub cache_size: ByteSize,
    /// How much of the SQLite file each connection that reads maps into memory: 512MiB, 16GiB, or 0 for none
    #[arg(
        long = "mmap-size",
        env = "ISNAD_MMAP_SIZE",
        default_value = "16GiB",
        value_name = "SIZE"
    )]
    pub mmap_size: ByteSize,
    /// A replica of the PostgreSQL database, to read from
    #[arg(
        long = "read-database",
        env = "DATABASE_READ_URL",
        hide_env_values = true
    )]
    pub replica: Option<String>,
    /// Seconds that one reading may take, of PostgreSQL one statement
    #[arg(long, env = "ISNAD_STATEMENT_TIMEOUT", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub statement_timeout: u64,
    /// Seconds that a client may take to send a request
    #[arg(long, env = "ISNAD_REQUEST_TIMEOUT", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub request_timeout: u64,
    /// Seconds that requests in flight are given when the server stops
    #[arg(long, env = "ISNAD_SHUTDOWN_TIMEOUT", default_value_t = 30, value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub shutdown_timeout: u64,
    /// Days for which former states of articles are kept; 0 for ever
    #[arg(long, env = "ISNAD_REVISION_DAYS", default_value_t = 0)]
    pub revision_days: u32,
    #[command(flatten)]
    pub admission: Admission,
    /// The address to serve metrics on, for Prometheus; none for no metrics
    #[arg(long = "metrics-listen", env = "METRICS_LISTEN")]
    pub metrics_listen: Option<String>,
    /// Fill an empty store with sample articles
    #[arg(long)]
    pub samples: bool,
}

/// Who is let in, and how often.
#[derive(Debug, Clone, Args)]
pub struct Admission {
    /// Whether what is public may be read without a key: true or false
    #[arg(long, env = "ISNAD_PUBLIC", default_value_t = true, action = ArgAction::Set, value_name = "BOOL")]
    pub public: bool,
    /// How much one key, or one address without a key, may ask: 20/s, 600/min, 10000/h or off
    #[arg(
        long = "rate-limit",
        env = "ISNAD_RATE_LIMIT",
        default_value = "off",
        value_name = "RATE"
    )]
    pub rate_limit: RateLimit,
    /// Proxies whose X-Forwarded-For is believed: addresses and networks, with commas between them
    #[arg(
        long = "trusted-proxies",
        env = "TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true,
        value_name = "NETWORKS"
    )]
    pub trusted_proxies: Networks,
    /// Origins whose pages may write, with commas between them; any may read
    #[arg(
        long = "cors-origins",
        env = "CORS_ORIGINS",
        default_value = "",
        hide_default_value = true,
        value_name = "ORIGINS"
    )]
    pub cors_origins: Origins,
}

#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    pub store: Store,
    /// Files of NDJSON; - for standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Stop at the first line that is wrong
    #[arg(long)]
    pub strict: bool,
    /// Take the files for articles (plain text, Markdown, HTML): drafts are made of them, with every statement proposed
    #[arg(long)]
    pub extract: bool,
    #[command(flatten)]
    pub told: Told,
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub store: Store,
    /// The file to write; standard output without it
    pub file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Copy {
    /// The store to copy, named as DATABASE_URL names it
    #[arg(long)]
    pub from: String,
    /// The store to fill; an SQLite file is made
    #[arg(long)]
    pub to: String,
}

#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    pub store: Store,
    /// The file to write; to restore it, copy it back
    pub file: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub store: Store,
}

#[derive(Debug, Args)]
pub struct Reindex {
    #[command(flatten)]
    pub store: Store,
}

#[derive(Debug, Subcommand)]
pub enum Key {
    /// Make a key and print its secret, once
    Create(KeyCreate),
    /// List the keys, without their secrets
    List(KeyList),
    /// Revoke a key, for good
    Revoke(KeyRevoke),
}

#[derive(Debug, Args)]
pub struct KeyCreate {
    #[command(flatten)]
    pub store: Store,
    /// Who or what uses the key
    #[arg(long)]
    pub name: String,
    /// How far it reaches: none (what the public sees), read, write, publish or admin, each with those before it
    #[arg(long)]
    pub scope: Scope,
    /// Until when it is good: a date such as 2027-01-01, or a moment; for ever without it
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse_or_date)]
    pub expires: Option<Moment>,
}

#[derive(Debug, Args)]
pub struct KeyList {
    #[command(flatten)]
    pub store: Store,
}

#[derive(Debug, Args)]
pub struct KeyRevoke {
    #[command(flatten)]
    pub store: Store,
    /// The key's prefix or its name
    #[arg(value_name = "PREFIX|NAME")]
    pub key: String,
}

impl Arguments {
    /// Reads `.env`, then the environment and the command line; ends the program where they make no sense.
    pub fn read() -> Self {
        match dotenvy::dotenv() {
            Ok(_) => {}
            Err(error) if error.not_found() => {}
            // Somebody runs it from where they may not look, such as the home of who became them for this.
            Err(dotenvy::Error::Io(error))
                if error.kind() == ErrorKind::PermissionDenied && !Path::new(".env").exists() => {}
            Err(error) => {
                let sentence = format!("cannot read .env: {error}\n");
                clap::Error::raw(clap::error::ErrorKind::InvalidValue, sentence).exit();
            }
        }
        Self::parse()
    }
}
