//! One import into both engines, and the same questions to both: every answer is the same to the byte.

use isnad::database::{Error, Written};
use isnad::domain::id::Id;
use isnad::domain::moment::Moment;
use isnad::keys::types::Scope;
use isnad::previews::queries::{self, NewRow};
use serde_json::Value;

use super::second_thoughts::second_thoughts;
use crate::support::TestApp;
use crate::support::archive::archive;
use crate::support::questions::{FOR_READERS, Questions, Stored, operations, preview_token};
use crate::support::random::Random;
use crate::support::twins::{Asked, Twins};

const SEED: u64 = 4;

/// Two stores that hold the same.
pub(super) fn engines(lines: &[Value]) -> Twins {
    let (sqlite, postgres) = (TestApp::on_sqlite(), TestApp::on_postgres());
    let readers = [&sqlite, &postgres].map(|app| app.key(Scope::Read));
    let mut engines = Twins {
        one: sqlite,
        other: postgres,
        names: ["SQLite", "PostgreSQL"],
        keys: readers,
        // Nobody else may read by it.
        is_keyed: |uri| {
            let by_parameter = FOR_READERS
                .iter()
                .any(|name| uri.contains(&format!("{name}=")));
            by_parameter || uri.contains("/revisions")
        },
        may_differ: Box::new(|_, _, _| false),
        asked: Asked::default(),
    };
    import(&engines, lines);
    preview(&engines);
    // Each store has a name of its own, which is in the ETags of its lists.
    for app in [&mut engines.one, &mut engines.other] {
        app.tamper("UPDATE store SET identity = 'one of two'");
    }
    engines
}

/// Imports into both; what is said of it must be the same, and what comes out again.
fn import(engines: &Twins, lines: &[Value]) {
    let [one, other] = [&engines.one, &engines.other].map(|app| {
        let imported = app.import(lines);
        assert!(imported.result.is_ok(), "{:?}", imported.result);
        app.tick();
        assert_eq!(app.findings(), Vec::<String>::new());
        (imported.report, imported.details(), app.sequences())
    });
    assert_eq!(one, other);
    let [one, other] = [&engines.one, &engines.other].map(TestApp::export);
    for (one, other) in one.lines().zip(other.lines()) {
        assert_eq!(one, other, "seed {SEED}");
    }
    assert_eq!(one.len(), other.len());
}

/// Makes a preview of each article that has a date, the same in both; one without shows the moment at which it is read.
fn preview(engines: &Twins) {
    let export = engines.one.export();
    let lines = export
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let dated = |line: &Value| line["type"].is_null() && !line["published_at"].is_null();
    let articles = lines.filter(dated);
    for id in articles.filter_map(|line| Some(line["id"].as_str()?.to_owned())) {
        for app in [&engines.one, &engines.other] {
            let made = app.database.write_blocking(|conn| {
                let id: Id = id.parse().unwrap();
                let row = NewRow {
                    uuid: &id,
                    article: &id,
                    hash: preview_token(id.as_str()).hash(),
                    created_at: Moment(0),
                    created_by: "parity",
                    expires_at: Moment(i64::MAX),
                };
                queries::create(conn, &row)?;
                Ok::<_, Error>(Written::hidden(()))
            });
            made.unwrap();
        }
    }
}

#[test]
fn every_question_is_answered_alike() {
    let lines = archive(SEED);
    let mut engines = engines(&lines);
    let stored = Stored::of(&lines);
    let mut questions = Questions {
        random: Random(SEED),
        stored: &stored,
    };
    let operations = operations();
    engines.ask_by_every_parameter(&mut questions, &operations, |path, name| {
        // What was imported once has one revision; keys are told to an administrator alone.
        !(path.starts_with("/v1/keys") || path.ends_with("/revisions") && name == "cursor")
    });
    engines.read_every_list(&mut questions, &operations);
    let Asked {
        requests, statuses, ..
    } = &engines.asked;
    assert!(*requests > 800, "{requests} are few");
    // What is gone is asked for key by key, below.
    for status in [200, 304, 308, 400, 404] {
        assert!(
            statuses.contains_key(&status),
            "{status} never came: {statuses:?}"
        );
    }
}

#[test]
fn every_key_that_a_thing_ever_had_leads_to_it_alike() {
    let lines = archive(SEED);
    let mut engines = engines(&lines);
    let later = second_thoughts(SEED, &lines);
    import(&engines, &later);
    let stored = Stored::of(&[lines, later].concat());
    let mut random = Random(SEED);
    for operation in operations().iter().filter(|operation| !operation.is_list()) {
        for address in stored.addresses(&operation.path) {
            if random.percent(50) {
                engines.ask(&address);
            }
        }
    }
    let Asked { statuses, .. } = &engines.asked;
    for status in [200, 308, 404, 410] {
        assert!(statuses[&status] > 20, "{status} was rare: {statuses:?}");
    }
}
