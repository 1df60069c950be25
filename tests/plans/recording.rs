//! Records what the database is asked, and judges the plans that it makes of it.
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::sql_types::Text;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use crate::support::TestApp;

static RECORDED: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// Every connection of the process records: one test at a time.
static TURN: Mutex<()> = Mutex::new(());

fn recorder() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(|event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let sql = text.split(" -- binds").next().unwrap_or_default();
            recorded().push(sql.to_owned());
        }
    }))
}

fn recorded() -> MutexGuard<'static, Vec<String>> {
    RECORDED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the turn, and sees to it that connections made from now on record.
pub fn take_turn() -> MutexGuard<'static, ()> {
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    set_default_instrumentation(recorder).unwrap();
    turn
}

/// The SQL that some work takes.
pub fn queries_of<T>(work: impl FnOnce() -> T) -> Vec<String> {
    recorded().clear();
    work();
    std::mem::take(&mut *recorded())
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// Tables that are small by nature: of one row, and a queue that is read from its head.
const SMALL: [&str; 2] = ["SCAN store", "SCAN stale_documents"];

/// Why a plan is not one that a growing store can bear.
pub fn faults(connection: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let steps: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
        .load(connection)
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
    // Namesakes are sorted for the sentence that names them.
    let sorts = |step: &str| step.contains("USE TEMP B-TREE") && !sql.contains("entity_spellings");
    let scans = |step: &str| {
        let known = [
            "USING INDEX",
            "USING COVERING INDEX",
            "CONSTANT ROW",
            "json_each",
        ];
        // FTS5 says behind the colon what it looks for: a row, or words.
        let looks_up = step.contains("VIRTUAL TABLE INDEX") && !step.ends_with(':');
        step.starts_with("SCAN")
            && !looks_up
            && !SMALL.contains(&step)
            && !known.iter().any(|known| step.contains(known))
    };
    let bad = |step: &&Step| sorts(&step.detail) || scans(&step.detail);
    steps
        .iter()
        .filter(bad)
        .map(|step| format!("{}\n    {sql}", step.detail))
        .collect()
}

/// A connection that is made on the way brings settings of its own: those do not count.
pub fn selects(queries: &[String]) -> usize {
    queries
        .iter()
        .filter(|sql| sql.starts_with("SELECT"))
        .count()
}

/// Holds that all of these go along indexes.
#[track_caller]
pub fn along_indexes(app: &TestApp, queries: impl IntoIterator<Item = String>) {
    let mut connection = SqliteConnection::establish(&app.url()).unwrap();
    // An INSERT of values looks for nothing: the plan tells of checks that it makes only after a violation.
    let is_planned = |sql: &String| {
        let inserts = sql.starts_with("INSERT") && sql.contains("SELECT");
        inserts
            || ["SELECT", "UPDATE", "DELETE"]
                .iter()
                .any(|verb| sql.starts_with(verb))
    };
    let queries: BTreeSet<String> = queries.into_iter().filter(is_planned).collect();
    assert!(!queries.is_empty(), "nothing was recorded");
    let faults: Vec<String> = queries
        .iter()
        .flat_map(|sql| faults(&mut connection, sql))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
