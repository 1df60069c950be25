//! Works that wait at the same time: what each comes to, and what is left of those that fail.
use std::thread;

use actix_web::rt::System;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tempfile::TempDir;

use super::super::schema::former_keys;
use super::super::{Conn, Database, Error, Use, Written};
use crate::on_engine;

const USE: Use = Use::serving(2, std::time::Duration::ZERO);

type Work = Box<dyn Fn(&mut Conn<'_>) -> Result<Written<usize>, Error> + Send>;

fn store() -> (TempDir, Database) {
    let folder = TempDir::new().unwrap();
    let database = Database::open(folder.path().join("isnad.db").to_str().unwrap(), USE);
    (folder, database.unwrap())
}

fn run(conn: &mut Conn<'_>, sql: &str) -> Result<(), Error> {
    Ok(on_engine!(conn, |conn| conn.batch_execute(sql))?)
}

fn put(conn: &mut Conn<'_>, key: &str) -> Result<(), Error> {
    run(
        conn,
        &format!("INSERT INTO former_keys VALUES ('tag', '{key}', '')"),
    )
}

fn keys(conn: &mut Conn<'_>) -> Result<Vec<String>, Error> {
    Ok(on_engine!(conn, |conn| former_keys::table
        .select(former_keys::key)
        .order(former_keys::key)
        .load(conn))?)
}

fn puts(key: &'static str) -> Work {
    Box::new(move |conn| {
        put(conn, key)?;
        Ok(Written::hidden(keys(conn)?.len()))
    })
}

fn puts_and(key: &'static str, fails: fn() -> Error) -> Work {
    Box::new(move |conn| {
        put(conn, key)?;
        Err(fails())
    })
}

/// Does works that all wait before the first of them is begun, in this order; gives what each comes to.
fn together(
    database: &Database,
    works: impl IntoIterator<Item = Work>,
) -> Vec<thread::Result<Result<usize, Error>>> {
    let mut clients = Vec::new();
    let turn = database.writes.turn().unwrap();
    for work in works {
        let (database, waiting) = (database.clone(), database.writes.waiting());
        let writes = database.writes.clone();
        clients.push(thread::spawn(move || {
            System::new().block_on(database.write(work))
        }));
        while writes.waiting() == waiting {
            thread::yield_now();
        }
    }
    drop(turn);
    clients.into_iter().map(thread::JoinHandle::join).collect()
}

fn there(database: &Database) -> Vec<String> {
    database.read_blocking(keys).unwrap()
}

#[test]
fn what_waits_together_sees_what_came_before_and_is_seen_once_all_of_it_is_committed() {
    let (_folder, database) = store();
    let reader = database.clone();
    let looks: Work = Box::new(move |conn| {
        assert_eq!(keys(conn)?, ["a", "b"]);
        Ok(Written::hidden(there(&reader).len()))
    });
    let came = together(&database, [puts("a"), puts("b"), looks]);
    let came: Vec<usize> = came.into_iter().map(|one| one.unwrap().unwrap()).collect();
    assert_eq!(came, [1, 2, 0]);
    assert_eq!(there(&database), ["a", "b"]);
}

#[test]
fn what_fails_or_panics_takes_no_other_along() {
    let (_folder, database) = store();
    let fails = || Error::Busy("not now".to_owned());
    let panics = || panic!("what a work says");
    for first in [puts_and("0", fails), puts_and("0", panics), puts("a")] {
        let works = [
            first,
            puts("b"),
            puts_and("c", fails),
            puts_and("d", panics),
            puts("e"),
        ];
        let came = together(&database, works);
        assert!(matches!(came[2], Ok(Err(Error::Busy(_)))), "{:?}", came[2]);
        let panic = came[3].as_ref().unwrap_err();
        assert_eq!(panic.downcast_ref(), Some(&"what a work says"));
        assert!(matches!((&came[1], &came[4]), (Ok(Ok(_)), Ok(Ok(_)))));
        let left = there(&database);
        assert!(left.ends_with(&["b".into(), "e".into()]), "{left:?}");
        assert_eq!(left.len() == 3, matches!(came[0], Ok(Ok(_))), "{left:?}");
        database
            .write_blocking(|conn| run(conn, "DELETE FROM former_keys").map(Written::hidden))
            .unwrap();
    }
}

#[test]
fn a_commit_that_fails_is_told_to_everybody() {
    let (_folder, database) = store();
    let unsound: Work = Box::new(|conn| {
        run(conn, "PRAGMA defer_foreign_keys = ON")?;
        run(conn, "INSERT INTO article_tags VALUES (1, 1, 1)")?;
        Ok(Written::hidden(0))
    });
    let came = together(
        &database,
        [
            puts("a"),
            unsound,
            puts_and("b", || Error::Busy(String::new())),
        ],
    );
    for one in came {
        assert!(matches!(one, Ok(Err(Error::Query(_)))), "{one:?}");
    }
    assert_eq!(there(&database), Vec::<String>::new());
    let after = together(&database, [puts("c")]);
    assert!(matches!(after[0], Ok(Ok(1))), "{after:?}");
}

#[test]
fn what_is_interrupted_is_begun_anew_and_so_are_the_others_each_alone() {
    let (_folder, database) = store();
    let begun = std::sync::atomic::AtomicUsize::new(0);
    let interrupted: Work = Box::new(move |conn| {
        put(conn, "b")?;
        match begun.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
            0 => Err(Error::Interrupted("once".to_owned())),
            _ => Ok(Written::hidden(keys(conn)?.len())),
        }
    });
    let came = together(&database, [puts("a"), interrupted, puts("c")]);
    let came: Vec<usize> = came.into_iter().map(|one| one.unwrap().unwrap()).collect();
    assert_eq!(came, [1, 2, 3]);
}

#[test]
fn more_than_a_group_are_all_committed() {
    let (_folder, database) = store();
    let works = (0..50).map(|number| -> Work {
        Box::new(move |conn| {
            put(conn, &number.to_string())?;
            Ok(Written::hidden(number))
        })
    });
    let came = together(&database, works);
    let came: Vec<usize> = came.into_iter().map(|one| one.unwrap().unwrap()).collect();
    assert_eq!(came, (0..50).collect::<Vec<_>>());
    assert_eq!(there(&database).len(), 50);
}
