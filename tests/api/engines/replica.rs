//! Reading from a replica. Here it is a copy that follows only when it is told to; that PostgreSQL's own replicas follow by
//! themselves is what `tests/deploy` tries.
use std::thread;

use actix_web::rt::System;
use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use isnad::database::schema::api_keys;
use isnad::database::{Database, Error, store};
use isnad::domain::secret::Secret;
use isnad::keys::types::Scope;

use crate::support::store::USE;
use crate::support::{Article, TestApp};

struct Pair {
    primary: TestApp,
    replica: TestApp,
    database: Database,
}

impl Pair {
    fn new() -> Self {
        let (primary, replica) = (TestApp::on_postgres(), TestApp::on_postgres());
        primary.store(&[Article::new("one").line()]);
        primary
            .database
            .copy_to(&replica.database, &mut |_| {})
            .unwrap();
        let database =
            Database::open_with_replica(&primary.url(), Some(&replica.url()), USE).unwrap();
        Self {
            primary,
            replica,
            database,
        }
    }

    /// The sequence of what a reader sees.
    fn seen(&self) -> i64 {
        seen(&self.database)
    }

    fn write(&self, slug: &str) {
        self.primary.store(&[Article::new(slug).line()]);
    }

    /// The replica receives what the primary has.
    fn follow(&self) {
        let sequence = self.primary.sequences().all;
        let mut connection = PgConnection::establish(&self.replica.url()).unwrap();
        connection
            .batch_execute(&format!("UPDATE store SET sequence = {sequence}"))
            .unwrap();
    }
}

fn seen(database: &Database) -> i64 {
    let state = database.read_blocking(|conn| Ok::<_, Error>(store::state(conn)?));
    state.unwrap().sequence
}

#[test]
fn is_done_from_the_replica_until_it_lags_and_again_when_it_has_caught_up() {
    let pair = Pair::new();
    pair.database.watch_replica();
    pair.write("two");
    assert_eq!(
        pair.seen(),
        1,
        "the replica answers, which may be a moment late"
    );
    pair.database.watch_replica();
    assert_eq!(
        pair.seen(),
        1,
        "nobody knows yet that it should have been there"
    );
    pair.database.watch_replica();
    assert_eq!(
        pair.seen(),
        2,
        "the primary answers, as the replica is late"
    );
    pair.follow();
    pair.database.watch_replica();
    pair.write("three");
    assert_eq!(pair.seen(), 2, "the replica answers again");
}

#[test]
fn what_must_be_new_is_read_from_the_primary_however_late_the_replica_is() {
    let pair = Pair::new();
    pair.write("two");
    let newest = pair
        .database
        .read_newest_blocking(|conn| Ok::<_, Error>(store::state(conn)?));
    assert_eq!(newest.unwrap().sequence, 2);
    assert_eq!(pair.seen(), 1);
}

/// The sequence of what is read by one.
fn seen_since(database: &Database, sequence: i64) -> Option<i64> {
    let read = database.read_since(sequence, |conn| {
        Ok::<_, Error>(store::state(conn)?.sequence)
    });
    System::new().block_on(read).unwrap()
}

#[test]
fn by_a_sequence_waits_for_the_replica_and_then_asks_the_primary() {
    let pair = Pair::new();
    pair.write("two");
    assert_eq!(seen_since(&pair.database, 1), Some(1), "the replica has it");
    assert_eq!(
        seen_since(&pair.database, 2),
        Some(2),
        "only the primary has it"
    );
    assert_eq!(seen_since(&pair.database, 3), None, "nobody has it");
    pair.follow();
    pair.write("three");
    assert_eq!(
        seen_since(&pair.database, 2),
        Some(2),
        "the replica has it by now"
    );
}

#[test]
fn by_a_sequence_gives_it_when_the_replica_receives_it_meanwhile() {
    let pair = Pair::new();
    pair.write("two");
    thread::scope(|scope| {
        let reader = scope.spawn(|| seen_since(&pair.database, 2));
        pair.follow();
        assert_eq!(reader.join().unwrap(), Some(2));
    });
}

#[test]
fn goes_on_at_the_primary_where_the_replica_cannot_be_reached() {
    let app = TestApp::on_postgres();
    app.store(&[Article::new("one").line()]);
    let nobody = "postgres://isnad:secret@127.0.0.1:1/isnad";
    let database = Database::open_with_replica(&app.url(), Some(nobody), USE).unwrap();
    assert_eq!(seen(&database), 1);
    database.watch_replica();
    assert_eq!(seen(&database), 1);
}

#[test]
fn a_key_that_was_made_or_revoked_is_known_though_the_replica_does_not_know() {
    let pair = Pair::new();
    let app = pair.primary.beside_reading(&pair.replica);
    let key = pair.primary.key(Scope::Read);
    assert_eq!(app.get_by(&key, "/v1/articles").status, 200);
    // The replica receives that it was made, and then nothing more.
    let kept = pair.primary.kept_key(&key.name);
    let mut connection = PgConnection::establish(&pair.replica.url()).unwrap();
    diesel::insert_into(api_keys::table)
        .values((
            api_keys::name.eq(&kept.name),
            api_keys::prefix.eq(&kept.prefix),
            api_keys::hash.eq(key.secret.parse::<Secret>().unwrap().hash()),
            api_keys::scope.eq(kept.scope),
            api_keys::created_at.eq(kept.created_at),
        ))
        .execute(&mut connection)
        .unwrap();
    pair.primary.revoke(&key.name);
    app.get_by(&key, "/v1/articles").problem(401, "invalid_key");
}

#[test]
fn is_not_done_from_one_of_another_store() {
    let (own, other) = (TestApp::on_postgres(), TestApp::on_postgres());
    own.store(&[Article::new("one").line()]);
    for slug in ["two", "three"] {
        other.store(&[Article::new(slug).line()]);
    }
    let database = Database::open_with_replica(&own.url(), Some(&other.url()), USE).unwrap();
    assert_eq!(seen(&database), 1);
    database.watch_replica();
    assert_eq!(seen(&database), 1);
}

#[test]
fn is_not_done_from_one_of_another_store_because_the_primary_is_busy() {
    let (own, other) = (TestApp::on_postgres(), TestApp::on_postgres());
    own.store(&[Article::new("one").line()]);
    for slug in ["two", "three"] {
        other.store(&[Article::new(slug).line()]);
    }
    let database = Database::open_with_replica(&own.url(), Some(&other.url()), USE).unwrap();
    // Every connection that reads from the primary is in use.
    let looked = database.read_newest_blocking(|_| {
        database.read_newest_blocking(|_| {
            database.watch_replica();
            Ok::<_, Error>(())
        })
    });
    looked.unwrap();
    assert_eq!(seen(&database), 1);
}

#[test]
fn is_not_done_from_one_that_lags_when_it_is_opened() {
    let pair = Pair::new();
    pair.write("two");
    let (primary, replica) = (pair.primary.url(), pair.replica.url());
    let database = Database::open_with_replica(&primary, Some(&replica), USE).unwrap();
    assert_eq!(seen(&database), 2);
}
