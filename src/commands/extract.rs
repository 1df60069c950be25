//! `isnad extract`: shows the statements that the rules find in articles, or how good the rules are.
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use chrono::Utc;

use super::{Failure, manuscripts};
use crate::config::{self, Extract, Measured};
use crate::database::{Database, Use};
use crate::evaluation::{self, Reading, Record};
use crate::extraction::Kind;
use crate::proposals::page::page;
use crate::proposals::table::table;

/// How wide a table is where nobody sees it.
const WIDTH: usize = 100;

pub fn run(options: Extract) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    if options.shown.predictions {
        return predict(&options, &mut output);
    }
    if options.shown.evaluate {
        return evaluate(&options, &mut output);
    }
    show(&options, &mut output)
}

/// Each article with what the rules find in it.
fn show(options: &Extract, output: &mut impl Write) -> Result<(), Failure> {
    if options.shown.html && options.files.len() > 1 {
        let sentence = "a page shows one article: give one file";
        return Err(Failure(sentence.to_owned()));
    }
    let database = options.database.as_deref();
    let database = database
        .map(|url| Database::open(url, Use::EXISTING))
        .transpose()?;
    for path in &options.files {
        let manuscript = manuscripts::read(path)?;
        let extracted = manuscripts::extract(path, manuscript, &options.told, database.as_ref())?;
        if options.shown.json {
            writeln!(output, "{}", serde_json::to_string(&extracted)?)?;
        } else if options.shown.html {
            output.write_all(page(&extracted, &path.display().to_string()).as_bytes())?;
        } else {
            let width = terminal_size::terminal_size();
            let width = width.map_or(WIDTH, |(terminal_size::Width(columns), _)| {
                usize::from(columns)
            });
            writeln!(output, "{}", table(&extracted, width))?;
        }
    }
    Ok(())
}

/// Lines of articles, each with what the rules find in it.
fn predict(options: &Extract, output: &mut impl Write) -> Result<(), Failure> {
    for path in &options.files {
        evaluation::annotate(open(path)?, &mut *output).map_err(|error| wrong(path, error))?;
    }
    Ok(())
}

/// The figures of the rules against what people found in the same articles.
fn evaluate(options: &Extract, output: &mut impl Write) -> Result<(), Failure> {
    let Measured {
        core,
        kinds,
        split,
        confidence,
    } = &options.measured;
    let sets: Vec<(String, Vec<Record>)> = options
        .files
        .iter()
        .map(|path| {
            let gold = evaluation::gold(open(path)?).map_err(|error| wrong(path, error))?;
            let name = path.file_stem().unwrap_or_default();
            Ok((name.to_string_lossy().into_owned(), gold))
        })
        .collect::<Result<_, Failure>>()?;
    if *confidence {
        let sets: Vec<(&str, &[Record])> = sets
            .iter()
            .map(|(name, records)| (name.as_str(), records.as_slice()))
            .collect();
        let today = Utc::now().format("%F").to_string();
        write!(output, "{}", evaluation::confidence_table(&sets, &today))?;
        return Ok(());
    }
    let reading = Reading {
        core: *core,
        kinds: kinds.iter().copied().map(kind_of).collect(),
        split: *split,
    };
    for (name, gold) in &sets {
        if sets.len() > 1 {
            writeln!(output, "{name}")?;
        }
        let figures = evaluation::score(gold, &evaluation::predict(gold), &reading);
        write!(output, "{figures}")?;
    }
    Ok(())
}

fn kind_of(kind: config::Kind) -> Kind {
    match kind {
        config::Kind::Direct => Kind::Direct,
        config::Kind::Mixed => Kind::Mixed,
        config::Kind::Indirect => Kind::Indirect,
    }
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path)
        .map_err(|error| Failure(format!("cannot read {}: {error}", path.display())))?;
    Ok(Box::new(BufReader::new(file)))
}

fn wrong(path: &Path, error: evaluation::RecordError) -> Failure {
    Failure(format!("{}: {error}", path.display()))
}
