//! Several processes over one PostgreSQL store: they write in one order, and what a clock starts is done once.
use std::sync::Barrier;
use std::thread;

use diesel::prelude::*;
use isnad::database::schema::articles;
use isnad::database::store::{self, StoreState};
use isnad::database::{Database, Error};
use isnad::domain::moment::Moment;
use isnad::on_engine;
use isnad::transfer::{
    Faults, ImportError, ImportOptions, Importer, Observer, Progress, Report, Stored, import,
};
use isnad::writing::{schedule, stale};
use serde_json::{Value, json};

use crate::support::app::ndjson;
use crate::support::store::Store;
use crate::support::{Article, quote};

const WRITERS: usize = 3;
const WRITES: usize = 80;
const DUE: &str = "2999-06-01T06:00:00Z";

struct Strict;

impl Observer for Strict {
    fn line(&mut self, line: u64, result: Result<&Stored, &Faults>) -> Result<(), ImportError> {
        if let Err(faults) = result {
            panic!("line {line}: {faults:?}");
        }
        Ok(())
    }

    fn progress(&mut self, _: Progress) -> Result<(), ImportError> {
        Ok(())
    }
}

fn write(database: &Database, lines: &[Value]) {
    let text = ndjson(lines);
    let mut report = Report::default();
    let options = ImportOptions {
        strict: false,
        importer: Importer::Operator,
    };
    import(
        database,
        &mut text.as_bytes(),
        &options,
        &mut Strict,
        &mut report,
    )
    .unwrap();
}

/// Where the store stands, and the numbers of its articles in rising order: one snapshot.
fn numbers(database: &Database) -> (StoreState, Vec<i64>) {
    let read = database.read_blocking(|conn| {
        let numbers = on_engine!(&mut *conn, |conn| articles::table
            .select(articles::sequence)
            .order(articles::sequence)
            .load(conn))?;
        Ok::<_, Error>((store::state(conn)?, numbers))
    });
    read.unwrap()
}

fn up_to(number: usize) -> Vec<i64> {
    (1..).take(number).collect()
}

#[test]
fn no_number_is_seen_before_a_lower_one() {
    let store = Store::schema();
    store.open();
    let states = thread::scope(|scope| {
        let writer = |writer| {
            let store = &store;
            scope.spawn(move || {
                let database = store.open();
                for number in 0..WRITES {
                    let article = Article::new(&format!("piece-{writer}-{number}"));
                    let speaker = format!("Speaker {}", number % 7);
                    write(
                        &database,
                        &[article.statement(quote("Row on.", &speaker)).line()],
                    );
                }
            })
        };
        let writers: Vec<_> = (0..WRITERS).map(writer).collect();
        let database = store.open();
        let mut states = 0;
        let mut seen = 0;
        while !writers.iter().all(|writer| writer.is_finished()) {
            let (state, numbers) = numbers(&database);
            assert_eq!(
                numbers,
                up_to(numbers.len()),
                "a number is missing below the last"
            );
            assert_eq!(numbers.last().copied().unwrap_or_default(), state.sequence);
            assert!(numbers.len() >= seen);
            states += usize::from(numbers.len() > seen);
            seen = numbers.len();
        }
        states
    });
    assert!(states > 20, "the reader saw {states} states only");
    let (state, numbers) = numbers(&store.open());
    assert_eq!(numbers, up_to(WRITERS * WRITES));
    assert_eq!((state.sequence, state.public_sequence), (240, 240));
}

/// Runs work on as many processes at once; gives what each did.
fn at_once(store: &Store, work: impl Fn(&Database) -> usize + Sync) -> Vec<usize> {
    let (start, work) = (&Barrier::new(WRITERS), &work);
    thread::scope(|scope| {
        let node = |_| {
            scope.spawn(move || {
                let database = store.open();
                start.wait();
                work(&database)
            })
        };
        let nodes: Vec<_> = (0..WRITERS).map(node).collect();
        nodes.into_iter().map(|node| node.join().unwrap()).collect()
    })
}

#[test]
fn what_is_due_goes_live_once_however_many_look_for_it() {
    let store = Store::schema();
    let database = store.open();
    let article = |number| {
        Article::new(&format!("later-{number}"))
            .published(DUE)
            .line()
    };
    write(&database, &(0..130).map(article).collect::<Vec<_>>());
    let before = numbers(&database).0;
    let due = Moment::parse(DUE).unwrap();
    let published = at_once(&store, |node| schedule::publish_due(node, due).unwrap());
    assert_eq!(published.iter().sum::<usize>(), 130, "{published:?}");
    let after = numbers(&database).0;
    assert_eq!(after.sequence, before.sequence + 3, "three batches");
    assert_eq!(after.public_sequence, before.public_sequence + 3);
    let visible = database.read_blocking(|conn| {
        Ok::<i64, Error>(on_engine!(conn, |conn| articles::table
            .filter(articles::visible)
            .filter(articles::revision.eq(1))
            .count()
            .get_result(conn))?)
    });
    assert_eq!(visible.unwrap(), 130);
}

#[test]
fn what_is_stale_is_rendered_once_however_many_look_for_it() {
    let store = Store::schema();
    let database = store.open();
    let outlet = json!({"type": "outlet", "slug": "lantern", "name": "The Lantern"});
    let article = |number| {
        let article = Article::new(&format!("piece-{number}"));
        article.with("outlet", json!({"slug": "lantern"})).line()
    };
    write(&database, &[outlet]);
    write(&database, &(0..230).map(article).collect::<Vec<_>>());
    write(
        &database,
        &[json!({"type": "outlet", "slug": "lantern", "name": "The Bright Lantern"})],
    );
    let before = numbers(&database).0;
    let rendered = at_once(&store, |node| stale::drain(node, Moment::now()).unwrap());
    assert_eq!(rendered.iter().sum::<usize>(), 230, "{rendered:?}");
    assert_eq!(
        numbers(&database).0.sequence,
        before.sequence + 3,
        "three batches"
    );
}
