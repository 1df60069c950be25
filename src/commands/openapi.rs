//! `isnad openapi`: prints the document.
use std::io::{self, Write};

use super::Failure;
use crate::app;

pub fn run() -> Result<(), Failure> {
    let document = app::openapi().to_pretty_json()?;
    writeln!(io::stdout().lock(), "{document}")?;
    Ok(())
}
