//! One import into both engines, and the same questions to both: every answer is the same to the byte.
use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use isnad::database::Error;
use isnad::domain::id::Id;
use isnad::domain::moment::Moment;
use isnad::keys::types::Scope;
use isnad::previews::queries::{self, NewRow};
use serde_json::Value;

use super::archive::archive;
use super::questions::{Operation, Parameter, Questions, Stored, operations, preview_token};
use super::random::Random;
use super::second_thoughts::second_thoughts;
use crate::support::keys::TestKey;
use crate::support::{Response, TestApp};

const SEED: u64 = 4;

/// Two stores that hold the same.
struct Engines {
    sqlite: TestApp,
    postgres: TestApp,
    /// Keys that may read everything, one of each.
    readers: [TestKey; 2],
    asked: Asked,
}

/// What was asked, and what came of it.
#[derive(Default)]
struct Asked {
    requests: usize,
    statuses: BTreeMap<u16, usize>,
    /// Parameters by address, where the answer held something.
    answered: BTreeSet<(String, String)>,
}

/// Parameters that take a key.
const FOR_READERS: [&str; 5] = [
    "min_sequence=",
    "status=",
    "origin=",
    "min_confidence=",
    "hidden=",
];

/// All of a response that a client sees.
#[derive(PartialEq, Eq)]
struct Answer {
    status: u16,
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Engines {
    fn with(lines: &[Value]) -> Self {
        let (sqlite, postgres) = (TestApp::on_sqlite(), TestApp::on_postgres());
        let readers = [&sqlite, &postgres].map(|app| app.key(Scope::Read));
        let mut engines = Self {
            sqlite,
            postgres,
            readers,
            asked: Asked::default(),
        };
        engines.import(lines);
        engines.preview(lines);
        // Each store has a name of its own, which is in the ETags of its lists.
        for app in [&mut engines.sqlite, &mut engines.postgres] {
            app.tamper("UPDATE store SET identity = 'one of two'");
        }
        engines
    }

    /// Imports into both; what is said of it must be the same, and what comes out again.
    fn import(&mut self, lines: &[Value]) {
        let [one, other] = [&self.sqlite, &self.postgres].map(|app| {
            let imported = app.import(lines);
            assert!(imported.result.is_ok(), "{:?}", imported.result);
            app.tick();
            assert_eq!(app.findings(), Vec::<String>::new());
            (imported.report, imported.details(), app.sequences())
        });
        assert_eq!(one, other);
        let [one, other] = [&self.sqlite, &self.postgres].map(TestApp::export);
        for (one, other) in one.lines().zip(other.lines()) {
            assert_eq!(one, other, "seed {SEED}");
        }
        assert_eq!(one.len(), other.len());
    }

    /// Makes a preview of each article, the same in both.
    fn preview(&self, lines: &[Value]) {
        let articles = lines.iter().filter(|line| line["type"].is_null());
        let ids: BTreeSet<&str> = articles.filter_map(|line| line["id"].as_str()).collect();
        for id in ids {
            for app in [&self.sqlite, &self.postgres] {
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
                    Ok::<_, Error>(queries::create(conn, &row)?)
                });
                made.unwrap();
            }
        }
    }

    /// Asks both, holds that they answer the same, and gives the answer.
    fn ask(&mut self, uri: &str) -> Response {
        self.send(Method::GET, uri, &[])
    }

    fn send(&mut self, method: Method, uri: &str, headers: &[(&str, &str)]) -> Response {
        let (one, other) = self.answers(&method, uri, headers);
        if Answer::of(&one) != Answer::of(&other) {
            let uri = self.smallest(&method, uri, headers);
            let (one, other) = self.answers(&method, &uri, headers);
            let (one, other) = difference(&told(&one), &told(&other));
            panic!(
                "{method} {uri} {headers:?}, seed {SEED}\n\nSQLite: {one}\n\nPostgreSQL: {other}"
            );
        }
        self.asked.note(uri, &one);
        one
    }

    fn answers(
        &self,
        method: &Method,
        uri: &str,
        headers: &[(&str, &str)],
    ) -> (Response, Response) {
        // Nobody else may read by it.
        let keyed = FOR_READERS.iter().any(|name| uri.contains(name));
        let answer = |app: &TestApp, reader: &TestKey| {
            let (name, key) = reader.header();
            let own = [("X-Request-Id", "parity"), (name, &key)];
            let own = if keyed { &own[..] } else { &own[..1] };
            app.send(method.clone(), uri, &[own, headers].concat())
        };
        let [one, other] = &self.readers;
        (answer(&self.sqlite, one), answer(&self.postgres, other))
    }

    /// The question without the parameters that the difference does not need.
    fn smallest(&self, method: &Method, uri: &str, headers: &[(&str, &str)]) -> String {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let mut pairs: Vec<&str> = query.split('&').collect();
        let uri = |pairs: &[&str]| format!("{path}?{}", pairs.join("&"));
        for pair in pairs.clone() {
            let fewer: Vec<&str> = pairs
                .iter()
                .copied()
                .filter(|other| *other != pair)
                .collect();
            let (one, other) = self.answers(method, &uri(&fewer), headers);
            if Answer::of(&one) != Answer::of(&other) {
                pairs = fewer;
            }
        }
        uri(&pairs)
    }

    /// Reads a list on, to its end where that is near, and back to its beginning; gives the second page's address.
    fn read_on(&mut self, uri: &str, most: usize) -> Option<String> {
        let mut page = self.ask(uri);
        let second = page.link("next");
        for relation in ["next", "prev"] {
            for _ in 0..most {
                let Some(uri) = page.link(relation) else {
                    break;
                };
                page = self.ask(&uri);
            }
        }
        second
    }
}

impl Answer {
    fn of(response: &Response) -> Self {
        let headers = response.headers.iter();
        // A set, which each process writes in an order of its own.
        let headers = headers.filter(|(name, _)| *name != "access-control-expose-headers");
        let mut headers: Vec<String> = headers
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        headers.sort();
        Self {
            status: response.status,
            headers,
            body: response.body.clone(),
        }
    }
}

fn told(response: &Response) -> String {
    let Answer {
        status, headers, ..
    } = Answer::of(response);
    format!("{status}\n{}\n\n{}", headers.join("\n"), response.text())
}

/// What stands in two texts where they begin to differ.
fn difference(one: &str, other: &str) -> (String, String) {
    let same = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let there = |text: &str| {
        text.chars()
            .skip(same.saturating_sub(200))
            .take(400)
            .collect()
    };
    (there(one), there(other))
}

impl Asked {
    fn note(&mut self, uri: &str, response: &Response) {
        self.requests += 1;
        *self.statuses.entry(response.status).or_default() += 1;
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let held_something =
            response.status == 200 && !response.text().starts_with(r#"{"data":[]"#);
        if held_something {
            let names = query.split('&').filter_map(|pair| pair.split_once('='));
            let names = names.map(|(name, _)| (template(path), name.to_owned()));
            self.answered.extend(names);
        }
    }
}

/// The path as the document has it.
fn template(path: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').collect();
    if let [_, _, things, key, ..] = segments.as_mut_slice() {
        *key = match *things {
            "articles" => "{article}",
            "statements" => "{statement}",
            "speakers" => "{speaker}",
            "outlets" => "{outlet}",
            _ => "{tag}",
        };
    }
    segments.join("/")
}

#[test]
fn every_question_is_answered_alike() {
    let lines = archive(SEED);
    let mut engines = Engines::with(&lines);
    let stored = Stored::of(&lines);
    let mut questions = Questions {
        random: Random(SEED),
        stored: &stored,
    };
    let operations = operations();
    ask_by_every_parameter(&mut engines, &mut questions, &operations);
    read_every_list(&mut engines, &mut questions, &operations);
    let Asked {
        requests, statuses, ..
    } = &engines.asked;
    assert!(*requests > 800, "{requests} are few");
    for status in [200, 304, 308, 400, 404, 410] {
        assert!(
            statuses.contains_key(&status),
            "{status} never came: {statuses:?}"
        );
    }
}

fn ask_by_every_parameter(
    engines: &mut Engines,
    questions: &mut Questions<'_>,
    operations: &[Operation],
) {
    for operation in operations {
        engines.ask(&questions.address(operation));
        for Parameter { name, .. } in &operation.parameters {
            for others in [0, 5, 10, 20] {
                let question = questions.ask(operation, name, others);
                ask_in_some_way(engines, questions, &question);
            }
            let parameter = (operation.path.clone(), name.clone());
            // A cursor comes with the page before.
            let name = if name == "cursor" { "limit" } else { name };
            let found = (0..50).any(|_| {
                engines.read_on(&questions.ask(operation, name, 0), 1);
                engines.asked.answered.contains(&parameter)
            });
            assert!(found, "nothing is ever found by {parameter:?}");
        }
    }
}

/// Also by HEAD, in a coding, with the ETag of what is known, or with something wrong in it.
fn ask_in_some_way(engines: &mut Engines, questions: &mut Questions<'_>, question: &str) {
    let etag = engines.ask(question).etag();
    match questions.random.below(10) {
        0 => engines.send(Method::HEAD, question, &[]),
        1 => engines.send(Method::GET, question, &[("Accept-Encoding", "br")]),
        2 => engines.send(
            Method::GET,
            question,
            &[("Accept-Encoding", "gzip"), ("If-None-Match", &etag)],
        ),
        3..5 => engines.ask(&questions.spoiled(question)),
        _ => return,
    };
}

/// In every order to the end and back, and with the cursor of another list.
fn read_every_list(engines: &mut Engines, questions: &mut Questions<'_>, operations: &[Operation]) {
    let mut elsewhere: Option<String> = None;
    for operation in operations.iter().filter(|operation| operation.is_list()) {
        let orders = match operation.parameter("sort") {
            Some(sort) => sort
                .named()
                .iter()
                .map(|sort| format!("sort={sort}&"))
                .collect(),
            None => vec![String::new(); 6],
        };
        for order in orders {
            let list = format!("{}?{order}", questions.address(operation));
            engines.read_on(&format!("{list}limit=2&count=true"), 4);
            let second = engines.read_on(&format!("{list}limit=31"), usize::MAX);
            if let Some((_, cursor)) = elsewhere
                .as_deref()
                .and_then(|page| page.split_once("cursor="))
            {
                engines.ask(&format!("{list}cursor={cursor}"));
            }
            elsewhere = second.or(elsewhere);
        }
    }
}

#[test]
fn every_key_that_a_thing_ever_had_leads_to_it_alike() {
    let lines = archive(SEED);
    let mut engines = Engines::with(&lines);
    let later = second_thoughts(SEED, &lines);
    engines.import(&later);
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
