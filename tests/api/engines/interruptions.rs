//! What comes between a process and its PostgreSQL server: deadlocks, locks, lost connections. Clients do not notice, or are
//! told to come again, and nothing is written twice.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel::{PgConnection, sql_query};
use isnad::database::{Conn, Database, Error, Use, Written};
use isnad::on_engine;

use crate::support::{Article, TestApp};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Process {
    #[diesel(sql_type = Integer)]
    pid: i32,
}

/// A store with the articles `one` and `other`, which is not inspected at the end, as SQL writes into it.
fn app() -> TestApp {
    let mut app = TestApp::on_postgres();
    app.store(&[Article::new("one").line(), Article::new("other").line()]);
    app.leave_as_it_is();
    app
}

fn connection(app: &TestApp) -> PgConnection {
    PgConnection::establish(&app.url()).unwrap()
}

fn run(conn: &mut Conn<'_>, sql: &str) -> Result<(), Error> {
    Ok(on_engine!(conn, |conn| conn.batch_execute(sql))?)
}

fn pid(conn: &mut Conn<'_>) -> Result<i32, Error> {
    let query = sql_query("SELECT pg_backend_pid() AS pid");
    let process: Process = on_engine!(conn, |conn| query.get_result(conn))?;
    Ok(process.pid)
}

/// How often an article was changed, as `change` does it.
fn changes(app: &TestApp, slug: &str) -> i64 {
    let query = sql_query("SELECT revision - 1 AS number FROM articles WHERE slug = $1");
    let changes: Number = query
        .bind::<Text, _>(slug)
        .get_result(&mut connection(app))
        .unwrap();
    changes.number
}

/// Writes what the public sees nothing of.
fn write<T>(
    database: &Database,
    work: impl Fn(&mut Conn<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    database.write_blocking(|conn| work(conn).map(Written::hidden))
}

fn change(slug: &str) -> String {
    format!("UPDATE articles SET revision = revision + 1 WHERE slug = '{slug}'")
}

/// Waits until a server process is as the condition on its row of `pg_stat_activity` says.
fn wait_until(conn: &mut PgConnection, pid: i32, condition: &str) {
    let start = Instant::now();
    let query = format!(
        "SELECT count(*) AS number FROM pg_stat_activity WHERE pid = {pid} AND {condition}"
    );
    while sql_query(&query).get_result::<Number>(conn).unwrap().number == 0 {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{pid} is never {condition}"
        );
        thread::yield_now();
    }
}

/// Ends a process of the server; it is gone when this returns.
fn end(conn: &mut PgConnection, pid: i32) {
    let gone = "SELECT pg_terminate_backend($1, 30000)::int AS pid";
    let ended: Process = sql_query(gone)
        .bind::<Integer, _>(pid)
        .get_result(conn)
        .unwrap();
    assert_eq!(ended.pid, 1, "{pid} goes on");
}

/// Who has waited for a second looks for a deadlock and gives way: most often the write, which the other lets wait first.
#[test]
fn a_write_that_meets_a_deadlock_is_begun_anew() {
    let app = app();
    let (mut other, mut watch) = (connection(&app), connection(&app));
    for _ in 0..10 {
        let before = [changes(&app, "one"), changes(&app, "other")];
        let runs = AtomicUsize::new(0);
        let (tell, told) = channel();
        other
            .batch_execute(&format!("BEGIN; {}", change("other")))
            .unwrap();
        let other_wrote = thread::scope(|scope| {
            let (database, runs) = (app.database.clone(), &runs);
            let writing = scope.spawn(move || {
                write(&database, |conn| {
                    runs.fetch_add(1, Ordering::Relaxed);
                    run(conn, &change("one"))?;
                    tell.send(pid(conn)?).unwrap();
                    run(conn, &change("other"))
                })
            });
            wait_until(&mut watch, told.recv().unwrap(), "wait_event_type = 'Lock'");
            let wrote = other.batch_execute(&change("one")).is_ok();
            other
                .batch_execute(if wrote { "COMMIT" } else { "ROLLBACK" })
                .unwrap();
            writing.join().unwrap().unwrap();
            wrote
        });
        let after = [changes(&app, "one"), changes(&app, "other")];
        let once_by_each = before.map(|before| before + 1 + i64::from(other_wrote));
        assert_eq!(after, once_by_each);
        if runs.into_inner() > 1 {
            return;
        }
    }
    panic!("the write never gave way");
}

#[test]
fn work_that_cannot_be_serialised_is_begun_anew_until_it_can() {
    let app = app();
    for (failures, succeeds) in [(1, true), (4, true), (5, false)] {
        let before = changes(&app, "one");
        let runs = AtomicUsize::new(0);
        let written = write(&app.database, |conn| {
            run(conn, &change("one"))?;
            match runs.fetch_add(1, Ordering::Relaxed) < failures {
                true => run(
                    conn,
                    "DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$",
                ),
                false => Ok(()),
            }
        });
        assert_eq!(
            written.is_ok(),
            succeeds,
            "{failures} failures: {written:?}"
        );
        assert_eq!(changes(&app, "one"), before + i64::from(succeeds));
        assert!(
            succeeds || matches!(written, Err(Error::Interrupted(_))),
            "{written:?}"
        );
    }
}

#[test]
fn a_write_that_does_not_get_its_lock_is_busy_and_reading_goes_on() {
    let app = app();
    let mut other = connection(&app);
    other
        .batch_execute("BEGIN; SELECT 1 FROM store FOR UPDATE")
        .unwrap();
    let database = app.database.clone();
    thread::scope(|scope| {
        let writing = scope.spawn(move || write(&database, |conn| run(conn, &change("one"))));
        while !writing.is_finished() {
            assert_eq!(app.get("/v1/articles").status, 200);
            assert_eq!(app.get("/v1/articles/one").status, 200);
        }
        let written = writing.join().unwrap();
        assert!(matches!(written, Err(Error::Busy(_))), "{written:?}");
    });
    other.batch_execute("ROLLBACK").unwrap();
    assert_eq!(changes(&app, "one"), 0);
    write(&app.database, |conn| run(conn, &change("one"))).unwrap();
    assert_eq!(changes(&app, "one"), 1);
}

#[test]
fn a_statement_that_takes_too_long_is_busy() {
    let app = app();
    let hurried = Use::serving(1, Duration::from_millis(100));
    let database = Database::open(&app.url(), hurried).unwrap();
    let read = database.read_blocking(|conn| run(conn, "SELECT pg_sleep(60)"));
    assert!(matches!(read, Err(Error::Busy(_))), "{read:?}");
    database
        .read_blocking(|conn| run(conn, "SELECT 1"))
        .unwrap();
}

#[test]
fn connections_that_are_lost_between_requests_are_not_missed() {
    let mut app = TestApp::on_postgres();
    app.store(&[Article::new("one").line()]);
    let database = &app.database;
    // Both readers: one is asked for while the other is in use.
    let readers = database.read_blocking(|first| {
        let second = database.read_blocking(pid)?;
        Ok::<_, Error>([pid(first)?, second])
    });
    let writer = write(database, pid).unwrap();
    let [first, second] = readers.unwrap();
    assert_ne!(first, second);
    let mut other = connection(&app);
    for pid in [first, second, writer] {
        end(&mut other, pid);
    }
    for _ in 0..3 {
        assert_eq!(app.get("/v1/articles").status, 200);
        assert_eq!(app.get("/health/ready").status, 200);
    }
    app.store(&[Article::new("other").line()]);
    assert_eq!(app.column("/v1/articles", "slug").len(), 2);
    assert_eq!(app.findings(), Vec::<String>::new());
    app.leave_as_it_is();
}

#[test]
fn a_connection_that_is_lost_in_the_midst_of_reading_is_replaced() {
    let app = app();
    let runs = AtomicUsize::new(0);
    let read = app.database.read_blocking(|conn| {
        let pid = pid(conn)?;
        if runs.fetch_add(1, Ordering::Relaxed) == 0 {
            end(&mut connection(&app), pid);
        }
        self::pid(conn)
    });
    assert!(read.is_ok(), "{read:?}");
    assert_eq!(runs.into_inner(), 2);
}

#[test]
fn a_connection_that_is_lost_in_the_midst_of_writing_is_replaced_and_nothing_is_written_twice() {
    let app = app();
    let runs = AtomicUsize::new(0);
    let written = write(&app.database, |conn| {
        run(conn, &change("one"))?;
        let pid = pid(conn)?;
        if runs.fetch_add(1, Ordering::Relaxed) == 0 {
            end(&mut connection(&app), pid);
        }
        run(conn, &change("other"))
    });
    assert!(written.is_ok(), "{written:?}");
    assert_eq!(runs.into_inner(), 2);
    assert_eq!([changes(&app, "one"), changes(&app, "other")], [1, 1]);
}

/// Whether it took place, nobody knows: who began it anew might write twice.
#[test]
fn a_commit_that_is_not_answered_is_not_begun_anew() {
    let app = app();
    let mut other = connection(&app);
    other
        .batch_execute(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
             CREATE CONSTRAINT TRIGGER wait AFTER UPDATE ON articles DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION wait();",
        )
        .unwrap();
    let runs = AtomicUsize::new(0);
    let database = app.database.clone();
    let (tell, told) = channel();
    thread::scope(|scope| {
        let runs = &runs;
        let writing = scope.spawn(move || {
            write(&database, |conn| {
                runs.fetch_add(1, Ordering::Relaxed);
                run(conn, &change("one"))?;
                tell.send(pid(conn)?).unwrap();
                Ok::<_, Error>(())
            })
        });
        let committing = told.recv().unwrap();
        wait_until(&mut other, committing, "wait_event = 'PgSleep'");
        end(&mut other, committing);
        let written = writing.join().unwrap();
        assert!(matches!(written, Err(Error::Busy(_))), "{written:?}");
    });
    assert_eq!(runs.into_inner(), 1);
    assert_eq!(changes(&app, "one"), 0);
}

#[test]
fn a_process_that_stands_still_in_the_midst_of_a_write_loses_its_turn() {
    let app = app();
    let (begun, beginning) = mpsc::channel();
    let (done, waiting) = mpsc::channel::<()>();
    let waiting = Mutex::new(waiting);
    let mut still = app.beside();
    still.leave_as_it_is();
    thread::scope(|scope| {
        let database = &still.database;
        let writing = scope.spawn(move || {
            write(database, |conn| {
                run(conn, &change("one"))?;
                begun.send(()).unwrap();
                // Until the other has written, the first time.
                let _ = waiting.lock().unwrap().recv();
                run(conn, &change("other"))
            })
        });
        beginning.recv().unwrap();
        let other = || write(&app.database, |conn| run(conn, &change("one")));
        // It waits for its turn no longer than a request does, so it may have to come again.
        while matches!(other(), Err(Error::Busy(_))) {}
        drop(done);
        assert!(writing.join().unwrap().is_ok(), "it is begun anew");
    });
    assert_eq!((changes(&app, "one"), changes(&app, "other")), (2, 1));
}
