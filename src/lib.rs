//! isnad: a headless content API for news that keeps reported speech as data.
//!
//! - `commands`: one file a command of the program, thin
//! - `server`, `app`: the HTTP server; its routes, middleware and OpenAPI document
//! - `metrics`: what is measured, for Prometheus
//! - `articles`, `statements`, `speakers`, `outlets`, `tags`: one folder a resource; `naming` is what the last three share
//! - `keys`: who may read and write, and how far
//! - `revisions`: former states of articles
//! - `related`: which articles share speakers and tags with one; `timeline`: how much a speaker said when
//! - `rendering`: rows → the JSON they are served as, and the postings they are found by
//! - `search`: text → terms, the index of them, and what a query finds; `suggest`: what somebody may mean who has begun to type
//! - `extraction`: plain text → proposed statements, by rules; `evaluation`: how good they are, against what people found
//! - `proposals`: what extraction finds → the write shape, with names looked up in the store
//! - `editing`: every write over HTTP: terms, transaction, answer
//! - `writing`: checked drafts → rows, with everything derived from them
//! - `transfer`: NDJSON import and export; `imports`: importing over HTTP; `samples`: some articles to try; `inspection`: proves that a store is sound
//! - `http`: what every endpoint shares; `database`: connections, transactions, tables
//! - `domain`: values with rules of their own
pub mod app;
pub mod articles;
pub mod commands;
pub mod config;
pub mod database;
pub mod domain;
pub mod editing;
pub mod evaluation;
pub mod extraction;
pub mod http;
pub mod imports;
pub mod inspection;
pub mod keys;
pub mod meta;
pub mod metrics;
pub mod naming;
pub mod outlets;
pub mod previews;
pub mod proposals;
pub mod related;
pub mod rendering;
pub mod revisions;
pub mod samples;
pub mod search;
pub mod server;
pub mod site;
pub mod speakers;
pub mod statements;
pub mod suggest;
pub mod tags;
pub mod timeline;
pub mod transfer;
pub mod writing;
