//! Several writers at once, and a database that somebody else holds.
use std::sync::Mutex;
use std::thread;

use isnad::articles::draft::ArticleDraft;
use isnad::articles::write_shape::NewArticle;
use isnad::database::Database;
use isnad::domain::moment::Moment;
use isnad::domain::precondition::Precondition;
use isnad::keys::types::Scope;
use isnad::writing::Writer;
use isnad::writing::terms::{ChangeError, Terms};
use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::{Article, id};

fn uri(number: u32) -> String {
    format!("/v1/articles/{}", id(number))
}

#[test]
fn of_several_writers_one_wins_each_round_and_no_update_is_lost() {
    const WRITERS: usize = 16;
    const ROUNDS: i64 = 20;
    let app = TestApp::new();
    app.put(&uri(1), Article::new("ferry").draft())
        .by(&app.key(Scope::Write))
        .taken(201);
    for round in 1..=ROUNDS {
        let winners = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for writer in 0..WRITERS {
                let (database, winners) = (app.database.clone(), &winners);
                scope.spawn(move || {
                    let title = format!("Round {round} by {writer}");
                    match put(&database, &title, round) {
                        Ok(revision) => winners.lock().unwrap().push((title, revision)),
                        Err(ChangeError::Unmet(..)) => {}
                        Err(other) => panic!("{other}"),
                    }
                });
            }
        });
        let winners = winners.into_inner().unwrap();
        assert_eq!(winners.len(), 1, "{winners:?}");
        let (title, revision) = &winners[0];
        assert_eq!(*revision, round + 1);
        let exported = app.export();
        assert!(exported.contains(title), "{title} was lost: {exported}");
    }
    assert_eq!(app.sequences().all, ROUNDS + 1, "one for each that won");
}

/// What the handler does, on a thread of its own.
fn put(database: &Database, title: &str, revision: i64) -> Result<i64, ChangeError> {
    let document: Value = Article::new("ferry").draft().with("title", title).into();
    let new: NewArticle = serde_json::from_value(document).unwrap();
    let id = id(1).parse().unwrap();
    let draft = ArticleDraft::check_request(new, &id).unwrap();
    let terms = Terms {
        precondition: Precondition::Revisions(vec![revision]),
        may_publish: false,
    };
    database.write_blocking(|conn| {
        let mut writer = Writer::begin(conn, Moment::now())?;
        let (_, article) = writer.put_article(&id, draft.clone(), &terms)?;
        Ok(writer.finish()?.map(|_| article.row.revision))
    })
}

#[test]
fn a_database_that_another_process_holds_is_busy_and_says_when_to_come_again() {
    let app = TestApp::new();
    let key = app.key(Scope::Write);
    let other = app.hold_writes();
    let draft = Article::new("ferry").draft();
    let response = app.put(&uri(1), draft.clone()).by(&key).send();
    response.problem(503, "database_busy");
    assert_eq!(response.header("retry-after"), "1");
    // Reading goes on meanwhile.
    assert_eq!(app.get_by(&key, "/v1/articles").status, 200);
    drop(other);
    app.put(&uri(1), draft).by(&key).taken(201);
}
