//! The commands of the program, one file each.
pub mod backup;
pub mod check;
pub mod copy;
pub mod export;
pub mod extract;
pub mod import;
pub mod key;
mod manuscripts;
pub mod openapi;
mod progress;
pub mod reindex;
pub mod serve;

use std::process::ExitCode;

use crate::config::{Arguments, Command};

/// A sentence for the person who ran the command.
#[derive(Debug)]
pub struct Failure(pub String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs what the command line asks for.
pub fn run(arguments: Arguments) -> ExitCode {
    let result = match arguments.command {
        Command::Serve(options) => serve::run(options),
        Command::Import(options) => import::run(options),
        Command::Extract(options) => extract::run(options),
        Command::Export(options) => export::run(options),
        Command::Openapi => openapi::run(),
        Command::Copy(options) => copy::run(options),
        Command::Backup(options) => backup::run(options),
        Command::Check(options) => check::run(options),
        Command::Reindex(options) => reindex::run(options),
        Command::Key(options) => key::run(options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(sentence)) => {
            log::error!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
