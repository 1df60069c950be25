//! How far a long command has come: a bar on a terminal, nothing elsewhere.
use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of this length; where the length is 0, nobody knows how much there is to do.
pub fn bar(length: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = if length > 0 {
        "{bar:40} {percent:>3}% {msg} ({eta} left)"
    } else {
        "{spinner} {msg}"
    };
    let bar = ProgressBar::new(length);
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
