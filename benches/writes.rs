//! Times durable writes of articles, beside the same rows put bare into SQLite, in process:
//! `cargo bench --bench writes -- ARTICLES.ndjson`, of what `cargo bench --bench generate -- ARTICLES` writes.
//!
//! First a store is filled, one article a transaction, and triggers write down what is put into each table and what is changed
//! there. Then three stores are filled in turn, some articles at a time, so that whatever else the machine does falls on all:
//! one with those very rows by prepared statements, a durable transaction an article; one by a client of `Database::write`
//! that reads, checks and writes each article as the handler does; and one by eight of them. A rate is the median of the rounds.
#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]

mod bare;

use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use actix_web::rt::System;
use bare::{Bare, Recorder};
use isnad::articles::changes::answer;
use isnad::articles::draft::ArticleDraft;
use isnad::articles::write_shape::NewArticle;
use isnad::database::{Database, Use};
use isnad::domain::moment::Moment;
use isnad::domain::precondition::Precondition;
use isnad::writing::Writer;
use isnad::writing::terms::{ChangeError, Terms};

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const USE: Use = Use::serving(2, Duration::ZERO);
const CLIENTS: usize = 8;
const ROUNDS: usize = 10;

fn main() -> ExitCode {
    // cargo adds `--bench`.
    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let [articles] = files.as_slice() else {
        eprintln!("usage: cargo bench --bench writes -- ARTICLES.ndjson");
        return ExitCode::from(2);
    };
    match measure(Path::new(articles)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("writes: {articles}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(articles: &Path) -> Result<(), Failure> {
    let articles = std::fs::read_to_string(articles)?;
    let articles: Vec<&str> = articles.lines().collect();
    // Not where files may lie in memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let open = |name: &str| -> Result<_, Failure> {
        let file = folder.path().join(name);
        let url = file.to_str().ok_or("the path is no text")?;
        Ok((Database::open(url, USE)?, file))
    };
    let (recorded, file) = open("recorded.db")?;
    let recorder = Recorder::install(&file)?;
    write(&recorded, &articles, 1)?;
    let mut rows = recorder.rows()?;
    if rows.len() != articles.len() {
        return Err(format!("{} of {} articles are new", rows.len(), articles.len()).into());
    }
    let count: usize = rows.iter().map(Vec::len).sum();
    println!(
        "{} articles of {:.0} rows; writes a second:",
        articles.len(),
        count as f64 / articles.len() as f64
    );

    let (_, file) = open("bare.db")?;
    let bare = Bare::open(&file)?;
    let (one, _) = open("one.db")?;
    let (eight, _) = open("eight.db")?;
    let mut rates = [Vec::new(), Vec::new(), Vec::new()];
    println!("    bare  1 client  8 clients");
    let some = articles.len().div_ceil(ROUNDS);
    for articles in articles.chunks(some) {
        let bare_rows: Vec<_> = rows.drain(..articles.len()).collect();
        let round = [
            rate(articles, || bare.put(&bare_rows))?,
            rate(articles, || write(&one, articles, 1))?,
            rate(articles, || write(&eight, articles, CLIENTS))?,
        ];
        println!("{}", line(round, |rate| format!("{rate:.0}")));
        for (rates, rate) in rates.iter_mut().zip(round) {
            rates.push(rate);
        }
    }
    bare.hold_against(&recorder)?;
    let medians = rates.map(|mut rates| {
        rates.sort_by(f64::total_cmp);
        rates.get(rates.len() / 2).copied().unwrap_or(f64::NAN)
    });
    let [bare, ..] = medians;
    println!(
        "{}  in the middle",
        line(medians, |rate| format!("{rate:.0}"))
    );
    println!(
        "{}  of bare",
        line(medians, |rate| format!("{:.2}", rate / bare))
    );
    Ok(())
}

fn line(figures: [f64; 3], spell: impl Fn(f64) -> String) -> String {
    let [bare, one, eight] = figures.map(spell);
    format!("{bare:>8} {one:>9} {eight:>10}")
}

/// How many articles a second.
fn rate(articles: &[&str], work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let begun = Instant::now();
    work()?;
    Ok(articles.len() as f64 / begun.elapsed().as_secs_f64())
}

/// Writes articles by so many clients, each of which waits for its answer before it goes on.
fn write(database: &Database, articles: &[&str], clients: usize) -> Result<(), Failure> {
    let taken = AtomicUsize::new(0);
    let client = || -> Result<(), Failure> {
        System::new().block_on(async {
            while let Some(article) = articles.get(taken.fetch_add(1, Ordering::Relaxed)) {
                write_one(database, article).await?;
            }
            Ok(())
        })
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        let done = clients.into_iter().map(|client| match client.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    })
}

/// What the handler does.
async fn write_one(database: &Database, article: &str) -> Result<(), Failure> {
    let new: NewArticle = serde_json::from_str(article)?;
    let draft = ArticleDraft::check(new.without_owned()).map_err(|faults| format!("{faults:?}"))?;
    let terms = Terms {
        precondition: Precondition::Absent,
        may_publish: true,
    };
    database
        .write(move |conn| {
            let mut writer = Writer::begin_as(conn, Moment::now(), "bench")?;
            let answer = answer(writer.create_article(draft.clone(), &terms)?)?;
            Ok::<_, ChangeError>(writer.finish()?.map(|_| answer))
        })
        .await?;
    Ok(())
}
